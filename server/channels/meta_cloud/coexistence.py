"""What a number also used in the WhatsApp Business app sends: echoes of what was written there, and its history."""

from typing import Any

from server.channels.meta_cloud import account, people
from server.channels.meta_cloud.messages import Setting, as_written
from server.channels.meta_cloud.reading import Json, identity, items, mapping, objects, phone, text
from server.desk.messages.inbound import Inbound, Received, Sender


def echoes(value: Json, setting: Setting) -> list[Inbound]:
    return [inbound for raw in items(value.get("message_echoes")) for inbound in _echo(raw, setting)]


def _echo(raw: Any, setting: Setting) -> list[Inbound]:
    message = mapping(raw)
    customer = people.complete(identity(message.get("to"), message.get("to_user_id")), setting.contacts)
    return as_written(message, customer, setting, echo=True) or [setting.unknown(raw)]


def history(value: Json, setting: Setting) -> list[Inbound]:
    business = phone(mapping(value.get("metadata")).get("display_phone_number"))
    found: list[Inbound] = []
    for chunk in objects(value.get("history")):
        for thread in objects(chunk.get("threads")):
            found += _thread(thread, business, setting)
        found += account.errors_in(chunk, setting.field)
    return found


def _thread(thread: Json, business: str | None, setting: Setting) -> list[Inbound]:
    context = mapping(thread.get("context"))
    customer = people.complete(
        identity(context.get("wa_id") or thread.get("id"), context.get("user_id")), setting.contacts
    )
    found: list[Inbound] = []
    for raw in items(thread.get("messages")):
        found += _past(raw, customer, business, setting)
    return found


def _past(raw: Any, customer: Sender | None, business: str | None, setting: Setting) -> list[Inbound]:
    message = mapping(raw)
    author = phone(message.get("from"))
    ours = bool(message.get("to") or message.get("to_user_id")) or (author is not None and author == business)
    written = as_written(message, customer, setting, echo=ours)
    status = text(mapping(message.get("history_context")).get("status"))
    for inbound in written:
        if isinstance(inbound, Received):
            inbound.details |= {"history": True} | ({"history_status": status.lower()} if status else {})
    return written or [setting.unknown(raw)]
