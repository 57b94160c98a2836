"""Conversations in the ISP dialect: its stages, filters, details, transfer and close."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.conftest import Session
from tests.factories import a_conversation, a_message, arrive, body_of, sent, stored
from tests.isp import Person, refusal

Json = dict[str, Any]
ROW = {
    "id", "customer_phone", "customer_name", "status", "channel", "assigned_to", "started_at", "last_message_at",
    "messages_count", "closed_at", "resolution", "notes", "rating",
}  # fmt: skip


async def ids(person: Person, **query: Any) -> list[str]:
    page = await person.reads("/conversations", **query)
    found = [row["id"] for row in page["conversations"]]
    if "page" not in query and "limit" not in query:
        assert page["total"] == len(found)
    return found


async def test_a_row(admin: Person, conversation: Json) -> None:
    page = await admin.reads("/conversations")
    assert set(page) == {"conversations", "total", "page", "pages"}
    [row] = page["conversations"]
    assert set(row) == ROW
    assert row["id"] == conversation["id"]
    assert (row["customer_phone"], row["customer_name"]) == ("+5511999999999", "João Silva")
    assert (row["status"], row["channel"], row["assigned_to"]) == ("queue", "whatsapp", None)
    assert (row["messages_count"], row["resolution"], row["closed_at"]) == (1, None, None)
    assert datetime.strptime(row["started_at"], "%Y-%m-%dT%H:%M:%S%z").tzinfo


async def test_who_answers_first_takes_it_from_the_line(
    agent: Person, admin: Person, conversation: Json
) -> None:
    path = f"/conversations/{conversation['id']}"
    assert (await admin.reads("/dashboard/queue"))["total_in_queue"] == 1
    await body_of(await agent.post(f"{path}/messages", {"content": "Pois não?"}), 201)
    await body_of(await admin.post(f"{path}/messages", {"content": "Posso ajudar também."}), 201)
    details = await admin.reads(path)
    assert (details["status"], details["assigned_to"]) == ("in_progress", agent.number)
    assert await ids(agent, status="in_progress", assigned_to=agent.number) == [conversation["id"]]
    assert (await admin.reads("/dashboard/queue"))["total_in_queue"] == 0


async def test_a_conversation_outlives_its_channel(
    hotel: Session, admin: Person, channel: Json, conversation: Json
) -> None:
    """Removed, it is still known what it was; gone from the store, nobody knows."""

    async def told() -> list[str | None]:
        [row] = (await admin.reads("/conversations"))["conversations"]
        details = await admin.reads(f"/conversations/{conversation['id']}")
        return [row["channel"], details["channel"]]

    assert (await hotel.delete(f"/api/channels/{channel['id']}")).status == 204
    assert await told() == ["whatsapp", "whatsapp"]
    assert await hotel.db.channels.delete({"_id": channel["id"]})
    assert await told() == [None, None]
    moved = await admin.post(f"/conversations/{conversation['id']}/transfer", {"to_agent_id": 1})
    assert (await body_of(moved))["channel"] is None
    assert await ids(admin, channel="whatsapp") == []


async def test_what_nobody_expected_is_told_in_this_dialect(
    hotel: Session, admin: Person, conversation: Json
) -> None:
    await hotel.db.conversations.update({"_id": conversation["id"]}, {"$set": {"status": "BROKEN"}})
    answer = await admin.get(f"/conversations/{conversation['id']}")
    told = await refusal(answer, 500, "INTERNAL_ERROR")
    assert set(told) == {"detail", "error_code"}
    assert "BROKEN" not in told["detail"]
    assert answer.headers["X-Request-ID"]


async def test_another_tenants_conversation_does_not_exist(
    stranger: Person, conversation: Json, hotel: Session, rival: Session
) -> None:
    assert await ids(stranger) == []
    path, before = (
        f"/conversations/{conversation['id']}",
        await stored(hotel, "conversations", conversation["id"]),
    )
    for answer in (
        await stranger.get(path),
        await stranger.post(f"{path}/messages", {"content": "x"}),
        await stranger.post(f"{path}/messages", {"type": "image", "content": "iVBORw0KGgo="}),
        await stranger.post(f"{path}/transfer", {"to_agent_id": 1}),
        await stranger.post(f"{path}/close", {"resolution": "resolved"}),
        await stranger.post(f"{path}/rating", {"rating": 1}),
    ):
        await refusal(answer, 404, "NOT_FOUND")
    assert await stored(hotel, "conversations", conversation["id"]) == before
    assert await hotel.db.messages.count({}) == 1
    assert await hotel.db.media.count({}) == await rival.db.media.count({}) == 0


async def test_a_viewer_reads_and_changes_nothing(viewer: Person, conversation: Json, hotel: Session) -> None:
    path = f"/conversations/{conversation['id']}"
    assert (await viewer.reads(path))["messages"][0]["content"] == "Olá, preciso de ajuda"
    assert await ids(viewer) == [conversation["id"]]
    for refused in (
        await viewer.post(f"{path}/messages", {"content": "x"}),
        await viewer.post(f"{path}/transfer", {"to_agent_id": 1}),
        await viewer.post(f"{path}/close", {}),
        await viewer.post(f"{path}/rating", {"rating": 5}),
        await viewer.post("/whatsapp/send", {"to": "+5511999999999", "content": "x"}),
        await viewer.post("/whatsapp/send-template", {"to": "+5511999999999", "template_name": "x"}),
    ):
        await refusal(refused, 403, "FORBIDDEN")
    assert await hotel.db.messages.count({}) == 1
    assert (await stored(hotel, "conversations", conversation["id"]))["open"]


async def test_agents_see_their_own_when_the_tenant_says_so(
    hotel: Session, admin: Person, agent: Person, channel: Json, conversation: Json
) -> None:
    await hotel.patch("/api/tenant", {"settings": {"agentVisibility": "OWN"}})
    hotel.runtime.access.forget(hotel.tenant["id"])
    await admin.post(f"/conversations/{conversation['id']}/transfer", {"to_agent_id": 1})
    assert await ids(agent) == []
    await refusal(await agent.get(f"/conversations/{conversation['id']}"), 404, "NOT_FOUND")
    mine = await a_conversation(hotel, channel, phone="5511988887777")
    await admin.post(f"/conversations/{mine['id']}/transfer", {"to_agent_id": agent.number})
    assert await ids(agent) == [mine["id"]]
    assert len(await ids(admin)) == 2


async def test_stages(hotel: Session, admin: Person, channel: Json) -> None:
    rows = [await a_conversation(hotel, channel, phone=f"551198888777{n}") for n in range(6)]
    queue, working, waiting, resolved, unresolved, closed = [row["id"] for row in rows]
    for id in (working, waiting):
        await admin.post(f"/conversations/{id}/transfer", {"to_agent_id": 1})
    await hotel.patch(f"/api/conversations/{waiting}", {"status": "WAITING"})
    assert (await hotel.post(f"/api/conversations/{closed}/close")).status == 200
    for id, resolution in ((resolved, "resolved"), (unresolved, "unresolved")):
        body = await body_of(await admin.post(f"/conversations/{id}/close", {"resolution": resolution}))
        assert body["resolution"] == resolution
    assert set(await ids(admin, status="queue")) == {queue}
    assert set(await ids(admin, status="in_progress")) == {working, waiting}
    assert set(await ids(admin, status="resolved")) == {resolved}
    assert set(await ids(admin, status="closed")) == {unresolved, closed}
    shown = {row["id"]: row["status"] for row in (await admin.reads("/conversations"))["conversations"]}
    assert shown == {
        queue: "queue", working: "in_progress", waiting: "in_progress", resolved: "resolved", unresolved: "closed",
        closed: "closed",
    }  # fmt: skip
    # Opened again, it is resolved no more, and the kept totals know it.
    await hotel.post(f"/api/conversations/{resolved}/reopen")
    assert await ids(admin, status="resolved") == []
    assert set(await ids(admin, status="queue")) == {queue, resolved}


async def test_filters(
    hotel: Session, admin: Person, agent: Person, channel: Json, conversation: Json
) -> None:
    other = await a_conversation(hotel, channel, phone="5511988887777")
    await admin.post(f"/conversations/{other['id']}/transfer", {"to_agent_id": agent.number})
    assert await ids(admin, assigned_to=agent.number) == [other["id"]]
    assert await ids(admin, assigned_to=1) == []
    assert await ids(admin, assigned_to=999) == []
    assert len(await ids(admin, channel="whatsapp")) == 2
    assert await ids(admin, channel="web") == await ids(admin, channel="api") == []
    assert await ids(admin, channel="whatsapp", assigned_to=agent.number, status="in_progress") == [
        other["id"]
    ]
    page = await admin.reads("/conversations", limit=1, page=2)
    assert ([row["id"] for row in page["conversations"]], page["total"], page["pages"]) == (
        [conversation["id"]],
        2,
        2,
    )
    for wrong, value in (
        ("status", "OPEN"), ("channel", "sms"), ("assigned_to", "x"), ("assigned_to", 2**63), ("start_date", "ontem"), ("start_date", "0.5"),
        ("end_date", "2026-13-01"), ("limit", 101),
    ):  # fmt: skip
        await refusal(await admin.get("/conversations", **{wrong: value}), 400, "VALIDATION_ERROR", wrong)


async def test_dates(hotel: Session, admin: Person, channel: Json) -> None:
    """Of the beginning; a day is the tenant's day (São Paulo: UTC-3), and its end is in it."""
    old, new = [await a_conversation(hotel, channel, phone=f"551198888777{n}") for n in range(2)]
    began = datetime(2026, 2, 2, 1, 30, tzinfo=UTC)  # the evening of the first, there
    await hotel.db.conversations.update({"_id": old["id"]}, {"$set": {"created_at": began}})
    assert await ids(admin, start_date="2026-02-01", end_date="2026-02-01") == [old["id"]]
    assert await ids(admin, start_date="2026-02-02", end_date="2026-02-02") == []
    assert await ids(admin, start_date="2026-02-02T01:30:00Z", end_date="2026-02-02T01:30:00Z") == [old["id"]]
    assert await ids(admin, end_date="2026-02-02T01:29:59Z") == []
    assert await ids(admin, start_date="2026-02-01T22:30:00", end_date="2026-02-01T22:30:00") == [old["id"]]
    assert await ids(admin, start_date="2026-02-02T01:30:01Z") == [new["id"]]
    assert len(await ids(admin, start_date="0001-01-01", end_date="9999-12-31")) == 2


