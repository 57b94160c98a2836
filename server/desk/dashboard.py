"""How the tenant's house is doing right now. Read anew at every look; nothing of it scans conversations."""

import asyncio
from collections import Counter, defaultdict
from datetime import UTC, datetime, time
from enum import StrEnum
from typing import Any, NamedTuple

from server.desk import presence, ratings, reports
from server.desk.colleagues import ABLE
from server.desk.conversations import tallies
from server.desk.conversations.models import Resolution
from server.desk.conversations.waiting import WAITING
from server.desk.distribution import ANSWERING, capacity_of
from server.desk.periods import Span, clock_of
from server.desk.presence import Presence
from tenants.context import Context
from tenants.permissions import Permission, requires

Document = dict[str, Any]
_REPORTING = requires(Permission.REPORTS_READ)
_LIVE = {"status": {"$ne": "CLOSED"}}


class Standing(StrEnum):
    """Of someone who answers customers."""

    AVAILABLE = "AVAILABLE"  # there, with room for another conversation
    BUSY = "BUSY"  # there, without
    AWAY = "AWAY"
    OFFLINE = "OFFLINE"


class Agent(NamedTuple):
    """`load`: his open conversations. `seconds_to_answer`: until the first answer in those of today that he has."""

    id: str
    number: int
    name: str
    standing: Standing
    load: int
    capacity: int
    seconds_to_answer: float | None


class Metrics(NamedTuple):
    """`active`: open and with somebody, a person or the assistant; `in_queue`: those that wait. `online`: busy or available.

    "Today" is the tenant's own day. Averages are None where nothing is known: a 0 would be the best there is.
    `seconds_to_answer`: from the beginning to the first answer of a person, of conversations that customers began today.
    `minutes_to_resolve`: from the beginning to the end, of those resolved today. `satisfaction`: 1 to 5, last 30 days.
    """

    active: int
    in_queue: int
    resolved_today: int
    online: int
    busy: int
    available: int
    seconds_to_answer: float | None
    minutes_to_resolve: float | None
    satisfaction: float | None


class _Seen(NamedTuple):
    """`live`: tallies of what is not closed; `begun`: of what began today (`reports.begun_in`)."""

    here: dict[str, Presence]
    live: list[Document]
    begun: list[Document]


async def _look(ctx: Context) -> _Seen:
    return _Seen(
        *await asyncio.gather(
            presence.every(ctx), tallies.by_cell(ctx, _LIVE), reports.begun_in(ctx, _today(ctx))
        )
    )


@_REPORTING
async def metrics(ctx: Context) -> Metrics:
    seen, waiting, (resolved, minutes), satisfaction = await asyncio.gather(
        _look(ctx), ctx.db.conversations.count(WAITING), _resolved(ctx), ratings.average(ctx)
    )
    people = await _agents(ctx, seen)
    how_many = Counter(agent.standing for agent in people)
    busy, available = how_many[Standing.BUSY], how_many[Standing.AVAILABLE]
    return Metrics(
        # The two were read at moments of their own.
        active=max(sum(cell["count"] for cell in seen.live) - waiting, 0),
        in_queue=waiting,
        resolved_today=resolved,
        online=busy + available,
        busy=busy,
        available=available,
        seconds_to_answer=reports.seconds_to_answer(seen.begun),
        minutes_to_resolve=minutes,
        satisfaction=satisfaction,
    )


def _today(ctx: Context) -> Span:
    here = clock_of(ctx)
    midnight = datetime.combine(ctx.now().astimezone(here).date(), time.min, here)
    return Span(midnight.astimezone(UTC), ctx.now())


async def _resolved(ctx: Context) -> tuple[int, float | None]:
    """How many were resolved today, and how many minutes they took on average."""
    today = {"resolution": Resolution.RESOLVED, "closed_at": {"$gte": _today(ctx).start}}
    took = {"$subtract": ["$closed_at", "$created_at"]}
    summed = {"_id": None, "count": {"$sum": 1}, "took": {"$sum": took}}
    rows = await ctx.db.conversations.aggregate([{"$match": today}, {"$group": summed}])
    if not rows:
        return 0, None
    return rows[0]["count"], round(rows[0]["took"] / rows[0]["count"] / 60_000, 1)


@_REPORTING
async def agents(ctx: Context) -> list[Agent]:
    """The active users who answer customers, and whoever else has open conversations; by name."""
    return await _agents(ctx, await _look(ctx))


async def _agents(ctx: Context, seen: _Seen) -> list[Agent]:
    load: Counter[str] = Counter()
    for cell in seen.live:
        load[cell["assigned_to_id"]] += cell["count"]
    own: dict[str, list[Document]] = defaultdict(list)
    for cell in seen.begun:
        own[cell["assigned_to_id"]].append(cell)
    serving = {"$or": [ANSWERING, {"_id": {"$in": [id for id in load if id]}}]}
    users = await ctx.db.users.all({"$and": [ABLE, serving]}, sort=[("name", 1), ("_id", 1)])
    return [
        _agent(ctx, user, seen.here.get(user["_id"], Presence.OFFLINE), load[user["_id"]], own[user["_id"]])
        for user in users
    ]


def _agent(ctx: Context, user: Document, state: Presence, load: int, begun: list[Document]) -> Agent:
    capacity = capacity_of(ctx, user)
    with_room = Standing.AVAILABLE if load < capacity else Standing.BUSY
    return Agent(
        id=user["_id"],
        number=user["number"],
        name=user["name"],
        standing=with_room if state is Presence.ONLINE else Standing(state),
        load=load,
        capacity=capacity,
        seconds_to_answer=reports.seconds_to_answer(begun),
    )
