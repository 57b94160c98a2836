"""The rest of the ISP dialect's examples: what changes by the second, the socket, and how often one may ask."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from server.processes import PIPE, stop
from server.settings import Settings
from tests.conftest import Client, Session
from tests.examples.likeness import ISP
from tests.examples.provider import Scene, assert_printed, printed, program, scene, settings
from tests.factories import a_message, arrive, body_of
from tests.isp import ROOT, Person, as_person, refusal
from tests.realtime.plain import Dial, dial

__all__ = ["dial", "scene", "settings"]
Json = dict[str, Any]
CLIENT_EVENTS = {
    "join_conversation", "leave_conversation", "send_message", "typing_start", "typing_stop", "ping",
}  # fmt: skip
SERVER_EVENTS = {
    "new_message", "message_status", "agent_typing", "conversation_assigned", "conversation_closed",
    "queue_update", "pong",
}  # fmt: skip


class Afternoon:
    """Today's, by the provider's clock, which goes on when it is told."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        noon = datetime.now(ZoneInfo("America/Sao_Paulo")).replace(hour=12, minute=0, second=0, microsecond=0)
        self.noon = noon.astimezone(UTC)
        self.now = self.noon
        scene.house.runtime.clock = lambda: self.now

    def is_at(self, minutes: float) -> None:
        self.now = self.noon + timedelta(minutes=minutes)

    async def customers(self, count: int, name: str) -> list[str]:
        """So many begin to wait, one after the other; their conversations."""
        [channel] = await self.scene.house.db.channels.all({})
        phones = [f"551199{'98' if name == 'Cliente' else '99'}999{n:02}" for n in range(99, 99 - count, -1)]
        said = [a_message(phone=phone, name=name, at=self.now) for phone in phones]
        stored = await arrive(self.scene.house, {"id": channel["_id"]}, *said)
        return [str(message["conversation_id"]) for message in stored]

    async def gives(self, agent: Person, *ids: str) -> None:
        for id in ids:
            said = {"to_agent_id": agent.number}
            assert (await self.scene.admin.post(f"/conversations/{id}/transfer", said)).status == 200


async def all_are_there(scene: Scene, count: int) -> None:
    async with asyncio.timeout(30):
        while (await scene.admin.reads("/dashboard/metrics"))["agents"]["online"] < count:
            await asyncio.sleep(0.05)


async def test_the_dashboard(scene: Scene, dial: Dial) -> None:
    """Averages, waits and estimates are the printed ones; there are fewer people than there."""
    afternoon = Afternoon(scene)
    served = await afternoon.customers(12, "Cliente")
    maria, beto = await scene.agents("Maria Silva", "Beto")
    afternoon.is_at(0.5)
    await afternoon.gives(maria, *served[:3])
    assert (await maria.post(f"/conversations/{served[0]}/messages", {"content": "Olá!"})).status == 201
    afternoon.is_at(1)
    await afternoon.gives(beto, *served[3:])
    assert (await beto.post(f"/conversations/{served[3]}/messages", {"content": "Olá!"})).status == 201
    afternoon.is_at(12)
    for id, rating in ((served[3], 4), (served[4], 5)):
        assert (await beto.post(f"/conversations/{id}/close", printed("close.body"))).status == 200
        assert (await beto.post(f"/conversations/{id}/rating", {"rating": rating})).status == 200
    afternoon.is_at(20)
    vip, *_ = await afternoon.customers(12, "Cliente VIP")
    assert (await scene.house.patch(f"/api/conversations/{vip}", {"priority": "HIGH"})).status == 200
    for person in (maria, beto):
        await dial(person)
    await all_are_there(scene, 2)
    afternoon.is_at(28)

    people = {"agents.online": 2, "agents.busy": 1, "agents.available": 1}
    work = {"conversations.active": 10, "conversations.resolved_today": 2}
    assert_printed("dashboard-metrics.200", await scene.admin.reads("/dashboard/metrics"), but=people | work)
    [_, shown] = (await scene.admin.reads("/dashboard/agents"))["agents"]
    assert_printed("dashboard-agents.200", {"agents": [shown]}, but={"agents[].id": maria.number})
    line = await scene.admin.reads("/dashboard/queue")
    assert [place["position"] for place in line["queue"]] == list(range(1, 13))
    assert_printed("dashboard-queue.200", {**line, "queue": line["queue"][:1]})


