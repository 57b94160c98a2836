"""Closing what nobody writes in any more, as the tenant decided."""

from datetime import timedelta
from typing import Any

from server.desk.conversations import actions
from server.desk.conversations.models import Resolution
from tenants.context import Context, atomic

Document = dict[str, Any]
_AT_ONCE = 200
# A person has had the last word, or the assistant where it still has the conversation. A greeting answers nothing.
_ANSWERED: Document = {
    "last_message.direction": "OUTBOUND",
    "$or": [{"unread_count": 0, "last_message.automatic": None}, {"with_assistant": True}],
}


async def close_idle(ctx: Context) -> int:
    """Returns how many were closed. What was never answered is not idle: somebody still has to."""
    after = ctx.tenant.settings.close_idle_after
    if after is None:
        return 0
    idle = {"last_message_at": {"$lt": ctx.now() - timedelta(minutes=after)}, "open": True, **_ANSWERED}
    found = await ctx.db.conversations.all(idle, limit=_AT_ONCE, fields=["_id"])
    return sum([await _close(ctx, {"_id": row["_id"], **idle}) for row in found])


@atomic
async def _close(ctx: Context, idle: Document) -> bool:
    """Unless somebody has written meanwhile."""
    if not await ctx.db.conversations.exists(idle):
        return False
    await actions.close(ctx, idle["_id"], resolution=Resolution.ABANDONED)
    return True
