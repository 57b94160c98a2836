"""What people do with a conversation: assign, claim, pass on, close, reopen, read, note."""

import asyncio
import itertools
from collections import Counter
from datetime import UTC, datetime
from typing import Any

from server.jobs import Job
from tenants.context import Kick
from tests.conftest import Session
from tests.factories import a_message, arrive, body_of, made, stored

Json = dict[str, Any]


async def test_assigning(hotel: Session, conversation: Json) -> None:
    maria, gone = await hotel.colleague(), await hotel.colleague(name="Ex")
    await hotel.delete(f"/api/users/{gone.user['id']}")
    path = f"/api/conversations/{conversation['id']}/assign"
    assigned = await body_of(await hotel.post(path, {"userId": maria.user["id"]}))
    assert (assigned["status"], assigned["assignedToId"]) == ("IN_PROGRESS", maria.user["id"])
    assert assigned["assignedTo"]["name"] == "Maria Atendente"
    for wrong in ({"userId": "nobody"}, {"userId": gone.user["id"]}, {}, {"userId": None}):
        assert (await hotel.post(path, wrong)).status == 400
    [raised] = await hotel.db.events.all({"kind": "notification.raised"})
    assert raised["payload"]["user_id"] == maria.user["id"]


async def test_of_twenty_claims_one_wins(hotel: Session, conversation: Json) -> None:
    agents = await asyncio.gather(*(hotel.colleague(name=f"Agente {place}") for place in range(20)))
    path = f"/api/conversations/{conversation['id']}/claim"
    answers = await asyncio.gather(*(agent.post(path) for agent in agents))
    assert Counter(answer.status for answer in answers) == {200: 1, 409: 19}
    winner = next(agent for agent, answer in zip(agents, answers, strict=True) if answer.status == 200)
    for answer in answers:
        body = await answer.json()
        assert body["assignedTo"]["id"] == winner.user["id"]
        assert answer.status == 200 or body["error"] == "CONFLICT"
    row = await stored(hotel, "conversations", conversation["id"])
    assert (row["assigned_to_id"], row["status"]) == (winner.user["id"], "IN_PROGRESS")
    assert await hotel.db.events.count({"kind": "conversation.changed"}) == 1
    assert (await winner.post(path)).status == 200
    await hotel.patch("/api/tenant", {"settings": {"agentVisibility": "OWN"}})
    assert {(await agent.post(path)).status for agent in agents if agent is not winner} == {404}
    await hotel.patch("/api/tenant", {"settings": {"agentVisibility": "ALL"}})
    await hotel.post(f"/api/conversations/{conversation['id']}/close")
    assert (await body_of(await agents[0].post(path), 409))["error"] == "CONVERSATION_CLOSED"


async def test_who_loses_a_claim_is_told_to_whom_whatever_he_may_see(
    hotel: Session, conversation: Json
) -> None:
    await hotel.patch("/api/tenant", {"settings": {"agentVisibility": "OWN"}})
    agents = await asyncio.gather(*(hotel.colleague(name=f"Agente {place}") for place in range(4)))
    path = f"/api/conversations/{conversation['id']}/claim"
    answers = await asyncio.gather(*(agent.post(path) for agent in agents))
    assert Counter(answer.status for answer in answers)[200] == 1
    winner = next(agent for agent, answer in zip(agents, answers, strict=True) if answer.status == 200)
    for answer in answers:
        # 404: the race was over before this one could see it.
        assert answer.status == 404 or (await answer.json())["assignedTo"]["id"] == winner.user["id"]


async def test_passing_it_on(hotel: Session, conversation: Json) -> None:
    maria = await hotel.colleague()
    team = await made(hotel, "/api/teams", name="Recepção")
    path = f"/api/conversations/{conversation['id']}/transfer"
    ticks = itertools.count(int(datetime.now(UTC).timestamp() * 1000))
    hotel.runtime.clock = lambda: datetime.fromtimestamp(next(ticks) / 1000, UTC)  # no two looks alike
    to_maria = await body_of(
        await hotel.post(path, {"userId": maria.user["id"], "reason": "Ela conhece o caso"})
    )
    assert (to_maria["assignedToId"], to_maria["status"]) == (maria.user["id"], "IN_PROGRESS")
    to_team = await body_of(await maria.post(path, {"teamId": team["id"]}))
    assert (to_team["assignedToId"], to_team["teamId"], to_team["status"]) == (None, team["id"], "OPEN")
    both = await body_of(await hotel.post(path, {"teamId": team["id"], "userId": maria.user["id"]}))
    assert (both["assignedToId"], both["teamId"]) == (maria.user["id"], team["id"])
    row = await stored(hotel, "conversations", conversation["id"])
    steps = row["transfers"]
    assert {step["at"] for step in row["assignments"]} == {step["at"] for step in steps}
    assert row["updated_at"] == row["assigned_at"] == steps[-1]["at"]
    assert [(s["from_user_id"], s["to_user_id"], s["to_team_id"], s["reason"]) for s in steps] == [
        (None, maria.user["id"], None, "Ela conhece o caso"),
        (maria.user["id"], None, team["id"], None),
        (None, maria.user["id"], team["id"], None),
    ]
    for wrong, field in [
        ({}, "userId"),
        ({"userId": "x"}, "userId"),
        ({"teamId": "x"}, "teamId"),
        ({"userId": maria.user["id"], "reason": "x" * 501}, "reason"),
    ]:
        body = await body_of(await hotel.post(path, wrong), 400)
        assert body["details"][0]["field"] == field


