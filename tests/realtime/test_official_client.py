"""The documents' own example, with the client they name: socket.io-client 4.8.4 under Node."""

import asyncio
import itertools
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestServer

from server.app import make_app
from server.processes import PIPE, Process, stop
from server.settings import Settings
from tests.conftest import Session, free_port
from tests.realtime.conftest import PATIENCE, customer_writes

SCRIPT = Path(__file__).with_name("official_client.mjs")
TRANSPORTS = [["websocket"], ["polling"], ["polling", "websocket"]]


class Browser:
    """The official client in a process of its own."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._said: list[list[Any]] = []
        self._ids = itertools.count(1)

    async def says(self, kind: str, subject: Any = None) -> Any:
        """The first thing of this kind (and about `subject`) that was not awaited before."""
        for said in self._said:
            if said[0] == kind and subject in (None, said[1]):
                self._said.remove(said)
                return said[-1]
        await self._read()
        return await self.says(kind, subject)

    async def _read(self) -> None:
        assert self._process.stdout
        async with asyncio.timeout(PATIENCE):
            line = await self._process.stdout.readline()
        self._said.append(json.loads(line))

    async def hears(self, name: str) -> Any:
        return await self.says("event", name)

    def does(self, command: str, **rest: Any) -> None:
        assert self._process.stdin
        self._process.stdin.write(json.dumps({"command": command, **rest}).encode() + b"\n")

    async def asks(self, name: str, payload: Any = None) -> Any:
        id = next(self._ids)
        self.does("emit", id=id, name=name, payload=payload)
        return await self.says("answered", id)


Open = Callable[..., Awaitable[Browser]]


@pytest.fixture
async def browse(hotel: Session) -> AsyncIterator[Open]:
    processes: list[Process] = []

    async def browse(transports: list[str], *, at: str | None = None, **auth: Any) -> Browser:
        options = json.dumps({"auth": auth, "transports": transports})
        url = at or str(hotel.client.make_url("/"))
        process = await asyncio.create_subprocess_exec(
            "node", str(SCRIPT), url, options, stdin=PIPE, stdout=PIPE
        )
        processes.append(process)
        return Browser(process)

    yield browse
    for process in processes:
        await stop(process, within=5)


@pytest.mark.parametrize("transports", TRANSPORTS)
async def test_the_documents_example(browse: Open, hotel: Session, transports: list[str]) -> None:
    message = await customer_writes(hotel)
    place = message["conversation_id"]
    browser = await browse(transports, token=hotel.token)
    await browser.says("connected")
    if len(transports) > 1:
        assert await browser.says("upgraded") == "websocket"

    browser.does("emit", id=0, name="conversation:join", payload=place)
    assert await browser.hears("conversation:joined") == {"conversationId": place}
    assert await browser.says("answered", 0) == {"conversationId": place}

    await customer_writes(hotel, "Há vagas?")
    new = await browser.hears("message:new")
    assert new["conversationId"] == place
    assert new["message"]["content"] == "Há vagas?"
    assert new["message"]["contact"]["phoneNumber"] == "5511999999999"

    answer = await browser.asks("messages:mark-read", {"messageIds": [new["message"]["id"]]})
    assert answer == {"messageIds": [new["message"]["id"]]} == await browser.hears("messages:marked-read")
    assert await browser.asks("ping") == {}
    assert await browser.hears("pong") is None
    await browser.asks("conversation:leave", {"conversationId": place})
    assert await browser.hears("conversation:left") == {"conversationId": place}


@pytest.mark.parametrize("transports", TRANSPORTS)
async def test_a_false_token_is_a_connect_error(browse: Open, transports: list[str]) -> None:
    browser = await browse(transports, token="false")
    refused = await browser.says("refused")
    assert refused["data"]["code"] == "UNAUTHENTICATED"
    assert refused["message"] == refused["data"]["message"]


@pytest.mark.parametrize("transports", TRANSPORTS)
async def test_a_dropped_client_comes_back_and_misses_nothing(
    browse: Open, hotel: Session, transports: list[str]
) -> None:
    browser = await browse(transports, token=hotel.token)
    await browser.says("connected")
    assert (await browser.asks("sync", {"after": 0, "live": True}))["events"] == []
    await customer_writes(hotel, "um")
    assert (await browser.hears("ev"))["seq"] == 1

    browser.does("drop")
    await browser.says("disconnected")
    await customer_writes(hotel, "dois")
    await browser.says("connected")
    missed = await browser.asks("sync", {"after": 2, "live": True})
    texts = [
        p["message"]["content"] for ev in missed["events"] for n, p in ev["frames"] if n == "message:new"
    ]
    assert texts == ["dois"]
    await customer_writes(hotel, "três")
    assert (await browser.hears("ev"))["seq"] in (2, missed["through"] + 1)


async def test_an_event_of_a_polling_client_may_be_large_and_come_with_many_others(
    browse: Open, hotel: Session
) -> None:
    browser = await browse(["polling"], token=hotel.token)
    await browser.says("connected")
    for id in range(30):
        browser.does("emit", id=id, name="messages:mark-read", payload={"messageIds": ["x" * 60] * 20})
    answers = [await browser.says("answered", id) for id in range(30)]
    assert answers == [{"messageIds": []}] * 30


@pytest.mark.parametrize("transports", TRANSPORTS)
async def test_the_clients_of_a_server_that_stops_come_back(
    browse: Open, hotel: Session, settings: Settings, transports: list[str]
) -> None:
    port = free_port()
    server = await started(settings, port)
    browser = await browse(transports, at=f"http://127.0.0.1:{port}", token=hotel.token)
    await browser.says("connected")
    await browser.asks("ping")
    await server.close()
    # Not "io server disconnect", after which the client would stay away.
    assert await browser.says("disconnected") in ("transport close", "transport error")
    server = await started(settings, port)
    await browser.says("connected")
    await server.close()


async def started(settings: Settings, port: int) -> TestServer:
    server = TestServer(make_app(settings), port=port)
    # aiohttp waits this long for a connection that was accepted as it began to stop and then says nothing.
    await server.start_server(shutdown_timeout=1)
    return server
