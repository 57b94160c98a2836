"""The conversations begun in a span, laid out by day, channel, team or agent; each figure leads to its conversations."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from server.desk import reports
from server.desk.conversations.models import ConversationStatus, OpenedBy, Resolution
from server.desk.periods import Span, clock_of
from tenants.context import Context
from tenants.permissions import Permission, requires

Document = dict[str, Any]


class By(StrEnum):
    CHANNEL = "channel"
    TEAM = "team"
    AGENT = "agent"


_FIELD = {By.CHANNEL: "channel_id", By.TEAM: "team_id", By.AGENT: "assigned_to_id"}
_NOUN = {By.CHANNEL: "channels", By.TEAM: "teams", By.AGENT: "users"}


class Narrow(NamedTuple):
    """Only the conversations of one channel, team or agent, or of several of these."""

    channel_id: str | None = None
    team_id: str | None = None
    user_id: str | None = None

    def where(self) -> Document:
        named = {"channel_id": self.channel_id, "team_id": self.team_id, "assigned_to_id": self.user_id}
        return {field: id for field, id in named.items() if id}


class Figures(NamedTuple):
    """`answered`: of those that customers began. `seconds_to_answer`: their mean. `rating`: mean of `ratings`, 1 to 5."""

    begun: int = 0
    answered: int = 0
    seconds_to_answer: float | None = None
    closed: int = 0
    resolved: int = 0
    ratings: int = 0
    rating: float | None = None


class Slice(NamedTuple):
    """`id` None: the conversations that have none, or nobody."""

    id: str | None
    name: str | None
    figures: Figures


class Day(NamedTuple):
    day: date
    figures: Figures


class Report(NamedTuple):
    """`hours`: how many began in each hour of the day, 0 to 23. Of channels, teams and agents the busiest first."""

    total: Figures
    days: list[Day]
    hours: list[int]
    channels: list[Slice]
    teams: list[Slice]
    agents: list[Slice]


_IS_ANSWERED = {"$and": [{"$ne": ["$opened_by", OpenedBy.AGENT]}, {"$gt": ["$first_response_at", None]}]}


def _counted(condition: Any) -> Document:
    return {"$sum": {"$cond": [condition, 1, 0]}}


_SUMS: Document = {
    "begun": {"$sum": 1},
    "answered": _counted(_IS_ANSWERED),
    "waited": {"$sum": {"$cond": [_IS_ANSWERED, {"$subtract": ["$first_response_at", "$created_at"]}, 0]}},
    "closed": _counted({"$eq": ["$status", ConversationStatus.CLOSED]}),
    "resolved": _counted({"$eq": ["$resolution", Resolution.RESOLVED]}),
    "ratings": _counted({"$gt": ["$rating", 0]}),
    "rated": {"$sum": {"$ifNull": ["$rating", 0]}},
}


async def _cells(ctx: Context, span: Span, narrow: Narrow, key: Any) -> list[Document]:
    begun = {"created_at": {"$gte": span.start, "$lte": span.end}, **narrow.where()}
    return await ctx.db.conversations.aggregate([{"$match": begun}, {"$group": {"_id": key, **_SUMS}}])


def _figures(cells: Iterable[Document]) -> Figures:
    total = dict.fromkeys(_SUMS, 0)
    for cell in cells:
        total = {name: total[name] + cell[name] for name in total}
    waited, rated = total.pop("waited"), total.pop("rated")
    return Figures(
        **total,
        seconds_to_answer=round(waited / total["answered"] / 1000, 1) if total["answered"] else None,
        rating=round(rated / total["ratings"], 2) if total["ratings"] else None,
    )


@requires(Permission.REPORTS_READ)
async def report(ctx: Context, span: Span, narrow: Narrow) -> Report:
    """Days and hours by the tenant's clock; days on which nothing began are there too."""
    channels, teams, agents = await asyncio.gather(*(_by(ctx, dimension, span, narrow) for dimension in By))
    quarters = await _cells(ctx, span, narrow, {"$dateTrunc": reports.QUARTER})
    days, hours = _over_time(ctx, span, quarters)
    return Report(_figures(quarters), days, hours, channels, teams, agents)


async def _by(ctx: Context, dimension: By, span: Span, narrow: Narrow) -> list[Slice]:
    cells = await _cells(ctx, span, narrow, {"$ifNull": [f"${_FIELD[dimension]}", None]})
    names = await names_of(ctx, _NOUN[dimension], [cell["_id"] for cell in cells])
    slices = [Slice(cell["_id"], names.get(cell["_id"]), _figures([cell])) for cell in cells]
    return sorted(slices, key=lambda part: (-part.figures.begun, part.name or ""))


async def names_of(ctx: Context, noun: str, ids: Iterable[str | None]) -> dict[str, str]:
    """Of channels, teams or users, by id; of what is gone there is none."""
    found = await getattr(ctx.db, noun).by_ids([id for id in ids if id])
    return {id: document["name"] for id, document in found.items()}


def _over_time(ctx: Context, span: Span, quarters: list[Document]) -> tuple[list[Day], list[int]]:
    here = clock_of(ctx)
    by_day: dict[date, list[Document]] = {}
    hours = [0] * 24
    for cell in quarters:
        moment: datetime = cell["_id"].replace(tzinfo=UTC).astimezone(here)
        by_day.setdefault(moment.date(), []).append(cell)
        hours[moment.hour] += cell["begun"]
    first, last = (moment.astimezone(here).date().toordinal() for moment in span)
    days = (date.fromordinal(number) for number in range(first, last + 1))
    return [Day(day, _figures(by_day.get(day, []))) for day in days], hours
