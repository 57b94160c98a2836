"""Each request counted by its route's rule, or by its dialect's: for the user or the API key or, where nobody is known, the address."""

import ipaddress
from collections.abc import Callable

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from server.web.client_ip import client_ip
from server.web.dialect import RUNTIME, Dialect
from server.web.rate_limit import Rule, Standing, Throttled, count
from tenants.models import Actor

_STANDING = web.RequestKey("standing", Standing)
_ONE_SUBSCRIBER = 64  # bits of an IPv6 address: the rest is his own to choose


async def limit(request: web.Request, rule: Rule | None, actor: Actor | None = None) -> None:
    """Raises Throttled. The answer, whatever it is, tells how the caller stands."""
    if rule is None:
        return
    who = ("user", actor.id) if actor and actor.id else ("address", _address(request))
    standing = request[_STANDING] = await count(request.app[RUNTIME], rule, *who)
    if not standing.allowed:
        raise Throttled(standing)


def _address(request: web.Request) -> str:
    address = client_ip(request, request.app[RUNTIME].settings.trusted_proxies)
    if ":" in address:
        return str(ipaddress.ip_network(f"{address.partition('%')[0]}/{_ONE_SUBSCRIBER}", strict=False))
    return address


def limits_middleware(dialect_of: Callable[[str], Dialect]) -> Middleware:
    """For what fails before it comes to a route's rule: there is no such route, or nobody known asks."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except Exception:
            if _STANDING not in request:
                await limit(request, dialect_of(request.path).limit)
            raise

    return middleware


async def show_standing(request: web.Request, response: web.StreamResponse) -> None:
    """For `on_response_prepare`."""
    if standing := request.get(_STANDING):
        response.headers.update(standing.headers)
