"""Dates in an address: a moment, or a day by the tenant's calendar; a time without a zone is by the tenant's clock."""

import re
from datetime import UTC, date, datetime, time
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import PlainValidator, WithJsonSchema

_EARLIEST, _LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2999, 1, 1, tzinfo=UTC)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _read(text: str) -> date | datetime:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else datetime.fromisoformat(text.upper())
    except ValueError as broken:
        raise ValueError("Data inválida.") from broken


When = Annotated[
    date | datetime,
    PlainValidator(_read),
    WithJsonSchema({"anyOf": [{"type": "string", "format": f} for f in ("date-time", "date")]}),
]


def beginning(when: date | datetime | None, zone: ZoneInfo) -> datetime | None:
    return _instant(when, time.min, zone)


def end(when: date | datetime | None, zone: ZoneInfo) -> datetime | None:
    return _instant(when, time.max, zone)


def _instant(when: date | datetime | None, of_a_day: time, zone: ZoneInfo) -> datetime | None:
    if when is None:
        return None
    if not isinstance(when, datetime):
        when = datetime.combine(when, of_a_day)
    aware = when if when.tzinfo else when.replace(tzinfo=zone)
    # Beyond these there are no conversations, and near its ends a calendar cannot be counted in.
    return min(max(aware, _EARLIEST), _LATEST).astimezone(UTC)
