"""Requests that two readers could understand differently: one answer, and nothing of what was smuggled is done."""

import asyncio
import contextlib
import itertools
import json
import re
from collections.abc import Iterable

import pytest

from server.dialects import native
from tests.conftest import PASSWORD, Session
from tests.hostile.effort import LONG, tried

SILENCE_SECONDS = 2.5
SMUGGLED = b"DELETE /api/tags/%s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nX-Tenant-Slug: %s\r\n\r\n"
POST = b"POST /auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
# Each is followed by a whole other request, where a careless reader would think that the first has ended.
AMBIGUOUS = {
    "length and chunks": b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "chunks and length": b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
    "two lengths": b"Content-Length: 0\r\nContent-Length: 300\r\n\r\n",
    "a list of lengths": b"Content-Length: 0, 300\r\n\r\n",
    "a length with a sign": b"Content-Length: +0\r\n\r\n", "a negative length": b"Content-Length: -1\r\n\r\n",
    "a hexadecimal length": b"Content-Length: 0x0\r\n\r\n", "an empty length": b"Content-Length: \r\n\r\n", "a length in words": b"Content-Length: zero\r\n\r\n",
    "a length with an underscore": b"Content-Length: 0_0\r\n\r\n", "a length beyond all measure": b"Content-Length: " + b"9" * 400 + b"\r\n\r\n",
    "a length in other digits": "Content-Length: \u0660\r\n\r\n".encode(),
    "other chunks": b"Transfer-Encoding: xchunked\r\n\r\n", "chunks last but one": b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    "chunks twice": b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "chunks by another space": b"Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n",
    "a space before the colon": b"Content-Length : 300\r\n\r\n", "a folded line": b"X-A: b\r\n Content-Length: 300\r\n\r\n", "a tab in a name": b"Content\tLength: 300\r\n\r\n",
    "a bare newline": b"X-A: b\nContent-Length: 300\n\n", "a bare return": b"X-A: b\rContent-Length: 300\r\n\r\n", "NUL": b"X-A: b\0\r\n\r\n", "NUL in a name": b"X\0A: b\r\n\r\n",
    "no name": b": b\r\n\r\n", "no colon": b"X-A\r\n\r\n", "two hosts": b"Host: y\r\n\r\n",
}  # fmt: skip
CHUNKS = {
    "a size that is none": b"xyz\r\n", "a negative size": b"-1\r\nx\r\n", "a size with a prefix": b"0x1\r\nx\r\n", "a size beyond all measure": b"f" * 400 + b"\r\n",
    "more than it says": b"1\r\nxyz\r\n0\r\n\r\n", "an endless extension": b"1;" + b"a" * 20_000 + b"\r\nx\r\n", "a newline in an extension": b"1;\na\r\nx\r\n0\r\n\r\n", "a bare newline": b"1\nx\n0\n\n",
}  # fmt: skip
# The parser's own answers to what is no HTTP at all.
LINES = [
    b"", b"\r\n" * 5000, b"GET\r\n\r\n", b"GET /\r\n\r\n", b"GET  / HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1 x\r\n\r\n", b"GET / HTTP/2.0\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"get / HTTP/1.1\r\n\r\n",
    b"GET http://[::1 HTTP/1.1\r\nHost: x\r\n\r\n", b"GET //evil.example/%2e%2e HTTP/1.1\r\nHost: x\r\n\r\n", b"GET \\\\evil HTTP/1.1\r\n\r\n", b"CONNECT evil:443 HTTP/1.1\r\nHost: x\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", b"GET /\xff HTTP/1.1\r\nHost: x\r\n\r\n", b"GET / HTTP/1.1\r\nHost: \xff\r\n\r\n", b"GET http://evil.example/health HTTP/1.1\r\nHost: x\r\n\r\n", b"\0" * 100 + b"\r\n\r\n",
    b"EVIL /health HTTP/1.1\r\nHost: x\r\n\r\n", b"GET /health HTTP/1.1\r\nHost: x\r\nExpect: 200-maybe\r\n\r\n", b"GET /health HTTP/1.1\r\nHost: x\r\nUpgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\n\r\n",
]  # fmt: skip


