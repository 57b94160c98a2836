"""A client that keeps its cursor misses nothing and sees nothing twice (protocol.md, 3.3)."""

import asyncio
from typing import Any

import pytest
from aiohttp.test_utils import TestServer

from server.realtime.rendering import Renderer
from server.realtime.replay import MAX_EVENTS, Replay, replay
from tenants.context import Context
from tests.conftest import Session
from tests.realtime.conftest import PATIENCE, Connect, Ear, customer_writes, deaf, numbered
from tests.realtime.described import wrong_with

Json = dict[str, Any]


class Follower:
    """A client of the durable mode, as the documents describe it: the next event is applied, a gap is asked for."""

    def __init__(self, ear: Ear) -> None:
        self.ear = ear
        self.cursor = 0
        self.log: list[Json] = []
        ear.client.on("ev", self._hear)

    async def sync(self) -> None:
        more = True
        while more:
            answer = await self.ear.asks("sync", {"after": self.cursor, "limit": 3, "live": True})
            for event in answer["events"]:
                self._hear(event)
            more = answer["more"]

    def _hear(self, event: Json) -> None:
        self.ear.wrong += wrong_with("ev", event)
        if event["seq"] == self.cursor + 1:
            self.cursor += 1
            self.log.append(event)

    async def reaches(self, seq: int, *, within: float = PATIENCE) -> None:
        async with asyncio.timeout(within):
            while self.cursor < seq:
                await asyncio.sleep(0.01)

    def on_another(self, ear: Ear) -> "Follower":
        """The same client on a new connection."""
        again = Follower(ear)
        again.cursor, again.log = self.cursor, self.log
        return again


async def stored(session: Session) -> list[tuple[int, str]]:
    await numbered(session)
    events = await session.db.events.all({"seq": {"$exists": True}}, sort=[("seq", 1)])
    return [(event["seq"], event["kind"]) for event in events]


def shown(follower: Follower) -> list[tuple[int, str]]:
    return [(event["seq"], event["kind"]) for event in follower.log]


async def test_sync_replays_the_feed_in_pages(connect: Connect, hotel: Session) -> None:
    for text in ("um", "dois", "três"):
        await customer_writes(hotel, text)
    ear = await connect(hotel)
    assert (await ear.hears("tail")) == {"seq": 4, "min": 1}
    page = await ear.asks("sync", {"after": 0, "limit": 3})
    assert [event["seq"] for event in page["events"]] == [1, 2, 3]
    assert (page["through"], page["more"]) == (3, True)
    rest = await ear.asks("sync", {"after": 3})
    assert (rest["through"], rest["more"]) == (4, False)
    (last,) = rest["events"]
    assert last.keys() == {"seq", "at", "kind", "conversationId", "frames"}
    assert last["kind"] == "message.added"
    assert [name for name, _ in last["frames"]] == ["message:new", "conversation:updated"]
    assert last["frames"][0][1]["message"]["content"] == "três"
    assert await ear.asks("sync", {"after": 4}) == {"events": [], "through": 4, "more": False}


async def test_a_live_socket_gets_each_event_as_one_frame(connect: Connect, hotel: Session) -> None:
    message = await customer_writes(hotel)
    live, plain = await connect(hotel), await connect(hotel)
    for ear in (live, plain):
        await ear.asks("conversation:join", message["conversation_id"])
    await live.asks("sync", {"after": 2, "live": True})
    await customer_writes(hotel, "Oi")
    event = await live.hears("ev")
    assert event["seq"] == 3
    new = await plain.hears("message:new")
    assert event["frames"][0] == ["message:new", {key: value for key, value in new.items() if key != "seq"}]
    await live.settles()
    assert not live.all("message:new") + live.all("conversation:updated") + plain.all("ev")
    replayed = await plain.asks("sync", {"after": 2})
    assert replayed["events"] == [event]


async def test_a_live_socket_that_is_behind_is_not_sent_what_it_cannot_place(
    connect: Connect, hotel: Session
) -> None:
    await customer_writes(hotel)
    ear = await connect(hotel)
    assert (await ear.asks("sync", {"after": 0, "limit": 1, "live": True}))["more"] is True
    await customer_writes(hotel, "Oi")
    await ear.settles()
    assert not ear.heard_of("ev", "conversation:new", "conversation:updated")
    assert (await ear.asks("sync", {"after": 1, "live": True}))["through"] == 3
    await customer_writes(hotel, "Alô?")
    assert (await ear.hears("ev"))["seq"] == 4


