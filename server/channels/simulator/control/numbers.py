"""/simulator/numbers: fresh numbers, their settings, templates, raw webhooks and bursts of messages."""

from typing import Any

from aiohttp import web

from server.channels.simulator import starter
from server.channels.simulator.burst import burst
from server.channels.simulator.control.access import (
    Invalid,
    Unknown,
    body_of,
    endpoint,
    message_of,
    number_of,
    reply,
)
from server.channels.simulator.graph import templates
from server.channels.simulator.graph.access import PROVIDER
from server.channels.simulator.graph.errors import GraphError
from server.channels.simulator.settings import as_json
from server.channels.simulator.webhooks import values
from server.channels.simulator.webhooks.statuses import ORDER
from server.channels.simulator.world import Number, Template

Json = dict[str, Any]


def shown(number: Number) -> Json:
    account = number.account
    return {
        "phoneNumberId": number.phone_number_id,
        "displayPhoneNumber": number.display_phone_number,
        "name": number.verified_name,
        "wabaId": account.waba_id,
        "appId": account.app_id,
        "accessToken": account.access_token,
        "appSecret": account.app_secret,
        "verifyToken": account.verify_token,
        "subscribed": account.subscribed,
        "callbackUrl": number.callback or account.callback or account.app_callback,
        "tokenValid": account.token_valid,
        "settings": as_json(number.settings),
    }


@endpoint
async def index(request: web.Request) -> web.StreamResponse:
    return reply({"data": [shown(number) for number in request.app[PROVIDER].world.numbers.values()]})


@endpoint
async def create(request: web.Request) -> web.StreamResponse:
    """Everything in the body is optional; `settings` are the number's own."""
    provider, wanted = request.app[PROVIDER], await body_of(request)
    number = provider.add_number(wanted)
    provider.world.configure(wanted.get("settings", {}), number)
    return reply(shown(number), 201)


@endpoint
async def show(request: web.Request) -> web.StreamResponse:
    return reply(shown(number_of(request)))


@endpoint
async def change(request: web.Request) -> web.StreamResponse:
    """`{settings?, tokenValid?, qualityRating?, name?}`."""
    provider, number, wanted = request.app[PROVIDER], number_of(request), await body_of(request)
    provider.world.configure(wanted.get("settings", {}), number)
    number.account.token_valid = bool(wanted.get("tokenValid", number.account.token_valid))
    number.quality_rating = str(wanted.get("qualityRating", number.quality_rating))
    number.verified_name = str(wanted.get("name", number.verified_name))
    provider.journal.number(number)
    return reply(shown(number))


@endpoint
async def send_webhook(request: web.Request) -> web.StreamResponse:
    """`{field, value}`: any change, signed and delivered. A `messages` value gets its heading."""
    provider, number, wanted = request.app[PROVIDER], number_of(request), await body_of(request)
    field, value = wanted.get("field"), wanted.get("value")
    if not isinstance(field, str) or not isinstance(value, dict):
        raise Invalid("field must be a string and value an object")
    if field == "messages":
        value = values.heading(number) | value
    provider.announce(number, field, value)
    return reply({"queued": 1}, 202)


@endpoint
async def send_burst(request: web.Request) -> web.StreamResponse:
    """`{customers, messages, perSecond?, batch?, text?}` → `{wamids, seconds}` once all are on their way."""
    wanted = await body_of(request)
    counts = {
        name: wanted.get(name, default) for name, default in (("customers", 1), ("messages", 1), ("batch", 1))
    }
    for name, count in counts.items():
        if not isinstance(count, int) or not 1 <= count <= 1_000_000:
            raise ValueError(f"{name} is a whole number from 1")
    rate = wanted.get("perSecond")
    text = str(wanted.get("text", "Mensagem {n} de {customer}"))
    sent = await burst(
        request.app[PROVIDER], number_of(request), per_second=rate and float(rate), text=text, **counts
    )
    return reply({"wamids": sent.wamids, "seconds": sent.seconds}, 202)


@endpoint
async def send_status(request: web.Request) -> web.StreamResponse:
    """`{wamid, status, code?}`: a status webhook for a message of the business, whatever came before it."""
    provider, number, wanted = request.app[PROVIDER], number_of(request), await body_of(request)
    message, status = message_of(number, wanted), wanted.get("status")
    if status not in ORDER or message.sender != "business":
        raise ValueError(f"status is one of {', '.join(ORDER)}, of a message that the business sent")
    if status == "failed":
        message.failure = GraphError(int(wanted.get("code", 131000))).in_status()
    provider.statuses.announce(number, message, status)
    return reply({"queued": 1}, 202)


@endpoint
async def list_templates(request: web.Request) -> web.StreamResponse:
    account = number_of(request).account
    return reply({"data": [templates.shown(template) for template in account.templates.values()]})


@endpoint
async def add_template(request: web.Request) -> web.StreamResponse:
    """Meta's `{name, language, category, components}`, approved without a review; `status` overrides it."""
    provider, account, wanted = request.app[PROVIDER], number_of(request).account, await body_of(request)
    for name in ("name", "language", "category", "components"):
        if name not in wanted:
            raise ValueError(f"{name} is missing")
    template = starter.new_template(wanted, status=str(wanted.get("status", "APPROVED")))
    account.templates[template.id] = template
    provider.journal.template(account, template)
    return reply(templates.shown(template), 201)


@endpoint
async def review_template(request: web.Request) -> web.StreamResponse:
    """`{event, reason?}`: APPROVED, REJECTED, PAUSED, DISABLED, …; sends the webhook."""
    provider, account, wanted = request.app[PROVIDER], number_of(request).account, await body_of(request)
    template = _template(list(account.templates.values()), request.match_info["template"])
    event, reason = str(wanted.get("event", "APPROVED")), str(wanted.get("reason", "NONE"))
    templates.set_status(provider, account, template, event, reason)
    return reply(templates.shown(template))


def _template(known: list[Template], wanted: str) -> Template:
    for template in known:
        if wanted in (template.id, template.name):
            return template
    raise Unknown(f"no template {wanted}")
