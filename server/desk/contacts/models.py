"""A customer, and the addresses by which channels know him."""

import re
from datetime import datetime
from enum import StrEnum
from typing import Any

from server.desk.words import phone_tokens, tokens
from tenants.models import Document

_BRAZILIAN_MOBILE = re.compile(r"55(\d{2})9([6-9]\d{7})")


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
    created_at: datetime
    updated_at: datetime

    @property
    def phone_number(self) -> str | None:
        return self.phone or self.wa_id


def digits(phone: str) -> str:
    return re.sub(r"\D", "", phone)


def phone_key(phone: str) -> str:
    """The form in which two writings of one number are equal: Brazil's mobiles with and without the ninth digit."""
    number = digits(phone)
    mobile = _BRAZILIAN_MOBILE.fullmatch(number)
    return f"55{mobile[1]}{mobile[2]}" if mobile else number


def search_words(contact: dict[str, Any]) -> list[str]:
    """What a conversation or contact list may be searched by: name, e-mail, and the number in its usual forms."""
    phone = contact.get("phone") or contact.get("wa_id") or ""
    named = " ".join(contact.get(field) or "" for field in ("name", "email", "username"))
    return list(dict.fromkeys([*tokens(named), *phone_tokens(phone)]))


def snapshot(contact: dict[str, Any]) -> dict[str, Any]:
    """What a conversation's row shows of its contact, carried by the row itself."""
    fields = ("name", "phone", "wa_id", "user_id", "email", "profile_picture_url", "created_at")
    return {"id": contact["_id"], **{field: contact.get(field) for field in fields}}
