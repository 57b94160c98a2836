"""Who a message is from (or, for what the business wrote in its app, to)."""

import re

from server.channels.meta_cloud.reading import Json, identity, is_someone, mapping, text
from server.desk.messages.inbound import Sender

_NINTH_DIGIT = re.compile(r"^(55[0-9]{2})9([0-9]{8})$")


def complete(found: Sender, contacts: list[Json]) -> Sender | None:
    """What the message says of the person, and what `contacts` adds. None: nobody can be told from it."""
    contact = _matching(found, contacts)
    listed = identity(contact.get("wa_id"), contact.get("user_id"))
    profile = mapping(contact.get("profile"))
    person = Sender(
        wa_id=found.wa_id or listed.wa_id,
        user_id=found.user_id or listed.user_id,
        name=text(profile.get("name")),
        username=text(profile.get("username")),
    )
    return person if is_someone(person) else None


def _matching(found: Sender, contacts: list[Json]) -> Json:
    for contact in contacts:
        listed = identity(contact.get("wa_id"), contact.get("user_id"))
        if _same(_subscriber(found.wa_id), _subscriber(listed.wa_id)) or _same(found.user_id, listed.user_id):
            return contact
    return contacts[0] if len(contacts) == 1 and _may_be(found, contacts[0]) else {}


def _may_be(found: Sender, contact: Json) -> bool:
    """Ids of different sorts contradict nothing; two different ids of one sort are two people."""
    listed = identity(contact.get("wa_id"), contact.get("user_id"))
    return not (found.wa_id and listed.wa_id) and not (found.user_id and listed.user_id)


def _same(one: str | None, other: str | None) -> bool:
    return one is not None and one == other


def _subscriber(wa_id: str | None) -> str | None:
    """Brazilian mobiles are written with and without their ninth digit (whatsapp.md 1.8)."""
    return _NINTH_DIGIT.sub(r"\1\2", wa_id) if wa_id else None
