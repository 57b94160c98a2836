"""People on sockets: the official Python client, a customer who writes, and a second web process on the same stores."""

import asyncio
import contextlib
import itertools
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
import socketio
from aiohttp import web
from aiohttp.test_utils import TestServer

from server.app import make_app
from server.desk.messages import actions
from server.desk.messages.inbound import Received, Sender
from server.desk.messages.models import Kind
from server.settings import Settings
from server.web.dialect import RUNTIME
from tenants import models, registry
from tests.conftest import Client, Session
from tests.realtime.described import wrong_with

PATIENCE = 30.0
_wamids = itertools.count(1)


class Refusal(Exception):
    """What the server answered to a handshake that it refused."""


class Ear:
    """A connected client and all that it has heard, in order. `wrong`: what of it the document does not describe."""

    def __init__(self) -> None:
        self.client = socketio.AsyncClient(reconnection=False)
        self.heard: list[tuple[str, Any]] = []
        self.wrong: list[str] = []
        self.ended = asyncio.Event()
        self._news = asyncio.Event()
        self.client.on("*", self._hear)
        self.client.on("disconnect", self._end)
        self.refusal: Any = None
        self.client.on("connect_error", self._refuse)

    def _end(self, *_reason: Any) -> None:
        self.ended.set()

    def _refuse(self, reason: Any) -> None:
        self.refusal = reason

    def _hear(self, name: str, *payload: Any) -> None:
        said = payload[0] if payload else None
        self.heard.append((name, said))
        self.wrong += wrong_with(name, said)
        self._news.set()

    async def opens(self, url: str, **options: Any) -> None:
        """Raises Refusal."""
        try:
            await self.client.connect(url, retry=False, wait_timeout=PATIENCE, **options)
        except socketio.exceptions.ConnectionError as error:
            raise Refusal(self.refusal) from error

    def all(self, name: str) -> list[Any]:
        return [payload for heard, payload in self.heard if heard == name]

    def heard_of(self, *names: str) -> list[tuple[str, Any]]:
        return [heard for heard in self.heard if heard[0] in names]

    async def hears(self, name: str, count: int = 1, *, within: float = PATIENCE) -> Any:
        """The `count`th payload of this event, once it is there."""
        async with asyncio.timeout(within):
            while len(self.all(name)) < count:
                self._news.clear()
                await self._news.wait()
        return self.all(name)[count - 1]

    async def asks(self, name: str, payload: Any = None) -> Any:
        """Emit and await the acknowledgement."""
        return await self.client.call(name, payload, timeout=PATIENCE)

    async def is_ended(self, *, within: float = PATIENCE) -> None:
        async with asyncio.timeout(within):
            await self.ended.wait()

    async def settles(self) -> None:
        """Whatever was on its way has arrived: the server answers one event after the other."""
        await self.asks("ping")


Connect = Callable[..., Awaitable[Ear]]


@pytest.fixture
async def connect(client: Client) -> AsyncIterator[Connect]:
    """`await connect(session)`; `at` is another server, `auth` another payload. Raises Refusal with the server's answer."""
    ears: list[Ear] = []

    async def connect(
        session: Session | None,
        *,
        transports: tuple[str, ...] = ("websocket",),
        at: str | None = None,
        **auth: Any,
    ) -> Ear:
        ear = Ear()
        ears.append(ear)
        said = {"token": session.token, **auth} if session else auth
        await ear.opens(at or str(client.make_url("/")), auth=said, transports=list(transports))
        return ear

    yield connect
    for ear in ears:
        await ear.client.disconnect()
    assert [wrong for ear in ears for wrong in ear.wrong] == []


async def refusal(connecting: Awaitable[Any]) -> dict[str, Any]:
    """The `connect_error` data of a socket that was not let in."""
    with pytest.raises(Refusal) as refused:
        await connecting
    return dict(refused.value.args[0]["data"])


async def customer_writes(
    session: Session, text: str = "Olá", phone: str = "5511999999999"
) -> dict[str, Any]:
    """Store a customer's message as the worker does; returns its document."""
    runtime = session.runtime
    tenant = await registry.tenant_by_id(runtime.database, session.tenant["id"])
    assert tenant
    received = Received(
        wamid=f"wamid.{next(_wamids)}.{time.time_ns()}",
        at=models.now(),
        sender=Sender(wa_id=phone, name="João Silva"),
        kind=Kind.TEXT,
        text=text,
    )
    async with runtime.enter(tenant) as ctx:
        stored = await actions.receive(ctx, "channel-1", [received])
    await numbered(session)
    return stored[0]


async def numbered(session: Session) -> None:
    """All that was committed has its place in the feed."""
    async with asyncio.timeout(PATIENCE):
        while await session.db.events.exists({"pending": True}):
            await asyncio.sleep(0.005)


@pytest.fixture
async def second(settings: Settings) -> AsyncIterator[TestServer]:
    """Another web process of the same house: it shares the stores, and nothing else."""
    server = TestServer(make_app(settings))
    await server.start_server()
    yield server
    await server.close()


@contextlib.asynccontextmanager
async def deaf(app: web.Application) -> AsyncIterator[None]:
    """While it lasts this process hears nothing from Redis, and says nothing."""
    bus = app[RUNTIME].bus
    hear, broadcast = bus._hear, bus._broadcast

    async def nothing(_signal: Any) -> None: ...

    bus._hear, bus._broadcast = (lambda _raw: None), nothing  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        bus._hear, bus._broadcast = hear, broadcast  # type: ignore[method-assign]
