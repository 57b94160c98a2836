"""Where a clock's distance from UTC changes, and what it costs to know."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from server.desk import periods
from server.desk.periods import Span

WHOLE = Span(datetime(2000, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC))
ODD = [
    "America/Sao_Paulo",
    "America/Recife",  # twice within seven days
    "America/Argentina/Tucuman",  # twice within twelve
    "Africa/Casablanca",  # around each Ramadan
    "Asia/Gaza",
    "Asia/Kathmandu",  # quarters of an hour
    "Australia/Lord_Howe",  # by half an hour
    "Pacific/Apia",  # by a whole day
    "UTC",
]


@pytest.mark.parametrize("zone", ODD)
def test_each_part_keeps_one_distance_from_utc(zone: str) -> None:
    here = ZoneInfo(zone)
    parts = list(periods._steady(WHOLE, here))
    edges = [WHOLE.start, *(part.end for part, _ in parts)]
    assert [part.start for part, _ in parts] == edges[:-1]
    assert edges[-1] == WHOLE.end + timedelta(milliseconds=1)
    for part, distance in parts:
        at = part.start
        while at < part.end:
            assert at.astimezone(here).utcoffset() == distance, at
            at += timedelta(hours=7)
        last = part.end - timedelta(milliseconds=1)
        assert last.astimezone(here).utcoffset() == distance, last


@pytest.mark.parametrize("zone", ODD)
def test_it_is_looked_up_once_and_seldom(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Since 2000 there are 11,000 days."""
    looked, here = [], ZoneInfo(zone)
    look_up = periods._from_utc

    def counted(at: datetime, here: ZoneInfo) -> timedelta:
        looked.append(at)
        return look_up(at, here)

    monkeypatch.setattr(periods, "_from_utc", counted)
    periods._changes.cache_clear()
    parts = list(periods._steady(WHOLE, here))
    assert len(looked) < 4000
    looked.clear()
    assert list(periods._steady(WHOLE, here)) == parts
    assert len(looked) == len(parts) <= 5 * 30


def test_nothing_is_in_no_time() -> None:
    never = Span(WHOLE.end, WHOLE.start)
    assert list(periods._steady(never, ZoneInfo("America/Sao_Paulo"))) == []
