"""The OpenAPI document knows each event of the native socket, and each is as it says (the `Ear` looks at all it hears)."""

import pytest

from tests.conftest import Session
from tests.factories import a_world, body_of, stored
from tests.realtime.conftest import Connect
from tests.realtime.described import names, wrong_with
from tests.wall.happening import durable_kinds, everything_happens

# The ends of a sight and of a token: test_lost_sight.py and test_sessions.py.
ELSEWHERE = {"conversation:removed", "auth:expired"}


async def test_each_event_is_described_and_each_that_is_described_is_said(
    connect: Connect, hotel: Session
) -> None:
    plain, durable = await connect(hotel), await connect(hotel)
    world, maria = await a_world(hotel), await hotel.colleague("SUPERVISOR")
    await durable.asks("sync", {"after": 0, "live": True})
    place, failed = world["conversation"], await stored(hotel, "messages", world["failed_message"])
    await plain.asks("conversation:join", place)
    await plain.asks("conversation:join", failed["conversation_id"])
    await everything_happens(hotel, plain, world)
    assert (await maria.post(f"/api/conversations/{place}/assign", {"userId": hotel.user["id"]})).ok
    await (await connect(maria)).asks("conversation:viewing", {"conversationId": place})
    await plain.asks("messages:mark-read", {"messageIds": [world["message"]]})
    await plain.asks("conversation:leave", failed["conversation_id"])
    await plain.asks("nonsense")
    await plain.settles()
    described = names("DurableEvents") | names("BriefEvents")
    for name in described - ELSEWHERE - {"ev"}:
        await plain.hears(name)
    await durable.hears("ev")
    assert {name for ear in (plain, durable) for name, _ in ear.heard} == described - ELSEWHERE

    page = await body_of(await hotel.get("/api/events", params={"limit": 500}))
    assert {event["kind"] for event in page["events"] if event.get("frames")} == durable_kinds()
    assert [wrong for event in page["events"] for wrong in wrong_with("ev", event)] == []


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        ("catalog:updated", {"noun": "nonsense", "id": "1"}),
        ("catalog:updated", {"noun": "tags"}),
        ("catalog:updated", {"noun": "tags", "id": "1", "more": 1}),
        ("ev", {"seq": 1, "frames": [["tenant:changed", {}]]}),
        ("nonsense", {}),
    ],
)
def test_what_is_not_as_described_is_found(name: str, payload: object) -> None:
    assert wrong_with(name, payload)
