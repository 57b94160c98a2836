"""Finding conversations: one indexed find a page; totals come from the tallies."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from server.desk.conversations import tallies
from server.desk.conversations.models import (
    Conversation,
    ConversationNotFound,
    ConversationStatus,
    OpenedBy,
    Placement,
    Priority,
    Resolution,
)
from server.desk.conversations.waiting import WAITING
from server.desk.periods import begun_at_hour
from server.desk.words import each_begun
from tenants import feed
from tenants.context import Context
from tenants.models import Actor, Visibility
from tenants.permissions import Permission, requires

NEWEST_FIRST = [("last_message_at", -1), ("_id", -1)]
NOBODY = "none"


class Sieve(NamedTuple):
    """What a list is narrowed to. `assigned_to_id`, `team_id`: an id, or "none" for what has none. Moments: inclusive.

    `answered`: a customer began it, and a person has answered, as the reports count. `in_queue`: it is open and waits for
    somebody (True), or is in the hands of a person or the assistant (False). `begun_hour`: 0 to 23 by the tenant's clock.
    """

    statuses: Sequence[ConversationStatus] = ()
    resolutions: Sequence[Resolution | None] = ()
    priority: Priority | None = None
    assigned_to_id: str | None = None
    channel_id: str | None = None
    channel_ids: Sequence[str] | None = None
    team_id: str | None = None
    tag_id: str | None = None
    contact_id: str | None = None
    search: str | None = None
    begun_since: datetime | None = None
    begun_until: datetime | None = None
    begun_hour: int | None = None
    closed_since: datetime | None = None
    closed_until: datetime | None = None
    rated_since: datetime | None = None
    rated_until: datetime | None = None
    in_queue: bool | None = None
    unread: bool = False
    answered: bool = False
    rated: bool = False


class Page(NamedTuple):
    rows: list[Conversation]
    total: int
    more: bool


class Below(NamedTuple):
    """Rows strictly after this one in the newest-first order."""

    at: datetime
    id: str


def visible(ctx: Context) -> dict[str, Any]:
    """The filter of what this actor may see: everything, or his own, his teams' and what nobody has."""
    if ctx.can(Permission.CONVERSATIONS_READ_ALL) or ctx.tenant.settings.agent_visibility is Visibility.ALL:
        return {}
    mine = [{"assigned_to_id": ctx.actor.id}, {"team_id": {"$in": list(ctx.actor.team_ids)}}]
    return {"$or": [*mine, {"assigned_to_id": None, "team_id": None}]}


def sees_placed(actor: Actor, placement: Placement) -> bool:
    """Whether someone who sees some conversations only sees one that is placed so: `visible`, without the store."""
    if placement == Placement(None, None):
        return True
    return actor.id == placement.assigned_to_id or placement.team_id in actor.team_ids


@requires(Permission.CONVERSATIONS_READ)
async def by_id(ctx: Context, id: str) -> Conversation:
    """Raises ConversationNotFound, also for another tenant's and for one that this actor may not see."""
    found = await ctx.db.conversations.one({"_id": id, **visible(ctx)})
    if found is None:
        raise ConversationNotFound
    return Conversation.of(found)


async def visible_ids(ctx: Context, ids: Sequence[str]) -> set[str]:
    """Which of these conversations the actor may see now."""
    limits = visible(ctx)
    if not limits:
        return set(ids)
    found = await ctx.db.conversations.all({"_id": {"$in": list(set(ids))}, **limits}, fields=["_id"])
    return {row["_id"] for row in found}


@requires(Permission.CONVERSATIONS_READ)
async def page(ctx: Context, sieve: Sieve, *, limit: int, skip: int = 0, below: Below | None = None) -> Page:
    """Newest activity first; by `skip` (pages) or strictly `below` a row (cursor)."""
    where = _where(ctx, sieve, below)
    rows, total = await asyncio.gather(
        ctx.db.conversations.all(where, sort=NEWEST_FIRST, skip=skip, limit=limit + 1), _total(ctx, sieve)
    )
    return Page([Conversation.of(row) for row in rows[:limit]], total, len(rows) > limit)