async def test_details(hotel: Session, admin: Person, channel: Json, conversation: Json) -> None:
    answer = await sent(hotel, conversation, "Olá! Como posso ajudar?")
    await hotel.post(f"/api/conversations/{conversation['id']}/notes", {"content": "só entre nós"})
    body = await admin.reads(f"/conversations/{conversation['id']}")
    assert set(body) == {*ROW, "messages", "has_more", "next_before"}
    assert (body["messages_count"], body["has_more"], body["next_before"]) == (2, False, None)
    incoming, outgoing = body["messages"]
    assert set(incoming) == set(outgoing) == {
        "id", "conversation_id", "direction", "type", "content", "caption", "timestamp", "status", "sent_by",
    }  # fmt: skip
    assert (incoming["direction"], incoming["status"], incoming["sent_by"]) == ("incoming", "delivered", None)
    assert (outgoing["direction"], outgoing["status"], outgoing["sent_by"]) == ("outgoing", "sent", "Admin")
    assert (outgoing["id"], outgoing["content"], outgoing["type"]) == (
        answer["id"],
        "Olá! Como posso ajudar?",
        "text",
    )


async def test_details_come_in_pages(
    hotel: Session, admin: Person, channel: Json, conversation: Json
) -> None:
    await arrive(hotel, channel, *(a_message(str(n)) for n in range(4)))
    path = f"/conversations/{conversation['id']}"
    newest = await admin.reads(path, limit=2)
    assert [m["content"] for m in newest["messages"]] == ["2", "3"]
    assert newest["has_more"]
    older = await admin.reads(path, limit=3, before=newest["next_before"])
    assert [m["content"] for m in older["messages"]] == ["Olá, preciso de ajuda", "0", "1"]
    assert not older["has_more"]
    await refusal(await admin.get(path, limit=101), 400, "VALIDATION_ERROR", "limit")
    await refusal(await admin.get(path, before="x"), 400, "VALIDATION_ERROR", "before")


