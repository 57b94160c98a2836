"""What is reported about a customer outside any message: marketing choices and changed ids."""

from typing import Any

from server.channels.meta_cloud import people
from server.channels.meta_cloud.messages import Setting
from server.channels.meta_cloud.reading import Json, identity, is_someone, items, mapping, moment, text
from server.desk.messages.inbound import IdentityChanged, Inbound, MarketingPreference, Sender

CHOICES = {"stop": False, "resume": True, "signup": True}


def preferences(value: Json, setting: Setting) -> list[Inbound]:
    return [_preference(raw, setting) for raw in items(value.get("user_preferences"))]


def _preference(raw: Any, setting: Setting) -> Inbound:
    wish = mapping(raw)
    person = people.complete(identity(wish.get("wa_id"), wish.get("user_id")), setting.contacts)
    choice = CHOICES.get((text(wish.get("value")) or "").lower())
    if person is None or choice is None or text(wish.get("category")) not in (None, "marketing_messages"):
        return setting.unknown(raw)
    at = moment(wish.get("timestamp"), setting.received_at)
    return MarketingPreference(at=at, sender=person, opted_in=choice)


def new_ids(value: Json, setting: Setting) -> list[Inbound]:
    return [_new_id(raw, setting) for raw in items(value.get("user_id_update"))]


def _new_id(raw: Any, setting: Setting) -> Inbound:
    update = mapping(raw)
    ids = mapping(update.get("user_id"))
    current = text(ids.get("current"))
    old = identity(update.get("wa_id"), ids.get("previous"))
    if not current or not is_someone(old) or old.user_id == current:
        return setting.unknown(raw)
    at = moment(update.get("timestamp"), setting.received_at)
    return IdentityChanged(at=at, old=old, new=Sender(wa_id=old.wa_id, user_id=current))
