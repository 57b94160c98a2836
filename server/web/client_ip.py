"""Who is calling: the address behind the proxies that we know."""

import ipaddress
from collections.abc import Iterable

from aiohttp import web

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def client_ip(request: web.Request, trusted_proxies: Iterable[str]) -> str:
    """`X-Forwarded-For` counts only as far as `trusted_proxies` (addresses or networks) wrote it. "" on a UNIX socket."""
    networks = [ipaddress.ip_network(proxy, strict=False) for proxy in trusted_proxies]
    forwarded = ",".join(request.headers.getall("X-Forwarded-For", [])).split(",")
    client = _address(request.remote or "")
    while forwarded and any(client in network for network in networks if client):
        # Each proxy appends whom it heard; anything further left may be invented by the client.
        heard = _address(forwarded.pop())
        if heard is None:
            break
        client = heard
    return str(client or "")


def _address(text: str) -> Address | None:
    try:
        address = ipaddress.ip_address(text.strip())
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address
