"""Messages of the `messages` field: written, edited, taken back, or the system's own (whatsapp.md 1.5)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from server.channels.meta_cloud import contents, errors, people
from server.channels.meta_cloud.reading import (
    Json,
    identity,
    is_someone,
    mapping,
    moment,
    objects,
    phone,
    text,
)
from server.desk.messages.inbound import Edited, IdentityChanged, Inbound, Received, Revoked, Sender, Unknown
from server.desk.messages.models import Kind


@dataclass(frozen=True, slots=True)
class Setting:
    """What the messages of one change share."""

    field: str
    contacts: list[Json]
    received_at: datetime

    def unknown(self, raw: Any) -> Unknown:
        return Unknown(field=self.field, raw=raw if isinstance(raw, dict) else {"value": raw})


def received(raw: Any, setting: Setting) -> list[Inbound]:
    message = mapping(raw)
    kind = text(message.get("type"))
    if kind == "system":
        return _system(message, setting)
    author = people.complete(identity(message.get("from"), message.get("from_user_id")), setting.contacts)
    return as_written(message, author, setting) or [setting.unknown(raw)]


def as_written(
    message: Json, person: Sender | None, setting: Setting, *, echo: bool = False
) -> list[Inbound]:
    """A message whose other side is `person`; nothing when it has no id or nobody is known to be there."""
    change = _correction(message, setting)
    if change:
        return [change]
    wamid = text(message.get("id"))
    if not wamid or not person:
        return []
    said = contents.said(message) or contents.Said(
        Kind.UNSUPPORTED, details=contents.why_unsupported(message) | _error(message)
    )
    return [
        Received(
            wamid=wamid,
            at=moment(message.get("timestamp"), setting.received_at),
            sender=person,
            kind=said.kind,
            text=said.text,
            details=said.details | contents.surroundings(message),
            media=said.media,
            reply_to=contents.replied_to(message),
            echo=echo,
        )
    ]


def _error(message: Json) -> Json:
    found = objects(message.get("errors"))
    return {"error": errors.reported(found[0]).model_dump()} if found else {}


def _correction(message: Json, setting: Setting) -> Edited | Revoked | None:
    kind = text(message.get("type"))
    if kind not in ("edit", "revoke"):
        return None
    correction = mapping(message.get(kind))
    target = text(correction.get("original_message_id"))
    at = moment(message.get("timestamp"), setting.received_at)
    if not target:
        return None
    if kind == "revoke":
        return Revoked(target=target, at=at)
    now = _edited_text(mapping(correction.get("message")))
    return None if now is None else Edited(target=target, at=at, text=now)


def _edited_text(message: Json) -> str | None:
    """The new text or caption: "" when a caption was taken away, None when the edit says nothing that is known."""
    content = mapping(message.get(text(message.get("type")) or ""))
    return text(content.get("body")) or text(content.get("caption")) or ("" if content.get("id") else None)


def _system(message: Json, setting: Setting) -> list[Inbound]:
    """An identity change comes first, so that the note about it finds the same customer under the new identity."""
    old, new = _identities(message)
    changed = is_someone(old) and is_someone(new) and old != new
    # The only contact, if any, is the person as known before: it must not lend its ids to the new identity.
    author = new if is_someone(new) else people.complete(old, setting.contacts)
    note = as_written(message, author, setting)
    if not changed:
        return note or [setting.unknown(message)]
    at = moment(message.get("timestamp"), setting.received_at)
    return [IdentityChanged(at=at, old=old, new=new), *note]


def _identities(message: Json) -> tuple[Sender, Sender]:
    system = mapping(message.get("system"))
    new = Sender(
        wa_id=phone(system.get("wa_id")) or phone(system.get("new_wa_id")),
        user_id=text(system.get("user_id")),
    )
    old = identity(message.get("from"), system.get("previous_user_id") or message.get("from_user_id"))
    # `from_user_id` may already be the new id; an id that did not change identifies nobody as old.
    old_id = old.user_id if old.user_id != new.user_id else None
    return Sender(wa_id=old.wa_id or phone(system.get("customer")), user_id=old_id), new
