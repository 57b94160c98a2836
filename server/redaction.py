"""Keeps secrets out of logs, by the name of a field and by the look of a text."""

import re
from collections.abc import Mapping
from typing import Any

HIDDEN = "[hidden]"
DEEPEST = 8

# Names are compared without case and punctuation: access_token, accessToken and X-Access-Token are one name.
_NAME = re.compile(
    r"token$|secret|passw|authorization|cookie|apikey|privatekey|signature(256)?$|(mongo|redis)url$"
)
_TEXTS = (
    (re.compile(r"\b(bearer|basic)\s+[^\s\"',;]+", re.IGNORECASE), rf"\1 {HIDDEN}"),
    (re.compile(r"\b(token)\s+[\w-]{20,}", re.IGNORECASE), rf"\1 {HIDDEN}"),
    # Bounded, as anyone may have a long text logged: "eyJ-eyJ-…" would else be read from each of its places to the end.
    (re.compile(r"\beyJ[\w-]{1,1000}\.[\w-]+\.[\w-]*"), HIDDEN),
    # A Graph API token: https://developers.facebook.com/docs/facebook-login/guides/access-tokens
    (re.compile(r"\bEAA[A-Za-z0-9]{20,}"), HIDDEN),
    # Keys of ours: what tells them apart stays.
    (re.compile(r"\b(bk_[0-9a-f]{8}_)[\w-]+"), rf"\1{HIDDEN}"),
    (re.compile(r"\bwhsec_[\w+/=-]+"), HIDDEN),
    (re.compile(r"(://[^/\s:@]*:)[^/\s@]+@"), rf"\1{HIDDEN}@"),
    (
        re.compile(r"((?:token|secret|password|api_?key)[\"']?\s*[=:]\s*[\"']?)[^\s\"'&,;}]+", re.IGNORECASE),
        rf"\1{HIDDEN}",
    ),
)


def redact(value: Any, *, depth: int = 0) -> Any:
    """A copy of `value` that is safe to log: mappings and sequences are walked, other objects become their text."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if depth > DEEPEST:
        return HIDDEN
    if isinstance(value, Mapping):
        return {name: _field(str(name), content, depth + 1) for name, content in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [redact(item, depth=depth + 1) for item in value]
    return _text(value)


def _field(name: str, value: Any, depth: int) -> Any:
    if value and _NAME.search(re.sub(r"[^a-z0-9]", "", name.lower())):
        return HIDDEN
    return redact(value, depth=depth)


def _text(value: Any) -> str:
    text = value.decode(errors="replace") if isinstance(value, bytes) else str(value)
    for pattern, replacement in _TEXTS:
        text = pattern.sub(replacement, text)
    return text
