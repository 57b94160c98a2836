"""What can be switched on the simulator, for all numbers or for one."""

from dataclasses import dataclass, fields, replace
from typing import Any

Json = dict[str, Any]
WINDOW_MODES = ("answer", "status", "off")
SEVEN_DAYS = 7 * 24 * 3600.0


@dataclass(slots=True, frozen=True)
class Settings:
    """All times are seconds. On the wire the names are camelCase (`sentAfter`)."""

    latency: float = 0.0  # every Graph answer waits this long
    sent_after: float = 0.02
    delivered_after: float = 0.05  # after `sent`
    read_after: float = 0.3  # after `delivered`, when the chat is open or `auto_read` is on
    auto_read: bool = False
    window: str = "answer"  # 131047 as an answer, as a `failed` status, or never ("off")
    number_rate: float = 0.0  # sends a second before 130429; 0 is no limit (Meta: 80)
    pair_rate: bool = False  # Meta's 1 in 6 s to one customer, 45 borrowed, then 131056
    media_url_seconds: float = 300.0
    media_url_inbound: bool = True  # inbound media carries `url`, as Meta does since 2025-11
    review_after: float = 0.5  # a new template is approved or rejected
    retry_first: float = 0.1  # webhook not answered 200: doubled up to `retry_cap`
    retry_cap: float = 5.0
    retry_for: float = SEVEN_DAYS
    webhook_timeout: float = 10.0
    webhook_version: int = 26  # below 24 every status carries `conversation`


def camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(word.capitalize() for word in rest)


def as_json(settings: Settings) -> Json:
    return {camel(field.name): getattr(settings, field.name) for field in fields(settings)}


def changed(settings: Settings, patch: Json) -> Settings:
    """The settings with the camelCase `patch` applied. ValueError names what does not fit."""
    known = {camel(field.name): field.name for field in fields(settings)}
    values: Json = {}
    for name, value in patch.items():
        if name not in known:
            raise ValueError(f"unknown setting {name!r}, known are {', '.join(sorted(known))}")
        values[known[name]] = _fitting(name, value, getattr(settings, known[name]))
    return replace(settings, **values)


def _fitting(name: str, value: object, current: object) -> object:
    if name == "window" and value not in WINDOW_MODES:
        raise ValueError(f"window is one of {', '.join(WINDOW_MODES)}")
    if isinstance(current, bool):
        fits = isinstance(value, bool)
    elif isinstance(current, (int, float)):
        fits = isinstance(value, (int, float)) and not isinstance(value, bool) and value >= 0
    else:
        fits = isinstance(value, str)
    if not fits:
        raise ValueError(f"{name} cannot be {value!r}")
    return value
