"""Every figure of the board and of the reports opens as many conversations as it says."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import starmap
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.conftest import Session
from tests.dialects.native.test_reports import NOW, later
from tests.factories import a_channel, a_conversation, body_of, made

Json = dict[str, Any]
Query = Mapping[str, str]
ZONE = "America/Sao_Paulo"
# The tenant's day in which NOW is, and the 30 days of the satisfaction.
MIDNIGHT = datetime(2026, 3, 10, 3, tzinfo=UTC)
TODAY = {"From": MIDNIGHT.isoformat(), "To": (MIDNIGHT + timedelta(days=1, milliseconds=-1)).isoformat()}
OPEN = {"status": "OPEN,IN_PROGRESS,WAITING"}
BEHIND: dict[str, Query] = {
    "begun": {}, "answered": {"answered": "true"}, "closed": {"status": "CLOSED"},
    "resolved": {"resolution": "RESOLVED"}, "ratings": {"rated": "true"},
}  # fmt: skip
STEP = timedelta(milliseconds=1)


@pytest.fixture
async def maria(hotel: Session) -> Session:
    return await hotel.colleague(name="Maria")


@pytest.fixture
async def house(hotel: Session, maria: Session) -> Session:
    """Time stands still once everybody has signed in."""
    await hotel.patch("/api/tenant", {"timeZone": ZONE})
    hotel.runtime.clock = later(0)
    return hotel


async def listed(session: Session, query: Query) -> list[Json]:
    """The documents behind a list, whose total and whose counts by tab must agree with it."""
    page = await body_of(await session.get("/api/conversations", params={**query, "limit": "100"}))
    ids = [row["id"] for row in page["data"]]
    assert page["pagination"]["total"] == len(ids)
    if "status" not in query:
        counts = await body_of(await session.get("/api/conversations/counts", params=dict(query)))
        assert counts["all"]["conversations"] + counts["closed"]["conversations"] == len(ids)
    return await session.db.conversations.all({"_id": {"$in": ids}})


def of_today(verb: str) -> Query:
    return {f"{verb}{end}": at for end, at in TODAY.items()}


async def customers(session: Session, count: int) -> list[str]:
    channel = await a_channel(session)
    phones = [f"55119880000{place:02}" for place in range(count)]
    return [(await a_conversation(session, channel, phone=phone, at=NOW))["id"] for phone in phones]


async def set_fields(session: Session, id: str, **fields: Any) -> None:
    await session.db.conversations.update({"_id": id}, {"$set": fields})


async def a_day(session: Session, agent: Session) -> None:
    """Of each figure what just counts, and what just does not."""
    ids = iter(await customers(session, 13))
    for _ in range(2):  # they wait
        next(ids)
    await set_fields(session, next(ids), with_assistant=True, queued_at=None)
    for begun in (NOW, MIDNIGHT, MIDNIGHT - STEP):
        await body_of(await agent.post(f"/api/conversations/{(id := next(ids))}/claim"))
        await set_fields(session, id, created_at=begun, first_response_at=begun + timedelta(seconds=40))
    for closed, resolution in [
        (NOW, "RESOLVED"), (MIDNIGHT, "RESOLVED"), (MIDNIGHT - STEP, "RESOLVED"), (NOW, "UNRESOLVED")
    ]:  # fmt: skip
        await body_of(
            await session.post(f"/api/conversations/{(id := next(ids))}/close", {"resolution": resolution})
        )
        await set_fields(session, id, closed_at=closed)
    for rated, stars in [(NOW, 5), (NOW - timedelta(days=30), 2), (NOW - timedelta(days=30) - STEP, 1)]:
        await body_of(await session.post(f"/api/conversations/{(id := next(ids))}/close"))
        await set_fields(session, id, rating=stars, rated_at=rated, opened_by="agent")
    # It was resolved today, and is open again.
    reopened = (await listed(session, {"resolution": "RESOLVED"}))[0]["_id"]
    await body_of(await session.post(f"/api/conversations/{reopened}/reopen"))


async def test_every_figure_of_the_board(house: Session, maria: Session) -> None:
    await a_day(house, maria)
    board = await body_of(await house.get("/api/dashboard"))
    numbers = board["numbers"]
    assert (numbers["inQueue"], numbers["active"], numbers["resolvedToday"]) == (3, 4, 1)
    assert len(await listed(house, {"inQueue": "true"})) == numbers["inQueue"]
    assert len(await listed(house, {"inQueue": "false"})) == numbers["active"]
    resolved = await listed(house, {"resolution": "RESOLVED", **of_today("closed")})
    assert len(resolved) == numbers["resolvedToday"]
    took = [(row["closed_at"] - row["created_at"]).total_seconds() / 60 for row in resolved]
    assert numbers["minutesToResolve"] == pytest.approx(sum(took) / len(took), abs=0.06)
    answered = await listed(house, {**of_today("created"), "answered": "true"})
    assert (numbers["secondsToAnswer"], len(answered)) == (40.0, 2)
    month = NOW - timedelta(days=30)
    rated = await listed(house, {"ratedFrom": month.isoformat(), "ratedTo": NOW.isoformat()})
    assert (numbers["satisfaction"], sorted(row["rating"] for row in rated)) == (3.5, [2, 5])
    for agent in board["agents"]:
        hers = {"assignedToId": agent["id"]}
        assert len(await listed(house, {**OPEN, **hers})) == agent["load"]
        answered = await listed(house, {**of_today("created"), "answered": "true", **hers})
        assert (agent["secondsToAnswer"] is None) == (not answered)
    assert {agent["name"]: agent["load"] for agent in board["agents"]}["Maria"] == 3


def days_and_hours(body: Json) -> list[tuple[Query, Json]]:
    """What the bars of the charts ask for, as the console does."""
    here, whole = ZoneInfo(ZONE), {"createdFrom": body["start"], "createdTo": body["end"]}

    def of_day(row: Json) -> tuple[Query, Json]:
        start = datetime.fromisoformat(row["day"]).replace(tzinfo=here)
        end = (start + timedelta(days=1)).astimezone(UTC) - STEP
        return {"createdFrom": start.isoformat(), "createdTo": end.isoformat()}, row["figures"]

    def of_hour(hour: int, begun: int) -> tuple[Query, Json]:
        return {**whole, "createdHour": str(hour)}, {"begun": begun}

    return [*map(of_day, body["days"]), *starmap(of_hour, enumerate(body["hours"]))]


async def test_every_figure_of_the_reports(house: Session, maria: Session) -> None:
    team = await made(house, "/api/teams", name="Suporte")
    await a_day(house, maria)
    some = [row["_id"] for row in await house.db.conversations.all(sort=[("_id", 1)])]
    for id in some[::2]:
        await set_fields(house, id, team_id=team["id"])
    for place, id in enumerate(some):
        await set_fields(house, id, created_at=NOW - timedelta(hours=7 * place))
    body = await body_of(await house.get("/api/reports/figures", params={"period": "7d"}))
    assert min(body["total"][name] for name in BEHIND) > 0
    whole = {"createdFrom": body["start"], "createdTo": body["end"]}
    cuts = [(whole, body["total"]), *days_and_hours(body)]
    for slices, name in (("channels", "channelId"), ("teams", "teamId"), ("agents", "assignedToId")):
        cuts += [({**whole, name: cut["id"] or "none"}, cut["figures"]) for cut in body[slices]]
    assert len(cuts) == 1 + 7 + 24 + 1 + 2 + 2
    for query, figures in cuts:
        for name in BEHIND.keys() & figures.keys():
            assert len(await listed(house, {**query, **BEHIND[name]})) == figures[name], (query, name)


@pytest.mark.parametrize(
    ("zone", "change"),
    [
        ("Europe/Lisbon", datetime(2026, 3, 29, 1, tzinfo=UTC)),
        ("Europe/Lisbon", datetime(2026, 10, 25, 1, tzinfo=UTC)),
        ("Australia/Lord_Howe", datetime(2026, 4, 4, 15, tzinfo=UTC)),
        ("Asia/Kathmandu", datetime(2026, 4, 4, 15, tzinfo=UTC)),
    ],
)
async def test_hours_where_the_clock_is_changed(hotel: Session, zone: str, change: datetime) -> None:
    await hotel.patch("/api/tenant", {"timeZone": zone})
    here, minutes = ZoneInfo(zone), range(-95, 96, 19)
    for id, minute in zip(await customers(hotel, len(minutes)), minutes, strict=True):
        await set_fields(hotel, id, created_at=change + timedelta(minutes=minute))
    begun = [change + timedelta(minutes=minute) for minute in minutes]
    span = {
        "createdFrom": (change - timedelta(days=9, hours=3)).isoformat(),
        "createdTo": begun[-1].isoformat(),
    }
    for hour in range(24):
        rows = await listed(hotel, {**span, "createdHour": str(hour)})
        then = [at for at in begun if at.astimezone(here).hour == hour]
        assert sorted(row["created_at"] for row in rows) == then


async def test_an_hour_of_any_day(hotel: Session) -> None:
    await hotel.patch("/api/tenant", {"timeZone": "UTC"})
    at = datetime(2021, 3, 1, 22, 30, tzinfo=UTC)
    [old] = await customers(hotel, 1)
    await set_fields(hotel, old, created_at=at)
    asked = {"createdHour": "22"}
    for bounds, found in (
        ({}, 1),
        ({"createdFrom": "0001-01-01T00:00:00Z", "createdTo": "9999-12-31T23:59:00Z"}, 1),
        ({"createdFrom": at.isoformat()}, 1),
        ({"createdTo": "2021-03-01T22:00:00Z"}, 0),
        ({"createdFrom": "2021-03-02T00:00:00Z", "createdTo": "2021-03-01T00:00:00Z"}, 0),
        ({"createdFrom": "9999-12-31T23:00:00Z"}, 0),
        ({"createdTo": "0001-01-01T00:00:00Z"}, 0),
    ):
        assert len(await listed(hotel, {**asked, **bounds})) == found, bounds
    assert await listed(hotel, {"createdHour": "21"}) == []


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"createdHour": "24"}, "createdHour"),
        ({"closedFrom": "ontem"}, "closedFrom"),
        ({"ratedTo": "2026-03-02"}, "ratedTo"),
        ({"inQueue": "talvez"}, "inQueue"),
    ],
)
async def test_filters_must_make_sense(hotel: Session, query: Json, field: str) -> None:
    for path in ("/api/conversations", "/api/conversations/counts"):
        body = await body_of(await hotel.get(path, params=query), 400)
        assert [detail["field"] for detail in body["details"]] == [field]
