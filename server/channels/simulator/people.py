"""What customers do with their phones beside writing."""

from typing import Any

from server.channels.simulator import identity
from server.channels.simulator.provider import Provider
from server.channels.simulator.webhooks import values
from server.channels.simulator.world import Customer, Message, Number

Json = dict[str, Any]
DAY = 24 * 3600.0


def apply(provider: Provider, number: Number, customer: Customer, wanted: Json) -> None:
    """`waId`, `windowOpen`, `online`, `opened`, `onWhatsApp`, `blocksBusiness`, `wantsMarketing`: those given."""
    if "waId" in wanted:
        customer.wa_id = wanted["waId"]
    if "windowOpen" in wanted:
        customer.last_wrote_at = provider.clock.now() - (0 if wanted["windowOpen"] else DAY + 1)
    customer.on_whatsapp = bool(wanted.get("onWhatsApp", customer.on_whatsapp))
    customer.blocks_business = bool(wanted.get("blocksBusiness", customer.blocks_business))
    if wanted.get("wantsMarketing", customer.wants_marketing) != customer.wants_marketing:
        customer.wants_marketing = bool(wanted["wantsMarketing"])
        _tell_choice(provider, number, customer)
    _switch_phone(provider, number, customer, wanted)


def _switch_phone(provider: Provider, number: Number, customer: Customer, wanted: Json) -> None:
    if "online" in wanted:
        customer.online = bool(wanted["online"])
        if customer.online:
            provider.statuses.comes_online(number, customer)
    if "opened" in wanted:
        customer.opened = bool(wanted["opened"])
        if customer.opened and customer.online:
            provider.statuses.reads(number, customer)


def _tell_choice(provider: Provider, number: Number, customer: Customer) -> None:
    """The business hears whether it may still send marketing (whatsapp.md 1.5)."""
    wants = customer.wants_marketing
    choice = {
        "user_id": customer.user_id,
        "detail": "User requested to resume" if wants else "User requested to stop",
        "category": "marketing_messages",
        "value": "resume" if wants else "stop",
        "timestamp": int(provider.clock.now()),
    }
    if customer.wa_id:
        choice["wa_id"] = customer.wa_id
    value = {"contacts": [values.contact(customer)], "user_preferences": [choice]}
    provider.announce(number, "user_preferences", values.heading(number) | value)


def move(provider: Provider, number: Number, customer: Customer, phone: str) -> Message:
    """To another phone number: the business hears it from WhatsApp. ValueError for no phone, or another's."""
    new, old_key, old_id = identity.digits(phone), customer.key, customer.user_id
    if not 7 <= len(new) <= 15:
        raise ValueError(f"{phone!r} is no phone number")
    if number.find(new):
        raise ValueError(f"{phone} is a customer's already")
    said = provider.hear(number, customer, {"type": "system", "system": _change(number, customer, new)})
    number.move(customer, new)
    provider.journal.moved(number, old_id, customer)
    told = {"phoneNumberId": number.phone_number_id, "customer": old_key, "key": customer.key}
    provider.stream.tell("moved", told)
    return said


def _change(number: Number, customer: Customer, phone: str) -> Json:
    wa_id = identity.wa_id_of(phone)
    return {
        "type": "user_changed_number",
        "body": f"User {customer.name} changed from {customer.address} to {wa_id}",
        "wa_id": wa_id,
        "user_id": identity.user_id_of(number.account.waba_id, identity.phone_key(phone)),
    }


def forget(provider: Provider, number: Number, customer: Customer) -> None:
    """As if the business had never met them."""
    number.forget(customer)
    provider.journal.forgotten(number, customer)
    told = {"phoneNumberId": number.phone_number_id, "customer": customer.key}
    provider.stream.tell("forgotten", told)
