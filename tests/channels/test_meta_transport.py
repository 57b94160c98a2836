"""Sends over a real wire that breaks at every point: what is certainly unsent is told from what may have arrived."""

import asyncio
import socket
import struct
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import orjson
import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from server.channels.base import Outgoing, Receipt, Remedy, SendFailed, Verdict
from server.channels.meta_cloud.graph import MetaCloud
from server.channels.meta_cloud.transport import LARGEST_ANSWER
from server.desk.messages.models import Kind
from server.redaction import HIDDEN

HELLO = Outgoing(to="5511987654321", kind=Kind.TEXT, text="Olá", details={}, opaque='{"m":"1","a":1}')
ACCEPTED = orjson.dumps({"contacts": [{"wa_id": "551187654321"}], "messages": [{"id": "wamid.OK"}]})


@dataclass
class Wire:
    """Answers each whole request with the next of `acts`, the last one for ever; keeps what it read."""

    acts: list["Act"]
    requests: list[bytes] = field(default_factory=list)
    url: str = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await _head(reader):
            length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0] or 0)
            self.requests.append(head + await reader.readexactly(length))
            act = self.acts.pop(0) if len(self.acts) > 1 else self.acts[0]
            if not await act(writer):
                break
        writer.close()


Act = Callable[[asyncio.StreamWriter], Awaitable[bool]]


async def _head(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, ConnectionError):
        return b""


def answers(status: str, body: bytes = b"", **headers: str) -> Act:
    async def act(writer: asyncio.StreamWriter) -> bool:
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        await writer.drain()
        return True

    return act


def says(written: bytes) -> Act:
    """These bytes, then the end of the connection."""

    async def act(writer: asyncio.StreamWriter) -> bool:
        writer.write(written)
        await writer.drain()
        return False

    return act


async def hangs(writer: asyncio.StreamWriter) -> bool:
    await asyncio.sleep(5)
    return False


async def resets(writer: asyncio.StreamWriter) -> bool:
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return False


async def never_ends(writer: asyncio.StreamWriter) -> bool:
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    megabyte = b"100000\r\n" + b" " * 0x100000 + b"\r\n"
    try:
        while True:
            writer.write(megabyte)
            await writer.drain()
    except ConnectionError:
        return False


@asynccontextmanager
async def wire(*acts: Act) -> AsyncIterator[Wire]:
    served = Wire(list(acts))
    server = await asyncio.start_server(served.serve, "127.0.0.1", 0)
    served.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield served
    finally:
        server.close()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


def number(http: aiohttp.ClientSession, url: str, *, timeout: float = 2.0) -> MetaCloud:
    return MetaCloud(
        http,
        outside=http,
        graph_url=url,
        version="v26.0",
        phone_number_id="106540352242922",
        waba_id="102290129340398",
        access_token="EAAtoken",
        send_timeout=timeout,
    )


async def send(channel: MetaCloud, *, deadline: float = 60.0) -> Receipt:
    return await channel.send(HELLO, deadline=time.monotonic() + deadline)


async def failure(channel: MetaCloud, *, deadline: float = 60.0) -> SendFailed:
    with pytest.raises(SendFailed) as raised:
        await send(channel, deadline=deadline)
    return raised.value


