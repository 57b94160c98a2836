"""How long messages take on their way through the house, measured on every message, not on a sample."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from server.desk.messages.models import Direction
from server.desk.periods import Span
from tenants.context import Context
from tenants.permissions import Permission, requires

Document = dict[str, Any]
SLOW_SECONDS = 5
SHOWN = 100
_GRAIN_MS = 10  # what is told is exact to this
# Inbound: from the provider's time stamp, in whole seconds, until it is stored. Outbound: from the agent's click until
# the provider has accepted it; what was retried by hand counts from the retry.
_BEGAN = {
    Direction.INBOUND: "$stages.received",
    Direction.OUTBOUND: {"$ifNull": ["$stages.retried", "$stages.queued"]},
}
_ENDED = {Direction.INBOUND: "$stages.stored", Direction.OUTBOUND: "$stages.accepted"}


class Latency(NamedTuple):
    """Seconds; None where there was no message."""

    direction: Direction
    messages: int
    p50: float | None
    p95: float | None
    p99: float | None
    slowest: float | None
    slow: int  # took longer than SLOW_SECONDS


class Slow(NamedTuple):
    message_id: str
    conversation_id: str
    contact_name: str | None
    direction: Direction
    at: datetime
    seconds: float


def _took(direction: Direction) -> Document:
    return {"$max": [0, {"$subtract": [_ENDED[direction], _BEGAN[direction]]}]}


def _of(span: Span, direction: Direction, channel_id: str | None) -> Document:
    """What came as a history, long after it was said, was not on its way."""
    ended = _ENDED[direction].removeprefix("$")
    where: Document = {
        "created_at": {"$gte": span.start, "$lte": span.end},
        "direction": direction,
        ended: {"$type": "date"},
        "details.history": {"$ne": True},
    }
    return {**where, "channel_id": channel_id} if channel_id else where


class Report(NamedTuple):
    """`slowest`: at most SHOWN of those that took longer than SLOW_SECONDS, the newest first."""

    directions: list[Latency]
    slowest: list[Slow]


@requires(Permission.REPORTS_READ)
async def report(ctx: Context, span: Span, *, channel_id: str | None = None) -> Report:
    """Of the messages of customers, and of those to them."""
    directions = [await _one(ctx, span, direction, channel_id) for direction in _BEGAN]
    return Report(directions, await _slowest(ctx, span, channel_id))


async def _one(ctx: Context, span: Span, direction: Direction, channel_id: str | None) -> Latency:
    grains = {"$multiply": [{"$ceil": {"$divide": [_took(direction), _GRAIN_MS]}}, _GRAIN_MS]}
    rows = await ctx.db.messages.aggregate(
        [
            {"$match": _of(span, direction, channel_id)},
            {"$group": {"_id": grains, "count": {"$sum": 1}}},
            {"$sort": {"_id": 1}},
        ]
    )
    count = sum(row["count"] for row in rows)
    p50, p95, p99, slowest = (_percentile(rows, count, share) for share in (0.5, 0.95, 0.99, 1))
    slow = sum(row["count"] for row in rows if row["_id"] > SLOW_SECONDS * 1000)
    return Latency(direction, count, p50, p95, p99, slowest, slow)


def _percentile(rows: Sequence[Document], count: int, share: float) -> float | None:
    """Of a sorted histogram: the smallest value that `share` of all do not exceed. In seconds."""
    below = 0
    for row in rows:
        below += row["count"]
        if below >= share * count:
            return float(row["_id"]) / 1000
    return None


async def _slowest(ctx: Context, span: Span, channel_id: str | None) -> list[Slow]:
    rows = [row for direction in _BEGAN for row in await _slow(ctx, span, direction, channel_id)]
    newest = sorted(rows, key=lambda row: row["created_at"], reverse=True)[:SHOWN]
    conversations = await ctx.db.conversations.by_ids([row["conversation_id"] for row in newest])
    return [
        Slow(
            message_id=row["_id"],
            conversation_id=row["conversation_id"],
            contact_name=conversations[row["conversation_id"]]["contact"].get("name"),
            direction=Direction(row["direction"]),
            at=row["created_at"],
            seconds=round(row["took"] / 1000, 1),
        )
        for row in newest
    ]


async def _slow(ctx: Context, span: Span, direction: Direction, channel_id: str | None) -> list[Document]:
    shown = {"conversation_id": 1, "direction": 1, "created_at": 1, "took": _took(direction)}
    return await ctx.db.messages.aggregate(
        [
            {"$match": _of(span, direction, channel_id)},
            {"$project": shown},
            {"$match": {"took": {"$gt": SLOW_SECONDS * 1000}}},
            {"$sort": {"created_at": -1, "_id": -1}},
            {"$limit": SHOWN},
        ]
    )
