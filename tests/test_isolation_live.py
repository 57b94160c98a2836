"""The wall on the wire that stays open: no client event reaches across it, and nothing that happens is heard across it."""

import contextlib
from collections.abc import AsyncIterator, Iterator
from typing import Any, NamedTuple

import orjson
import pytest

import server.desk.events
import tenants.events
from server.desk import templates
from server.desk.messages.models import Kind
from tenants import feed
from tenants.events import Event
from tenants.ids import new_id
from tenants.models import Role
from tenants.permissions import ROLE_PERMISSIONS, Permission
from tests.asks import MARK, World, filled
from tests.conftest import Client, Session
from tests.factories import a_message, a_world, arrive, made, tenant_of
from tests.realtime.conftest import Ear
from tests.wall.asking import KINDS, acting_as
from tests.wall.looking import everything_but
from tests.wall.needs import EVENT_NEEDS, may

Json = dict[str, Any]


class Tried(NamedTuple):
    """What a stranger says with an event, `$noun` standing for the other's. `exact`: only this very value means something."""

    said: Any
    refused: bool = True
    exact: bool = False


# The table of handlers is data: an event without a row fails, so that someone thinks about it.
EVENTS: dict[str, Tried] = {
    "conversation:join": Tried("$conversation"),
    "conversation:leave": Tried(
        {"conversationId": "$conversation"}, refused=False
    ),  # nothing to leave: no difference
    "conversation:typing": Tried({"conversationId": "$conversation", "isTyping": True}),
    "user:typing": Tried({"conversationId": "$conversation", "isTyping": True}),
    "messages:mark-read": Tried({"messageIds": ["$message"]}, refused=False),  # answers an empty list
    "ping": Tried(None, refused=False),
    "join-tenant": Tried({"tenantSlug": "$slug"}),
    "auth:refresh": Tried({"token": "$token"}, exact=True),
    "sync": Tried({"after": 0, "limit": 500, "live": True}, refused=False),  # its own feed
}
# What the rival may hear of its own while the other works: the server's pulse, answers to itself, and that it has come.
OWN = {"tail", "pong", "error", "conversation:left", "messages:marked-read", "presence:changed"}


@contextlib.asynccontextmanager
async def listening(session: Session) -> AsyncIterator[Ear]:
    ear = Ear()
    url = str(session.client.make_url("/"))
    await ear.opens(url, auth={"token": session.token}, transports=["websocket"])
    try:
        yield ear
    finally:
        await ear.client.disconnect()


async def a_live_world(session: Session) -> World:
    return {**await a_world(session), "token": session.token}


def worlds(tried: Tried, other: World) -> Iterator[World]:
    """The other's; then each of its ids in the place of each, and last an id that nobody has."""
    yield other
    if "$" in str(tried.said) and not tried.exact:
        for id in (*(other[kind] for kind in KINDS), new_id()):
            yield {**other, **dict.fromkeys([*KINDS, "slug"], id)}


@pytest.mark.parametrize("role", Role)
async def test_no_event_reaches_across(hotel: Session, rival: Session, role: Role) -> None:
    """And what is another's, of another kind or nowhere at all is answered the same."""
    world, stranger = await a_live_world(hotel), await acting_as(role, rival)
    await feed.stamp(hotel.db)
    before = await everything_but(rival)
    for name, tried in EVENTS.items():
        told, refused = set(), tried.refused or not may(role, EVENT_NEEDS[name])
        async with listening(stranger) as ear:
            for other in worlds(tried, world):
                answer = orjson.dumps(await ear.asks(name, filled(tried.said, other, other))).decode()
                assert ('"error"' in answer) is refused, (name, answer)
                assert MARK not in answer, (name, answer)
                told.add(answer.replace(other["conversation"], "id"))
            assert len(told) == 1, (name, told)
            assert ear.all("messages:marked-read") in ([], [{"messageIds": []}] * (len(KINDS) + 2))
    assert await everything_but(rival) == before


@pytest.mark.parametrize("lacking", [Permission.CONVERSATIONS_READ, Permission.CONVERSATIONS_WORK])
async def test_an_event_asks_for_its_permission(
    hotel: Session, monkeypatch: pytest.MonkeyPatch, lacking: Permission
) -> None:
    world, agent = await a_live_world(hotel), await hotel.colleague("AGENT")
    monkeypatch.setitem(ROLE_PERMISSIONS, Role.AGENT, frozenset(Permission) - {lacking})
    async with listening(agent) as ear:
        for name, tried in EVENTS.items():
            answer = await ear.asks(name, filled(tried.said, world, world))
            assert (answer.get("error") == "FORBIDDEN") is (EVENT_NEEDS[name] is lacking), (name, answer)


