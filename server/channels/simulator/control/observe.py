"""Logs, faults, settings, the clock, the stream: for whoever runs or checks an experiment."""

import asyncio
from typing import Any

from aiohttp import web

from server.channels.simulator.control.access import Unknown, body_of, cors, endpoint, reply
from server.channels.simulator.faults import ANSWER_KINDS, WEBHOOK_KINDS
from server.channels.simulator.graph.access import PROVIDER
from server.channels.simulator.settings import as_json

Json = dict[str, Any]
PAGE = 1_000_000
HEARTBEAT_SECONDS = 15.0


@endpoint
async def accepted(request: web.Request) -> web.StreamResponse:
    """Every acceptance in order: `{data: [{wamid, phoneNumberId, to, type, opaque, at}], total}`."""
    return _log(request, request.app[PROVIDER].world.accepted)


@endpoint
async def spoken(request: web.Request) -> web.StreamResponse:
    """Every customers' message: `{data: [{wamid, phoneNumberId, from, type, at, acknowledgedAt}], total}`."""
    return _log(request, list(request.app[PROVIDER].world.spoken.values()))


def _log(request: web.Request, entries: Any) -> web.Response:
    query = request.query
    number = query.get("phoneNumberId")
    chosen = [entry for entry in entries if number in (None, entry.phone_number_id)]
    start, size = int(query.get("after", 0)), int(query.get("limit", PAGE))
    return reply({"data": [entry.as_json() for entry in chosen[start : start + size]], "total": len(chosen)})


@endpoint
async def deliveries(request: web.Request) -> web.StreamResponse:
    dispatcher = request.app[PROVIDER].dispatcher
    tally = dispatcher.tally
    return reply(
        {
            "pending": dispatcher.pending,
            "posts": tally.posts,
            "acknowledged": tally.acknowledged,
            "refused": tally.refused,
            "lastFailure": tally.last_failure or None,
        }
    )


@endpoint
async def list_faults(request: web.Request) -> web.StreamResponse:
    faults = request.app[PROVIDER].faults
    kinds = {"answer": ANSWER_KINDS, "webhook": WEBHOOK_KINDS}
    return reply({"data": [fault.as_json() for fault in faults], "kinds": kinds})


@endpoint
async def add_fault(request: web.Request) -> web.StreamResponse:
    """`{kind, phoneNumberId?, count?, probability?, operation?, …parameters of the kind}`."""
    provider, wanted = request.app[PROVIDER], await body_of(request)
    number = wanted.pop("phoneNumberId", None)
    if number is not None and number not in provider.world.numbers:
        raise Unknown(f"no number {number}")
    fault = provider.faults.add(str(wanted.pop("kind", "")), number=number, **wanted)
    return reply(fault.as_json(), 201)


@endpoint
async def remove_fault(request: web.Request) -> web.StreamResponse:
    provider, fault_id = request.app[PROVIDER], request.match_info["fault"]
    if not provider.faults.remove(fault_id):
        raise Unknown(f"no fault {fault_id}")
    return reply({"removed": 1})


@endpoint
async def clear_faults(request: web.Request) -> web.StreamResponse:
    request.app[PROVIDER].faults.clear()
    return reply({"removed": "all"})


@endpoint
async def settings(request: web.Request) -> web.StreamResponse:
    return reply(as_json(request.app[PROVIDER].world.settings))


@endpoint
async def change_settings(request: web.Request) -> web.StreamResponse:
    world = request.app[PROVIDER].world
    world.configure(await body_of(request))
    return reply(as_json(world.settings))


@endpoint
async def clock(request: web.Request) -> web.StreamResponse:
    """`{advance: seconds}`: the simulator's own time goes on, for windows and expiry."""
    provider, body = request.app[PROVIDER], await body_of(request)
    provider.clock.advance(float(body.get("advance", 0)))
    return reply({"now": provider.clock.now(), "ahead": provider.clock.ahead})


@endpoint
async def settled(request: web.Request) -> web.StreamResponse:
    body = await body_of(request)
    return reply({"settled": await request.app[PROVIDER].settled(float(body.get("timeout", 10)))})


@endpoint
async def reset(request: web.Request) -> web.StreamResponse:
    request.app[PROVIDER].reset()
    return reply({"reset": True})


@endpoint
async def health(request: web.Request) -> web.StreamResponse:
    return reply({"status": "ok", "numbers": len(request.app[PROVIDER].world.numbers)})


@endpoint
async def file(request: web.Request) -> web.StreamResponse:
    """A media file for the phone page, which has no token."""
    store = request.app[PROVIDER].media
    item = store.find(request.match_info["media"])
    if item is None:
        raise Unknown("no such file, or expired")
    answer = _part_of(store.content(item), request)
    answer.content_type = item.mime_type
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox"
    return answer


def _part_of(content: bytes, request: web.Request) -> web.Response:
    """The range asked for: without ranges a browser does not seek in a sound, nor know its length."""
    start, end, _ = request.http_range.indices(len(content))
    answer = web.Response(body=content[start:end], headers={"Accept-Ranges": "bytes"})
    if "Range" in request.headers:
        answer.set_status(206 if start < end else 416)
        place = f"{start}-{end - 1}" if start < end else "*"
        answer.headers["Content-Range"] = f"bytes {place}/{len(content)}"
    return answer


@endpoint
async def stream(request: web.Request) -> web.StreamResponse:
    """Server-sent events: number, customer, message, status, read, typing, faults."""
    headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-cache"}
    answer = web.StreamResponse(headers=headers | cors(request.headers.get("Origin")))
    await answer.prepare(request)
    source = request.app[PROVIDER].stream
    queue = source.listen()
    try:
        await answer.write(b": ligado\n\n")
        await _pass_on(answer, queue)
    except ConnectionError:
        return answer  # the page was closed
    finally:
        source.leave(queue)
    return answer


async def _pass_on(answer: web.StreamResponse, queue: asyncio.Queue[bytes | None]) -> None:
    while True:
        try:
            frame = await asyncio.wait_for(queue.get(), HEARTBEAT_SECONDS)
        except TimeoutError:
            frame = b": .\n\n"
        if frame is None:
            return
        await answer.write(frame)
