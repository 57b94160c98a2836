"""Closing what nobody writes in any more, as the tenant decided."""

from datetime import timedelta

from server.desk.conversations import actions
from server.desk.conversations.models import ConversationNotFound, Resolution
from tenants.context import Context

_AT_ONCE = 200


async def close_idle(ctx: Context) -> int:
    """Returns how many were closed. What was never answered is not idle: somebody still has to."""
    after = ctx.tenant.settings.close_idle_after
    if after is None:
        return 0
    idle = {"last_message_at": {"$lt": ctx.now() - timedelta(minutes=after)}, "open": True}
    by_whom = [{"unread_count": 0}, {"with_assistant": True}]
    answered = {"last_message.direction": "OUTBOUND", "$or": by_whom}
    found = await ctx.db.conversations.all(
        {**idle, **answered}, limit=_AT_ONCE, fields=["_id", "last_message_at"]
    )
    return sum([await _close(ctx, row["_id"]) for row in found])


async def _close(ctx: Context, id: str) -> bool:
    try:
        await actions.close(ctx, id, resolution=Resolution.ABANDONED)
    except ConversationNotFound:
        return False
    return True
