"""The wall on the wire that stays open: no client event reaches across it, and nothing that happens is heard across it."""

from collections.abc import AsyncIterator
from typing import Any, NamedTuple

import orjson
import pytest

from server.dialects import native
from tenants import feed
from tests.asks import MARK, World, filled
from tests.conftest import Client, Session
from tests.factories import a_message, a_world, arrive
from tests.realtime.conftest import Ear
from tests.test_isolation import everything_but

Json = dict[str, Any]


class Tried(NamedTuple):
    """What a stranger says with an event, `$noun` standing for the other's, and what must not be in the answer."""

    said: Any
    refused: bool = True


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
    "auth:refresh": Tried({"token": "$token"}),
    "sync": Tried({"after": 0, "limit": 500, "live": True}, refused=False),  # its own feed
}
# What the rival may hear of its own while the other works: nothing but the server's pulse and answers to itself.
OWN = {"tail", "pong", "error", "conversation:left", "messages:marked-read"}


@pytest.fixture
async def stranger(client: Client, rival: Session) -> AsyncIterator[Ear]:
    ear = Ear()
    await ear.opens(str(client.make_url("/")), auth={"token": rival.token}, transports=["websocket"])
    yield ear
    await ear.client.disconnect()


@pytest.fixture
async def world(hotel: Session) -> World:
    return {**await a_world(hotel), "slug": hotel.slug, "token": hotel.token}


def test_every_event_has_its_row() -> None:
    assert set(native.vocabulary.handlers) == set(EVENTS)


async def test_no_event_reaches_across(hotel: Session, rival: Session, stranger: Ear, world: World) -> None:
    await feed.stamp(hotel.db)
    before = await everything_but(rival)
    for name, tried in EVENTS.items():
        answer = await stranger.asks(name, filled(tried.said, world, world))
        assert ("error" in answer) is tried.refused, (name, answer)
        assert MARK not in orjson.dumps(answer).decode(), (name, answer)
    assert stranger.all("messages:marked-read") == [{"messageIds": []}]
    assert await everything_but(rival) == before


async def test_nothing_is_heard_across(
    client: Client, hotel: Session, rival: Session, stranger: Ear, world: World
) -> None:
    """Plain and live, while the hotel does everything that is told."""
    live = Ear()
    await live.opens(str(client.make_url("/")), auth={"token": rival.token}, transports=["websocket"])
    await live.asks("sync", {"after": 0, "live": True})
    await stranger.asks("conversation:join", world["conversation"])
    insider = Ear()
    await insider.opens(str(client.make_url("/")), auth={"token": hotel.token}, transports=["websocket"])
    await insider.asks("conversation:join", world["conversation"])

    path = f"/api/conversations/{world['conversation']}"
    await insider.asks("conversation:typing", {"conversationId": world["conversation"], "isTyping": True})
    await arrive(hotel, {"id": world["channel"]}, a_message(MARK, phone=world["phone"], name=MARK))
    for step in ("claim", "notes", "read", "close", "reopen"):
        assert (await hotel.post(f"{path}/{step}", {"content": MARK} if step == "notes" else None)).ok, step
    assert (await hotel.patch(path, {"tagIds": [world["tag"]], "priority": "URGENT"})).ok
    assert (await hotel.patch(f"/api/contacts/{world['contact']}", {"name": f"{MARK} 2"})).ok
    await insider.hears("conversation:updated", 3)
    await insider.hears("contact:updated")

    for ear in (stranger, live):
        await ear.settles()
        assert {name for name, _ in ear.heard} <= OWN
        assert MARK not in orjson.dumps(ear.heard).decode()
        await ear.client.disconnect()
    await insider.client.disconnect()