async def test_accepted(http: aiohttp.ClientSession) -> None:
    async with wire(answers("200 OK", ACCEPTED)) as graph:
        assert await send(number(http, graph.url)) == Receipt("wamid.OK", "551187654321", held=False)
    head, _, body = graph.requests[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /v26.0/106540352242922/messages HTTP/1.1\r\n")
    assert b"\r\nAuthorization: Bearer EAAtoken\r\n" in head
    assert b"\r\nContent-Type: application/json" in head
    assert orjson.loads(body)["biz_opaque_callback_data"] == '{"m":"1","a":1}'


async def test_a_token_that_meta_quotes_is_kept_to_ourselves(http: aiohttp.ClientSession) -> None:
    quoted = {"code": 100, "message": "bad", "error_data": {"details": "the token EAAtoken may not"}}
    async with wire(answers("400 Bad Request", orjson.dumps({"error": quoted}))) as graph:
        failed = await failure(number(http, graph.url))
    assert failed.error.detail == f"the token {HIDDEN} may not"
    assert failed.error.detail in failed.error.cause


async def test_held_for_quality(http: aiohttp.ClientSession) -> None:
    held = orjson.dumps({"messages": [{"id": "wamid.OK", "message_status": "held_for_quality_assessment"}]})
    async with wire(answers("200 OK", held)) as graph:
        assert await send(number(http, graph.url)) == Receipt("wamid.OK", None, held=True)


BROKEN = {
    "hangs": hangs,
    "resets": resets,
    "closes": says(b""),
    "half a head": says(b"HTTP/1.1 200 OK\r\nContent-Le"),
    "half a body": says(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" + ACCEPTED),
    "not http": says(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"),
    "500": answers("500 Internal Server Error"),
    "503 with a code": answers("503 Unavailable", b'{"error":{"code":131016,"message":"x"}}'),
    "502 page": answers("502 Bad Gateway", b"<html>"),
    "200 page": answers("200 OK", b"<html>Welcome to our Wi-Fi</html>"),
    "200 empty": answers("200 OK", b"{}"),
    "200 list": answers("200 OK", b"[]"),
    "200 without id": answers("200 OK", b'{"messages":[{}]}'),
    "403 page": answers("403 Forbidden", b"<html>"),
    "redirect": answers("307 Temporary Redirect", Location="http://127.0.0.1:1/elsewhere"),
    "endless": never_ends,
}


@pytest.mark.parametrize("act", BROKEN.values(), ids=BROKEN.keys())
async def test_once_written_nothing_but_metas_word_proves_a_refusal(
    http: aiohttp.ClientSession, act: Act
) -> None:
    async with wire(act) as graph:
        failed = await failure(number(http, graph.url, timeout=0.4))
    assert failed.verdict is Verdict.UNKNOWN
    assert len(graph.requests) == 1  # and it was not written again


async def test_redirects_are_not_followed(http: aiohttp.ClientSession) -> None:
    async with wire(answers("200 OK", ACCEPTED)) as elsewhere:
        redirect = answers("307 Temporary Redirect", Location=elsewhere.url + "/v26.0/1/messages")
        async with wire(redirect) as graph:
            assert (await failure(number(http, graph.url))).verdict is Verdict.UNKNOWN
    assert elsewhere.requests == []


async def test_an_endless_answer_is_cut(http: aiohttp.ClientSession) -> None:
    async with wire(never_ends) as graph:
        started = time.monotonic()
        await failure(number(http, graph.url, timeout=60))
        assert time.monotonic() - started < 30, f"more than {LARGEST_ANSWER} bytes were waited for"


@pytest.mark.parametrize(
    ("status", "code", "verdict", "remedy"),
    [
        ("400 Bad Request", 131047, Verdict.REJECTED, Remedy.OFFER_TEMPLATE),
        ("400 Bad Request", 131056, Verdict.NOT_SENT, Remedy.PAUSE_RECIPIENT),
        ("401 Unauthorized", 190, Verdict.NOT_SENT, Remedy.PARK_CHANNEL),
        ("429 Too Many Requests", 130429, Verdict.NOT_SENT, Remedy.PAUSE_NUMBER),
    ],
)
async def test_metas_own_errors(
    http: aiohttp.ClientSession, status: str, code: int, verdict: Verdict, remedy: Remedy
) -> None:
    body = orjson.dumps({"error": {"code": code, "message": f"(#{code})", "error_data": {"details": "d"}}})
    async with wire(answers(status, body)) as graph:
        failed = await failure(number(http, graph.url))
    assert (failed.verdict, failed.remedy, failed.error.code) == (verdict, remedy, str(code))


async def test_retry_after(http: aiohttp.ClientSession) -> None:
    async with wire(answers("429 Too Many Requests", Retry_After="12")) as graph:
        failed = await failure(number(http, graph.url))
    assert (failed.verdict, failed.remedy, failed.retry_after) == (Verdict.NOT_SENT, Remedy.PAUSE_NUMBER, 12)


async def test_refused(http: aiohttp.ClientSession, unused_tcp_port: int) -> None:
    failed = await failure(number(http, f"http://127.0.0.1:{unused_tcp_port}"))
    assert (failed.verdict, failed.error.code) == (Verdict.NOT_SENT, "UNREACHABLE")


async def test_no_such_host() -> None:
    class Nowhere(AbstractResolver):
        async def resolve(
            self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
        ) -> list[ResolveResult]:
            raise OSError(None, "Name or service not known")

        async def close(self) -> None:
            pass

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(resolver=Nowhere())) as http:
        assert (await failure(number(http, "http://graph.invalid"))).verdict is Verdict.NOT_SENT


async def test_tls_that_fails_or_never_ends(http: aiohttp.ClientSession) -> None:
    async with wire(answers("400 Bad Request")) as graph:
        plain = number(http, graph.url.replace("http:", "https:"), timeout=0.4)
        assert (await failure(plain)).verdict is Verdict.NOT_SENT
    assert graph.requests == []


async def test_a_connection_closed_while_idle_is_in_doubt_and_not_retried(
    http: aiohttp.ClientSession,
) -> None:
    async with wire(answers("200 OK", ACCEPTED), says(b"")) as graph:
        channel = number(http, graph.url)
        await send(channel)
        assert (await failure(channel)).verdict is Verdict.UNKNOWN
    assert len(graph.requests) == 2


async def test_past_its_deadline_not_a_byte_leaves(http: aiohttp.ClientSession) -> None:
    async with wire(answers("200 OK", ACCEPTED)) as graph:
        channel = number(http, graph.url)
        failed = await failure(channel, deadline=-0.001)
        assert (failed.verdict, failed.error.code) == (Verdict.NOT_SENT, "TOO_LATE")
        await send(channel)
    assert len(graph.requests) == 1


async def heard(graph: Wire, count: int) -> None:
    """So many requests have come in."""
    async with asyncio.timeout(30):
        while len(graph.requests) < count:
            await asyncio.sleep(0.01)


async def test_the_deadline_is_checked_after_waiting_for_a_connection() -> None:
    go_on = asyncio.Event()

    async def slow(writer: asyncio.StreamWriter) -> bool:
        await go_on.wait()
        return await answers("200 OK", ACCEPTED)(writer)

    async with (
        wire(slow) as graph,
        aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=1)) as http,
    ):
        channel = number(http, graph.url, timeout=30)
        first = asyncio.create_task(send(channel))
        await heard(graph, 1)
        waiting = asyncio.create_task(failure(channel, deadline=0.2))
        await asyncio.sleep(0.3)
        go_on.set()
        late = await waiting
        assert (late.verdict, late.error.code) == (Verdict.NOT_SENT, "TOO_LATE")
        assert (await first).wamid == "wamid.OK"
    assert len(graph.requests) == 1


