"""One `change` of a webhook, in the desk's words. Every JSON value is taken, and nothing of it is lost."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from server.channels.meta_cloud import account, coexistence, customers, messages, statuses, template_updates
from server.channels.meta_cloud.messages import Setting
from server.channels.meta_cloud.reading import Json, items, mapping, objects, storable, text
from server.desk.messages.inbound import Inbound


def parse(change: Any, *, waba_id: str, received_at: datetime | None = None) -> list[Inbound]:
    """What happened, in the order written. `received_at` stands in for a time that is missing or unreadable.

    What nobody knows yet is `Unknown`, with the raw value. Never raises (whatsapp.md 1.5).
    """
    change = storable(change)
    field, value = text(mapping(change).get("field")) or "", mapping(mapping(change).get("value"))
    setting = Setting(field, objects(value.get("contacts")), received_at or datetime.now(UTC))
    reader = FIELDS.get(field)
    found = reader(value, setting) if reader else _about(field, value, waba_id)
    return found or [setting.unknown(mapping(change).get("value") or change)]


def phone_number_id_of(change: Any) -> str | None:
    """Whose it is. None for changes of the whole account: those are known by their `entry[].id` alone."""
    value = mapping(mapping(change).get("value"))
    return text(mapping(value.get("metadata")).get("phone_number_id"))


def _messages(value: Json, setting: Setting) -> list[Inbound]:
    found: list[Inbound] = []
    for message in items(value.get("messages")):
        found += messages.received(message, setting)
    found += [statuses.reported(status, setting) for status in items(value.get("statuses"))]
    return found + account.errors_in(value, setting.field)


def _history(value: Json, setting: Setting) -> list[Inbound]:
    # Files of the history follow by themselves, as messages.
    return coexistence.history(value, setting) + _messages(value, setting)


def _about(field: str, value: Json, waba_id: str) -> list[Inbound]:
    report = template_updates.reported(field, value) or account.reported(field, value, waba_id)
    return [report] if report else []


FIELDS: dict[str, Callable[[Json, Setting], list[Inbound]]] = {
    "messages": _messages,
    "smb_message_echoes": coexistence.echoes,
    "history": _history,
    "user_preferences": customers.preferences,
    "user_id_update": customers.new_ids,
}