async def test_transferring(
    hotel: Session, admin: Person, agent: Person, viewer: Person, conversation: Json
) -> None:
    path = f"/conversations/{conversation['id']}/transfer"
    body = await body_of(await admin.post(path, {"to_agent_id": agent.number, "reason": "Fibra óptica"}))
    assert (body["status"], body["assigned_to"]) == ("in_progress", agent.number)
    kept = await stored(hotel, "conversations", conversation["id"])
    assert kept["transfers"][0]["reason"] == "Fibra óptica"
    assert kept["assignments"][0]["user_id"] == kept["assigned_to_id"]
    for wrong in (
        {"to_agent_id": 999},
        {"to_agent_id": viewer.number},
        {"to_agent_id": "x"},
        {"to_agent_id": "1"},
        {"to_agent_id": True},
        {"to_agent_id": 0},
        {},
    ):
        await refusal(await admin.post(path, wrong), 400, "VALIDATION_ERROR", "to_agent_id")
    await admin.delete(f"/users/{agent.number}")
    gone = await admin.post(path, {"to_agent_id": agent.number})
    await refusal(gone, 400, "VALIDATION_ERROR", "to_agent_id")
    await admin.post(f"/conversations/{conversation['id']}/close", {})
    await refusal(await admin.post(path, {"to_agent_id": 1}), 409, "CONVERSATION_CLOSED")


