"""The way to addresses that others chose: a tenant, a customer, the answer of somebody's server.

A guarded session connects to public addresses only. Each address is looked at in the moment it is connected to, so that
neither a redirect, nor a number in disguise, nor a name that changes its mind leads into our own network (SSRF).
"""

import errno
import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import NamedTuple

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

MOST_REDIRECTS = 3
CONNECT_SECONDS = 5.0
# Public by their number, and yet not of the internet: clouds' own services, and tunnels that hide an IPv4 address.
_NEVER = tuple(
    ip_network(network)
    for network in (
        "192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32",
        "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16", "fec0::/10",
    )
)  # fmt: skip
_WEB_PORTS = (80, 443)
# Below it are the services of a machine: mail, shells, directories.
_FIRST_FREE_PORT = 1024


class ForbiddenAddress(OSError):
    """Nothing was sent: the address is not one of the public internet."""


class NotFetched(Exception):
    """There is no such file for us; the text says why, in Portuguese."""


_PUBLIC_ONLY = "Só endereços públicos, de http ou https, podem ser usados."
_NOT_FOR_US = (ForbiddenAddress, aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError)


class Fetched(NamedTuple):
    content: bytes
    content_type: str


def guarded_session(
    *, own: Iterable[str] = (), resolver: AbstractResolver | None = None
) -> aiohttp.ClientSession:
    """Without cookies and proxies. `own`: our own URLs that may be reached wherever they are (the simulator)."""
    guard = _Guard(own, resolver or aiohttp.ThreadedResolver())
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(resolver=guard, socket_factory=guard.open_socket, limit_per_host=32),
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=20, connect=CONNECT_SECONDS),
    )


async def fetch(http: aiohttp.ClientSession, url: str, *, limit: int, seconds: float = 20.0) -> Fetched:
    """A file of at most `limit` bytes, all of it within `seconds`. `http` is a guarded session. Raises NotFetched."""
    if not url.lower().startswith(("http://", "https://")):
        raise NotFetched(_PUBLIC_ONLY)
    timeout = aiohttp.ClientTimeout(total=seconds, connect=CONNECT_SECONDS)
    try:
        # What is packed could be a thousand times larger than it looks.
        headers = {"Accept-Encoding": "identity"}
        async with http.get(url, headers=headers, timeout=timeout, max_redirects=MOST_REDIRECTS) as answer:
            if answer.status != 200:
                raise NotFetched(f"O endereço respondeu com {answer.status}.")
            return Fetched(await _read(answer, limit), answer.content_type)
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as trouble:
        raise NotFetched(_in_words(trouble)) from trouble


async def _read(answer: aiohttp.ClientResponse, limit: int) -> bytes:
    content = bytearray()
    async for chunk in answer.content.iter_any():
        content += chunk
        if len(content) > limit:
            raise NotFetched(f"O arquivo passa de {limit} bytes.")
    return bytes(content)


def _in_words(trouble: Exception) -> str:
    if isinstance(trouble, TimeoutError):
        return "O endereço não respondeu a tempo."
    cause = getattr(trouble, "os_error", None) or trouble
    if isinstance(cause, _NOT_FOR_US):
        return _PUBLIC_ONLY
    if isinstance(trouble, aiohttp.TooManyRedirects):
        return "O endereço leva de um lugar a outro, sem fim."
    return "O endereço não pôde ser lido."


class _Guard(AbstractResolver):
    """Stands at both doors: where names become addresses, and where addresses become connections.

    aiohttp asks no resolver about what looks like a number, so the second door is the one that counts.
    """

    def __init__(self, own: Iterable[str], resolver: AbstractResolver) -> None:
        self._own = {(url.host or "", url.port) for url in map(URL, own)}
        self._resolver = resolver

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._resolver.resolve(host, port, family)
        if (host, port) in self._own:
            self._own.update((each["host"], port) for each in found)
        for each in found:
            self._check(each["host"], port)
        return found

    def open_socket(self, addr_info: aiohttp.AddrInfoType) -> socket.socket:
        family, kind, protocol, _, (address, port, *_) = addr_info
        self._check(str(address), int(port))
        return socket.socket(family, kind, protocol)

    def _check(self, address: str, port: int) -> None:
        if (address, port) in self._own:
            return
        if not is_public(address) or not (port in _WEB_PORTS or port >= _FIRST_FREE_PORT):
            raise ForbiddenAddress(errno.EACCES, f"{address} port {port} is not of the public internet")

    async def close(self) -> None:
        await self._resolver.close()


def is_public(address: str) -> bool:
    """False also for what is no address: `127.1`, `2130706433` and their like."""
    try:
        ip = _unwrapped(ip_address(address))
    except ValueError:
        return False
    return ip.is_global and not ip.is_multicast and not any(ip in network for network in _NEVER)


def _unwrapped(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    return (isinstance(ip, IPv6Address) and ip.ipv4_mapped) or ip
