"""Files of customers, from a server that lies, dies, and points elsewhere."""

import base64
import hashlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.test_utils import TestServer

from server.channels.base import FetchedMedia, MediaGone, SendFailed, Verdict
from server.channels.meta_cloud.downloads import CHUNK
from server.channels.meta_cloud.graph import MetaCloud
from server.desk.messages.models import Media
from server.outside import guarded_session

Json = dict[str, Any]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
FILE = b"%PDF-1.7 " + bytes(range(256)) * 600
DIGEST = hashlib.sha256(FILE).digest()
LIMIT = 1024 * 1024


async def whole(request: web.Request) -> web.StreamResponse:
    return web.Response(body=FILE, content_type="application/pdf")


@dataclass
class Store:
    """`announced` changes what the look-up says; each download is answered by the next of `files`."""

    announced: Json = field(default_factory=dict)
    files: list[Handler] = field(default_factory=lambda: [whole])
    lookup_error: tuple[int, Json] | None = None
    asked: list[web.Request] = field(default_factory=list)
    origin: str = ""

    async def lookup(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request)
        if self.lookup_error:
            return web.json_response(self.lookup_error[1], status=self.lookup_error[0])
        said = {
            "messaging_product": "whatsapp",
            "url": f"{self.origin}/attachments/?mid=9&ext={len(self.asked)}",
            "mime_type": "application/pdf",
            "sha256": DIGEST.hex(),
            "file_size": len(FILE),
            "id": "9",
        }
        return web.json_response(
            {key: value for key, value in (said | self.announced).items() if value is not None}
        )

    async def download(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request)
        answer = self.files.pop(0) if len(self.files) > 1 else self.files[0]
        return await answer(request)

    @property
    def paths(self) -> list[str]:
        return [request.path for request in self.asked]


class Everything(AbstractResolver):
    """A name server that one does not want to have."""

    def __init__(self, address: str) -> None:
        self._address = address

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        return [ResolveResult(hostname=host, host=self._address, port=port, family=family, proto=0, flags=0)]

    async def close(self) -> None: ...


@asynccontextmanager
async def served(store: Store, *, meta: str | None = None) -> AsyncIterator[MetaCloud]:
    """`meta`: the address that every name of Meta's has, from here."""
    app = web.Application()
    app.router.add_get("/v26.0/{media}", store.lookup)
    app.router.add_get("/attachments/", store.download)
    names = Everything(meta) if meta else None
    async with (
        TestServer(app) as server,
        aiohttp.ClientSession() as http,
        guarded_session(resolver=names) as outside,
    ):
        store.origin = str(server.make_url("")).rstrip("/")
        yield MetaCloud(
            http,
            outside=outside,
            graph_url=store.origin,
            version="v26.0",
            phone_number_id="106540352242922",
            waba_id="1",
            access_token="EAAtoken",
            send_timeout=2,
        )


async def contents(fetched: FetchedMedia) -> bytes:
    return b"".join([chunk async for chunk in fetched.chunks])


async def fetch(store: Store, media: Media | None = None, *, limit: int = LIMIT) -> bytes:
    async with served(store) as channel:
        fetched = await channel.fetch(media or Media(provider_id="9"), limit=limit)
        return await contents(fetched)


async def gone(store: Store, media: Media | None = None, *, limit: int = LIMIT) -> str:
    with pytest.raises(MediaGone) as raised:
        await fetch(store, media, limit=limit)
    return str(raised.value)


async def test_fetched_with_the_token_and_for_the_number() -> None:
    store = Store()
    async with served(store) as channel:
        fetched = await channel.fetch(Media(provider_id="9"), limit=LIMIT)
        assert (fetched.mime_type, fetched.size) == ("application/pdf", len(FILE))
        assert await contents(fetched) == FILE
    assert [request.headers["Authorization"] for request in store.asked] == ["Bearer EAAtoken"] * 2
    assert store.asked[0].query["phone_number_id"] == "106540352242922"


@pytest.mark.parametrize("written", [DIGEST.hex(), DIGEST.hex().upper(), base64.b64encode(DIGEST).decode()])
async def test_digest_in_any_writing(written: str) -> None:
    assert await fetch(Store(announced={"sha256": written})) == FILE
    assert await fetch(Store(announced={"sha256": None}), Media(provider_id="9", sha256=written)) == FILE


@pytest.mark.parametrize("written", [None, "", "abc", "é", "=" * 64, "AAAA"])
async def test_a_digest_that_is_none_is_not_compared(written: str | None) -> None:
    assert await fetch(Store(announced={"sha256": written}), Media(provider_id="9", sha256=written)) == FILE


@pytest.mark.parametrize("other", [hashlib.sha256(b"x").hexdigest(), base64.b64encode(bytes(32)).decode()])
async def test_another_file_than_announced(other: str) -> None:
    assert "anunciou" in await gone(Store(announced={"sha256": other}))


async def test_announced_too_large_is_not_even_asked_for() -> None:
    store = Store(announced={"file_size": LIMIT + 1})
    assert "tamanho" in await gone(store)
    assert store.paths == ["/v26.0/9"]


