"""The dashboard in the ISP dialect (seed 003): the desk's numbers under the document's names."""

import re
from typing import Any

import pytest

from server.desk import presence
from tests.conftest import Client, Session
from tests.isp import ROOT, Person, refusal

Json = dict[str, Any]
PAGES = ("metrics", "agents", "queue")


@pytest.mark.parametrize("page", PAGES)
async def test_nobody_looks_without_a_token(client: Client, page: str) -> None:
    await refusal(await client.get(f"{ROOT}/dashboard/{page}"), 401, "UNAUTHENTICATED")


async def test_who_may_look(supervisor: Person, agent: Person, viewer: Person) -> None:
    for page in PAGES:
        assert (await supervisor.get(f"/dashboard/{page}")).status == 200
    for person in (agent, viewer):
        for page in ("metrics", "agents"):
            await refusal(await person.get(f"/dashboard/{page}"), 403, "FORBIDDEN")
        assert (await person.get("/dashboard/queue")).status == 200


async def test_a_new_house_says_what_it_does_not_know(admin: Person) -> None:
    assert await admin.reads("/dashboard/metrics") == {
        "conversations": {"active": 0, "in_queue": 0, "resolved_today": 0},
        "agents": {"online": 0, "busy": 0, "available": 0},
        "performance": {
            "avg_response_time_seconds": None,
            "avg_resolution_time_minutes": None,
            "satisfaction_rate": None,
        },
    }
    assert await admin.reads("/dashboard/agents") == {"agents": []}
    assert await admin.reads("/dashboard/queue") == {
        "queue": [],
        "total_in_queue": 0,
        "avg_wait_time_minutes": 0,
    }


async def test_a_conversation_from_the_queue_to_its_rating(
    admin: Person, agent: Person, hotel: Session, conversation: Json
) -> None:
    assert (await admin.reads("/dashboard/metrics"))["conversations"]["in_queue"] == 1
    [place] = (await admin.reads("/dashboard/queue"))["queue"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", place.pop("waiting_since"))
    assert place == {
        "position": 1,
        "customer_phone": "+5511999999999",
        "customer_name": "João Silva",
        "estimated_wait_minutes": None,
        "priority": "medium",
    }
    await hotel.patch(f"/api/conversations/{conversation['id']}", {"priority": "URGENT"})
    assert (await admin.reads("/dashboard/queue"))["queue"][0]["priority"] == "urgent"

    path = f"/conversations/{conversation['id']}"
    await admin.post(f"{path}/transfer", {"to_agent_id": agent.number})
    assert (await agent.post(f"{path}/messages", {"content": "Olá!", "type": "text"})).status == 201
    [shown] = (await admin.reads("/dashboard/agents"))["agents"]
    assert type(shown.pop("avg_response_time")) is int
    assert shown == {
        "id": agent.number,
        "nome": "Maria Atendente",
        "status": shown["status"],
        "current_conversations": 1,
        "max_conversations": 5,
    }
    await agent.post(f"{path}/close", {"resolution": "resolved"})
    await agent.post(f"{path}/rating", {"rating": 4})
    told = await admin.reads("/dashboard/metrics")
    assert told["conversations"] == {"active": 0, "in_queue": 0, "resolved_today": 1}
    assert type(told["performance"]["avg_response_time_seconds"]) is int
    assert told["performance"]["avg_resolution_time_minutes"] == 0
    assert told["performance"]["satisfaction_rate"] == 4.0


async def test_each_standing_has_its_word(
    admin: Person, agent: Person, hotel: Session, conversation: Json
) -> None:
    async def status() -> str:
        [shown] = (await admin.reads("/dashboard/agents"))["agents"]
        return str(shown["status"])

    user = await hotel.db.users.one({"number": agent.number})
    assert user
    await presence.seen(hotel.db, [user["_id"]], lasts=presence.WORK_LASTS)
    assert await status() == "online"
    await hotel.db.users.update({"_id": user["_id"]}, {"$set": {"capacity": 1}})
    await admin.post(f"/conversations/{conversation['id']}/transfer", {"to_agent_id": agent.number})
    assert await status() == "busy"
    agents = (await admin.reads("/dashboard/metrics"))["agents"]
    assert agents == {"online": 1, "busy": 1, "available": 0}
    await hotel.db.presences.update({"user_id": user["_id"]}, {"$set": {"away": True}})
    assert await status() == "away"
    await presence.gone(hotel.db, [user["_id"]])
    assert await status() == "offline"


async def test_an_agent_sees_of_the_queue_what_he_may_see(
    admin: Person, agent: Person, hotel: Session, conversation: Json
) -> None:
    await hotel.patch("/api/tenant", {"settings": {"agentVisibility": "OWN"}})
    assert len((await agent.reads("/dashboard/queue"))["queue"]) == 1  # what nobody has, everybody may take
    await hotel.db.conversations.update({"_id": conversation["id"]}, {"$set": {"team_id": "finance"}})
    assert (await agent.reads("/dashboard/queue"))["queue"] == []
    assert len((await admin.reads("/dashboard/queue"))["queue"]) == 1


async def test_another_tenants_house_is_not_counted(
    stranger: Person, conversation: Json, supervisor: Person
) -> None:
    assert conversation
    assert (await supervisor.reads("/dashboard/metrics"))["conversations"]["in_queue"] == 1
    assert (await stranger.reads("/dashboard/metrics"))["conversations"]["in_queue"] == 0
    assert (await stranger.reads("/dashboard/queue"))["total_in_queue"] == 0
