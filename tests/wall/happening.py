"""Everything that is told live, done in one tenant, so that others can listen for it in vain."""

import contextlib
from typing import Any

import server.desk.events
import tenants.events
from server.desk import templates
from server.desk.messages.models import Kind
from tenants import feed
from tenants.events import Event
from tests.asks.wire import MARK, World
from tests.conftest import Session
from tests.factories import a_message, arrive, made, tenant_of
from tests.realtime.conftest import Ear
from tests.wall.listening import an_ear

Json = dict[str, Any]


async def everything_happens(hotel: Session, insider: Ear, world: World) -> None:
    """Every kind of event, and typing, which nobody keeps."""
    conversation, agent = world["conversation"], await hotel.colleague()
    async with an_ear(agent) as colleague:
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
    assert (await hotel.patch("/api/tenant", {"name": f"{MARK} 2"})).ok
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
