"""The wall on the wires that stay open: no client event reaches across it, and nothing that happens is heard across it."""

import contextlib
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from server.dialects.isp.sockets import PATHS
from server.realtime import digesting
from tenants import feed
from tenants.ids import new_id
from tenants.models import Role
from tenants.permissions import ROLE_PERMISSIONS, Permission
from tests.asks import WIRES
from tests.asks.wire import MARK, Tried, Wire, World, filled, may
from tests.conftest import Client, Session
from tests.factories import a_world
from tests.realtime.plain import Dial, dial
from tests.test_isolation import on_each_wire
from tests.wall.asking import KINDS, PLACES, acting_as
from tests.wall.happening import durable_kinds, everything_happens
from tests.wall.listening import Listener, an_ear, on_web_socket
from tests.wall.looking import everything_but

__all__ = ["dial"]
Json = dict[str, Any]


async def a_live_world(session: Session) -> dict[str, str]:
    return {**await a_world(session), "token": session.token}


def worlds(tried: Tried, other: World) -> Iterator[World]:
    """The other's; then each of its ids in the place of each, and last an id that nobody has."""
    yield other
    if "$" in str(tried.said) and not tried.exact:
        for id in (*(other[kind] for kind in KINDS), new_id()):
            yield {**other, **dict.fromkeys([*PLACES, "slug"], id)}


@on_each_wire
@pytest.mark.parametrize("role", Role)
async def test_no_event_reaches_across(hotel: Session, rival: Session, wire: Wire, role: Role) -> None:
    """And what is another's, of another kind or nowhere at all is answered the same."""
    world, stranger = await a_live_world(hotel), await acting_as(role, rival)
    await feed.stamp(hotel.db)
    before = await everything_but(rival)
    for name, tries in wire.events.items():
        for tried in tries:
            told, refused = set(), tried.refused or not may(role, wire.event_needs[name])
            async with wire.listening(stranger) as listener:
                for other in worlds(tried, world):
                    answer = await listener.tries(name, filled(tried.said, other, other))
                    assert ('"error"' in answer) is refused, (name, answer)
                    assert MARK not in answer, (name, answer)
                    told.add(answer.replace(other["conversation"], "id"))
                assert_undisturbed(wire, listener)
            assert len(told) == 1, (name, told)
    assert await everything_but(rival) == before


@on_each_wire
@pytest.mark.parametrize("lacking", [Permission.CONVERSATIONS_READ, Permission.CONVERSATIONS_WORK])
async def test_an_event_asks_for_its_permission(
    hotel: Session, monkeypatch: pytest.MonkeyPatch, wire: Wire, lacking: Permission
) -> None:
    world, agent = await a_live_world(hotel), await hotel.colleague("AGENT")
    monkeypatch.setitem(ROLE_PERMISSIONS, Role.AGENT, frozenset(Permission) - {lacking})
    async with wire.listening(agent) as listener:
        for name, tries in wire.events.items():
            answer = await listener.tries(name, filled(tries[0].said, world, world))
            assert ('"FORBIDDEN"' in answer) is (lacking in wire.event_needs[name]), (name, answer)


@contextlib.asynccontextmanager
async def strangers(session: Session) -> AsyncIterator[list[tuple[Wire, Listener]]]:
    """On each wire two; one of them has asked for its feed, which may make it another kind of listener."""
    async with contextlib.AsyncExitStack() as stack:
        found = []
        for wire in WIRES.values():
            for synced in (False, True):
                listener = await stack.enter_async_context(wire.listening(session))
                found.append((wire, listener))
                if synced:
                    await listener.tries("sync", {"after": 0, "live": True})
        yield found


async def test_nothing_is_heard_across(
    hotel: Session, rival: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On every wire, while the hotel does everything that is told."""
    monkeypatch.setattr(digesting, "DIGEST_AFTER", 0.05)
    async with an_ear(hotel) as insider, on_web_socket(hotel) as told, strangers(rival) as listeners:
        world = await a_live_world(hotel)
        for wire, listener in listeners:
            for name, tries in wire.events.items():
                await listener.tries(name, filled(tries[0].said, world, world))
            assert_undisturbed(wire, listener)
        await insider.asks("conversation:join", world["conversation"])
        await told.tries("join_conversation", {"conversation_id": world["conversation"]})
        await everything_happens(hotel, insider, world)
        assert set(await hotel.db.events.distinct("kind")) == durable_kinds()
        await told.settles()
        assert {"new_message", "conversation_assigned", "conversation_closed", "queue_update"} <= names(told)
        for wire, listener in listeners:
            await listener.settles()
            assert_undisturbed(wire, listener)


def names(listener: Listener) -> set[str]:
    return {name for name, _ in listener.heard}


def assert_undisturbed(wire: Wire, listener: Listener) -> None:
    """Nothing of another tenant's was heard, and nothing that happens there has shown the socket out."""
    assert not listener.is_shown_out
    assert names(listener) <= wire.answers
    assert MARK not in str(listener.heard)


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
    async with an_ear(rival) as ear:
        assert await ear.asks("sync", {"after": theirs, "live": True}) == beyond
        assert await ear.hears("tail") == {"seq": ours, "min": min(ours, 1)}


async def test_nor_is_a_feed_shared_on_the_other_wire(dial: Dial, hotel: Session, rival: Session) -> None:
    await a_world(hotel)
    for session in (hotel, rival):
        await feed.stamp(session.db)
    theirs, ours = await feed.tail(hotel.db), await feed.tail(rival.db)
    line = await dial(rival)
    assert (await line.asks("sync", "sync"))["through"] == ours
    beyond = await line.asks("sync", "sync", after=theirs)
    assert (beyond["reset"], beyond["through"], beyond["events"]) == (True, ours, [])


@pytest.mark.parametrize("path", PATHS)
async def test_a_socket_is_its_tokens_tenants(dial: Dial, hotel: Session, rival: Session, path: str) -> None:
    """Whatever account it names, and however it shows its token."""
    elsewhere = {"X-Tenant-Slug": hotel.slug}
    ways: list[Json] = [
        {"params": {"token": rival.token}, "headers": elsewhere},
        {"protocols": ("bearer", rival.token), "headers": elsewhere},
        {"headers": {"Authorization": f"Bearer {rival.token}", **elsewhere}},
    ]
    for way in ways:
        line = await dial(path=path, **way)
        assert await line.is_closed() == 4403, way
        assert [frame["error_code"] for frame in line.heard] == ["TENANT_MISMATCH"]
    line = await dial(path=path)
    await line.says("auth", token=rival.token)
    await line.hears("authenticated")
    refused = await line.asks("auth", "error", token=hotel.token)
    assert refused["error_code"] == "SESSION_MISMATCH"
    assert (await line.asks("sync", "sync"))["through"] == await feed.tail(rival.db)
