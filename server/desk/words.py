"""Words for searching: without accents and case, so that `reservacao` finds `Reservação`."""

import re
import unicodedata
from typing import Any

_WORD = re.compile(r"\w+")
_MAX_WORDS = 200
_MAX_WORD_LENGTH = 40


def fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def tokens(text: str) -> list[str]:
    """Distinct folded words in the order they stand; bounded, because each becomes an index entry."""
    found = dict.fromkeys(word[:_MAX_WORD_LENGTH] for word in _WORD.findall(fold(text)))
    return list(found)[:_MAX_WORDS]


def starts_with(token: str) -> dict[str, Any]:
    """A range filter for "one of the words begins with": the token is data, never a pattern."""
    # Without $elemMatch one word may satisfy the lower bound and another the upper.
    return {"$elemMatch": {"$gte": token, "$lt": token + "\U0010ffff"}}


def each_begun(text: str) -> list[dict[str, Any]]:
    """Filters on `words` under which every word of `text` must begin one there; a text without words finds nothing."""
    return [{"words": starts_with(word)} for word in tokens(text)] or [{"words": {"$in": []}}]


def phone_tokens(phone: str) -> list[str]:
    """The forms in which people type a number: whole, without country, without area code, its last digits."""
    digits = re.sub(r"\D", "", phone)
    forms = [digits, digits[2:], digits[4:], digits[-8:], digits[-4:]]
    return list(dict.fromkeys(form for form in forms if len(form) >= 4))
