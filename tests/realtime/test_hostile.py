"""Whatever a client sends, the others go on, the log stays clean, and nothing piles up."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from typing import Any

import orjson
import pytest
import structlog
from aiohttp import ClientWebSocketResponse, WSMsgType

from tenants.access import Access
from tenants.db import Database
from tests.conftest import Session, free_port
from tests.realtime.conftest import PATIENCE, Connect, customer_writes
from tests.realtime.narrow import are_connected, masked, unread

ADDRESS = "/socket.io/?EIO=4&transport="


@pytest.fixture(autouse=True)
async def clean_log(caplog: pytest.LogCaptureFixture) -> AsyncIterator[None]:
    with structlog.testing.capture_logs() as entries:
        yield
        await asyncio.sleep(0)
    assert not [entry for entry in entries if entry["log_level"] in ("error", "critical")]
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


class Raw:
    """A WebSocket without a client library."""

    def __init__(self, ws: ClientWebSocketResponse) -> None:
        self.ws = ws

    async def says(self) -> str | None:
        """The next packet; None when the server has closed."""
        while True:
            message = await self.ws.receive(timeout=PATIENCE)
            if message.type is not WSMsgType.TEXT:
                return None
            if message.data != "2":
                return str(message.data)

    async def hears_error(self) -> Any:
        while True:
            packet = await self.says()
            assert packet is not None, "closed"
            if packet.startswith('42["error"'):
                return orjson.loads(packet[2:])[1]

    async def is_closed(self) -> None:
        async with asyncio.timeout(PATIENCE):
            while await self.says() is not None:
                pass


async def opened(session: Session) -> Raw:
    raw = Raw(await session.client.ws_connect(ADDRESS + "websocket"))
    handshake = await raw.says()
    assert handshake
    assert handshake[0] == "0"
    return raw


async def admitted(session: Session) -> Raw:
    raw = await opened(session)
    await raw.ws.send_str("40" + orjson.dumps({"token": session.token}).decode())
    answer = await raw.says()
    assert answer
    assert answer.startswith('40{"sid"')
    return raw


MALFORMED = [
    "42", "42{}", "42[]", "42[1]", '42["ping"', "42[null]", '4251-["x",{"_placeholder":true,"num":0}]', "43", "431[]",
    "44{}", '42["*",{}]', '42["*","ping"]', "45", "46", "47", "4", "4x", '42["connect",{}]', '42["disconnect"]', '42/admin,["ping"]',
    '42999999999999999999999["ping"]', "42" + "[" * 5000, '42["' + "x" * 100 + '"]', '42["\\ud800"]', '42["a\\u0000b", NaN]',
]  # fmt: skip


@pytest.mark.parametrize("packet", MALFORMED)
async def test_a_malformed_packet_is_an_error_and_nothing_else(hotel: Session, packet: str) -> None:
    raw = await admitted(hotel)
    await raw.ws.send_str(packet)
    error = await raw.hears_error()
    assert error["code"] in ("INVALID_PACKET", "UNKNOWN_EVENT", "UNKNOWN_NAMESPACE", "VALIDATION_ERROR")
    await raw.ws.send_str('427["ping"]')
    assert await raw.says() == '42["pong"]'
    assert await raw.says() == "437[{}]"


PAYLOADS: list[Any] = [
    None, 0, -1, 1.5, True, "", "x" * 10_000, [], [[]], {}, {"conversationId": None}, {"conversationId": {"$ne": 1}},
    {"conversationId": ["a"]}, {"messageIds": "x"}, {"messageIds": [1]}, {"messageIds": ["x"] * 501}, {"token": {}},
    {"after": "zero"}, {"after": 1e400}, {"isTyping": "x"}, "\x00", "💥", {"__proto__": {}},
]  # fmt: skip


@pytest.mark.parametrize(
    "name",
    [
        "conversation:join",
        "conversation:typing",
        "messages:mark-read",
        "auth:refresh",
        "join-tenant",
        "sync",
        "x",
    ],
)
async def test_a_wrong_payload_is_an_error(
    hotel: Session, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.realtime.budget.BURST", 1000)
    raw = await admitted(hotel)
    for payload in PAYLOADS:
        await raw.ws.send_str("42" + orjson.dumps([name, payload]).decode())
        assert (await raw.hears_error())["code"]
    await raw.ws.send_str("42" + orjson.dumps([name, {}, {}]).decode())
    assert (await raw.hears_error())["code"] in ("VALIDATION_ERROR", "UNKNOWN_EVENT")


async def test_before_it_is_admitted_a_socket_may_only_say_who_it_is(hotel: Session) -> None:
    for packet in ('42["ping"]', "41", "42", "4", '42["sync",{"after":0}]'):
        raw = await opened(hotel)
        await raw.ws.send_str(packet)
        await raw.is_closed()


async def test_while_the_store_is_down_a_client_is_dropped_and_not_refused(hotel: Session) -> None:
    """A refusal would keep the official client away for good; after a broken connection it tries again."""
    raw, runtime = await opened(hotel), hotel.runtime
    away = Database(f"mongodb://127.0.0.1:{free_port()}/", "away")
    runtime.access = Access(away, runtime.keys.tokens)
    await raw.ws.send_str("40" + orjson.dumps({"token": hotel.token}).decode())
    message = await raw.ws.receive(timeout=PATIENCE)
    assert message.type is not WSMsgType.TEXT
    away.close()


async def test_another_namespace_is_refused_in_the_protocols_words(hotel: Session) -> None:
    for raw in (await opened(hotel), await admitted(hotel)):
        await raw.ws.send_str('40/admin,{"token":"x"}')
        answer = await raw.says()
        while answer and not answer.startswith("44"):
            answer = await raw.says()
        assert answer
        assert answer.startswith("44/admin,")
        assert orjson.loads(answer[9:])["data"]["code"] == "UNKNOWN_NAMESPACE"


@pytest.mark.parametrize("packet", ["", "9", "x", "5", "2", "4" * 70_000, b"\x00\x01", b"4"])
async def test_what_is_not_engine_io_ends_the_connection(hotel: Session, packet: str | bytes) -> None:
    raw = await admitted(hotel)
    await (raw.ws.send_str(packet) if isinstance(packet, str) else raw.ws.send_bytes(packet))
    await raw.is_closed()


async def test_who_does_not_say_who_he_is_is_shown_out(
    hotel: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.realtime.engine.ADMISSION_PATIENCE", 0.1)
    silent, polling = await opened(hotel), await hotel.client.get(ADDRESS + "polling")
    await silent.is_closed()
    sid = orjson.loads((await polling.text())[1:])["sid"]
    assert await (await hotel.client.get(f"{ADDRESS}polling&sid={sid}")).text() == "1"
    assert (await hotel.client.get(f"{ADDRESS}polling&sid={sid}")).status == 400


@pytest.fixture
def slow_refill(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a busy machine, which takes seconds for a flood, would find it none."""
    monkeypatch.setattr("server.realtime.budget.EVENTS_A_SECOND", 0.5)