async def test_what_is_shown_while_a_page_is_read_is_in_the_page(
    connect: Connect, hotel: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The directed schedule: an event is shown to everyone between a sync's read and its answer."""
    await customer_writes(hotel)
    ear, witness = await connect(hotel), await connect(hotel)
    texts = iter(["no meio"])

    async def slowly(ctx: Context, renderer: Renderer, *, after: int, limit: int) -> Replay:
        found = await replay(ctx, renderer, after=after, limit=limit)
        for text in texts:
            await customer_writes(hotel, text)
            await witness.hears("conversation:updated")
        return found

    monkeypatch.setattr("server.dialects.native.sockets.replay", slowly)
    answer = await ear.asks("sync", {"after": 0, "live": True})
    assert [event["seq"] for event in answer["events"]] == [1, 2, 3]
    assert (answer["through"], answer["more"]) == (3, False)
    await customer_writes(hotel, "depois")
    assert (await ear.hears("ev"))["seq"] == 4


async def test_a_cursor_from_another_life_starts_again(connect: Connect, hotel: Session) -> None:
    for text in ("um", "dois", "três"):
        await customer_writes(hotel, text)
    ear = await connect(hotel)
    assert await ear.asks("sync", {"after": 99, "live": True}) == {"reset": True, "through": 4}
    await hotel.db.events.delete_all({"seq": {"$lte": 2}})
    assert await ear.asks("sync", {"after": 1, "live": True}) == {"reset": True, "through": 4}
    assert (await ear.asks("sync", {"after": 2}))["through"] == 4
    # A reset does not turn the durable mode on: the client does not know yet where it is.
    await customer_writes(hotel, "quatro")
    assert await ear.hears("conversation:updated")


@pytest.mark.parametrize(
    "said",
    [{}, {"after": -1}, {"after": "x"}, {"after": 2**60}, {"after": 0, "limit": 0}, {"after": 0, "limit": MAX_EVENTS + 1}],
)  # fmt: skip
async def test_a_wrong_sync_says_which_field(connect: Connect, hotel: Session, said: Json) -> None:
    ear = await connect(hotel)
    answer = await ear.asks("sync", said)
    assert answer["error"] == "VALIDATION_ERROR"
    assert answer["details"][0]["field"] in ("after", "limit")
    assert (await ear.hears("error"))["code"] == "VALIDATION_ERROR"


async def test_what_a_user_may_not_see_only_moves_the_cursor(connect: Connect, hotel: Session) -> None:
    await hotel.patch("/api/tenant", {"settings": {"agentVisibility": "OWN"}})
    maria = await hotel.colleague(name="Maria")
    message = await customer_writes(hotel, "segredo")
    place = f"/api/conversations/{message['conversation_id']}"
    assert (await hotel.post(f"{place}/assign", {"userId": hotel.user["id"]})).status == 200
    hers, his = Follower(await connect(maria)), Follower(await connect(hotel))
    await hers.sync()
    await his.sync()
    await customer_writes(hotel, "mais um segredo")
    await customer_writes(hotel, "aberto", phone="5511888888888")
    last = (await stored(hotel))[-1][0]
    await hers.reaches(last)
    await his.reaches(last)
    assert shown(his) == await stored(hotel)
    assert [event["seq"] for event in hers.log] == [event["seq"] for event in his.log]
    seen = [event for event in hers.log if "skip" not in event]
    skipped = [event for event in hers.log if "skip" in event]
    assert all(event.keys() == {"seq", "skip"} for event in skipped)
    assert "segredo" not in str(seen)
    assert "aberto" in str(seen)
    rest = await (await maria.get("/api/events", params={"limit": 500})).json()
    assert rest["events"] == hers.log


async def test_the_log_of_every_client_is_the_database(
    connect: Connect, hotel: Session, rival: Session, second: TestServer
) -> None:
    """Connections drop, one process is deaf for a while, another tenant is busy: all logs are equal, and complete."""
    urls = [None, str(second.make_url("/"))]
    followers = [Follower(await connect(hotel, at=at)) for at in urls * 2]
    for follower in followers:
        await follower.sync()

    async def write(session: Session, phone: str) -> None:
        for number in range(8):
            await customer_writes(session, f"{phone} {number}", phone)

    async def drop(place: int) -> None:
        for _ in range(3):
            await followers[place].ear.client.disconnect()
            await asyncio.sleep(0.05)
            followers[place] = followers[place].on_another(await connect(hotel, at=urls[place % 2]))
            await followers[place].sync()

    async with deaf(second.app):
        await asyncio.gather(
            *(write(hotel, f"551199999000{n}") for n in range(3)),
            write(rival, "5511777777777"),
            drop(0),
            drop(1),
        )
    last = (await stored(hotel))[-1][0]
    await asyncio.gather(*(follower.reaches(last) for follower in followers))
    truth = await stored(hotel)
    assert len(truth) == 27
    assert [seq for seq, _ in truth] == list(range(1, 28))
    for follower in followers:
        assert shown(follower) == truth
        assert "5511777777777" not in str(follower.log)


async def test_a_deaf_process_is_a_second_late_and_misses_nothing(
    connect: Connect, hotel: Session, second: TestServer
) -> None:
    async with deaf(second.app):
        ear = await connect(hotel, at=str(second.make_url("/")))
        follower = Follower(ear)
        await follower.sync()
        await customer_writes(hotel)
        await follower.reaches(2, within=10)  # sooner than its beacon would
    assert shown(follower) == await stored(hotel)


@pytest.fixture
def quick_beacon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.realtime.watch.TAIL_EVERY", 0.1)


async def test_the_beacon_tells_of_what_was_never_pushed(
    quick_beacon: None, connect: Connect, hotel: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even a process whose hub has stopped says where the feed stands, from the store itself."""
    monkeypatch.setattr("server.realtime.hub.Follower.wake", lambda _follower: None)
    ear = await connect(hotel)
    await customer_writes(hotel)
    async with asyncio.timeout(PATIENCE):
        while {"seq": 2, "min": 1} not in ear.all("tail"):
            await asyncio.sleep(0.02)
    assert not ear.all("conversation:new")
    assert (await ear.asks("sync", {"after": 0}))["through"] == 2
