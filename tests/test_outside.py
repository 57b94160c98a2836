"""Addresses that others chose lead to the public internet and nowhere else."""

import asyncio
import socket
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.test_utils import TestServer

from server import outside
from server.outside import ForbiddenAddress, NotFetched, fetch, guarded_session, is_public

INSIDE = [
    "127.0.0.1", "127.8.9.10", "0.0.0.0",  # noqa: S104
     "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1",
    "169.254.169.254", "169.254.170.2", "100.100.100.200", "192.0.0.192", "168.63.129.16", "192.0.2.1", "198.18.0.1",
    "203.0.113.1", "224.0.0.1", "224.0.1.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "192.88.99.1",
    "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:224.0.0.1", "::ffff:168.63.129.16", "fe80::1", "fe80::1%eth0",
    "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1", "ff0e::1", "2001:db8::1", "2001::1", "2002:7f00:1::", "2002:a00:1::1",
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "100::1",
    "127.1", "2130706433", "0177.0.0.1", "0x7f.0.0.1", "017700000001", "0x7f000001", "127.0.0.1.", "localhost", "", "\uff11\uff12\uff17.0.0.1",
]  # fmt: skip
PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "157.240.12.53",
    "2606:4700:4700::1111",
    "2a03:2880:f105:83::",
    "::ffff:8.8.8.8",
]


