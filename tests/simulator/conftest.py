"""The simulator on a real port, a real receiver of its webhooks, and a client that speaks to it as a business does."""

import asyncio
import hashlib
import hmac
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import orjson
import pytest
from aiohttp import web

from server.channels.simulator import Simulator
from server.channels.simulator.play import PlayedCustomer, PlayedNumber

Json = dict[str, Any]
JOAO = "5511999999999"
FAST = {"sentAfter": 0.0, "deliveredAfter": 0.0, "readAfter": 0.0, "retryFirst": 0.01, "retryCap": 0.05}


@dataclass
class Posted:
    body: bytes
    signature: str
    at: float

    @property
    def json(self) -> Json:
        parsed: Json = orjson.loads(self.body)
        return parsed

    @property
    def values(self) -> list[Json]:
        return [change["value"] for entry in self.json["entry"] for change in entry["changes"]]


@dataclass
class Receiver:
    """`answers` are given in turn, then 200 for ever."""

    url: str = ""
    verify_token: str = "segredo-combinado"
    posted: list[Posted] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    handshakes: list[Json] = field(default_factory=list)

    async def shake(self, request: web.Request) -> web.Response:
        self.handshakes.append(dict(request.query))
        if request.query.get("hub.verify_token") != self.verify_token:
            return web.Response(status=403)
        return web.Response(text=request.query["hub.challenge"])

    async def receive(self, request: web.Request) -> web.Response:
        body = await request.read()
        self.posted.append(Posted(body, request.headers["X-Hub-Signature-256"], time.monotonic()))
        return web.Response(status=self.answers.pop(0) if self.answers else 200)

    @property
    def values(self) -> list[Json]:
        return [value for posted in self.posted for value in posted.values]

    @property
    def messages(self) -> list[Json]:
        return [message for value in self.values for message in value.get("messages", [])]

    @property
    def statuses(self) -> list[Json]:
        return [status for value in self.values for status in value.get("statuses", [])]

    async def waits_for(self, count: int, what: Callable[[], list[Any]] | None = None) -> None:
        deadline = time.monotonic() + 30
        while len((what or (lambda: self.posted))()) < count:
            assert time.monotonic() < deadline, f"{len(self.posted)} webhooks so far"
            await asyncio.sleep(0.005)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application(client_max_size=3 * 1024 * 1024)
    app.add_routes([web.get("/hook", receiver.shake), web.post("/hook", receiver.receive)])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()


@pytest.fixture
async def sim() -> AsyncIterator[Simulator]:
    async with Simulator(settings=FAST, seed=7) as sim:
        yield sim


@pytest.fixture
async def number(sim: Simulator, receiver: Receiver) -> PlayedNumber:
    return await sim.add_number(webhook=receiver.url)


@dataclass
class Graph:
    """The business's side: requests with the number's token."""

    session: aiohttp.ClientSession
    base: str
    number: PlayedNumber
    token: str

    async def call(self, method: str, path: str, **more: Any) -> tuple[int, Json]:
        headers = {"Authorization": f"Bearer {self.token}"} | more.pop("headers", {})
        async with self.session.request(
            method, f"{self.base}/v26.0/{path}", headers=headers, **more
        ) as answer:
            return answer.status, await answer.json()

    async def post(self, body: Json) -> tuple[int, Json]:
        return await self.call("POST", f"{self.number.phone_number_id}/messages", json=body)

    async def send(self, kind: str, content: Any, *, to: str = JOAO, **more: Any) -> tuple[int, Json]:
        body = {"messaging_product": "whatsapp", "recipient_type": "individual", "to": to, "type": kind}
        return await self.post(body | {kind: content} | more)

    async def sends(self, text: str = "Olá, tudo bem?", **more: Any) -> str:
        """The wamid of an accepted text."""
        status, answer = await self.send("text", {"body": text}, **more)
        assert status == 200, answer
        wamid: str = answer["messages"][0]["id"]
        return wamid


@pytest.fixture
async def graph(sim: Simulator, number: PlayedNumber) -> AsyncIterator[Graph]:
    async with aiohttp.ClientSession() as session:
        yield Graph(session, sim.url, number, number.access_token)


@pytest.fixture
async def joao(sim: Simulator, number: PlayedNumber, receiver: Receiver) -> PlayedCustomer:
    """He has just written: his window is open and his webhook delivered."""
    joao = number.customer(JOAO, name="João Silva")
    await joao.says("Olá, gostaria de fazer uma reserva")
    await sim.settled()
    receiver.posted.clear()
    return joao


def signed(secret: str, body: bytes) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
