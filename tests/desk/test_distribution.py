"""Who gets a waiting conversation, and why."""

from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest

from server.desk import distribution, presence, queue
from server.desk.conversations import actions, idle
from server.desk.conversations.models import Resolution
from server.desk.messages.receiving import receive
from server.desk.presence import WORK_LASTS
from tenants import registry
from tenants.models import Actor, User
from tests.desk.conftest import CHANNEL, House
from tests.factories import a_message

Json = dict[str, Any]


async def decided(house: House, **settings: Any) -> None:
    changes = {f"settings.{name}": value for name, value in settings.items()}
    await registry.update_tenant(house.runtime.database, house.tenant.id, changes)
    found = await registry.tenant_by_id(house.runtime.database, house.tenant.id)
    assert found
    house.tenant = found


async def an_agent(house: House, name: str, *, online: bool = True, **fields: Any) -> Actor:
    user = {
        "_id": name, "number": await house.db.next_number("users"), "email": f"{name}@hotel.com", "name": name,
        "role": "AGENT", "status": "ACTIVE", "team_ids": [], "session_version": 1,
        "created_at": house.runtime.clock(), "updated_at": house.runtime.clock(), **fields,
    }  # fmt: skip
    await house.db.users.insert(user)
    if online:
        await presence.seen(house.db, [name], lasts=WORK_LASTS)
    return Actor.of(User.of(user))


async def customers(house: House, count: int, *, first: int = 0) -> list[str]:
    """Each writes; returns their conversations in the order they came."""
    ids = []
    for i in range(first, first + count):
        async with house.enter() as ctx:
            (message,) = await receive(ctx, CHANNEL, [a_message(phone=f"55119{90000000 + i}")])
        ids.append(message["conversation_id"])
    return ids


async def distributed(house: House) -> list[Json]:
    async with house.enter() as ctx:
        await distribution.distribute(ctx)
    return await house.db.conversations.all(sort=[("queued_at", 1), ("number", 1)])


def holders(rows: list[Json]) -> Counter[str | None]:
    return Counter(row["assigned_to_id"] for row in rows)


@pytest.mark.parametrize("how", ["LEAST_BUSY", "ROUND_ROBIN"])
async def test_everyone_gets_a_share_and_nobody_more_than_he_can_take(house: House, how: str) -> None:
    await decided(house, routing={"distribution": how, "capacity": 3})
    for name in ("ana", "bia"):
        await an_agent(house, name)
    await an_agent(house, "cid", capacity=1)
    await customers(house, 10)
    rows = await distributed(house)
    assert holders(rows) == {"ana": 3, "bia": 3, "cid": 1, None: 3}
    given = [row for row in rows if row["assigned_to_id"]]
    assert {row["status"] for row in given} == {"IN_PROGRESS"}
    assert {step["reason"] for row in given for step in row["assignments"]} == {how}
    assert all(row["waited_seconds"] >= 0 and row["queued_at"] is None for row in given)


async def test_the_urgent_come_first_then_whoever_waited_longest(house: House) -> None:
    await decided(house, routing={"distribution": "LEAST_BUSY", "capacity": 2})
    first, _, third = await customers(house, 3)
    await house.db.conversations.update({"_id": third}, {"$set": {"priority": "URGENT"}})
    await an_agent(house, "ana")
    rows = {row["_id"]: row["assigned_to_id"] for row in await distributed(house)}
    assert [id for id, holder in rows.items() if holder == "ana"] == sorted(
        [first, third], key=list(rows).index
    )


async def test_who_served_him_before_serves_him_again(house: House) -> None:
    await decided(house, routing={"distribution": "LEAST_BUSY"})
    ana, _ = await an_agent(house, "ana"), await an_agent(house, "bia")
    (conversation,) = await customers(house, 1)
    async with house.enter(ana) as ctx:
        await actions.claim(ctx, conversation)
        await actions.close(ctx, conversation, resolution=Resolution.RESOLVED)
    # Ana is the busier of the two now.
    (other,) = await customers(house, 1, first=10)
    async with house.enter(ana) as ctx:
        await actions.claim(ctx, other)
    (again,) = await customers(house, 1)
    row = next(row for row in await distributed(house) if row["_id"] == again)
    assert row["assigned_to_id"] == "ana"
    assert [step["reason"] for step in row["assignments"]] == ["STICKY"]


async def test_only_those_who_are_there_and_of_the_team(house: House) -> None:
    await decided(house, routing={"distribution": "LEAST_BUSY"})
    away = await an_agent(house, "away")
    async with house.enter(away) as ctx:
        await presence.choose(ctx, away=True)
    await an_agent(house, "offline", online=False)
    await an_agent(house, "inactive", status="INACTIVE")
    await an_agent(house, "boss", role="SUPERVISOR")
    (conversation,) = await customers(house, 1)
    await house.db.conversations.update({"_id": conversation}, {"$set": {"team_id": "finance"}})
    await an_agent(house, "ana")
    assert holders(await distributed(house)) == {None: 1}
    await an_agent(house, "chief", role="SUPERVISOR", team_ids=["finance"])
    assert holders(await distributed(house)) == {"chief": 1}


