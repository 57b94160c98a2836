"""Phones, `wa_id`, business-scoped user ids (BSUID) and made-up ids (whatsapp.md 1.8)."""

import base64
import hashlib
import os
import re

_NOT_DIGITS = re.compile(r"\D")
_COUNTRIES = (("55", "BR"), ("351", "PT"), ("54", "AR"), ("1", "US"))
_BRAZIL_MOBILE = re.compile(r"55(\d\d)9(\d{8})")
_LAST_AREA_WITH_NINTH_DIGIT = 28


def digits(text: str) -> str:
    return _NOT_DIGITS.sub("", text)


def is_user_id(text: str) -> bool:
    """`BR.1349…` is a BSUID; a phone never has a dot after two letters."""
    return bool(re.fullmatch(r"[A-Z]{2}\.[A-Za-z0-9.]{1,128}", text))


def phone_key(phone: str) -> str:
    """One key for a Brazilian mobile with and without its ninth digit."""
    mobile = _BRAZIL_MOBILE.fullmatch(phone)
    return f"55{mobile[1]}{mobile[2]}" if mobile else phone


def wa_id_of(phone: str) -> str:
    """WhatsApp keeps the ninth digit only in the areas 11 to 28."""
    mobile = _BRAZIL_MOBILE.fullmatch(phone)
    if mobile and int(mobile[1]) > _LAST_AREA_WITH_NINTH_DIGIT:
        return phone_key(phone)
    return phone


def user_id_of(portfolio: str, key: str) -> str:
    """Scoped by portfolio: two businesses see different ids of one person."""
    country = next((code for prefix, code in _COUNTRIES if key.startswith(prefix)), "BR")
    number = int.from_bytes(hashlib.sha256(f"{portfolio}:{key}".encode()).digest()[:8], "big")
    return f"{country}.{number:020d}"


def new_wamid(phone: str) -> str:
    raw = b"\x1d" + phone.encode() + b"\x15\x02\x00\x11\x18" + os.urandom(10).hex().upper().encode()
    return "wamid." + base64.b64encode(raw).decode()


def new_number_id() -> str:
    """Fifteen digits, as the ids of numbers, accounts, media and templates have."""
    return str(10**14 + int.from_bytes(os.urandom(6), "big") % (9 * 10**14))


def new_secret() -> str:
    return os.urandom(16).hex()


def new_access_token() -> str:
    return "EAAG" + os.urandom(48).hex()
