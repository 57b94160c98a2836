"""A customer, and the addresses by which channels know him."""

import re
from datetime import datetime
from enum import StrEnum
from typing import Any

from server.desk.words import fold, phone_tokens, tokens
from tenants.models import Document
from tenants.problems import NotFound

_BRAZILIAN_MOBILE = re.compile(r"55(\d{2})9([6-9]\d{7})")
# As WhatsApp still writes many of them: without the ninth digit.
_OLD_BRAZILIAN_MOBILE = re.compile(r"55([1-9]\d)([6-9]\d{7})")


class IdentityKind(StrEnum):
    PHONE = "phone"
    USER_ID = "user_id"  # business-scoped user id: may come without any phone


class Contact(Document):
    number: int
    name: str | None = None
    phone: str | None = None  # digits with country code
    wa_id: str | None = None  # as WhatsApp writes it, kept verbatim for sending
    user_id: str | None = None
    username: str | None = None
    email: str | None = None
    profile_picture_url: str | None = None
    notes: str | None = None
    attributes: dict[str, Any] = {}
    tag_ids: list[str] = []
    marketing_opt_in: bool | None = None
    windows: dict[str, datetime] = {}  # channel id → until when free text may be sent
    conversations_count: int = 0
    last_conversation_at: datetime | None = None
    deleted_at: datetime | None = (
        None  # emptied of everything personal, kept because conversations refer to it
    )
    created_at: datetime
    updated_at: datetime

    @property
    def phone_number(self) -> str | None:
        return self.phone or self.wa_id


class ContactNotFound(NotFound):
    message = "Contato não encontrado."


def digits(phone: str) -> str:
    return re.sub(r"\D", "", phone)


def phone_key(phone: str) -> str:
    """The form in which two writings of one number are equal: Brazil's mobiles with and without the ninth digit."""
    number = digits(phone)
    mobile = _BRAZILIAN_MOBILE.fullmatch(number)
    return f"55{mobile[1]}{mobile[2]}" if mobile else number


def old_brazilian_mobile(number: str) -> re.Match[str] | None:
    return _OLD_BRAZILIAN_MOBILE.fullmatch(number)


def _search_forms(phone: str) -> list[str]:
    """What may be typed of a number, with the ninth digit or without."""
    key = phone_key(phone)
    old = old_brazilian_mobile(key)
    return [*phone_tokens(f"55{old[1]}9{old[2]}" if old else phone), *phone_tokens(key)]


def derived(contact: dict[str, Any]) -> dict[str, Any]:
    """What lists are searched and sorted by: `words` of name, e-mail and the number in its usual forms; `name_key`."""
    phone = contact.get("phone") or contact.get("wa_id") or ""
    named = " ".join(contact.get(field) or "" for field in ("name", "email", "username"))
    words = list(dict.fromkeys([*tokens(named), *_search_forms(phone)]))
    return {"words": words, "name_key": fold(contact.get("name") or "")}


def snapshot(contact: dict[str, Any]) -> dict[str, Any]:
    """What a conversation's row shows of its contact, carried by the row itself."""
    fields = ("name", "phone", "wa_id", "user_id", "email", "profile_picture_url", "created_at")
    return {"id": contact["_id"], **{field: contact.get(field) for field in fields}}
