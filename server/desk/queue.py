"""The waiting line as people see it: who is next, how long it has taken, and how long it may still take."""

from datetime import timedelta
from typing import Any, NamedTuple

from server.desk.conversations.models import Conversation, Placement
from server.desk.conversations.queries import sees_placed, visible
from server.desk.conversations.waiting import WAITING, in_turn
from server.desk.conversations.waiting import line as waiting_line
from tenants.context import Context
from tenants.permissions import Permission, requires

Document = dict[str, Any]
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
    """`total` counts all who wait; `places` has the first `SHOWN` of those that the actor may see."""

    places: list[Place]
    total: int
    average_wait: timedelta


@requires(Permission.CONVERSATIONS_READ)
async def line(ctx: Context) -> Line:
    """Positions are those of the whole line."""
    ordered = in_turn(await waiting_line(ctx))
    pace = await _pace(ctx)
    now = ctx.now()
    shown = [(place, row["_id"]) for place, row in enumerate(ordered, 1) if _sees(ctx, row)][:SHOWN]
    ids = [id for _, id in shown]
    still = {
        row["_id"]: Conversation.of(row)
        for row in await ctx.db.conversations.all({"_id": {"$in": ids}, **WAITING, **visible(ctx)})
    }
    places = [
        Place(position, still[id], now - (still[id].queued_at or now), pace * position if pace else None)
        for position, id in shown
        if id in still
    ]
    waits = [now - row["queued_at"] for row in ordered]
    return Line(places, len(ordered), sum(waits, timedelta()) / len(waits) if waits else timedelta())


def _sees(ctx: Context, row: Document) -> bool:
    return not visible(ctx) or sees_placed(ctx.actor, Placement(None, row.get("team_id")))


async def _pace(ctx: Context) -> timedelta | None:
    """How long it takes until the next one is served, by how many conversations were in the last hour. None below a few."""
    served = await ctx.db.conversations.count({"served_at": {"$gte": ctx.now() - _RECENT}})
    return _RECENT / served if served >= _FEW else None