@pytest.mark.parametrize("address", INSIDE)
def test_not_of_the_public_internet(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_of_the_public_internet(address: str) -> None:
    assert is_public(address)


class Names(AbstractResolver):
    """What each name means, one answer after the other; the last one stays."""

    def __init__(self, **meanings: list[list[str]]) -> None:
        self._meanings = {name.replace("_", "."): answers for name, answers in meanings.items()}
        self.asked: list[str] = []

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        self.asked.append(host)
        answers = self._meanings[host]
        return [_result(host, address, port) for address in (answers.pop(0) if answers[1:] else answers[0])]

    async def close(self) -> None: ...


def _result(name: str, address: str, port: int) -> ResolveResult:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return ResolveResult(hostname=name, host=address, port=port, family=family, proto=0, flags=0)


class Target:
    """A server inside that must not be found."""

    def __init__(self, port: int | None, visits: list[str]) -> None:
        self.visits, self.port = visits, port or 0
        self.url = f"http://127.0.0.1:{self.port}"


@pytest.fixture
async def inside() -> AsyncIterator[Target]:
    visits: list[str] = []

    async def answer(request: web.Request) -> web.StreamResponse:
        visits.append(request.path)
        if request.path.startswith("/to/"):
            raise web.HTTPFound(request.query["where"])
        if request.path == "/slow":
            await asyncio.sleep(30)
        if request.path == "/endless":
            return await _endless(request)
        return web.Response(
            body=b"secret", content_type="image/png", status=404 if request.path == "/404" else 200
        )

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    async with TestServer(app) as server:
        yield Target(server.port, visits)


async def _endless(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    for _ in range(1000):
        await response.write(bytes(65_536))
    return response


async def refused(http: aiohttp.ClientSession, url: str) -> None:
    with pytest.raises(NotFetched, match="públicos"):
        await fetch(http, url, limit=1000)


async def test_no_writing_of_an_inner_address_leads_there(inside: Target) -> None:
    async with guarded_session() as http:
        for host in (
            "127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "[::]",  # noqa: S104
            "user:pass@127.0.0.1", "LOCALHOST", "127.0.0.1.", "\u2460\u2461\u2466.\u24ea.\u24ea.\u2460",
        ):  # fmt: skip
            with pytest.raises(NotFetched):
                await fetch(http, f"http://{host}:{inside.port}/", limit=1000)
    assert inside.visits == []


@pytest.mark.parametrize(
    "url", ["", "x", "//x", "file:///etc/passwd", "gopher://1.1.1.1/", "ftp://1.1.1.1/", "javascript:1"]
)
async def test_what_is_no_web_address(url: str) -> None:
    async with guarded_session() as http:
        await refused(http, url)


@pytest.mark.parametrize("port", [22, 25, 110, 389, 1023])
async def test_what_is_no_web_port(port: int) -> None:
    async with guarded_session(resolver=Names(mail_example=[["1.1.1.1"]])) as http:
        await refused(http, f"http://mail.example:{port}/")


async def test_a_name_that_means_an_inner_address(inside: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also if it means a public one beside it: not even that is then tried."""
    opened: list[object] = []
    monkeypatch.setattr(outside._Guard, "open_socket", lambda _guard, addr_info: opened.append(addr_info))
    names = Names(evil_example=[["127.0.0.1"]], both_example=[["1.1.1.1", "127.0.0.1"]])
    async with guarded_session(resolver=names) as http:
        for name in ("evil.example", "both.example"):
            await refused(http, f"http://{name}:{inside.port}/")
    assert opened == []


async def test_a_name_that_changes_its_mind(inside: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    """Public while it is looked at, inner a moment later: what was looked at is what is connected to."""
    connected: list[str] = []

    def connect(self: outside._Guard, addr_info: aiohttp.AddrInfoType) -> socket.socket:
        connected.append(str(addr_info[4][0]))
        raise OSError("nobody there")

    monkeypatch.setattr(outside._Guard, "open_socket", connect)
    names = Names(evil_example=[["8.8.8.8"], ["127.0.0.1"]])
    async with guarded_session(resolver=names) as http:
        for _ in range(2):
            with pytest.raises(NotFetched):
                await fetch(http, f"http://evil.example:{inside.port}/", limit=1000)
    assert set(connected) == {"8.8.8.8"}
    assert inside.visits == []


async def test_what_a_resolver_let_through_is_stopped_at_the_socket() -> None:
    guard = outside._Guard((), Names())
    with pytest.raises(ForbiddenAddress):
        guard.open_socket((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.1", 80)))


async def test_our_own_address_is_one_port_of_one_host(inside: Target) -> None:
    """The simulator, where there is one: and from there no redirect leads to its neighbours."""
    async with guarded_session(own=[inside.url]) as http:
        assert (await fetch(http, f"{inside.url}/a.png", limit=1000)).content == b"secret"
        await refused(http, "http://127.0.0.1:1/")
        await refused(http, f"{inside.url}/to/?where=http://169.254.169.254/latest/meta-data/")
        await refused(http, f"{inside.url}/to/?where=http://127.0.0.1:1/")
        with pytest.raises(NotFetched, match="sem fim"):
            await fetch(http, f"{inside.url}/to/?where=/to/?where=/to/?where=/to/?where=/", limit=1000)


async def test_an_own_address_may_have_a_name(inside: Target) -> None:
    names = Names(simulator=[["127.0.0.1"]])
    async with guarded_session(own=[f"http://simulator:{inside.port}"], resolver=names) as http:
        fetched = await fetch(http, f"http://simulator:{inside.port}/", limit=6)
        assert fetched == (b"secret", "image/png")


async def test_size_time_and_status_are_limited(inside: Target) -> None:
    async with guarded_session(own=[inside.url]) as http:
        for path, limit, why in (("/", 5, "passa de 5"), ("/endless", 100_000, "passa"), ("/404", 9, "404")):
            with pytest.raises(NotFetched, match=why):
                await fetch(http, f"{inside.url}{path}", limit=limit)
        with pytest.raises(NotFetched, match="a tempo"):
            await fetch(http, f"{inside.url}/slow", limit=9, seconds=0.2)


async def test_cookies_are_not_kept_and_proxies_not_asked(
    inside: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    async with guarded_session(own=[inside.url]) as http:
        http.cookie_jar.update_cookies({"a": "b"})
        assert len(http.cookie_jar) == 0
        assert (await fetch(http, inside.url, limit=6)).content == b"secret"
