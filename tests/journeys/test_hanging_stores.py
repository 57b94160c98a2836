"""A store that takes every question and answers none is worse than one that refuses: who asks must not wait with it."""

import asyncio
import re
import socket
import time
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from server.app import make_app
from server.settings import Settings
from server.web.dialect import RUNTIME
from tests.factories import body_of
from tests.house import House
from tests.line import Line


@pytest.fixture
async def line(settings: Settings) -> AsyncIterator[Line]:
    """To MongoDB."""
    port = urlsplit(settings.mongo_url).port
    assert port
    async with Line(port) as line:
        yield line


@pytest.fixture
async def web(settings: Settings, line: Line) -> AsyncIterator[aiohttp.ClientSession]:
    """A web process whose MongoDB is at the other end of the line."""
    address = urlsplit(settings.mongo_url)
    # Else the driver would hear from the replica set where it really is.
    query = f"{address.query}&directConnection=true".removeprefix("&")
    url = address._replace(netloc=urlsplit(line.url).netloc, query=query).geturl()
    house = House(settings.model_copy(update={"mongo_url": url}))
    try:
        await house.start("web")
        async with aiohttp.ClientSession(house.url) as session:
            yield session
    finally:
        await house.kill(*house.names)


async def test_a_mongodb_that_hangs(web: aiohttp.ClientSession, line: Line) -> None:
    """Whoever asks hears within seconds that it does, and all that is not read from it."""
    assert (await services(web))[1]["database"] == "healthy"
    line.hold()
    began = time.monotonic()
    (status, parts), ready, scraped = await asyncio.gather(services(web), web.get("/ready"), numbers(web))
    assert time.monotonic() - began < 15  # each waits for 2 s; the driver would for 30
    assert (status, ready.status) == ("unhealthy", 503)
    assert (parts["database"], parts["redis"], parts["sqlserver"]) == ("unhealthy", "healthy", "unhealthy")
    assert re.search(r'http_requests_total{method="GET",route="/health",status="200"} \d', scraped)
    assert "conversations_active_total NaN" in scraped
    assert "outbox_waiting NaN" in scraped
    assert 'conversations_window{state="open"}' not in scraped
    line.let_go()
    assert (await services(web))[1]["database"] == "healthy"
    assert "conversations_active_total 0.0" in await numbers(web)


async def test_a_redis_that_hangs(settings: Settings) -> None:
    """It takes connections and says nothing. The house is told to be unwell, and goes on."""
    with socket.create_server(("127.0.0.1", 0), backlog=512) as silence:
        url = f"redis://127.0.0.1:{silence.getsockname()[1]}/0"
        app = make_app(settings.model_copy(update={"redis_url": url}))
        async with TestServer(app) as server, aiohttp.ClientSession(server.make_url("/")) as web:
            await app[RUNTIME].indexed.wait()
            began = time.monotonic()
            (status, parts), ready, scraped = await asyncio.gather(
                services(web), web.get("/ready"), numbers(web)
            )
            assert time.monotonic() - began < 15
    assert (status, ready.status) == ("unhealthy", 200)
    assert (parts["database"], parts["redis"], parts["sqlserver"]) == ("healthy", "unhealthy", "healthy")
    assert "conversations_active_total 0.0" in scraped
    assert "rq_queue_waiting{" not in scraped


async def services(web: aiohttp.ClientSession) -> tuple[str, dict[str, str]]:
    """`/health`: the whole and its parts. It is 200 while the process lives."""
    body = await body_of(await web.get("/health"))
    return body["status"], body["services"]


async def numbers(web: aiohttp.ClientSession) -> str:
    answer = await web.get("/metrics")
    assert answer.status == 200
    return await answer.text()
