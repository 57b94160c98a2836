"""The `value` of the field `messages`: what customers say, what became of what was sent."""

import hashlib
from typing import Any

from server.channels.simulator.world import Customer, Message, Number

Json = dict[str, Any]
LAST_VERSION_WITH_CONVERSATION = 23


def heading(number: Number) -> Json:
    return {
        "messaging_product": "whatsapp",
        "metadata": {
            "display_phone_number": number.phone,
            "phone_number_id": number.phone_number_id,
        },
    }


def contact(customer: Customer) -> Json:
    profile = {"name": customer.name}
    if customer.username:
        profile["username"] = customer.username
    shown: Json = {"profile": profile}
    if customer.wa_id:
        shown["wa_id"] = customer.wa_id
    shown["user_id"] = customer.user_id
    return shown


def of_message(number: Number, customer: Customer, message: Json) -> Json:
    value = heading(number)
    if message["type"] != "system":
        value["contacts"] = [contact(customer)]
    return value | {"messages": [message]}


def of_status(number: Number, message: Message, status: str, now: float) -> Json:
    customer = message.customer
    shown: Json = {"id": message.wamid, "status": status, "timestamp": str(int(now))}
    if customer.wa_id:
        shown["recipient_id"] = customer.wa_id
    shown["recipient_user_id"] = customer.user_id
    if message.opaque is not None:
        shown["biz_opaque_callback_data"] = message.opaque
    if status == "failed":
        return heading(number) | {"statuses": [shown | {"errors": [message.failure]}]}
    shown |= _billing(number, message, status, now)
    return heading(number) | {"contacts": [contact(customer)], "statuses": [shown]}


def _billing(number: Number, message: Message, status: str, now: float) -> Json:
    free = message.customer.free_entry_point(now)
    category = "referral_conversion" if free else message.category
    pricing = {
        "billable": not free,
        "pricing_model": "PMP",
        "type": "free_entry_point" if free else "regular",
        "category": category,
    }
    if not free and number.settings.webhook_version > LAST_VERSION_WITH_CONVERSATION:
        return {"pricing": pricing}
    conversation: Json = {
        "id": _conversation_id(number, message.customer, category),
        "origin": {"type": category},
    }
    if status == "sent":
        conversation["expiration_timestamp"] = str(int(now + 24 * 3600))
    return {"conversation": conversation, "pricing": pricing}


def _conversation_id(number: Number, customer: Customer, category: str) -> str:
    return hashlib.blake2b(
        f"{number.phone_number_id} {customer.key} {category}".encode(), digest_size=16
    ).hexdigest()
