"""Every example of the ISP dialect's document, called as it is printed and answered as it is printed."""

import ast
import asyncio
import json
import sys
from typing import Any

from server import __version__
from tests.conftest import Client
from tests.examples.provider import EMAIL, Scene, assert_printed, printed, program, scene, settings
from tests.factories import body_of, made
from tests.isp import ROOT, Person, refusal

__all__ = ["scene", "settings"]
Json = dict[str, Any]


async def test_signing_in_and_on(client: Client, scene: Scene) -> None:
    user = {"email": "usuario@email.com", "name": "João Silva", "password": "senha123", "role": "AGENT"}
    await made(scene.house, "/api/users", **user)
    body = await body_of(await client.post(f"{ROOT}/auth/login", json=printed("login.body")))
    assert_printed("login.200", body, but={"user.id": 2})
    by_curl = json.loads(await run("bash", "-euc", program("login.sh", client)))
    assert_printed("login.200", by_curl, but={"user.id": 2})
    renewal = printed("refresh.body", refresh_token=body["refresh_token"])
    renewed = await body_of(await client.post(f"{ROOT}/auth/refresh", json=renewal))
    assert_printed("login.200", renewed, but={"user.id": 2})
    person = Person(client, renewed["access_token"], renewed["user"])
    assert (await person.post("/auth/logout")).status == 200
    assert (await person.post("/auth/logout")).status == 401
    assert (await client.post(f"{ROOT}/auth/refresh", json=printed("refresh.body"))).status == 401


async def test_users(scene: Scene) -> None:
    listed = await scene.admin.reads("/users", page=1, limit=20)
    assert_printed("users.200", listed, but={"users[].email": EMAIL, "total": 1, "pages": 1})
    created = await body_of(await scene.admin.post("/users", printed("user.body")), 201)
    told = {**listed, "users": [created]}
    new = {"id": 2, "email": "novo@email.com", "nome": "Novo Usuário", "role": "atendente"}
    assert_printed(
        "users.200", told, but={**{f"users[].{k}": v for k, v in new.items()}, "total": 1, "pages": 1}
    )


async def test_errors(client: Client, scene: Scene) -> None:
    """429 is below, 500 in tests/dialects/isp/test_conversations.py."""
    refused = await scene.admin.post("/users", printed("user.body", email="novo"))
    body = await refusal(refused, 400, "VALIDATION_ERROR", "email")
    assert body.keys() == printed("error").keys()
    assert_printed("error", body, but={"detail": "E-mail inválido."})
    [agent] = await scene.agents("Ana")
    for answer, status, code in (
        (await client.get(f"{ROOT}/users"), 401, "UNAUTHENTICATED"),
        (await agent.get("/users"), 403, "FORBIDDEN"),
        (await agent.get("/users/99"), 404, "NOT_FOUND"),
    ):
        assert (await refusal(answer, status, code)).keys() == printed("error").keys() - {"field"}


async def test_conversations(scene: Scene) -> None:
    id = await scene.greeted()
    await body_of(await scene.admin.post(f"/conversations/{id}/transfer", {"to_agent_id": 1}))
    page = await scene.admin.reads("/conversations", status="in_progress", channel="whatsapp", assigned_to=1)
    assert_printed("conversations.200", page, but={"total": 1, "conversations[].messages_count": 1})


async def test_a_conversation_with_its_messages(scene: Scene) -> None:
    greeting = printed("conversation.200")["messages"][1]["content"]
    await scene.house.patch("/api/tenant", {"settings": {"replies": {"greeting": greeting}}})
    id = await scene.greeted()
    await scene.answers_by_itself()
    await scene.customer.reads()
    await scene.settles()
    await body_of(await scene.admin.post(f"/conversations/{id}/transfer", {"to_agent_id": 1}))
    assert_printed("conversation.200", await scene.admin.reads(f"/conversations/{id}"))


async def test_a_conversation_is_answered_transferred_and_closed(scene: Scene) -> None:
    id = await scene.greeted()
    said = printed("message.body")
    sent = await body_of(await scene.admin.post(f"/conversations/{id}/messages", said), 201)
    assert (sent["content"], sent["type"]) == (said["content"], said["type"])
    await scene.settles()
    assert [message.content["body"] for message in scene.customer.received] == [said["content"]]

    *_, specialist = await scene.agents("Ana", "Bia", "Cid", "Davi")
    moved = await body_of(await scene.admin.post(f"/conversations/{id}/transfer", printed("transfer.body")))
    assert moved["assigned_to"] == specialist.number == 5
    closed = await body_of(await specialist.post(f"/conversations/{id}/close", printed("close.body")))
    assert (closed["status"], closed["resolution"]) == ("resolved", "resolved")
    assert closed["notes"] == "Problema resolvido - reset do modem"


async def test_writing_to_a_number(scene: Scene) -> None:
    template = printed("send-template.body")
    first = await body_of(await scene.admin.post("/whatsapp/send-template", template), 201)
    await scene.settles()
    assert scene.customer.received[0].drawn, "the provider knew the template"
    id = await scene.greeted()
    said = printed("send.body")
    sent = await body_of(await scene.admin.post("/whatsapp/send", said), 201)
    assert sent["conversation_id"] == first["conversation_id"] == id
    await scene.settles()
    assert scene.customer.received[1].content["body"] == said["content"]


async def test_the_chatbot(scene: Scene) -> None:
    id = await scene.greeted()
    said = printed("chatbot-message.body", conversation_id=id)
    answered = await body_of(await scene.admin.post("/chatbot/message", said))
    assert_printed("chatbot-message.200", answered, but={"confidence": answered["confidence"]})
    assert isinstance(answered["confidence"], float)
    assert answered["confidence"] > 0.5
    said = printed("chatbot-escalate.body", conversation_id=id)
    assert (await scene.admin.post("/chatbot/escalate", said)).status == 200


async def test_health(client: Client, scene: Scene) -> None:
    body = await body_of(await client.get("/health"))
    assert body.keys() == printed("health.200").keys()
    assert_printed("health.200", body, but={"version": __version__})


async def run(*command: str) -> str:
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    said, _ = await asyncio.wait_for(process.communicate(), 90)
    assert process.returncode == 0
    return said.decode()


async def test_the_command_lines(client: Client, scene: Scene) -> None:
    id = await scene.greeted()
    said = await run("bash", "-euc", program("curl.sh", client))
    assert '"conversations":[{' in said
    assert f'"conversation_id":"{id}"' in said
    await scene.settles()
    assert scene.customer.received[0].content["body"] == "Teste"


async def test_the_program(client: Client, scene: Scene) -> None:
    id = await scene.greeted()
    said = await run(sys.executable, "-c", program("client.py.txt", client))
    listed, sent = (ast.literal_eval(line) for line in said.strip().splitlines())
    assert [row["id"] for row in listed["conversations"]] == [sent["conversation_id"]] == [id]
    await scene.settles()
    assert scene.customer.received[0].content["body"] == "Olá!"
