"""A fuzzer for the socket, over both transports: whatever comes, the log stays quiet, the neighbour hears all, nothing stays."""

import asyncio
import contextlib
import gc
import itertools
from collections.abc import AsyncIterator
from typing import Any

import orjson
import pytest
from aiohttp import ClientWebSocketResponse, WSMsgType

from server.dialects import native
from server.realtime.transport import Socket
from tests.conftest import Session
from tests.factories import a_world
from tests.hostile.effort import EFFORT, tried
from tests.hostile.packets import BAD_FRAMES, ODD_FRAMES, Generator, frame
from tests.realtime.conftest import Ear, connect, customer_writes

__all__ = ["connect"]
ADDRESS = "/socket.io/?EIO=4&transport="


_of_tests_before: list[Socket] = []


@pytest.fixture(autouse=True)
def others() -> None:
    """What other tests' closed loops have left behind is none of ours."""
    _of_tests_before[:] = sockets()


@pytest.fixture(autouse=True)
def generous(monkeypatch: pytest.MonkeyPatch) -> None:
    """A client that is not cut off for its zeal reaches more of the server; and whoever has gone is soon forgotten."""
    monkeypatch.setattr("server.realtime.budget.BURST", 100_000.0)
    monkeypatch.setattr("server.realtime.engine.ADMISSION_PATIENCE", 2.0)
    monkeypatch.setattr("server.realtime.transport._LINGER", 0.5)


@pytest.fixture
async def neighbour(connect: Any, hotel: Session) -> AsyncIterator[Ear]:
    """A colleague at work, who must notice nothing."""
    ear: Ear = await connect(await hotel.colleague())
    # His client's own: else it would give up a server that is late with a ping, as a busy machine is.
    ear.client.eio.ping_timeout = 600
    await ear.settles()  # from the next packet on
    yield ear
    before = len(ear.heard_of("conversation:new", "conversation:updated"))
    await customer_writes(hotel, "Alguém?", phone="5511955554444")
    async with asyncio.timeout(30):
        while len(ear.heard_of("conversation:new", "conversation:updated")) == before:
            await asyncio.sleep(0.01)
    await ear.settles()
    assert not ear.ended.is_set()


async def generator(session: Session) -> Generator:
    world = await a_world(session)
    return Generator(
        EFFORT.seed, names=list(native.vocabulary.handlers), ids=[*world.values(), session.token]
    )


async def admitted(session: Session) -> ClientWebSocketResponse:
    socket = await session.client.ws_connect(ADDRESS + "websocket", max_msg_size=0)
    await socket.send_str("40" + orjson.dumps({"token": session.token}).decode())
    while not (said := await socket.receive_str(timeout=30)).startswith("40"):
        assert said
    return socket


async def say(socket: ClientWebSocketResponse, packet: str) -> None:
    """Also what is no UTF-8."""
    await socket.send_frame(packet.encode(errors="surrogatepass"), WSMsgType.TEXT)


async def lives(socket: ClientWebSocketResponse, number: int) -> bool:
    """Whether it answers; all that was sent before has then been dealt with."""
    mark = f"43{number}["
    with contextlib.suppress(ConnectionError):
        await socket.send_str(f'42{number}["ping"]')
        while (message := await socket.receive(timeout=30)).type is WSMsgType.TEXT:
            if message.data.startswith(mark):
                return True
    return False


async def test_packets_over_websocket(hotel: Session, neighbour: Ear) -> None:
    packets, socket, opened = await generator(hotel), await admitted(hotel), 1
    for number in range(EFFORT.packets):
        with contextlib.suppress(ConnectionError):
            await say(socket, packets.packet())
        if not await lives(socket, 10_000 + number):
            await socket.close()
            socket, opened = await admitted(hotel), opened + 1
    await socket.close()
    assert 1 < opened < EFFORT.packets
    tried["packets over WebSocket"] += EFFORT.packets
    await nothing_stays()


async def test_packets_before_who_is_there(hotel: Session, neighbour: Ear) -> None:
    packets = await generator(hotel)
    for _ in range(EFFORT.packets // 5):
        socket = await hotel.client.ws_connect(ADDRESS + "websocket")
        with contextlib.suppress(ConnectionError):
            for _ in range(3):
                await say(socket, packets.packet())
        await socket.close()
    tried["packets of strangers"] += 3 * (EFFORT.packets // 5)
    await nothing_stays()


async def test_packets_over_polling(hotel: Session, neighbour: Ear) -> None:
    """A POST is answered with 200, or with 400 and the end of the connection; a poll at any time with what there is."""
    packets, statuses, address = await generator(hotel), set(), ""
    for _ in range(EFFORT.packets):
        address = address or await polling(hotel)
        body = packets.payload().encode(errors="surrogatepass")
        answer = await hotel.client.post(address, data=body)
        statuses.add(answer.status)
        if answer.status != 200:
            assert orjson.loads(await answer.text())["code"] in (1, 3)
            address = ""
    assert statuses == {200, 400}
    if address:
        await hotel.client.post(address, data="1")
    tried["polling payloads"] += EFFORT.packets
    await nothing_stays()


async def polling(session: Session) -> str:
    answer = await session.client.get(ADDRESS + "polling")
    address = f"{ADDRESS}polling&sid={orjson.loads((await answer.text())[1:])['sid']}"
    hello = "40" + orjson.dumps({"token": session.token}).decode()
    assert (await session.client.post(address, data=hello)).status == 200
    return address


async def test_frames_that_are_none(hotel: Session, neighbour: Ear) -> None:
    url = hotel.client.make_url("/")
    for number, bad in enumerate(itertools.chain(BAD_FRAMES, ODD_FRAMES)):
        reader, writer = await asyncio.open_connection(url.host, url.port, limit=1 << 20)
        writer.write(_upgrade(url.host or "") + frame(b"40" + orjson.dumps({"token": hotel.token})))
        await asyncio.wait_for(reader.readuntil(b'40{"sid"'), 30)
        writer.write(bad)
        with contextlib.suppress(ConnectionError):
            await writer.drain()
            goes_on = number >= len(BAD_FRAMES)
            if goes_on:
                writer.write(frame(b'427["ping"]'))
                await asyncio.wait_for(reader.readuntil(b"437[{}]"), 30)
            else:
                writer.write_eof()
                await asyncio.wait_for(reader.read(-1), 30)
        writer.transport.abort()
    tried["broken WebSocket frames"] += len(BAD_FRAMES)
    await nothing_stays()


def _upgrade(host: str) -> bytes:
    return (
        f"GET {ADDRESS}websocket HTTP/1.1\r\nHost: {host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    ).encode()


async def test_acknowledgements_that_nobody_waits_for(hotel: Session, neighbour: Ear) -> None:
    socket = await admitted(hotel)
    for number in range(2000):
        await socket.send_str(f'43{number}["x"]' if number % 2 else f'42{number}["ping"]')
    assert await lives(socket, 99_999)
    await socket.close()
    tried["acknowledgements"] += 2000
    await nothing_stays()


async def nothing_stays() -> None:
    """Of all those connections only the neighbour's is left, a few seconds after the last word to it."""
    async with asyncio.timeout(60):
        while len(sockets()) - len(_of_tests_before) > 1:
            await asyncio.sleep(0.2)


def sockets() -> list[Socket]:
    gc.collect()
    return [found for found in gc.get_objects() if type(found) is Socket]
