"""Whatever a client says on a plain WebSocket is an error frame to him, and nothing to anybody else."""

import asyncio
import contextlib
import logging
import struct
from collections.abc import AsyncIterator
from typing import Any

import pytest
import structlog

from tests.conftest import Session
from tests.realtime.conftest import PATIENCE, customer_writes
from tests.realtime.narrow import are_connected, masked, unread
from tests.realtime.plain import ADDRESS, Dial, dial

__all__ = ["dial"]


@pytest.fixture(autouse=True)
async def clean_log(caplog: pytest.LogCaptureFixture) -> AsyncIterator[None]:
    with structlog.testing.capture_logs() as entries:
        yield
        await asyncio.sleep(0)
    assert not [entry for entry in entries if entry["log_level"] in ("error", "critical")]
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


MALFORMED: list[tuple[str | bytes, str]] = [
    ("", "INVALID_JSON"), ("x", "INVALID_JSON"), ("[]", "INVALID_JSON"), ("null", "INVALID_JSON"),
    ('{"type":"ping"', "INVALID_JSON"), ('{"type":NaN}', "INVALID_JSON"), ('{"type":"\\ud800"}', "INVALID_JSON"),
    ("[" * 50_000, "INVALID_JSON"), ('{"a":' * 9_000, "INVALID_JSON"), ("{}", "UNKNOWN_EVENT"),
    ('{"type":null}', "UNKNOWN_EVENT"), ('{"type":["ping"]}', "UNKNOWN_EVENT"), ('{"type":{}}', "UNKNOWN_EVENT"),
    ('{"type":"conversation:join"}', "UNKNOWN_EVENT"), ('{"type":"__class__"}', "UNKNOWN_EVENT"),
    ('{"type":"' + "x" * 9_000 + '"}', "UNKNOWN_EVENT"), ('{"type":"ping","a":' + "[" * 40 + "]" * 40 + "}", "VALIDATION_ERROR"),
    ('{"type":"ping","$where":1}', "VALIDATION_ERROR"), ('{"type":"ping","a":"\\u0000"}', "VALIDATION_ERROR"),
    ('{"a":[' + "0," * 25_000 + "0]}", "VALIDATION_ERROR"),
    ("x" * 70_000, "PAYLOAD_TOO_LARGE"), (b"\x00\x01", "INVALID_FRAME"), (b'{"type":"ping"}', "INVALID_FRAME"),
]  # fmt: skip


async def test_a_malformed_frame_is_an_error_and_nothing_else(
    dial: Dial, hotel: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.realtime.budget.BURST", 1000)
    line, other = await dial(hotel), await dial(hotel)
    for count, (frame, code) in enumerate(MALFORMED, 1):
        await (line.ws.send_str(frame) if isinstance(frame, str) else line.ws.send_bytes(frame))
        error = await line.hears("error", count)
        assert error["error_code"] == code, frame[:100]
        assert error["detail"]
        assert len(str(error)) < 1000
        await line.settles()
    await other.settles()
    assert not other.all("error")


ANYTHING: list[Any] = [
    None, 0, -1, 1.5, True, "", "x" * 10_000, [], [[]], {}, {"x": 1}, ["a"], "💥", "../x", 2**62,
]  # fmt: skip
FIELDS = {
    "join_conversation": ["conversation_id"],
    "leave_conversation": ["conversation_id"],
    "send_message": ["conversation_id", "content", "message_type", "client_message_id"],
    "typing_start": ["conversation_id"],
    "typing_stop": ["conversation_id"],
    "sync": ["after", "limit"],
    "auth": ["token"],
}


@pytest.mark.parametrize("event", FIELDS)
async def test_a_wrong_field_is_an_error(
    dial: Dial, hotel: Session, event: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And it says what it is an answer to."""
    monkeypatch.setattr("server.realtime.budget.BURST", 1000)
    line = await dial(hotel)
    valid = {"conversation_id": "x", "content": "oi", "after": 2**53, "limit": 1, "token": hotel.token}
    for field in FIELDS[event]:
        for value in ANYTHING:
            await line.says(event, **{**valid, field: value})
    await line.settles()
    errors = line.all("error")
    assert len(errors) >= len(FIELDS[event]) * len(ANYTHING) * 0.5
    assert {error["event"] for error in errors} == {event}
    assert not {error["error_code"] for error in errors} & {"INTERNAL_ERROR", "UNAVAILABLE", "RATE_LIMITED"}


async def test_what_is_far_too_large_is_not_even_read(dial: Dial, hotel: Session) -> None:
    line = await dial(hotel)
    await line.ws.send_str("x" * 300_000)
    assert await line.is_closed() == 1009


@pytest.mark.parametrize("frame", ['{"type":"ping"}', "x"])
async def test_a_flood_costs_only_its_sender_his_connection(
    dial: Dial, hotel: Session, frame: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Else a busy machine, which takes seconds for a flood, would find it none.
    monkeypatch.setattr("server.realtime.budget.EVENTS_A_SECOND", 0.5)
    line, other = await dial(hotel), await dial(hotel)
    with contextlib.suppress(ConnectionError):
        for _ in range(60):
            await line.ws.send_str(frame)
    assert await line.is_closed() == 4429
    codes = [error["error_code"] for error in line.all("error")]
    assert codes.count("RATE_LIMITED") in (3, 4)
    await other.settles()


BROKEN = {
    "no UTF-8": (b"\x81\x81\0\0\0\0\xff", 1007),
    "bits that mean nothing": (b"\xc1\x80\0\0\0\0", 1002),
    "an unknown kind": (b"\x83\x80\0\0\0\0", 1002),
    "a ping too long": (b"\x89\xfe\0\x7e\0\0\0\0" + b"x" * 126, 1002),
    "a ping in pieces": (b"\x09\x80\0\0\0\0", 1002),
    "an end without a beginning": (b"\x80\x81\0\0\0\0x", 1002),
    "two beginnings": (b"\x01\x81\0\0\0\0x" * 2, 1002),
    "a length beyond all measure": (b"\x81\xff" + b"\x7f" + b"\xff" * 7 + b"\0\0\0\0x", 1009),
}


@pytest.mark.parametrize("what", BROKEN)
async def test_a_broken_frame_costs_only_its_sender_his_connection(
    dial: Dial, hotel: Session, what: str
) -> None:
    other = await dial(hotel)
    reader, writer = await unread(hotel, f"{ADDRESS}?token={hotel.token}")
    frame, code = BROKEN[what]
    writer.write(frame)
    async with asyncio.timeout(PATIENCE):
        heard = await reader.read()
    assert heard[-2:] == struct.pack("!H", code), heard
    writer.close()
    await other.settles()


async def test_a_reader_who_does_not_read_is_cut_off(
    dial: Dial, hotel: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.realtime.raw_socket.MAX_BYTES", 100_000)
    for _ in range(30):
        await customer_writes(hotel, "x" * 4000)
    quick = await dial(hotel)
    reader, writer = await unread(hotel, f"{ADDRESS}?token={hotel.token}")
    for _ in range(39):
        writer.write(masked('{"type":"sync","after":0}'))
    await are_connected(hotel, 1)
    received = 0
    with contextlib.suppress(ConnectionResetError):
        async with asyncio.timeout(PATIENCE):
            while chunk := await reader.read(1 << 20):
                received += len(chunk)
    assert received < 39 * 30 * 4000
    writer.close()
    await quick.settles()
