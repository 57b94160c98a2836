"""The assistant in the ISP dialect. What it says is tests/desk/assistant's; here, who may ask and how it is told."""

from typing import Any

from tests.conftest import Session
from tests.factories import body_of, stored
from tests.isp import Person, refusal

Json = dict[str, Any]
ANSWER = {"response", "intent", "confidence", "should_transfer", "suggested_actions"}


async def test_who_may_what(viewer: Person, stranger: Person, conversation: Json, hotel: Session) -> None:
    before = await stored(hotel, "conversations", conversation["id"])
    question = {"conversation_id": conversation["id"], "message": "Oi"}
    escalation = {"conversation_id": conversation["id"], "reason": "Pediu"}
    await refusal(await viewer.post("/chatbot/message", question), 403, "FORBIDDEN")
    await refusal(await viewer.post("/chatbot/escalate", escalation), 403, "FORBIDDEN")
    await refusal(await stranger.post("/chatbot/message", question), 404, "NOT_FOUND")
    await refusal(await stranger.post("/chatbot/escalate", escalation), 404, "NOT_FOUND")
    assert (await viewer.get("/chatbot/status")).status == 200
    assert await stored(hotel, "conversations", conversation["id"]) == before


async def test_a_question(agent: Person, conversation: Json, hotel: Session) -> None:
    question = {"message": "Minha internet está lenta", "context": {"customer_name": "Ana", "mais": 1}}
    for more in ({}, {"conversation_id": conversation["id"]}):
        body = await body_of(await agent.post("/chatbot/message", {**question, **more}))
        assert set(body) == ANSWER
        assert (body["intent"], body["should_transfer"]) == ("suporte_tecnico", False)
        assert "Ana" in body["response"]
    assert await hotel.db.messages.count({}) == 1, "nothing is sent"


async def test_escalating(agent: Person, conversation: Json, hotel: Session) -> None:
    said = {"conversation_id": conversation["id"], "reason": "Cliente solicitou atendente humano"}
    body = await body_of(await agent.post("/chatbot/escalate", said))
    assert (body["id"], body["status"], body["messages_count"]) == (conversation["id"], "queue", 1)
    note = await hotel.db.messages.one({"kind": "NOTE"})
    assert note
    assert said["reason"] in note["text"]
    await agent.post(f"/conversations/{conversation['id']}/close", {})
    await refusal(await agent.post("/chatbot/escalate", said), 409, "CONVERSATION_CLOSED")


async def test_what_it_is_and_knows(agent: Person) -> None:
    status = await agent.reads("/chatbot/status")
    assert (status["model"], status["records"], status["answers_customers"]) == ("rules", False, False)
    known = await agent.reads("/chatbot/intents")
    assert known["total"] == len(known["intents"]) == status["intents"] >= 25
    assert "suporte_tecnico" in {intent["name"] for intent in known["intents"]}


_WRONG: list[tuple[str, Json, str]] = [
    ("message", {}, "message"),
    ("message", {"message": ""}, "message"),
    ("message", {"message": "x" * 4097}, "message"),
    ("message", {"message": "x", "context": "x"}, "context"),
    ("message", {"message": "x", "context": {"customer_name": 1}}, "context.customer_name"),
    ("message", {"message": "x", "x": 1}, "x"),
    ("escalate", {"reason": "x"}, "conversation_id"),
    ("escalate", {"conversation_id": "x"}, "reason"),
    ("escalate", {"conversation_id": "x", "reason": ""}, "reason"),
]


async def test_what_is_wrong_is_named(agent: Person) -> None:
    for path, said, field in _WRONG:
        await refusal(await agent.post(f"/chatbot/{path}", said), 400, "VALIDATION_ERROR", field)
