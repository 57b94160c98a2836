"""Numbers about the tenant's work. What changes by the second comes from the tallies; periods are aggregated."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from server.desk.colleagues import ABLE, WORKING_ROLES
from server.desk.conversations import queries, tallies
from server.desk.conversations.models import ConversationStatus, OpenedBy, Priority
from server.desk.periods import Period, Span, clock_of, span
from tenants.context import Context
from tenants.models import UserStatus
from tenants.permissions import Permission, requires

Document = dict[str, Any]
GOOD = 4  # the worst rating of someone who is satisfied
_REPORTING = requires(Permission.REPORTS_READ)


class ConversationStats(NamedTuple):
    total: int
    open: int
    in_progress: int
    waiting: int
    closed: int
    resolved: int
    unassigned: int
    mine: int
    unread_messages: int
    avg_response_time: float | None
    by_status: dict[str, int]
    by_priority: dict[str, int]
    last_updated: datetime


@requires(Permission.CONVERSATIONS_READ)
async def conversation_stats(ctx: Context) -> ConversationStats:
    """Of the conversations this actor may see. `avg_response_time`: seconds to the first answer, last 30 days."""
    cells = await tallies.by_cell(ctx, queries.visible(ctx))
    lately = await begun_in(ctx, span(ctx, Period.MONTH), queries.visible(ctx))
    by_status: Counter[str] = Counter(dict.fromkeys(ConversationStatus, 0))
    by_priority: Counter[str] = Counter(dict.fromkeys(Priority, 0))
    unassigned = mine = unread = 0
    for cell in cells:
        by_status[cell["status"]] += cell["count"]
        by_priority[cell["priority"]] += cell["count"]
        live = cell["status"] != ConversationStatus.CLOSED
        unassigned += cell["count"] if live and cell["assigned_to_id"] is None else 0
        mine += cell["count"] if live and cell["assigned_to_id"] == ctx.actor.id else 0
        unread += cell["unread"]
    closed = by_status[ConversationStatus.CLOSED]
    return ConversationStats(
        total=sum(by_status.values()),
        open=by_status[ConversationStatus.OPEN],
        in_progress=by_status[ConversationStatus.IN_PROGRESS],
        waiting=by_status[ConversationStatus.WAITING],
        closed=closed,
        resolved=closed,
        unassigned=unassigned,
        mine=mine,
        unread_messages=unread,
        avg_response_time=seconds_to_answer(lately),
        by_status=dict(by_status),
        by_priority=dict(by_priority),
        last_updated=ctx.now(),
    )


async def begun_in(ctx: Context, span: Span, limits: Document | None = None) -> list[Document]:
    """The conversations begun in `span`: `[{status, assigned_to_id, count, answered, waited}]`.

    `answered` counts those that a customer began and a person answered, here or in the phone app: neither the assistant
    nor an automatic reply nor a note is an answer. `waited` is how long these waited for it, in ms. Read off an index,
    without a document.
    """
    begun = {"created_at": {"$gte": span.start, "$lte": span.end}, **(limits or {})}
    by_customer = {"$ne": ["$opened_by", OpenedBy.AGENT]}
    answered = {"$and": [by_customer, {"$gt": ["$first_response_at", None]}]}
    waited = {"$subtract": ["$first_response_at", "$created_at"]}
    cell = {"status": "$status", "assigned_to_id": "$assigned_to_id"}
    counted = {
        "count": {"$sum": 1},
        "answered": {"$sum": {"$cond": [answered, 1, 0]}},
        "waited": {"$sum": {"$cond": [answered, waited, 0]}},
    }
    rows = await ctx.db.conversations.aggregate([{"$match": begun}, {"$group": {"_id": cell, **counted}}])
    return [{**row, **row["_id"]} for row in rows]


def seconds_to_answer(cells: Iterable[Document]) -> float | None:
    answered = waited = 0
    for cell in cells:
        answered, waited = answered + cell["answered"], waited + cell["waited"]
    return round(waited / answered / 1000, 1) if answered else None


@dataclass(frozen=True, slots=True)
class StatusShare:
    status: ConversationStatus
    count: int
    percentage: float


class Overview(NamedTuple):
    """Of the conversations begun in the period. Rates, shares and changes in percent; times in seconds."""

    total_conversations: int
    conversations_change: float
    average_response_time: float | None
    resolution_rate: float
    active_attendants: int  # of the attendants, who have some of these conversations
    total_attendants: int  # the active users who may answer customers; who only reads is none
    status_breakdown: list[StatusShare]


@_REPORTING
async def overview(ctx: Context, period: Period) -> Overview:
    """`conversations_change` compares with the period before."""
    cells = await begun_in(ctx, span(ctx, period))
    total, earlier = _count(cells), _count(await begun_in(ctx, span(ctx, period, earlier=1)))
    by_status = Counter(dict.fromkeys(ConversationStatus, 0))
    for cell in cells:
        by_status[ConversationStatus(cell["status"])] += cell["count"]
    busy = [user_id for user_id in {cell["assigned_to_id"] for cell in cells} if user_id]
    return Overview(
        total_conversations=total,
        conversations_change=_change(earlier, total),
        average_response_time=seconds_to_answer(cells),
        resolution_rate=_percentage(by_status[ConversationStatus.CLOSED], total),
        active_attendants=await ctx.db.users.count({**ABLE, "_id": {"$in": busy}}),
        total_attendants=await ctx.db.users.count(ABLE),
        status_breakdown=[
            StatusShare(status, count, _percentage(count, total)) for status, count in by_status.items()
        ],
    )


def _count(cells: Iterable[Document]) -> int:
    return sum(cell["count"] for cell in cells)


def _percentage(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def _change(before: int, after: int) -> float:
    """From nothing to something is shown as 100 %."""
    return _percentage(after - before, before) if before else 100.0 * bool(after)


class Attendant(NamedTuple):
    """`satisfaction_rate`: which share of the ratings of these conversations is 4 or 5, in percent; None without any."""

    id: str
    name: str
    email: str
    conversations_count: int
    satisfaction_rate: float | None = None


@_REPORTING
async def attendants(ctx: Context, period: Period) -> list[Attendant]:
    """The active users who may answer customers, and who of them has left but has conversations begun in the period; the
    busiest first. Who only reads is no attendant.
    """
    load: Counter[str] = Counter()
    for cell in await begun_in(ctx, span(ctx, period)):
        load[cell["assigned_to_id"]] += cell["count"]
    counted = [user_id for user_id in load if user_id]
    some = {"$or": [{"status": UserStatus.ACTIVE}, {"_id": {"$in": counted}}]}
    users = await ctx.db.users.all({"role": {"$in": WORKING_ROLES}, **some})
    satisfied = await _satisfaction(ctx, span(ctx, period))
    found = [
        Attendant(user["_id"], user["name"], user["email"], load[user["_id"]], satisfied.get(user["_id"]))
        for user in users
    ]
    return sorted(found, key=lambda attendant: (-attendant.conversations_count, attendant.name, attendant.id))


async def _satisfaction(ctx: Context, span: Span) -> dict[str, float]:
    """By whose conversation it was."""
    rated = {"created_at": {"$gte": span.start, "$lte": span.end}, "rating": {"$gt": 0}}
    good = {"$sum": {"$cond": [{"$gte": ["$rating", GOOD]}, 1, 0]}}
    group = {"_id": "$assigned_to_id", "count": {"$sum": 1}, "good": good}
    rows = await ctx.db.conversations.aggregate([{"$match": rated}, {"$group": group}])
    return {row["_id"]: _percentage(row["good"], row["count"]) for row in rows}


@dataclass(frozen=True, slots=True)
class HourVolume:
    hour: int
    count: int


# Every clock in use is a multiple of this away from UTC.
QUARTER = {"date": "$created_at", "unit": "minute", "binSize": 15}


@_REPORTING
async def hourly(ctx: Context, period: Period) -> list[HourVolume]:
    """How many conversations began in each hour of the day, 0 to 23, by the tenant's clock."""
    began, end = span(ctx, period)
    # Read in UTC and turned here: MongoDB has a time-zone table of its own, which may not know the tenant's.
    quarters = await ctx.db.conversations.aggregate(
        [
            {"$match": {"created_at": {"$gte": began, "$lte": end}}},
            {"$group": {"_id": {"$dateTrunc": QUARTER}, "count": {"$sum": 1}}},
        ]
    )
    here, volume = clock_of(ctx), Counter[int]()
    for quarter in quarters:
        volume[quarter["_id"].replace(tzinfo=UTC).astimezone(here).hour] += quarter["count"]
    return [HourVolume(hour, volume[hour]) for hour in range(24)]