async def test_larger_than_announced_is_cut() -> None:
    sent = 0

    async def endless(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(1000):
            await response.write(bytes(CHUNK))
            sent += CHUNK
        return response

    assert "tamanho" in await gone(Store(announced={"file_size": None}, files=[endless]), limit=4 * CHUNK)
    assert sent < 500 * CHUNK


async def test_at_the_limit() -> None:
    assert await fetch(Store(), limit=len(FILE)) == FILE
    assert "tamanho" in await gone(Store(announced={"file_size": None}), limit=len(FILE) - 1)


def status(code: int) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        return web.Response(status=code, text="URL signature expired")

    return answer


@pytest.mark.parametrize("code", [404, 403, 401, 410])
async def test_an_address_that_died_is_asked_for_again(code: int) -> None:
    store = Store(files=[status(code), whole])
    assert await fetch(store) == FILE
    assert store.paths == ["/v26.0/9", "/attachments/", "/v26.0/9", "/attachments/"]
    assert [request.query.get("ext") for request in store.asked[1::2]] == ["1", "3"]


async def test_dead_twice_is_gone() -> None:
    store = Store(files=[status(404)])
    assert "não está mais disponível" in await gone(store)
    assert len(store.asked) == 4


async def test_an_id_that_expired_is_gone() -> None:
    error = {"error": {"code": 100, "error_subcode": 33, "message": "Unsupported get request."}}
    assert "não está mais disponível" in await gone(Store(lookup_error=(400, error)))
    assert "não está mais disponível" in await gone(Store(), Media())


@pytest.mark.parametrize(
    ("code", "body"),
    [(503, {}), (401, {"error": {"code": 190, "message": "expired"}}), (400, {"error": {"code": 130429}})],
)
async def test_trouble_at_the_look_up_passes(code: int, body: Json) -> None:
    with pytest.raises(SendFailed) as raised:
        await fetch(Store(lookup_error=(code, body)))
    assert raised.value.verdict is Verdict.NOT_SENT


async def truncated(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Length": str(len(FILE))})
    await response.prepare(request)
    await response.write(FILE[:1000])
    assert request.transport
    request.transport.close()
    return response


@pytest.mark.parametrize("answer", [truncated, status(500), status(429), status(302)])
async def test_trouble_on_the_way_passes(answer: Handler) -> None:
    with pytest.raises(SendFailed) as raised:
        await fetch(Store(files=[answer]))
    assert raised.value.verdict is Verdict.NOT_SENT


async def test_redirects_are_not_followed() -> None:
    elsewhere = Store()
    async with served(elsewhere):

        async def redirect(request: web.Request) -> web.StreamResponse:
            raise web.HTTPFound(f"{elsewhere.origin}/attachments/")

        with pytest.raises(SendFailed):
            await fetch(Store(files=[redirect]))
    assert elsewhere.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://127.0.0.1:6379/",
        "https://evil.example/a",
        "https://fbcdn.net.evil.example/a",
        "https://evilfbcdn.net/a",
        "https://lookaside.fbsbx.com@evil.example/a",
        "https://user:pass@lookaside.fbsbx.com/a",
        "http://lookaside.fbsbx.com/a",
        "https://lookaside.fbsbx.com:8443/a",
        "https://sub.lookaside.fbsbx.com/a",
        "file:///etc/passwd",
        "//lookaside.fbsbx.com/a",
        "/attachments/",
        "https://[::1]/a",
        "https://[bad/a",
        "",
        None,
    ],
)
async def test_the_token_goes_to_meta_only(url: str | None) -> None:
    store = Store(announced={"url": url})
    assert "da Meta" in await gone(store)
    assert store.paths == ["/v26.0/9"]


@pytest.mark.parametrize(
    "url",
    [
        "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=9",
        "https://graph.facebook.com/v26.0/9",
        "https://scontent.xx.fbcdn.net/a",
        "https://media-gru1-1.cdn.whatsapp.net/a",
    ],
)
async def test_metas_hosts_are_trusted(url: str) -> None:
    async with served(Store(announced={"url": url})) as channel:
        assert (await channel.fetch(Media(provider_id="9"), limit=LIMIT)).size == len(FILE)


@pytest.mark.parametrize("address", ["127.0.0.1", "169.254.169.254", "10.0.0.1", "::ffff:10.0.0.1"])
async def test_metas_names_do_not_lead_into_our_network(address: str) -> None:
    store = Store(announced={"url": "https://lookaside.fbsbx.com/a"})
    async with served(store, meta=address) as channel:
        fetched = await channel.fetch(Media(provider_id="9"), limit=LIMIT)
        with pytest.raises(SendFailed) as raised:
            await contents(fetched)
    assert raised.value.verdict is Verdict.NOT_SENT
    assert "public internet" in str(raised.value.__cause__)


async def test_a_file_that_nobody_reads_is_not_downloaded() -> None:
    store = Store()
    async with served(store) as channel:
        await channel.fetch(Media(provider_id="9"), limit=LIMIT)
    assert store.paths == ["/v26.0/9"]
