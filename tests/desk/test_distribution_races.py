"""Several who give and take at once: each conversation has one agent, and nobody is given more than he can take."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from server.desk import distribution, presence
from server.desk.conversations import actions
from server.desk.messages.content import Text
from server.desk.messages.sending import send
from tests.desk.conftest import House
from tests.desk.test_distribution import an_agent, customers, decided, distributed, holders

Json = dict[str, Any]
BUSY = {"distribution": "LEAST_BUSY", "capacity": 3, "sticky": False}


async def distribute(house: House) -> int:
    async with house.enter() as ctx:
        return await distribution.distribute(ctx)


async def test_many_workers_at_once(house: House) -> None:
    await decided(house, routing=BUSY)
    for name in ("ana", "bia", "cid"):
        await an_agent(house, name)
    await customers(house, 12)
    given = await asyncio.gather(*(distribute(house) for _ in range(4)))
    rows = await house.db.conversations.all()
    assert holders(rows) == {"ana": 3, "bia": 3, "cid": 3, None: 3}
    assert sum(given) == 9
    assert Counter(len(row.get("assignments", [])) for row in rows) == {1: 9, 0: 3}


Act = Callable[[Json], Awaitable[Any]]


@pytest.fixture
def between(monkeypatch: pytest.MonkeyPatch) -> Callable[[Act], None]:
    """`between(act)`: once, after it was decided who gets a conversation, and before he is given it."""
    choose = distribution._choose

    def between(act: Act) -> None:
        async def early(ctx: Any, row: Json, candidates: Any) -> Any:
            monkeypatch.setattr(distribution, "_choose", choose)
            chosen = await choose(ctx, row, candidates)
            await act(row)
            return chosen

        monkeypatch.setattr(distribution, "_choose", early)

    return between


Between = Callable[[Act], None]


async def test_he_goes_offline_meanwhile(house: House, between: Between) -> None:
    """And somebody else, who is there, gets it in the same round."""
    await decided(house, routing=BUSY)
    await an_agent(house, "ana")
    await an_agent(house, "bia")
    await customers(house, 1)
    between(lambda _: presence.gone(house.db, ["ana"]))
    assert holders(await distributed(house)) == {"bia": 1}


async def test_he_says_that_he_is_away_meanwhile(house: House, between: Between) -> None:
    await decided(house, routing=BUSY)
    ana = await an_agent(house, "ana")
    await customers(house, 1)

    async def away(_: Json) -> None:
        async with house.enter(ana) as ctx:
            await presence.choose(ctx, away=True)

    between(away)
    assert holders(await distributed(house)) == {None: 1}


async def test_he_leaves_the_house_meanwhile(house: House, between: Between) -> None:
    """What else waits is given to the others all the same."""
    await decided(house, routing=BUSY)
    await an_agent(house, "ana")
    await an_agent(house, "bia")
    await customers(house, 3)
    between(lambda _: house.db.users.update({"_id": "ana"}, {"$set": {"role": "VIEWER"}}))
    assert holders(await distributed(house)) == {"bia": 3}


async def test_he_takes_another_one_meanwhile(house: House, between: Between) -> None:
    """His last room is gone."""
    await decided(house, routing={**BUSY, "capacity": 1})
    ana = await an_agent(house, "ana")
    first, second = await customers(house, 2)

    async def claim(_: Json) -> None:
        async with house.enter(ana) as ctx:
            await actions.claim(ctx, second)

    between(claim)
    await distributed(house)
    row = await house.db.conversations.by_id(first)
    assert row
    assert row["assigned_to_id"] is None


@pytest.mark.parametrize("what", ["claimed", "answered", "closed", "moved", "returned"])
async def test_the_conversation_changes_meanwhile(house: House, between: Between, what: str) -> None:
    """What was decided for it is not done to it as it is now; one that waits anew comes with the next round."""
    await decided(house, routing=BUSY)
    await an_agent(house, "ana")
    boss = await an_agent(house, "boss", role="ADMIN", online=False)
    await house.db.teams.insert({"_id": "finance", "number": 1, "name": "F", "name_key": "f"})
    await customers(house, 1)

    async def change(row: Json) -> None:
        async with house.enter(boss) as ctx:
            if what in {"claimed", "returned"}:
                await actions.claim(ctx, row["_id"])
            if what == "answered":
                await send(ctx, row["_id"], Text(text="Pois não?"))
            if what == "returned":
                await actions.update(ctx, row["_id"], assigned_to_id=None)
            if what == "closed":
                await actions.close(ctx, row["_id"])
            if what == "moved":
                await actions.transfer(ctx, row["_id"], team_id="finance")

    between(change)
    taken = what in {"claimed", "answered"}
    assert holders(await distributed(house)) == {"boss" if taken else None: 1}
    again = "boss" if taken else {"closed": None, "moved": None, "returned": "ana"}[what]
    assert holders(await distributed(house)) == {again: 1}


async def test_in_turn_means_that_nobody_is_next_for_being_quick(house: House) -> None:
    await decided(house, routing={"distribution": "ROUND_ROBIN"})
    people = {name: await an_agent(house, name) for name in ("ana", "bia", "cid")}
    served = []
    for place in range(6):
        (id,) = await customers(house, 1, first=place * 10)
        await distributed(house)
        row = await house.db.conversations.by_id(id)
        assert row
        served.append(row["assigned_to_id"])
        async with house.enter(people[served[-1]]) as ctx:
            await actions.close(ctx, id)
    assert served[:3] == served[3:]
    assert set(served) == set(people)


async def test_room_that_is_free_again_is_made_known(house: House) -> None:
    """Not only a conversation that begins to wait calls for the distribution."""
    await decided(house, routing=BUSY)
    ana = await an_agent(house, "ana")
    (id,) = await customers(house, 1)
    await distributed(house)
    async with house.enter(ana) as ctx:
        await actions.close(ctx, id)
        assert [kick.job for kick in ctx.asked] == ["workers.routing.distribute"]


async def test_who_has_worked_is_given_conversations(house: House) -> None:
    """Without a socket; and his work does not take back that he is away."""
    await decided(house, routing=BUSY)
    ana = await an_agent(house, "ana", online=False)
    first, _ = await customers(house, 2)
    async with house.enter(ana) as ctx:
        await presence.note_work(ctx)
        assert await presence.every(ctx) == {}
        await actions.claim(ctx, first)
        await presence.note_work(ctx)
        assert await presence.every(ctx) == {"ana": "ONLINE"}
        assert [event.kind for event in ctx.said if not event.durable] == ["presence.changed"]
    assert holders(await distributed(house)) == {"ana": 2}
    async with house.enter(ana) as ctx:
        await presence.choose(ctx, away=True)
        await actions.close(ctx, first)
        await presence.note_work(ctx)
        assert await presence.every(ctx) == {"ana": "AWAY"}


async def seen_until(house: House) -> Any:
    row = await house.db.presences.lightly.one({"user_id": "ana"})
    assert row
    return row["seen_until"]


async def test_work_is_written_once_a_minute(house: House) -> None:
    ana = await an_agent(house, "ana", online=False)
    first, *others = await customers(house, 3)
    async with house.enter(ana) as ctx:
        await actions.claim(ctx, first)
        await presence.note_work(ctx)
        noted = await seen_until(house)
        for id in others:
            await actions.claim(ctx, id)
            await presence.note_work(ctx)
        assert await seen_until(house) == noted
        await house.db.presences.update_all({}, {"$set": {"seen_until": noted - presence._NOTED_EVERY}})
        await presence.note_work(ctx)
    assert await seen_until(house) > noted