async def test_closing(hotel: Session, agent: Person, conversation: Json) -> None:
    path = f"/conversations/{conversation['id']}/close"
    for field, wrong in (("resolution", "RESOLVED"), ("resolution", "done"), ("notes", "x" * 2001), ("x", 1)):
        await refusal(await agent.post(path, {field: wrong}), 400, "VALIDATION_ERROR", field)
    said = {"resolution": "abandoned", "notes": "Não respondeu mais"}
    body = await body_of(await agent.post(path, said))
    assert (body["status"], body["resolution"], body["notes"]) == (
        "closed",
        "abandoned",
        "Não respondeu mais",
    )
    assert body["closed_at"]
    kept = await stored(hotel, "conversations", conversation["id"])
    assert (kept["resolution"], kept["close_notes"], kept["open"]) == (
        "ABANDONED",
        "Não respondeu mais",
        False,
    )
    again = await body_of(await agent.post(path, {"resolution": "resolved"}))
    assert again["resolution"] == "abandoned"
    await refusal(
        await agent.post(f"/conversations/{conversation['id']}/messages", {"content": "x"}),
        409,
        "CONVERSATION_CLOSED",
    )


async def test_what_the_customer_thought_of_it(
    hotel: Session, agent: Person, conversation: Json, supervisor: Person
) -> None:
    path = f"/conversations/{conversation['id']}"
    await refusal(await agent.post(f"{path}/rating", {"rating": 5}), 409, "CONVERSATION_OPEN")
    assert (await agent.post(f"{path}/close", {"resolution": "resolved"})).status == 200
    for wrong in (0, 6, 4.5, "5", True, None):
        await refusal(
            await agent.post(f"{path}/rating", {"rating": wrong}), 400, "VALIDATION_ERROR", "rating"
        )
    assert (await agent.reads(path))["rating"] is None
    for rating in (2, 4.0):
        assert (await body_of(await agent.post(f"{path}/rating", {"rating": rating})))["rating"] == rating
    assert (await stored(hotel, "conversations", conversation["id"]))["rating"] == 4
    metrics = await supervisor.reads("/dashboard/metrics")
    assert metrics["performance"]["satisfaction_rate"] == 4.0


@pytest.mark.parametrize("days", [1, 400])
async def test_the_window(hotel: Session, agent: Person, conversation: Json, days: int) -> None:
    past = datetime.now(UTC) - timedelta(days=days)
    await hotel.db.conversations.update({"_id": conversation["id"]}, {"$set": {"window_expires_at": past}})
    path = f"/conversations/{conversation['id']}/messages"
    told = await refusal(await agent.post(path, {"content": "x"}), 409, "WINDOW_CLOSED")
    assert told["templates"] == []
    template = {"type": "template", "content": {"template_name": "boas_vindas"}}
    assert (await agent.post(path, template)).status == 201
