"""/simulator/numbers/{id}/customers: what the people on the other side do."""

from typing import Any

from aiohttp import web

from server.channels.simulator import people
from server.channels.simulator.control.access import (
    Unknown,
    body_of,
    customer_of,
    endpoint,
    known_customer_of,
    message_of,
    number_of,
    reply,
)
from server.channels.simulator.graph.access import PROVIDER
from server.channels.simulator.media import INBOUND_SECONDS
from server.channels.simulator.webhooks.inbound import tapped
from server.channels.simulator.world import Customer

Json = dict[str, Any]
LARGEST_FILE = 16 * 1024 * 1024


@endpoint
async def index(request: web.Request) -> web.StreamResponse:
    number, now = number_of(request), request.app[PROVIDER].clock.now()
    people = sorted(number.everyone(), key=_last_moved, reverse=True)
    return reply({"data": [person.as_json(now) for person in people]})


def _last_moved(customer: Customer) -> float:
    return customer.thread[-1].at if customer.thread else 0.0


@endpoint
async def show(request: web.Request) -> web.StreamResponse:
    customer = customer_of(request)
    return reply(customer.as_json(request.app[PROVIDER].clock.now()))


@endpoint
async def change(request: web.Request) -> web.StreamResponse:
    """`{name?, username?}` and what `people.apply` takes; creates the customer when unknown."""
    provider, wanted = request.app[PROVIDER], await body_of(request)
    number = number_of(request)
    customer = customer_of(request, wanted)
    people.apply(provider, number, customer, wanted)
    provider.journal.customer(number, customer)
    told = {"phoneNumberId": number.phone_number_id, "customer": customer.key}
    provider.stream.tell("customer", told)
    return reply(customer.as_json(provider.clock.now()))


@endpoint
async def write(request: web.Request) -> web.StreamResponse:
    """The part of a Meta inbound message that depends on its type, and optionally `name`."""
    provider, body = request.app[PROVIDER], await body_of(request)
    message = provider.hear(number_of(request), customer_of(request, body), body)
    return reply(message.as_json(), 201)


@endpoint
async def thread(request: web.Request) -> web.StreamResponse:
    customer = customer_of(request)
    now = request.app[PROVIDER].clock.now()
    messages = [message.as_json() for message in customer.thread]
    return reply({"customer": customer.as_json(now), "messages": messages})


@endpoint
async def tap(request: web.Request) -> web.StreamResponse:
    """`{wamid, id}`: a button, list row or template quick reply, by id, payload or title."""
    provider, number, body = request.app[PROVIDER], number_of(request), await body_of(request)
    customer = customer_of(request)
    offered = message_of(number, body)
    if offered.customer is not customer:
        raise Unknown(f"{offered.wamid} was not sent to this customer")
    message = provider.hear(number, customer, tapped(number, offered.wamid, str(body.get("id"))))
    return reply(message.as_json(), 201)


@endpoint
async def read(request: web.Request) -> web.StreamResponse:
    count = request.app[PROVIDER].statuses.reads(number_of(request), customer_of(request))
    return reply({"read": count})


@endpoint
async def play(request: web.Request) -> web.StreamResponse:
    """`{wamid}`: the customer has listened to this voice note."""
    provider, number = request.app[PROVIDER], number_of(request)
    message = message_of(number, await body_of(request))
    provider.statuses.advance(number, message, "played")
    return reply(message.as_json())


@endpoint
async def move(request: web.Request) -> web.StreamResponse:
    """`{phone}`: the customer goes on with another number; their key in paths is another one from then on."""
    provider, body = request.app[PROVIDER], await body_of(request)
    customer = known_customer_of(request)
    people.move(provider, number_of(request), customer, str(body.get("phone", "")))
    return reply(customer.as_json(provider.clock.now()))


@endpoint
async def forget(request: web.Request) -> web.StreamResponse:
    people.forget(request.app[PROVIDER], number_of(request), known_customer_of(request))
    return reply({"forgotten": 1})


@endpoint
async def keep_file(request: web.Request) -> web.StreamResponse:
    """The raw body with its Content-Type (and `?filename=`) → `{id, mime_type}` for a message to name."""
    content = await request.content.read(LARGEST_FILE + 1)
    while len(content) <= LARGEST_FILE and (
        more := await request.content.read(LARGEST_FILE + 1 - len(content))
    ):
        content += more
    if not content or len(content) > LARGEST_FILE:
        raise ValueError(f"a file has 1 to {LARGEST_FILE} bytes")
    kept = request.app[PROVIDER].media.keep(
        number_of(request),
        request.content_type,
        content,
        seconds=INBOUND_SECONDS,
        filename=request.query.get("filename", ""),
    )
    return reply({"id": kept.id, "mime_type": kept.mime_type}, 201)
