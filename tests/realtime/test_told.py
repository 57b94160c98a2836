"""Who is told of what is not a conversation: whoever may read it, live and afterwards alike."""

import itertools
from typing import Any

import pytest

from tests.conftest import Session
from tests.factories import a_channel, body_of, made
from tests.realtime.conftest import Connect, Ear, numbered

CATALOG, CHANNEL = "catalog:updated", "channel:updated"


async def told(session: Session) -> set[str]:
    """The nouns that the feed shows him."""
    await numbered(session)
    page = await body_of(await session.get("/api/events", params={"limit": 500}))
    return nouns([frame for event in page["events"] for frame in event.get("frames", [])])


def nouns(heard: list[Any]) -> set[str]:
    told = [payload["noun"] for name, payload in heard if name == CATALOG]
    return set(told) | {name for name, _ in heard if name == CHANNEL}


async def heard_until(ear: Ear, name: str) -> set[str]:
    """What he has heard when he hears of the user of that name, who was changed last."""
    for count in itertools.count(1):
        said = await ear.hears("user:updated", count)
        if said["user"]["name"] == name:
            break
    return nouns(ear.heard)


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("ADMIN", {"tags", "api_keys", "webhooks", "integrations", CHANNEL}),
        ("SUPERVISOR", {"tags", CHANNEL}),
        ("AGENT", {"tags", CHANNEL}),
        ("VIEWER", {"tags"}),
    ],
)
async def test_each_is_told_of_what_he_may_read(
    connect: Connect, hotel: Session, role: str, expected: set[str]
) -> None:
    person, last = await hotel.colleague(role), await hotel.colleague()
    await numbered(hotel)
    ear = await connect(person)
    await a_channel(hotel)
    await made(hotel, "/api/api-keys", name="Painel", role="AGENT")
    await made(hotel, "/api/webhooks", url="https://example.com/", events=["message.added"])
    await made(hotel, "/api/integrations", kind="GEMINI", key="chave-de-teste")
    await made(hotel, "/api/tags", name="VIP")
    assert (await hotel.patch(f"/api/users/{last.user['id']}", {"name": "Ana"})).ok
    assert await heard_until(ear, "Ana") == expected
    assert await told(person) == expected


async def test_everyone_is_told_that_the_account_was_changed(connect: Connect, hotel: Session) -> None:
    ear = await connect(await hotel.colleague("VIEWER"))
    change = {"name": "Hotel Novo", "settings": {"branding": {"color": "#112233"}}}
    assert (await hotel.patch("/api/tenant", change)).ok
    said = await ear.hears("tenant:updated")
    assert (said["changed"], said["seq"] > 0) == (["name", "settings.branding"], True)
    assert (await hotel.patch("/api/tenant", change)).ok
    await numbered(hotel)
    assert await hotel.db.events.count({"kind": "tenant.changed"}) == 1, "nothing was changed the second time"