async def test_nothing_is_heard_across(hotel: Session, rival: Session) -> None:
    """Plain and durable, while the hotel does everything that is told."""
    async with listening(hotel) as insider, listening(rival) as plain, listening(rival) as durable:
        await durable.asks("sync", {"after": 0, "live": True})
        world = await a_live_world(hotel)
        for ear in (plain, durable):
            assert_undisturbed(ear)
        await plain.asks("conversation:join", world["conversation"])
        await insider.asks("conversation:join", world["conversation"])
        await everything_happens(hotel, insider, world)
        assert set(await hotel.db.events.distinct("kind")) == durable_kinds()
        for ear in (plain, durable):
            assert_undisturbed(ear)
            await ear.settles()
            assert_undisturbed(ear)


def assert_undisturbed(ear: Ear) -> None:
    """Nothing of another tenant's was heard, and nothing that happens there has shown the socket out."""
    assert not ear.ended.is_set()
    assert {name for name, _ in ear.heard} <= OWN
    assert MARK not in orjson.dumps(ear.heard).decode()


async def everything_happens(hotel: Session, insider: Ear, world: World) -> None:
    """Every kind of event, and typing, which nobody keeps."""
    conversation, agent = world["conversation"], await hotel.colleague()
    async with listening(agent) as colleague:
        await colleague.asks("conversation:typing", {"conversationId": conversation, "isTyping": True})
    assert await is_heard(insider, "conversation:typing")
    reaction = a_message(
        MARK, phone=world["phone"], kind=Kind.REACTION, details={"emoji": "👍", "target": world["wamid"]}
    )
    await arrive(hotel, {"id": world["channel"]}, a_message(MARK, phone=world["phone"], name=MARK), reaction)
    path = f"/api/conversations/{conversation}"
    for step, body in (
        ("claim", None), ("notes", {"content": MARK}), ("read", None), ("assign", {"userId": world["user"]}),
        ("close", None), ("reopen", None),
    ):  # fmt: skip
        assert (await hotel.post(f"{path}/{step}", body)).ok, step
    assert (await hotel.patch(path, {"tagIds": [world["tag"]], "priority": "URGENT"})).ok
    assert (await hotel.post(f"/api/messages/{world['failed_message']}/retry")).ok
    assert (await hotel.patch(f"/api/contacts/{world['contact']}", {"name": f"{MARK} 2"})).ok
    await made(hotel, "/api/tags", name=f"{MARK} 2")
    async with hotel.runtime.enter(await tenant_of(hotel)) as ctx:
        await templates.sync(ctx, world["channel"], [])
    await feed.stamp(hotel.db)
    assert await is_heard(insider, "contact:updated")
    assert await is_heard(insider, "template:updated", 2)


async def is_heard(ear: Ear, name: str, count: int = 1) -> bool:
    with contextlib.suppress(TimeoutError):
        await ear.hears(name, count)
    return len(ear.all(name)) >= count


def durable_kinds() -> set[str]:
    """Of the catalogues: a new kind must happen above, so that somebody listens for it."""
    catalogues = (vars(server.desk.events), vars(tenants.events))
    found = [event for catalogue in catalogues for event in catalogue.values() if isinstance(event, type)]
    return {
        event.kind for event in found if issubclass(event, Event) and event is not Event and event.durable
    }


async def test_each_tenant_has_a_feed_of_its_own(client: Client, hotel: Session, rival: Session) -> None:
    """Where it stands, what is in it and where it ends tell nothing of the other's."""
    await a_world(hotel)
    await feed.stamp(hotel.db)
    await feed.stamp(rival.db)
    theirs, ours = await feed.tail(hotel.db), await feed.tail(rival.db)
    assert theirs > ours + 10
    listed = await rival.get("/api/conversations")
    assert listed.headers["X-Feed-Seq"] == str(ours)
    beyond = await (await rival.get("/api/events", params={"after": theirs})).json()
    assert beyond == {"reset": True, "through": ours}
    async with listening(rival) as ear:
        assert await ear.asks("sync", {"after": theirs, "live": True}) == beyond
        assert await ear.hears("tail") == {"seq": ours, "min": min(ours, 1)}