async def test_another_teams_line_is_served_at_once(hotel: Session, conversation: Json) -> None:
    """Somebody of that team may have room."""
    await hotel.patch("/api/tenant", {"settings": {"routing": {"distribution": "LEAST_BUSY"}}})
    team = await made(hotel, "/api/teams", name="Recepção")
    path = f"/api/conversations/{conversation['id']}"
    await body_of(await hotel.patch(path, {"priority": "HIGH"}))  # whoever works is there: that too is news
    kicked: list[Kick] = []
    hotel.runtime.jobs.kick = kicked.append  # type: ignore[method-assign, assignment]  # the queue's end of the wire
    await body_of(await hotel.patch(path, {"priority": "LOW"}))
    assert kicked == []
    await body_of(await hotel.post(f"{path}/transfer", {"teamId": team["id"]}))
    assert kicked == [Kick(Job.DISTRIBUTE, (hotel.tenant["id"],))]


async def test_closing_and_reopening(hotel: Session, channel: Json, conversation: Json) -> None:
    path = f"/api/conversations/{conversation['id']}"
    await hotel.post(f"{path}/claim")
    closed = await body_of(await hotel.post(f"{path}/close"))
    assert (closed["status"], closed["unreadCount"], closed["assignedToId"]) == (
        "CLOSED",
        0,
        hotel.user["id"],
    )
    assert closed["closedAt"].endswith("Z")
    assert await body_of(await hotel.post(f"{path}/close")) == closed
    for refused in (
        await hotel.post(f"{path}/assign", {"userId": hotel.user["id"]}),
        await hotel.post(f"{path}/transfer", {"userId": hotel.user["id"]}),
        await hotel.post(f"{path}/messages", {"content": "Olá"}),
    ):
        assert (await body_of(refused, 409))["error"] == "CONVERSATION_CLOSED"
    reopened = await body_of(await hotel.post(f"{path}/reopen"))
    assert (reopened["status"], reopened["closedAt"]) == ("IN_PROGRESS", None)
    assert await body_of(await hotel.post(f"{path}/reopen")) == reopened
    await hotel.patch(path, {"status": "CLOSED"})
    assert (await stored(hotel, "conversations", conversation["id"]))["open"] is False
    [message] = await arrive(hotel, channel, a_message("Voltei"))
    assert message["conversation_id"] != conversation["id"]
    for refused in (await hotel.post(f"{path}/reopen"), await hotel.patch(path, {"status": "OPEN"})):
        assert (await body_of(refused, 409))["error"] == "CONFLICT"
    assert (await stored(hotel, "conversations", conversation["id"]))["open"] is False


async def test_waiting_ends_when_the_customer_writes(
    hotel: Session, channel: Json, conversation: Json
) -> None:
    path = f"/api/conversations/{conversation['id']}"
    for assigned, status in ((None, "OPEN"), (hotel.user["id"], "IN_PROGRESS")):
        await body_of(await hotel.patch(path, {"assignedToId": assigned}))
        await body_of(await hotel.patch(path, {"status": "WAITING"}))
        await arrive(hotel, channel, a_message("Oi"))
        assert (await body_of(await hotel.get(path)))["status"] == status


async def test_reading_it_all(hotel: Session, channel: Json, conversation: Json) -> None:
    await arrive(hotel, channel, a_message("Alô?"), a_message("Tem alguém?"))
    path = f"/api/conversations/{conversation['id']}"
    assert (await body_of(await hotel.get(path)))["unreadCount"] == 3
    answer = await hotel.post(f"{path}/read")
    assert (answer.status, await answer.read()) == (204, b"")
    assert (await body_of(await hotel.get(path)))["unreadCount"] == 0
    assert (await body_of(await hotel.get("/api/conversations/stats")))["unreadMessages"] == 0
    assert await hotel.db.messages.count({"read_at": None}) == 0
    assert (await hotel.post(f"{path}/read")).status == 204
    assert await hotel.db.events.count({"kind": "conversation.changed"}) == 1


async def test_notes_stay_in_the_house(hotel: Session, conversation: Json) -> None:
    path = f"/api/conversations/{conversation['id']}"
    note = await body_of(await hotel.post(f"{path}/notes", {"content": "Cliente VIP"}), 201)
    assert (note["type"], note["direction"], note["seq"]) == ("NOTE", "INTERNAL", 2)
    assert (note["sentById"], note["deliveryState"]) == (hotel.user["id"], None)
    document = await stored(hotel, "messages", note["id"])
    assert "moving" not in document
    assert await hotel.db.messages.count({"moving": True}) == 0
    assert (await body_of(await hotel.get(path)))["lastMessage"][
        "content"
    ] == "Olá, gostaria de fazer uma reserva"
    thread = await body_of(await hotel.get(f"{path}/messages"))
    assert [m["type"] for m in thread["data"]] == ["TEXT", "NOTE"]
    assert (await body_of(await hotel.get(f"{path}/stats")))["total"] == 1
    assert (await body_of(await hotel.post(f"/api/messages/{note['id']}/retry"), 409))["error"] == "CONFLICT"
    for wrong in ({}, {"content": ""}, {"content": "x" * 4097}):
        assert (await hotel.post(f"{path}/notes", wrong)).status == 400


async def test_numbers_of_one(hotel: Session, channel: Json, conversation: Json) -> None:
    await arrive(hotel, channel, a_message("Alô?"))
    path = f"/api/conversations/{conversation['id']}"
    sent = await body_of(await hotel.post(f"{path}/messages", {"content": "Olá!"}), 201)
    await hotel.db.messages.update({"_id": sent["id"]}, {"$set": {"status": "READ"}})
    assert await body_of(await hotel.get(f"{path}/stats")) == {
        "total": 3,
        "byDirection": {"INBOUND": 2, "OUTBOUND": 1},
        "byStatus": {"SENT": 0, "DELIVERED": 2, "READ": 1, "FAILED": 0},
    }