@asynccontextmanager
async def page(script: str) -> AsyncIterator[asyncio.StreamReader]:
    """What a page with this script logs."""
    process = await asyncio.create_subprocess_exec(
        *("node", "--no-warnings", "--experimental-websocket", "-e", script), stdout=PIPE
    )
    assert process.stdout
    try:
        yield process.stdout
    finally:
        await stop(process, within=5)


async def logged(log: asyncio.StreamReader, words: str) -> str:
    """All up to the line that has these words."""
    read = ""
    async with asyncio.timeout(30):
        while words not in read:
            read += (line := (await log.readline()).decode())
            assert line, read
    return read


async def test_the_page(client: Client, scene: Scene) -> None:
    id, invented = await scene.greeted(), printed("send-message.emit")["conversation_id"]
    script = program("socket.js", client).replace("JWT_TOKEN", scene.admin.token).replace(invented, id)
    async with page(script) as log:
        assert (await logged(log, "conversation_joined")).startswith("Conectado!\nMensagem recebida: {")
        assert await scene.greeted("Minha internet caiu") == id
        assert "type: 'new_message'" in await logged(log, "Minha internet caiu")


async def test_a_message_over_the_socket(scene: Scene, dial: Dial) -> None:
    id, line = await scene.greeted(), await dial(scene.admin)
    said = printed("send-message.emit", conversation_id=id)
    await line.ws.send_str(json.dumps(said))
    sent = await line.hears("message_sent")
    assert (sent["message"]["content"], sent["message"]["type"]) == (said["content"], said["message_type"])
    await scene.settles()
    assert [message.content["body"] for message in scene.customer.received] == [said["content"]]


async def test_every_event(scene: Scene, dial: Dial) -> None:
    """Of the document's two tables: one says them all, the other hears them all."""
    id, [maria] = await scene.greeted(), await scene.agents("Maria Silva")
    speaker, listener = await dial(scene.admin), await dial(maria)
    here = {"conversation_id": id}
    said = {**dict.fromkeys(CLIENT_EVENTS - {"ping"}, here), "ping": {}}
    said["send_message"] = printed("send-message.emit", conversation_id=id)
    said["send_message"].pop("type")
    await listener.asks("join_conversation", "conversation_joined", **here)
    for event in ("join_conversation", "typing_start", "typing_stop", "send_message", "leave_conversation"):
        await speaker.says(event, **said.pop(event))
    await listener.hears("new_message")
    await scene.settles()
    await body_of(await scene.admin.post(f"/conversations/{id}/transfer", {"to_agent_id": maria.number}))
    await body_of(await maria.post(f"/conversations/{id}/close", printed("close.body")))
    for line in (speaker, listener):
        await line.says("ping", **said["ping"])
    assert said.keys() == {"ping"}
    for event in SERVER_EVENTS:
        await listener.hears(event)
    assert not speaker.all("error")


class TestHowOften:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"rate_limits": "strict"})

    async def test_the_headers(self, hotel: Session, monkeypatch: pytest.MonkeyPatch) -> None:
        # Else what a busy Redis is slow to count would count for nothing.
        monkeypatch.setattr("server.web.rate_limit._SHORT_PATIENCE", 30.0)
        person = await as_person(hotel)
        answers = [await person.get("/auth/me") for _ in range(5)]
        shown = dict(line.split(": ") for line in (ISP / "rate-limit.headers").read_text().splitlines())
        told = {name: answers[-1].headers[name] for name in shown}
        assert 0 < int(told.pop("X-RateLimit-Reset")) - time.time() <= 61
        assert told.items() <= shown.items()

    async def test_too_often(self, client: Client) -> None:
        answers = [await client.post(f"{ROOT}/auth/login", json=printed("login.body")) for _ in range(6)]
        assert [answer.status for answer in answers] == [401] * 5 + [429]
        body = await refusal(answers[-1], 429, "RATE_LIMITED")
        assert body.keys() == printed("error").keys() - {"field"}