@pytest.mark.usefixtures("slow_refill")
async def test_a_flood_costs_only_its_sender_his_connection(connect: Connect, hotel: Session) -> None:
    other = await connect(hotel)
    raw = await admitted(hotel)
    for _ in range(60):
        await raw.ws.send_str('42["ping"]')
    heard = []
    while (packet := await raw.says()) is not None:
        heard.append(packet)
    assert 40 <= heard.count('42["pong"]') < 60
    assert sum("RATE_LIMITED" in packet for packet in heard) == 3
    assert heard[-1] == "41"
    await other.settles()


@pytest.mark.usefixtures("slow_refill")
async def test_a_flood_of_rubbish_too(hotel: Session) -> None:
    raw = await admitted(hotel)
    for _ in range(60):
        await raw.ws.send_str("42[]")
    await raw.is_closed()


async def test_a_reader_who_does_not_read_is_cut_off(
    connect: Connect, hotel: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.realtime.transport.MAX_BYTES", 100_000)
    for _ in range(30):
        await customer_writes(hotel, "x" * 4000)
    quick = await connect(hotel)
    reader, writer = await admitted_unread(hotel)
    for _ in range(39):
        writer.write(masked('421["sync",{"after":0}]'))
    await are_connected(hotel, 1)
    received = 0
    with contextlib.suppress(ConnectionResetError):
        async with asyncio.timeout(PATIENCE):
            while chunk := await reader.read(1 << 20):
                received += len(chunk)
    assert received < 39 * 30 * 8000
    writer.close()
    await quick.settles()


async def admitted_unread(session: Session) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await unread(session, f"{ADDRESS}websocket")
    writer.write(masked("40" + orjson.dumps({"token": session.token}).decode()))
    await reader.readuntil(b'40{"sid"')
    return reader, writer


async def test_a_polling_client_who_does_not_poll_is_cut_off(
    hotel: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.realtime.transport.MAX_PACKETS", 5)
    opened = await hotel.client.get(ADDRESS + "polling")
    sid = orjson.loads((await opened.text())[1:])["sid"]
    address = f"{ADDRESS}polling&sid={sid}"
    said = "40" + orjson.dumps({"token": hotel.token}).decode()
    assert (await hotel.client.post(address, data=said)).status == 200
    for number in range(6):
        await customer_writes(hotel, str(number))
    async with asyncio.timeout(PATIENCE):
        while "conversation" in (text := await (await hotel.client.get(address)).text()):
            await asyncio.sleep(0.05)
    assert text == "1"


POLLING_ABUSE = [
    ("GET", "EIO=3&transport=polling", b"", 400),
    ("GET", "EIO=4&transport=polling&j=0", b"", 400),
    ("GET", "EIO=4&transport=telepathy", b"", 400),
    ("GET", "EIO=4&transport=websocket", b"", 400),
    ("GET", "EIO=4&transport=polling&sid=nobody", b"", 400),
    ("POST", "EIO=4&transport=polling", b"", 400),
    ("POST", "EIO=4&transport=polling&sid={sid}", b"\xff\xfe", 400),
    ("POST", "EIO=4&transport=polling&sid={sid}", b"", 400),
    ("POST", "EIO=4&transport=polling&sid={sid}", b"4" * 70_000, 400),
    ("POST", "EIO=4&transport=polling&sid={sid}", b"x\x1ey", 400),
    ("POST", "EIO=4&transport=websocket&sid={sid}", b"3", 400),
    ("DELETE", "EIO=4&transport=polling", b"", 405),
]  # fmt: skip


@pytest.mark.parametrize(("method", "query", "body", "status"), POLLING_ABUSE)
async def test_polling_abuse(hotel: Session, method: str, query: str, body: bytes, status: int) -> None:
    handshake = await hotel.client.get(ADDRESS + "polling")
    sid = orjson.loads((await handshake.text())[1:])["sid"]
    answer = await hotel.client.request(method, "/socket.io/?" + query.format(sid=sid), data=body)
    assert answer.status == status


async def test_two_polls_at_a_time_end_the_connection(hotel: Session) -> None:
    handshake = await hotel.client.get(ADDRESS + "polling")
    sid = orjson.loads((await handshake.text())[1:])["sid"]
    address = f"{ADDRESS}polling&sid={sid}"
    answers = await asyncio.gather(hotel.client.get(address), hotel.client.get(address))
    held, refused = sorted(answers, key=lambda answer: answer.status)
    assert (held.status, await held.text()) == (200, "1")
    assert refused.status == 400


async def test_a_stolen_upgrade_is_refused(hotel: Session) -> None:
    raw = await admitted(hotel)
    answer = await hotel.client.get(ADDRESS + "websocket&sid=x", headers={"Upgrade": "websocket"})
    assert answer.status == 400
    handshake = await hotel.client.get(ADDRESS + "polling")
    sid = orjson.loads((await handshake.text())[1:])["sid"]
    probe = await hotel.client.ws_connect(f"{ADDRESS}websocket&sid={sid}")
    await probe.send_str("2hello")
    assert (await probe.receive(timeout=PATIENCE)).type is not WSMsgType.TEXT
    await raw.ws.send_str('42["ping"]')
    assert await raw.says()
