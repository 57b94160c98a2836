"""The waiting line as people see it: who is next, how long it has taken, and how long it may still take."""

from datetime import timedelta
from typing import NamedTuple

from server.desk.conversations.models import Conversation
from server.desk.conversations.queries import visible
from server.desk.conversations.waiting import WAITING, in_turn
from server.desk.conversations.waiting import line as waiting_line
from tenants.context import Context
from tenants.permissions import Permission, requires

SHOWN = 100
_RECENT = timedelta(hours=1)
_FEW = 3


class Place(NamedTuple):
    """`position` from 1. `estimate`: how long it may still take; None where nothing is known of it."""

    position: int
    conversation: Conversation
    waited: timedelta
    estimate: timedelta | None


class Line(NamedTuple):
    """`total` counts all who wait, `places` has the first `SHOWN`."""

    places: list[Place]
    total: int
    average_wait: timedelta


@requires(Permission.CONVERSATIONS_READ)
async def line(ctx: Context) -> Line:
    """Of what this actor may see. Positions are those of the whole line."""
    ordered = in_turn(await waiting_line(ctx))
    pace = await _pace(ctx)
    now = ctx.now()
    ids = [row["_id"] for row in ordered[:SHOWN]]
    seen = {
        row["_id"]: Conversation.of(row)
        for row in await ctx.db.conversations.all({"_id": {"$in": ids}, **WAITING, **visible(ctx)})
    }
    places = [
        Place(position, seen[id], now - (seen[id].queued_at or now), pace * position if pace else None)
        for position, id in enumerate(ids, 1)
        if id in seen
    ]
    waits = [now - row["queued_at"] for row in ordered]
    return Line(places, len(ordered), sum(waits, timedelta()) / len(waits) if waits else timedelta())


async def _pace(ctx: Context) -> timedelta | None:
    """How long it takes, at the last hour's pace, until the next one is served. None below a few."""
    since = ctx.now() - _RECENT
    served = await ctx.db.conversations.count({"assigned_at": {"$gte": since}, "waited_seconds": {"$gt": 0}})
    return _RECENT / served if served >= _FEW else None