async def test_by_hand_nothing_is_given(house: House) -> None:
    await an_agent(house, "ana")
    await customers(house, 1)
    assert holders(await distributed(house)) == {None: 1}


async def test_the_line_as_people_see_it(house: House) -> None:
    ids = await customers(house, 4)
    async with house.enter() as ctx:
        assert [place.conversation.id for place in (await queue.line(ctx)).places] == ids
        assert (await queue.line(ctx)).places[0].estimate is None
    for agent, conversation in zip(("ana", "bia", "cid"), ids, strict=False):
        async with house.enter(await an_agent(house, agent)) as ctx:
            await actions.claim(ctx, conversation)
    async with house.enter() as ctx:
        line = await queue.line(ctx)
    assert (line.total, [place.position for place in line.places]) == (1, [1])
    assert line.places[0].estimate
    assert line.places[0].estimate.total_seconds() == 1200  # three were served in the last hour


async def test_a_wait_begins_again_with_every_return_to_the_line(house: House) -> None:
    ana = await an_agent(house, "ana")
    (conversation,) = await customers(house, 1)
    async with house.enter(ana) as ctx:
        await actions.claim(ctx, conversation)
        assert (await actions.update(ctx, conversation, assigned_to_id=None)).queued_at
        await actions.claim(ctx, conversation)
        closed = await actions.close(ctx, conversation, resolution=Resolution.UNRESOLVED, notes="sem acordo")
        assert (closed.queued_at, closed.resolution, closed.close_notes) == (None, "UNRESOLVED", "sem acordo")
        assert closed.closed_by_id == "ana"
        again = await actions.reopen(ctx, conversation)
    assert (again.resolution, again.queued_at) == (None, None)  # she still has it
    assert [step["reason"] for step in again.assignments] == ["CLAIMED", "GIVEN", "CLAIMED"]


async def test_an_agent_who_sees_little_sees_his_places_in_the_whole_line(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first of those that he may see, wherever they stand."""
    monkeypatch.setattr(queue, "SHOWN", 2)
    await decided(house, agent_visibility="OWN")
    ana = await an_agent(house, "ana", team_ids=["support"])
    ids = await customers(house, 5)
    others = {"_id": {"$in": ids[:2]}}
    await house.db.conversations.update_all(others, {"$set": {"team_id": "finance"}})
    await house.db.conversations.update({"_id": ids[3]}, {"$set": {"team_id": "support"}})
    async with house.enter(ana) as ctx:
        line = await queue.line(ctx)
    assert [(place.position, place.conversation.id) for place in line.places] == [(3, ids[2]), (4, ids[3])]
    assert line.total == 5


def said(by: str, *, automatic: str | None = None, unread: int = 0, **more: Any) -> Json:
    """The last word in a conversation, long ago."""
    last = {"last_message.direction": by, "last_message.automatic": automatic, "unread_count": unread}
    return {**last, "last_message_at": datetime(2025, 1, 1, tzinfo=UTC), **more}


@pytest.mark.parametrize(
    "row, closed",
    [
        (said("OUTBOUND"), True),
        (said("INBOUND"), False),
        (said("INBOUND", unread=1), False),
        (said("OUTBOUND", unread=1), False),
        (said("OUTBOUND", automatic="AWAY"), False),  # read by somebody, and answered by nobody
        (said("OUTBOUND", automatic="GREETING"), False),
        (said("OUTBOUND", automatic="ASSISTANT", unread=3, with_assistant=True), True),
        (said("OUTBOUND", automatic="ASSISTANT"), False),  # who was promised a person
    ],
)
async def test_the_idle_are_closed_and_the_unanswered_are_not(house: House, row: Json, closed: bool) -> None:
    await decided(house, close_idle_after=10)
    quiet, _busy = await customers(house, 2)
    await house.db.conversations.update({"_id": quiet}, {"$set": row})
    async with house.enter() as ctx:
        assert await idle.close_idle(ctx) == closed
    now = await house.db.conversations.by_id(quiet)
    assert now
    expected = ("CLOSED", "ABANDONED") if closed else ("OPEN", None)
    assert (now["status"], now.get("resolution")) == expected
    assert now.get("closed_by_id") is None


async def test_who_writes_at_the_last_moment_is_not_closed(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await decided(house, close_idle_after=10)
    (quiet,) = await customers(house, 1)
    await house.db.conversations.update({"_id": quiet}, {"$set": said("OUTBOUND")})
    close = idle._close

    async def late(ctx: Any, found: Json) -> bool:
        assert await customers(house, 1) == [quiet]
        return await close(ctx, found)

    monkeypatch.setattr(idle, "_close", late)
    async with house.enter() as ctx:
        assert await idle.close_idle(ctx) == 0
    row = await house.db.conversations.by_id(quiet)
    assert row
    assert (row["status"], row["unread_count"]) == ("OPEN", 1)