async def said_to(session: Session, request: bytes) -> list[int]:
    """The statuses of all the answers to these bytes, until the server closes or has said nothing for a while."""
    url = session.client.make_url("/")
    reader, writer = await asyncio.open_connection(url.host, url.port)
    heard = b""
    with contextlib.suppress(ConnectionError, TimeoutError):
        writer.write(request)
        while chunk := await asyncio.wait_for(reader.read(65_536), SILENCE_SECONDS):
            heard += chunk
    writer.transport.abort()
    return [int(status) for status in re.findall(rb"HTTP/1\.[01] (\d{3})", heard)]


async def each_said_to(session: Session, requests: Iterable[bytes]) -> list[list[int]]:
    return await asyncio.gather(*(said_to(session, request) for request in requests))


@pytest.fixture
async def smuggled(hotel: Session) -> bytes:
    tag = await (await hotel.post("/api/tags", {"name": "x"})).json()
    return SMUGGLED % (tag["id"].encode(), hotel.token.encode(), hotel.slug.encode())


async def test_nothing_is_smuggled(hotel: Session, smuggled: bytes) -> None:
    bodies = {
        **AMBIGUOUS,
        **{name: b"Transfer-Encoding: chunked\r\n\r\n" + chunk for name, chunk in CHUNKS.items()},
    }
    heard = await each_said_to(hotel, (POST + rest + smuggled for rest in bodies.values()))
    for name, statuses in zip(bodies, heard, strict=True):
        assert len(statuses) <= 1, (name, statuses)
        assert not [status for status in statuses if status >= 500 or status < 400], (name, statuses)
    assert await hotel.db.tags.count({}) == 1
    tried["ambiguous requests"] += len(bodies)


async def test_the_smuggler_s_request_would_be_heard(hotel: Session, smuggled: bytes) -> None:
    statuses = await said_to(hotel, POST + b"Content-Length: 2\r\n\r\n{}" + smuggled)
    assert statuses == [400, 204]


async def test_what_is_no_http(hotel: Session) -> None:
    for line, statuses in zip(LINES, await each_said_to(hotel, LINES), strict=True):
        assert not [status for status in statuses if status >= 500], (line[:60], statuses)
    tried["lines that are no HTTP"] += len(LINES)
    assert (await hotel.client.get("/health")).status == 200


async def test_those_who_never_finish_hold_up_nobody(hotel: Session) -> None:
    url, writers = hotel.client.make_url("/"), []
    for _ in range(100):
        _, writer = await asyncio.open_connection(url.host, url.port)
        writer.write(POST + b"Content-Length: 100000\r\n\r\n{")
        writers.append(writer)
    async with asyncio.timeout(20):
        assert (await hotel.get("/auth/me")).status == 200
    for writer in writers:
        writer.transport.abort()
    tried["requests without an end"] += 100


HEADERS = [b"Authorization", b"X-Tenant-Slug", b"Idempotency-Key", b"X-Forwarded-For", b"If-None-Match", b"Range", b"Origin", b"X-Hub-Signature-256", b"Content-Type"]  # fmt: skip
NO_TEXT = [b"\xff\xfe", b"Bearer \xed\xa0\x80", b"bytes=\xff-"][: 3 if LONG else 1]


async def test_headers_that_are_no_text(hotel: Session) -> None:
    """On every route, behind and before the door."""
    login = json.dumps({"email": hotel.user["email"], "password": PASSWORD}).encode()
    good = {
        b"Authorization": f"Bearer {hotel.token}".encode(),
        b"X-Tenant-Slug": hotel.slug.encode(),
        b"Content-Type": b"application/json",
    }
    targets = [(route.method, re.sub(r"{\w+}", "x", route.path)) for route in native.routes] + [
        ("GET", "/socket.io/?EIO=4&transport=polling")
    ]
    for method, path in targets:
        requests = []
        for name, value in itertools.product(HEADERS, NO_TEXT):
            headers = {
                **good,
                name: value,
                b"Host": b"x",
                b"Connection": b"close",
                b"Content-Length": str(len(login)).encode(),
            }
            head = b"".join(key + b": " + text + b"\r\n" for key, text in headers.items())
            requests.append(f"{method} {path} HTTP/1.1\r\n".encode() + head + b"\r\n" + login)
        for request, statuses in zip(requests, await each_said_to(hotel, requests), strict=True):
            # 503: a template cannot be read where there is no provider, and the page is not built.
            assert not [status for status in statuses if status >= 500 and status != 503], (
                statuses,
                request[:300],
            )
    tried["requests with headers that are no text"] += len(targets) * len(HEADERS) * len(NO_TEXT)
