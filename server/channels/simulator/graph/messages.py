"""POST /{phone number id}/messages: send, mark as read, show typing (whatsapp.md 1.2)."""

from typing import Any

from aiohttp import web

from server.channels.simulator import identity
from server.channels.simulator.graph import content, errors
from server.channels.simulator.graph.access import PROVIDER, endpoint, json_body, number_of
from server.channels.simulator.graph.errors import GraphError
from server.channels.simulator.graph.perform import perform
from server.channels.simulator.graph.template_send import find
from server.channels.simulator.provider import Provider
from server.channels.simulator.world import Customer, Number

Json = dict[str, Any]
LONGEST_OPAQUE = 512


@endpoint
async def messages(request: web.Request) -> web.StreamResponse:
    number, provider = number_of(request), request.app[PROVIDER]
    body = await json_body(request)
    if "status" in body:
        return await perform(request, "read", number, lambda: mark_read(provider, number, body))
    operations = ("send", "template") if body.get("type") == "template" else ("send",)
    return await perform(request, operations, number, lambda: send(provider, number, body))


def send(provider: Provider, number: Number, body: Json) -> Json:
    _check_envelope(number, body)
    kind = body.get("type", "text")
    content.check(number, provider.media, kind, body)
    sent = body["template"] if kind == "template" else None
    template = find(number.account, sent["name"], sent["language"]["code"]) if sent else None
    customer, written = _recipient(number, body)
    if template and template.category == "AUTHENTICATION" and "to" not in body:
        raise GraphError(131062, details="Authentication templates need a phone number in `to`")
    provider.check_recipient(number, customer, kind)
    provider.rates.check(number, customer)
    message = provider.accept(number, customer, body, kind, template)
    provider.statuses.begin(number, message)
    accepted: Json = {"id": message.wamid}
    if template:
        accepted["message_status"] = "accepted"
    return {
        "messaging_product": "whatsapp",
        "contacts": [_contact(customer, written)],
        "messages": [accepted],
    }


def mark_read(provider: Provider, number: Number, body: Json) -> Json:
    """`{"success": true}`; 131009 for a message the number never received."""
    _check_product(body)
    if body["status"] != "read":
        raise errors.parameter("Param status must be one of {READ}.")
    wamid = body.get("message_id")
    if not isinstance(wamid, str):
        raise errors.parameter("The parameter message_id is required.")
    typing = body.get("typing_indicator")
    if typing is not None and typing != {"type": "text"}:
        raise errors.parameter("Param typing_indicator['type'] must be one of {TEXT}.")
    provider.reads(number, wamid, typing=typing is not None)
    return {"success": True}


def _check_product(body: Json) -> None:
    if body.get("messaging_product") != "whatsapp":
        raise errors.parameter("The parameter messaging_product is required and must be whatsapp.")


def _check_envelope(number: Number, body: Json) -> None:
    _check_product(body)
    if not number.registered:
        raise GraphError(133010, details="The phone number is not registered")
    if body.get("recipient_type", "individual") != "individual":
        raise errors.parameter("Param recipient_type must be one of {INDIVIDUAL}.")
    opaque = body.get("biz_opaque_callback_data")
    if opaque is not None and (not isinstance(opaque, str) or len(opaque) > LONGEST_OPAQUE):
        raise errors.parameter(
            f"Param biz_opaque_callback_data must be a string of at most {LONGEST_OPAQUE} characters."
        )
    context = body.get("context")
    if context is not None and not (isinstance(context, dict) and isinstance(context.get("message_id"), str)):
        raise errors.parameter("The parameter context['message_id'] is required.")


def _recipient(number: Number, body: Json) -> tuple[Customer, str]:
    """The customer and the address as the business wrote it; `to` wins over `recipient`."""
    to, user_id = body.get("to"), body.get("recipient")
    if to is None and user_id is None:
        raise errors.parameter("The parameter to is required.")
    if to is None:
        found = number.user_ids.get(user_id) if isinstance(user_id, str) else None
        if found is None:
            raise GraphError(131026, details="The recipient is unknown.")
        return found, found.user_id
    if not isinstance(to, str) or not 7 <= len(identity.digits(to)) <= 15 or identity.is_user_id(to):
        raise errors.value("Param to must be a phone number with its country code.")
    return number.meet(to), to


def _contact(customer: Customer, written: str) -> Json:
    shown = {"input": written, "user_id": customer.user_id}
    return shown | ({"wa_id": customer.wa_id} if customer.wa_id else {})
