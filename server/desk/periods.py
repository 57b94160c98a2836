"""The stretches of time that reports speak of, as the tenant's calendar and clock cut them."""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple
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
