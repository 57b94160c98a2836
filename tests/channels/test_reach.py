"""Whether WhatsApp's API answers: asked seldom, waited for briefly."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from server.settings import Settings
from tests.conftest import Client


@dataclass
class Far:
    """The other side: how it answers, and how often it was asked."""

    status: int = 400
    silent: bool = False
    asked: int = 0
    over: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, _request: web.Request) -> web.Response:
        self.asked += 1
        if self.silent:
            await self.over.wait()
        return web.Response(status=self.status)


@pytest.fixture
def far() -> Far:
    return Far()


@pytest.fixture
async def far_address(far: Far) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", far.answer)
    async with TestServer(app) as server:
        yield str(server.make_url("")).rstrip("/")
        far.over.set()


@pytest.fixture
def settings(settings: Settings, far_address: str) -> Settings:
    return settings.model_copy(update={"graph_api_url": far_address})


async def health(client: Client) -> tuple[str, str]:
    body = await (await client.get("/health")).json()
    return body["status"], body["services"]["whatsapp_api"]


async def test_any_answer_will_do_and_one_is_enough(client: Client, far: Far) -> None:
    told = await asyncio.gather(*(health(client) for _ in range(5)))
    assert set(told) == {("healthy", "healthy")}
    assert far.asked == 1
    assert (await client.get("/ready")).status == 200
    assert far.asked == 1


async def test_an_error_of_its_own_is_no_answer(client: Client, far: Far) -> None:
    far.status = 503
    assert await health(client) == ("degraded", "unhealthy")


async def test_silence_is_waited_for_briefly(client: Client, far: Far) -> None:
    far.silent = True
    began = time.monotonic()
    assert await health(client) == ("degraded", "unhealthy")
    assert time.monotonic() - began < 10
    assert (await client.get("/ready")).status == 200
