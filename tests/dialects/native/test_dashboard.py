"""The house right now, over the native API. That the numbers equal a recount: tests/desk/test_recount.py."""

from typing import Any

from tests.conftest import Client, Session
from tests.factories import body_of

Json = dict[str, Any]


async def test_not_for_strangers_and_agents(client: Client, hotel: Session) -> None:
    assert (await client.get("/api/dashboard")).status == 401
    assert (await (await hotel.colleague()).get("/api/dashboard")).status == 403


async def test_who_waits_and_who_answers(hotel: Session, conversation: Json) -> None:
    maria = await hotel.colleague(name="Maria")
    await hotel.patch(f"/api/users/{maria.user['id']}", {"capacity": 1})
    await maria.post("/api/presence", {"away": False})
    supervisor = await hotel.colleague("SUPERVISOR", name="Sílvia")
    waiting = await body_of(await supervisor.get("/api/dashboard"))
    assert (waiting["numbers"]["inQueue"], waiting["numbers"]["active"]) == (1, 0)
    assert waiting["numbers"]["satisfaction"] is None
    [agent] = [agent for agent in waiting["agents"] if agent["name"] == "Maria"]
    assert agent == {
        "id": maria.user["id"], "name": "Maria", "standing": "AVAILABLE", "load": 0, "capacity": 1,
        "secondsToAnswer": None,
    }  # fmt: skip
    await maria.post(f"/api/conversations/{conversation['id']}/claim")
    await maria.post(f"/api/conversations/{conversation['id']}/messages", {"content": "Olá!"})
    served = await body_of(await supervisor.get("/api/dashboard"))
    assert (served["numbers"]["inQueue"], served["numbers"]["active"], served["numbers"]["busy"]) == (0, 1, 1)
    assert served["numbers"]["secondsToAnswer"] >= 0
    [agent] = [agent for agent in served["agents"] if agent["name"] == "Maria"]
    assert (agent["standing"], agent["load"]) == ("BUSY", 1)
