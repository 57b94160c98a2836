"""The edge of the control API: loopback origins only, JSON in and out, plain errors `{error, message}`."""

import functools
from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import orjson
from aiohttp import web

from server.channels.simulator.graph.access import PROVIDER
from server.channels.simulator.world import Customer, Message, Number

Json = dict[str, Any]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Invalid(ValueError):
    """What was sent does not fit: 400, as every ValueError here."""


class Unknown(Exception):
    """What the path or the body names does not exist: 404."""


def endpoint(handler: Handler) -> Handler:
    @functools.wraps(handler)
    async def answering(request: web.Request) -> web.StreamResponse:
        origin = request.headers.get("Origin")
        if origin and not allowed(origin, request.host):
            return _problem(403, "FORBIDDEN", f"origin {origin} is not on this machine")
        try:
            answer = await handler(request)
        except ValueError as problem:
            answer = _problem(400, "INVALID", str(problem))
        except Unknown as problem:
            answer = _problem(404, "NOT_FOUND", str(problem))
        if not answer.prepared:
            answer.headers.update(cors(origin))
        return answer

    return answering


def allowed(origin: str, host: str) -> bool:
    parts = urlsplit(origin)
    return parts.netloc == host or is_loopback(parts.hostname or "")


def is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def cors(origin: str | None) -> dict[str, str]:
    if not origin:
        return {}
    return {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Allow-Methods": "GET, POST, PATCH, DELETE",
        "Access-Control-Allow-Headers": "Content-Type",
        "Access-Control-Max-Age": "600",
        "Vary": "Origin",
    }


@endpoint
async def preflight(request: web.Request) -> web.StreamResponse:
    return web.Response(status=204)


def reply(body: Any, status: int = 200) -> web.Response:
    return web.Response(body=orjson.dumps(body), status=status, content_type="application/json")


def _problem(status: int, code: str, message: str) -> web.Response:
    return reply({"error": code, "message": message}, status)


async def body_of(request: web.Request) -> Json:
    """The JSON object of the body, {} when there is none. ValueError otherwise."""
    raw = await request.read()
    body = orjson.loads(raw) if raw else {}
    if not isinstance(body, dict):
        raise Invalid("the body must be a JSON object")
    return body


def number_of(request: web.Request) -> Number:
    found = request.app[PROVIDER].world.numbers.get(request.match_info["id"])
    if found is None:
        raise Unknown(f"no number {request.match_info['id']}")
    return found


def customer_of(request: web.Request, wanted: Json | None = None) -> Customer:
    """The customer in the path, met now if never seen."""
    return request.app[PROVIDER].meet(number_of(request), request.match_info["customer"], wanted or {})


def known_customer_of(request: web.Request) -> Customer:
    found = number_of(request).find(request.match_info["customer"])
    if found is None:
        raise Unknown(f"no customer {request.match_info['customer']}")
    return found


def message_of(number: Number, body: Json) -> Message:
    found = number.messages.get(str(body.get("wamid")))
    if found is None:
        raise Unknown(f"no message {body.get('wamid')}")
    return found