def _dimensions(sieve: Sieve) -> dict[str, Any]:
    """The part of the sieve that the tallies know."""
    chosen: dict[str, Any] = {
        "status": _one_or_in(sieve.statuses),
        "resolution": {"$in": list(sieve.resolutions)} if sieve.resolutions else None,
        "priority": sieve.priority,
        "channel_id": sieve.channel_id if sieve.channel_ids is None else {"$in": list(sieve.channel_ids)},
    }
    where = {field: value for field, value in chosen.items() if value is not None}
    for field, id in (("assigned_to_id", sieve.assigned_to_id), ("team_id", sieve.team_id)):
        if id is not None:
            where[field] = None if id == NOBODY else id
    return where


def _one_or_in(values: Sequence[str]) -> Any:
    if len(values) > 1:
        return {"$in": [str(value) for value in values]}
    return str(values[0]) if values else None


def _beyond_dimensions(ctx: Context, sieve: Sieve) -> list[dict[str, Any]]:
    conditions: list[dict[str, Any]] = []
    if sieve.tag_id:
        conditions.append({"tag_ids": sieve.tag_id})
    if sieve.contact_id:
        conditions.append({"contact_id": sieve.contact_id})
    if sieve.search:
        conditions += each_begun(sieve.search)
    if sieve.in_queue is not None:
        conditions.append(WAITING if sieve.in_queue else {"open": True, "queued_at": None})
    if sieve.unread:
        conditions.append({"unread_count": {"$gt": 0}})
    if sieve.answered:
        conditions.append({"opened_by": {"$ne": OpenedBy.AGENT}, "first_response_at": {"$type": "date"}})
    if sieve.rated or sieve.rated_since or sieve.rated_until:
        conditions.append({"rating": {"$gt": 0}})
    if sieve.begun_hour is not None:
        within = {"since": sieve.begun_since, "until": sieve.begun_until}
        conditions.append(begun_at_hour(ctx, sieve.begun_hour, **within))
    return conditions + _moments(sieve)


def _moments(sieve: Sieve) -> list[dict[str, Any]]:
    spans = [
        ("created_at", sieve.begun_since, sieve.begun_until),
        ("closed_at", sieve.closed_since, sieve.closed_until),
        ("rated_at", sieve.rated_since, sieve.rated_until),
    ]
    bounds = [(field, (("$gte", since), ("$lte", until))) for field, since, until in spans]
    return [{field: {sign: at}} for field, both in bounds for sign, at in both if at]


def _where(ctx: Context, sieve: Sieve, below: Below | None) -> dict[str, Any]:
    conditions = [_dimensions(sieve), visible(ctx), *_beyond_dimensions(ctx, sieve)]
    if below:
        older = {"last_message_at": {"$lt": below.at}}
        conditions.append({"$or": [older, {"last_message_at": below.at, "_id": {"$lt": below.id}}]})
    chosen = [condition for condition in conditions if condition]
    return {"$and": chosen} if len(chosen) > 1 else (chosen[0] if chosen else {})


async def _total(ctx: Context, sieve: Sieve) -> int:
    """Exact. Only what the tallies do not know has to be counted, along its index."""
    beyond = _beyond_dimensions(ctx, sieve)
    if beyond:
        return await ctx.db.conversations.count(_where(ctx, sieve, None))
    return await tallies.total(ctx, {"$and": [_dimensions(sieve), visible(ctx)]})


@requires(Permission.CONVERSATIONS_READ)
async def cells(ctx: Context, sieve: Sieve) -> list[dict[str, Any]]:
    """`[{status, assigned_to_id, count, unread}]`: how many conversations, with how many unread messages."""
    if not _beyond_dimensions(ctx, sieve):
        return await tallies.by_cell(ctx, {"$and": [_dimensions(sieve), visible(ctx)]})
    cell = {"status": "$status", "assigned_to_id": "$assigned_to_id"}
    sums = {"count": {"$sum": 1}, "unread": {"$sum": "$unread_count"}}
    rows = await ctx.db.conversations.aggregate(
        [{"$match": _where(ctx, sieve, None)}, {"$group": {"_id": cell, **sums}}]
    )
    return [{**row, **row["_id"]} for row in rows]


async def feed_position(ctx: Context) -> int:
    """Where the feed stands: read before a page, so that a client that syncs from here misses nothing."""
    return await feed.tail(ctx.db)
