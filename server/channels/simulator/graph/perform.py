"""Does what was asked, unless a fault says otherwise."""

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from server.channels.simulator.faults import Fault
from server.channels.simulator.graph.access import PROVIDER, reply
from server.channels.simulator.graph.errors import GraphError
from server.channels.simulator.world import Number

Json = dict[str, Any]
Act = Callable[[], Json | web.Response]
_RESET_INSTEAD_OF_CLOSE = struct.pack("ii", 1, 0)
STATUS_FIRST_TIMEOUT = 5.0


async def perform(
    request: web.Request, operation: str | tuple[str, ...], number: Number, act: Act
) -> web.StreamResponse:
    """`act` checks, takes effect and returns the answer (or its JSON body), all at once."""
    operations = (operation,) if isinstance(operation, str) else operation
    fault = request.app[PROVIDER].faults.for_answer(number.phone_number_id, *operations)
    if number.settings.latency:
        await asyncio.sleep(number.settings.latency)
    if fault is None:
        return _answer(act())
    return await FATES[fault.kind](request, number, fault, act)


def _answer(result: Json | web.Response) -> web.Response:
    return result if isinstance(result, web.Response) else reply(result)


async def _error(request: web.Request, number: Number, fault: Fault, act: Act) -> web.StreamResponse:
    given = fault.parameters
    raise GraphError(given["code"], details=str(given.get("details", "")), status=given.get("status"))


async def _http_500(request: web.Request, number: Number, fault: Fault, act: Act) -> web.StreamResponse:
    error = GraphError(1, message="An unknown error has occurred.", status=500)
    return reply(error.body(), 500)


async def _http_429(request: web.Request, number: Number, fault: Fault, act: Act) -> web.StreamResponse:
    answer = reply(GraphError(130429).body(), 429)
    answer.headers["Retry-After"] = "1"
    return answer


async def _late(request: web.Request, number: Number, fault: Fault, act: Act) -> web.StreamResponse:
    await asyncio.sleep(fault.parameters["seconds"])
    return await _http_500(request, number, fault, act)


async def _reset(request: web.Request, number: Number, fault: Fault, act: Act) -> web.StreamResponse:
    if request.transport:
        connection = request.transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_INSTEAD_OF_CLOSE)
        request.transport.abort()
    return web.Response()


async def _accepted_late(request: web.Request, number: Number, fault: Fault, act: Act) -> web.StreamResponse:
    answer = act()
    await asyncio.sleep(fault.parameters["seconds"])
    return _answer(answer)


async def _accepted_reset(request: web.Request, number: Number, fault: Fault, act: Act) -> web.StreamResponse:
    act()
    return await _reset(request, number, fault, act)


async def _accepted_500(request: web.Request, number: Number, fault: Fault, act: Act) -> web.StreamResponse:
    act()
    return await _http_500(request, number, fault, act)


async def _status_first(request: web.Request, number: Number, fault: Fault, act: Act) -> web.StreamResponse:
    provider = request.app[PROVIDER]
    answer = act()
    if not isinstance(answer, dict) or "messages" not in answer:
        return _answer(answer)
    message = number.messages[answer["messages"][0]["id"]]
    for status in ("failed",) if message.failure else ("sent", "delivered"):
        provider.statuses.advance(number, message, status)
    await provider.dispatcher.lane_settled(number, message.customer.key, STATUS_FIRST_TIMEOUT)
    return reply(answer)


FATES: dict[str, Callable[[web.Request, Number, Fault, Act], Awaitable[web.StreamResponse]]] = {
    "error": _error,
    "http_500": _http_500,
    "http_429": _http_429,
    "late": _late,
    "reset": _reset,
    "accepted_late": _accepted_late,
    "accepted_reset": _accepted_reset,
    "accepted_500": _accepted_500,
    "status_first": _status_first,
}
