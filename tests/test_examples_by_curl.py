"""The document's examples as a visitor tries them: one command line after the other."""

import asyncio
import json
import time
from dataclasses import dataclass
from typing import Any

import pytest

from server.channels.simulator import Simulator
from server.channels.simulator.play import PlayedNumber
from server.runtime import Runtime
from server.settings import Settings
from tests.conftest import Client
from tests.examples.likeness import NATIVE, assert_like, example
from tests.examples.scene import connection, documents_number, signature
from tests.workers import work_off

Json = dict[str, Any]


@pytest.fixture
def settings(settings: Settings, simulator: Simulator) -> Settings:
    return settings.model_copy(update={"graph_api_url": simulator.url, "simulator_url": simulator.url})


@dataclass
class Curl:
    """The command line that everybody has."""

    url: str
    headers: tuple[str, ...] = ()

    async def __call__(self, path: str, *options: str) -> tuple[int, str]:
        headers = [part for header in self.headers for part in ("-H", header)]
        process = await asyncio.create_subprocess_exec(
            "curl", "-sS", "-w", "\n%{http_code}", self.url + path, *headers, *options,
            stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        output, _ = await process.communicate()
        body, _, status = output.decode().rpartition("\n")
        return int(status), body

    async def sends(self, path: str, body: str, *options: str) -> tuple[int, Json]:
        status, answer = await self(path, "-H", "Content-Type: application/json", "-d", body, *options)
        return status, json.loads(answer)


async def test_the_whole_day_by_curl(client: Client, simulator: Simulator, runtime: Runtime) -> None:
    curl = Curl(str(client.make_url("")).rstrip("/"))
    assert (await curl.sends("/auth/register", f"@{NATIVE}/register.body.json"))[0] == 201
    status, entered = await curl.sends("/auth/login", f"@{NATIVE}/login.body.json")
    assert status == 200
    number = await documents_number(simulator)
    agent = Curl(curl.url, (f"Authorization: Bearer {entered['token']}", "X-Tenant-Slug: hotel-abc"))
    assert (await agent.sends("/api/channels", json.dumps(connection(number))))[0] == 201

    asked = f"hub.mode=subscribe&hub.verify_token={number.verify_token}&hub.challenge=1158201444"
    assert await curl(f"/webhooks/whatsapp?{asked}") == (200, "1158201444")
    example_itself = (NATIVE / "webhook-text.body.json").read_bytes()
    assert await _webhook(curl, number, "@" + str(NATIVE / "webhook-text.body.json"), example_itself)
    # The example is of 2023, and one may only answer within a day: the same customer writes again, today.
    today = example_itself.replace(b"1699881234", b"%d" % time.time()).replace(b"U1...", b"U2")
    simulator.configure(window="off")  # it was not its customer who wrote
    assert await _webhook(curl, number, today.decode(), today)
    await work_off(runtime)
    id = await _the_conversation(agent)
    for kind in ("text", "image", "template", "buttons", "list"):
        path = "/api/messages" + ("" if kind in ("text", "image") else f"/{kind}")
        body = example(f"message-{kind}.body", conversationId=id)
        status, queued = await agent.sends(path, json.dumps(body))
        assert (status, queued["status"]) == (201, "SENT"), queued
    await work_off(runtime)
    assert [acceptance.type for acceptance in simulator.log] == [
        "text", "image", "template", "interactive", "interactive",
    ]  # fmt: skip
    await _the_rest_of_the_day(agent, id, entered["user"]["id"])


async def _webhook(curl: Curl, number: PlayedNumber, data: str, raw: bytes) -> bool:
    return await curl(
        "/webhooks/whatsapp", "-H", "Content-Type: application/json", "-H", "X-Tenant-Slug: hotel-abc",
        "-H", f"X-Hub-Signature-256: {signature(number, raw)}", "--data-binary", data,
    ) == (200, "EVENT_RECEIVED")  # fmt: skip


async def _the_conversation(agent: Curl) -> str:
    status, page = await agent("/api/conversations?status=OPEN&limit=20")
    assert status == 200
    in_this_scene = {"pagination.total": 1, "pagination.pages": 1, "data[].unreadCount": 2}
    assert_like("conversations.200", json.loads(page), but=in_this_scene)
    return str(json.loads(page)["data"][0]["id"])


async def _the_rest_of_the_day(agent: Curl, id: str, user_id: str) -> None:
    _, messages = await agent(f"/api/conversations/{id}/messages")
    newest_inbound = json.loads(messages)["data"][1]
    assert await agent(f"/api/messages/{newest_inbound['id']}/read", "-X", "POST") == (204, "")
    status, found = await agent(f"/api/messages/search?query=reserva&conversationId={id}&limit=1")
    assert status == 200
    assert_like("messages-search.200", json.loads(found))
    status, counted = await agent(f"/api/conversations/{id}/stats")
    assert (status, json.loads(counted)["total"]) == (200, 7)
    status, assigned = await agent.sends(f"/api/conversations/{id}/assign", json.dumps({"userId": user_id}))
    assert (status, assigned["status"], assigned["assignedTo"]["name"]) == (200, "IN_PROGRESS", "Admin")
    status, closed = await agent(f"/api/conversations/{id}/close", "-X", "POST")
    assert status == 200
    assert_like("conversation-close.200", json.loads(closed))
