"""Is the house open? By the tenant's own clock, with several periods a day and holidays.

A time that the clock skips (summer time begins) comes when it would have by the old clock; one that it shows twice counts
the first time.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

from tenants.models import Tenant
from tenants.settings import BusinessHours, Period, Weekday

_LOOK_AHEAD = 370  # days: a year of holidays


def is_open(tenant: Tenant, at: datetime) -> bool:
    """Always, for a tenant that has named no hours."""
    hours = tenant.settings.hours
    if hours is None:
        return True
    zone = ZoneInfo(tenant.time_zone)
    return any(begin <= at < end for begin, end in _spans(hours, at.astimezone(zone).date(), zone))


def next_opening(tenant: Tenant, at: datetime) -> datetime | None:
    """When it opens next, strictly after `at`; None when it never does, or never closes."""
    hours = tenant.settings.hours
    if hours is None:
        return None
    zone = ZoneInfo(tenant.time_zone)
    today = at.astimezone(zone).date()
    for offset in range(_LOOK_AHEAD):
        for begin, _ in _spans(hours, today + timedelta(days=offset), zone):
            if begin > at:
                return begin
    return None


def closed_since(tenant: Tenant, at: datetime) -> datetime | None:
    """When it closed last, at or before `at`, looking back over a long weekend; None while open or always open."""
    hours = tenant.settings.hours
    if hours is None or is_open(tenant, at):
        return None
    zone = ZoneInfo(tenant.time_zone)
    today = at.astimezone(zone).date()
    for offset in range(_LOOK_AHEAD):
        ended = [end for _, end in _spans(hours, today - timedelta(days=offset), zone) if end <= at]
        if ended:
            return max(ended)
    return None


def _spans(hours: BusinessHours, day: date, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    """The day's periods, in order, as moments."""
    for period in sorted(_periods(hours, day), key=lambda period: period.opens):
        yield _moment(day, period.opens, zone), _moment(day, period.closes, zone)


def _periods(hours: BusinessHours, day: date) -> list[Period]:
    holiday = next((holiday for holiday in hours.holidays if holiday.date == day), None)
    if holiday:
        return holiday.periods
    return hours.weekly.get(get_args(Weekday)[day.weekday()], [])


def _moment(day: date, clock: str, zone: ZoneInfo) -> datetime:
    if clock == "24:00":
        day, clock = day + timedelta(days=1), "00:00"
    return datetime.combine(day, time.fromisoformat(clock), zone).astimezone(UTC)
