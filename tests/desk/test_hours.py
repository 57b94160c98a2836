"""Open or closed, as the people of the house would say it."""

from datetime import UTC, datetime, timedelta
from itertools import groupby

import pytest
from pydantic import ValidationError

from server.desk import hours
from tenants.models import Tenant
from tenants.settings import BusinessHours, TenantSettings

WEEK = {day: [{"opens": "08:00", "closes": "12:00"}, {"opens": "13:30", "closes": "18:00"}] for day in (
    "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY",
)}  # fmt: skip
HOLIDAYS = [
    {"date": "2026-12-25", "name": "Natal"},
    {"date": "2026-12-24", "name": "Véspera", "periods": [{"opens": "08:00", "closes": "12:00"}]},
]


def house(zone: str = "America/Sao_Paulo", **hours_: object) -> Tenant:
    named = BusinessHours.model_validate({"weekly": WEEK, "holidays": HOLIDAYS, **hours_})
    settings = TenantSettings(hours=named)
    return Tenant(
        id="t", slug="hotel", name="Hotel", time_zone=zone, settings=settings, created_at=datetime.now(UTC)
    )


def at(text: str) -> datetime:
    """São Paulo's clock is three hours behind UTC."""
    return datetime.fromisoformat(f"{text}-03:00").astimezone(UTC)


@pytest.mark.parametrize(
    "moment,is_open,closed_since,opens",
    [
        ("2026-11-23T08:00", True, None, "2026-11-23T13:30"),  # a Monday
        ("2026-11-23T07:59:59", False, "2026-11-20T18:00", "2026-11-23T08:00"),
        ("2026-11-23T12:00", False, "2026-11-23T12:00", "2026-11-23T13:30"),
        ("2026-11-23T17:59:59", True, None, "2026-11-24T08:00"),
        ("2026-11-21T10:00", False, "2026-11-20T18:00", "2026-11-23T08:00"),  # a Saturday
        ("2026-12-24T15:00", False, "2026-12-24T12:00", "2026-12-28T08:00"),
        ("2026-12-25T10:00", False, "2026-12-24T12:00", "2026-12-28T08:00"),
    ],
)
def test_the_week(moment: str, is_open: bool, closed_since: str | None, opens: str) -> None:
    tenant = house()
    assert hours.is_open(tenant, at(moment)) is is_open
    assert hours.closed_since(tenant, at(moment)) == (at(closed_since) if closed_since else None)
    assert hours.next_opening(tenant, at(moment)) == at(opens)


def test_the_clock_is_the_tenants_own() -> None:
    moment = at("2026-11-23T08:30")
    assert hours.is_open(house(), moment)
    assert not hours.is_open(house("America/Manaus"), moment)  # 07:30 there


def test_a_period_may_last_to_the_end_of_the_day() -> None:
    night = house(weekly={"MONDAY": [{"opens": "18:00", "closes": "24:00"}]})
    assert hours.is_open(night, at("2026-11-23T23:59:59"))
    assert not hours.is_open(night, at("2026-11-24T00:00"))


def test_a_night_is_two_periods() -> None:
    """And no gap between them."""
    night = house(
        weekly={
            "FRIDAY": [{"opens": "20:00", "closes": "24:00"}],
            "SATURDAY": [{"opens": "00:00", "closes": "04:00"}],
        }
    )
    assert hours.is_open(night, at("2026-11-20T23:59:59.999"))
    assert hours.is_open(night, at("2026-11-21T00:00"))
    assert not hours.is_open(night, at("2026-11-21T04:00"))
    assert hours.closed_since(night, at("2026-11-21T05:00")) == at("2026-11-21T04:00")
    assert hours.next_opening(night, at("2026-11-21T05:00")) == at("2026-11-27T20:00")


NIGHT_AND_DAY = {
    day: [
        {"opens": "00:30", "closes": "01:30"},
        {"opens": "02:00", "closes": "03:30"},
        {"opens": "08:00", "closes": "24:00"},
    ]
    for day in ("SATURDAY", "SUNDAY", "MONDAY")
}


def spans(tenant: Tenant, begin: str, hours_: int) -> list[tuple[str, float]]:
    """When it opens, in UTC, and for how many hours: looked at minute by minute."""
    start = datetime.fromisoformat(begin).replace(tzinfo=UTC)
    minutes = [start + timedelta(minutes=minute) for minute in range(hours_ * 60)]
    stretches = groupby(minutes, key=lambda minute: hours.is_open(tenant, minute))
    opened = [list(stretch) for is_open, stretch in stretches if is_open]
    return [(f"{stretch[0]:%d %H:%M}", len(stretch) / 60) for stretch in opened]


def test_the_day_on_which_summer_time_begins() -> None:
    """In New York 02:00 is 03:00 on 2026-03-08: what should open at two opens then, and is half an hour long."""
    tenant = house("America/New_York", weekly=NIGHT_AND_DAY, holidays=[])
    assert spans(tenant, "2026-03-08T05:00", 24) == [
        ("08 05:30", 1.0), ("08 07:00", 0.5), ("08 12:00", 16.0), ("09 04:30", 0.5),
    ]  # fmt: skip


def test_the_day_on_which_summer_time_ends() -> None:
    """In New York 01:00 to 02:00 comes twice on 2026-11-01; what ends in it ends the first time."""
    tenant = house("America/New_York", weekly=NIGHT_AND_DAY, holidays=[])
    assert spans(tenant, "2026-11-01T04:00", 25) == [
        ("01 04:30", 1.0), ("01 07:00", 1.5), ("01 13:00", 16.0),
    ]  # fmt: skip


def test_a_midnight_that_there_was_not() -> None:
    """In São Paulo 2018-11-04 began at one: what lasts until 24:00 lasts until then, and 00:30 is half past one."""
    tenant = house(weekly=NIGHT_AND_DAY, holidays=[])
    assert spans(tenant, "2018-11-03T11:00", 20) == [("03 11:00", 16.0), ("04 04:00", 1.5)]


def test_without_hours_it_is_always_open() -> None:
    tenant = house().model_copy(update={"settings": TenantSettings()})
    assert hours.is_open(tenant, at("2026-11-22T03:00"))
    assert hours.next_opening(tenant, at("2026-11-22T03:00")) is None


def test_a_house_that_never_opens() -> None:
    tenant = house(weekly={}, holidays=[])
    assert not hours.is_open(tenant, at("2026-11-23T10:00"))
    assert hours.next_opening(tenant, at("2026-11-23T10:00")) is None


@pytest.mark.parametrize(
    "periods",
    [
        [{"opens": "12:00", "closes": "12:00"}],
        [{"opens": "18:00", "closes": "08:00"}],
        [{"opens": "08:00", "closes": "12:00"}, {"opens": "11:00", "closes": "13:00"}],
        [{"opens": "8:00", "closes": "12:00"}],
        [{"opens": "08:00", "closes": "25:00"}],
    ],
)
def test_periods_that_make_no_sense_are_refused(periods: object) -> None:
    with pytest.raises(ValidationError):
        BusinessHours.model_validate({"weekly": {"MONDAY": periods}})
