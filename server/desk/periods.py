"""The stretches of time that reports speak of, as the tenant's calendar and clock cut them."""

import functools
from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from tenants.context import Context
from tenants.problems import Invalid


class Period(StrEnum):
    WEEK = "7d"
    MONTH = "30d"
    QUARTER = "90d"
    YEAR = "1y"

    @property
    def days(self) -> int:
        return {"7d": 7, "30d": 30, "90d": 90, "1y": 365}[self]


class Span(NamedTuple):
    start: datetime
    end: datetime


def span(ctx: Context, period: Period, *, earlier: int = 0) -> Span:
    """From midnight, so many days ago with today among them, until now; or the same, `earlier` periods before.

    An earlier one ends at the same hour of its last day, so that half a day is compared with half a day.
    """
    here = clock_of(ctx)
    now = ctx.now().astimezone(here)
    shift = timedelta(days=period.days * earlier)
    first_day = now.date() - timedelta(days=period.days - 1) - shift
    start = datetime.combine(first_day, time.min, here)
    # Adding days to an aware datetime moves the clock on the wall, which is what a calendar means.
    return Span(start.astimezone(UTC), (now - shift).astimezone(UTC))


def clock_of(ctx: Context) -> ZoneInfo:
    return ZoneInfo(ctx.tenant.time_zone)


MOST_DAYS = 366
EARLIEST, LATEST = 2000, 2100  # years; no clock of the house reaches further
_EARLIEST = datetime(EARLIEST, 1, 1, tzinfo=UTC)
_NONE: list[dict[str, Any]] = [{"_id": {"$in": []}}]


def days(ctx: Context, first: date, last: date) -> Span:
    """Whole days of the tenant's calendar, both included, but none of what is still to come. Raises Invalid."""
    if last < first:
        raise Invalid.field("to", "O fim precisa vir depois do início.")
    if (last - first).days >= MOST_DAYS:
        raise Invalid.field("to", f"No máximo {MOST_DAYS} dias de uma vez.")
    here = clock_of(ctx)
    start = datetime.combine(first, time.min, here).astimezone(UTC)
    end = datetime.combine(last + timedelta(days=1), time.min, here).astimezone(UTC)
    return Span(start, min(end - timedelta(milliseconds=1), max(ctx.now(), start)))


def begun_at_hour(
    ctx: Context, hour: int, *, since: datetime | None, until: datetime | None
) -> dict[str, Any]:
    """The filter of what began in this hour of the tenant's clock, 0 to 23."""
    span = Span(max(since or _EARLIEST, _EARLIEST), min(until or ctx.now(), ctx.now()))
    parts = [
        {
            "created_at": {"$gte": part.start, "$lt": part.end},
            "$expr": {
                "$eq": [{"$hour": {"$add": ["$created_at", offset // timedelta(milliseconds=1)]}}, hour]
            },
        }
        for part, offset in _steady(span, clock_of(ctx))
    ]
    return {"$or": parts or _NONE}


def _steady(span: Span, here: ZoneInfo) -> Iterator[tuple[Span, timedelta]]:
    """`span` cut where the clock's distance from UTC changes, with that distance; a part's end is not in it."""
    start, end = span.start, span.end + timedelta(milliseconds=1)
    if start < end:
        inside = [at for at in _changes(here, end.year) if start < at < end]
        for part in pairwise([start, *inside, end]):
            yield Span(*part), _from_utc(part[0], here)


# No clock has changed and changed back in less: Recife's did in seven days, in October 2000.
_STEP = timedelta(days=6)
_MINUTES_OF_A_STEP = range(_STEP // timedelta(minutes=1))


@functools.cache
def _changes(here: ZoneInfo, year: int) -> tuple[datetime, ...]:
    """When the clock's distance from UTC changes, from `EARLIEST` to the end of `year`."""
    steps = 366 * (year + 1 - EARLIEST) // _STEP.days + 1
    looks = [_EARLIEST + step * _STEP for step in range(steps)]
    distances = [_from_utc(at, here) for at in looks]
    return tuple(_change_after(looks[i], here) for i, (a, b) in enumerate(pairwise(distances)) if a != b)


def _change_after(start: datetime, here: ZoneInfo) -> datetime:
    """There is one within the step."""
    kept = _from_utc(start, here)

    def has_changed(minute: int) -> bool:
        return _from_utc(start + timedelta(minutes=minute), here) != kept

    return start + timedelta(minutes=bisect_left(_MINUTES_OF_A_STEP, 1, key=has_changed))


def _from_utc(at: datetime, here: ZoneInfo) -> timedelta:
    return at.astimezone(here).utcoffset() or timedelta()
