"""Putting a conversation aside: until a moment, or until the customer writes."""

from datetime import UTC, datetime, timedelta
from typing import Any

from server.runtime import Runtime
from tests.conftest import Session
from tests.factories import a_message, arrive, body_of, stored, tallied
from workers import sweeps

Json = dict[str, Any]
TOMORROW = (datetime.now(UTC) + timedelta(days=1)).isoformat()


def path_of(conversation: Json) -> str:
    return f"/api/conversations/{conversation['id']}/snooze"


async def put_aside(session: Session, conversation: Json, until: str = TOMORROW) -> Json:
    await session.post(f"/api/conversations/{conversation['id']}/claim")
    return await body_of(await session.post(path_of(conversation), {"until": until}))


async def test_not_without_signing_in(hotel: Session, conversation: Json) -> None:
    for method in ("POST", "DELETE"):
        answer = await hotel.client.request(method, path_of(conversation))
        assert answer.status == 401


async def test_it_waits_until_then(hotel: Session, conversation: Json, runtime: Runtime) -> None:
    put = await put_aside(hotel, conversation)
    assert (put["status"], put["assignedToId"]) == ("WAITING", hotel.user["id"])
    assert put["snoozedUntil"][:16] == TOMORROW[:16]
    await sweeps.wake_the_snoozed(runtime)
    assert (await stored(hotel, "conversations", conversation["id"]))["status"] == "WAITING"
    past = datetime.now(UTC) - timedelta(seconds=1)
    await hotel.db.conversations.update({"_id": conversation["id"]}, {"$set": {"snoozed_until": past}})
    await sweeps.wake_the_snoozed(runtime)
    await sweeps.wake_the_snoozed(runtime)
    row = await stored(hotel, "conversations", conversation["id"])
    assert (row["status"], row["snoozed_until"]) == ("IN_PROGRESS", None)
    [raised] = await hotel.db.events.all({"kind": "notification.raised"})
    assert raised["payload"]["user_id"] == hotel.user["id"]
    assert raised["payload"]["notification"]["type"] == "conversation.woken"


async def test_the_customer_brings_it_back(hotel: Session, channel: Json, conversation: Json) -> None:
    await put_aside(hotel, conversation)
    await arrive(hotel, channel, a_message("Ainda aí?"))
    row = await stored(hotel, "conversations", conversation["id"])
    assert (row["status"], row["snoozed_until"]) == ("IN_PROGRESS", None)


async def test_a_colleague_brings_it_back(hotel: Session, conversation: Json) -> None:
    await put_aside(hotel, conversation)
    for _ in range(2):
        back = await body_of(await hotel.delete(path_of(conversation)))
        assert (back["status"], back["snoozedUntil"]) == ("IN_PROGRESS", None)
    await hotel.post(path_of(conversation), {"until": TOMORROW})
    closed = await body_of(await hotel.post(f"/api/conversations/{conversation['id']}/close"))
    assert closed["snoozedUntil"] is None
    assert (await body_of(await hotel.post(path_of(conversation), {"until": TOMORROW}), 409))[
        "error"
    ] == "CONVERSATION_CLOSED"


async def test_what_cannot_be_put_aside(hotel: Session, conversation: Json) -> None:
    nobodys = await body_of(await hotel.post(path_of(conversation), {"until": TOMORROW}), 409)
    assert nobodys["error"] == "NOBODY_HAS_IT"
    await hotel.post(f"/api/conversations/{conversation['id']}/claim")
    yesterday = (datetime.now(UTC) - timedelta(days=1)).isoformat()
    for wrong in (
        {"until": yesterday},
        {"until": "logo"},
        {},
        {"until": "2999-01-01T00:00:00"},
        {"until": 10**30},
    ):
        body = await body_of(await hotel.post(path_of(conversation), wrong), 400)
        assert body["details"][0]["field"] == "until"
    assert (await stored(hotel, "conversations", conversation["id"])).get("snoozed_until") is None


async def test_readers_put_nothing_aside(hotel: Session, conversation: Json) -> None:
    viewer = await hotel.colleague(role="VIEWER")
    assert (await viewer.post(path_of(conversation), {"until": TOMORROW})).status == 403
    assert (await viewer.delete(path_of(conversation))).status == 403


async def reopened(session: Session, conversation: Json, **said: Any) -> tuple[str, str | None]:
    path = f"/api/conversations/{conversation['id']}"
    await body_of(await session.post(f"{path}/close"))
    back = await body_of(await session.post(f"{path}/reopen", said))
    return back["status"], back["snoozedUntil"]


async def test_a_closing_taken_back_leaves_it_put_aside(hotel: Session, conversation: Json) -> None:
    put = await put_aside(hotel, conversation)
    for _ in range(2):
        assert await reopened(hotel, conversation, asItWas=True) == ("WAITING", put["snoozedUntil"])
    assert (await stored(hotel, "conversations", conversation["id"]))["closed_from"] is None
    assert await reopened(hotel, conversation) == ("IN_PROGRESS", None)
    said, counted = await tallied(hotel)
    assert said == counted


async def test_one_that_would_have_come_back_by_now_is_back(hotel: Session, conversation: Json) -> None:
    await put_aside(hotel, conversation)
    past = datetime.now(UTC) - timedelta(seconds=1)
    await hotel.db.conversations.update({"_id": conversation["id"]}, {"$set": {"snoozed_until": past}})
    assert await reopened(hotel, conversation, asItWas=True) == ("IN_PROGRESS", None)


async def test_a_closing_taken_back_leaves_it_waiting_or_at_work(hotel: Session, conversation: Json) -> None:
    path = f"/api/conversations/{conversation['id']}"
    assert await reopened(hotel, conversation, asItWas=True) == ("OPEN", None)
    await hotel.post(f"{path}/claim")
    assert await reopened(hotel, conversation, asItWas=True) == ("IN_PROGRESS", None)
    await hotel.patch(path, {"status": "WAITING"})
    assert await reopened(hotel, conversation, asItWas=True) == ("WAITING", None)
    assert (await hotel.post(f"{path}/reopen", {"asItWas": "yes"})).status == 400