async def test_out_of_time_while_waiting_for_a_connection_is_not_in_doubt() -> None:
    async with (
        wire(hangs) as graph,
        aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=1)) as http,
    ):
        first = asyncio.create_task(failure(number(http, graph.url, timeout=2.0)))
        await heard(graph, 1)
        waiting = await failure(number(http, graph.url, timeout=0.2))
        assert waiting.verdict is Verdict.NOT_SENT
        assert (await first).verdict is Verdict.UNKNOWN
    assert len(graph.requests) == 1


async def test_cancelled_is_cancelled(http: aiohttp.ClientSession) -> None:
    async with wire(hangs) as graph:
        sending = asyncio.create_task(send(number(http, graph.url)))
        await asyncio.sleep(0.1)
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending


Call = Callable[[MetaCloud], Awaitable[Any]]
HARMLESS: dict[str, Call] = {
    "mark_read": lambda channel: channel.mark_read("wamid.Q"),
    "upload": lambda channel: channel.upload(b"%PDF-1.7", mime_type="application/pdf", filename="a.pdf"),
    "templates": lambda channel: channel.templates(),
    "prove": lambda channel: channel.prove(),
    "subscribe": lambda channel: channel.subscribe("https://x.br/webhooks", "token"),
}


@pytest.mark.parametrize("call", HARMLESS.values(), ids=HARMLESS.keys())
@pytest.mark.parametrize("act", [resets, answers("500 Oops"), answers("200 OK", b"<html>"), says(b"")])
async def test_other_calls_leave_no_message_in_doubt(
    http: aiohttp.ClientSession, call: Call, act: Act
) -> None:
    async with wire(act) as graph:
        with pytest.raises(SendFailed) as raised:
            await call(number(http, graph.url))
    assert raised.value.verdict is Verdict.NOT_SENT
    assert "reenviar" not in raised.value.error.next_step


@pytest.mark.parametrize("answer", [b'{"id": "10158", "name": "Ana"}', b'{"success": true}'])
async def test_an_answer_about_something_else_proves_no_number(
    http: aiohttp.ClientSession, answer: bytes
) -> None:
    async with wire(answers("200 OK", answer)) as graph:
        with pytest.raises(SendFailed):
            await number(http, graph.url).prove()


@pytest.mark.parametrize("wicked", ["1/../../me", "1?access_token=x", "1#", "a b", "%2e%2e/me"])
async def test_an_id_stays_one_segment(http: aiohttp.ClientSession, wicked: str) -> None:
    async with wire(answers("200 OK", ACCEPTED)) as graph:
        channel = MetaCloud(
            http,
            outside=http,
            graph_url=graph.url,
            version="v26.0",
            phone_number_id=wicked,
            waba_id="1",
            access_token="t",
            send_timeout=2,
        )
        await send(channel)
    target = graph.requests[0].split(b" ")[1]
    assert target.startswith(b"/v26.0/")
    assert target.endswith(b"/messages")
    assert target.count(b"/") == 3
    assert b"?" not in target
