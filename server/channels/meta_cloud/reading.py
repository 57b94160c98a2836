"""Reading JSON that others wrote: each function takes any JSON value and never raises."""

import re
from datetime import UTC, datetime
from typing import Any

from server.desk.messages.inbound import Sender

Json = dict[str, Any]

INT64 = 2**63
DEEPEST = 40  # BSON allows 100 levels, and what is kept is kept inside something
YEAR_2100 = 4_102_444_800
MILLISECONDS_FROM = 10**11

_SEPARATORS = re.compile(r"[+\s()-]")
_DIGITS = re.compile(r"[0-9]{1,20}")


def storable(value: Any, depth: int = 0) -> Any:
    """The same value as MongoDB can keep it: no integer past 64 bits, lone surrogate, NUL in a key, or bottomless pit."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, int) and not -INT64 <= value < INT64:
        return str(value)
    if depth >= DEEPEST and isinstance(value, dict | list):
        return "…"
    if isinstance(value, dict):
        return {
            storable(str(key)).replace("\0", ""): storable(item, depth + 1) for key, item in value.items()
        }
    if isinstance(value, list):
        return [storable(item, depth + 1) for item in value]
    return value


def text(value: Any) -> str | None:
    """Ids come as strings and, now and then, as numbers."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) and value else None


def mapping(value: Any) -> Json:
    return value if isinstance(value, dict) else {}


def items(value: Any) -> list[Any]:
    """A list as it is, nothing as no items, and a lone value as the only item."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def objects(value: Any) -> list[Json]:
    return [item for item in items(value) if isinstance(item, dict)]


def number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return float(value)
    except (ValueError, OverflowError):
        return None


def moment(value: Any, otherwise: datetime) -> datetime:
    """Seconds since 1970 as a string or a number; milliseconds are told by their size."""
    seconds = number(value)
    if seconds is not None and seconds >= MILLISECONDS_FROM:
        seconds /= 1000
    if seconds is None or not 0 < seconds < YEAR_2100:
        return otherwise
    return datetime.fromtimestamp(seconds, UTC)


def present(source: Json, *names: str) -> Json:
    """The named fields that are there."""
    return {name: source[name] for name in names if source.get(name) is not None}


def phone(value: Any) -> str | None:
    """Digits, or None when it is no phone number: a business-scoped id has a dot or letters."""
    digits = _SEPARATORS.sub("", text(value) or "")
    return digits if _DIGITS.fullmatch(digits) else None


def identity(number_or_id: Any, user_id: Any = None) -> Sender:
    """Business-scoped ids have been seen where phone numbers belong (whatsapp.md 1.8)."""
    wa_id = phone(number_or_id)
    return Sender(wa_id=wa_id, user_id=text(user_id) or (None if wa_id else text(number_or_id)))


def is_someone(sender: Sender) -> bool:
    return bool(sender.wa_id or sender.user_id)
