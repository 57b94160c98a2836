"""What customers think of how they were served."""

from datetime import timedelta

from server.desk.conversations import queries
from server.desk.conversations.changing import change
from server.desk.conversations.models import Conversation, ConversationOpen
from tenants.context import Context, atomic
from tenants.permissions import Permission, requires
from tenants.problems import Invalid

WORST, BEST = 1, 5
_RECENT = timedelta(days=30)


@requires(Permission.CONVERSATIONS_WORK)
@atomic
async def rate(ctx: Context, conversation_id: str, *, rating: int) -> Conversation:
    """Write down the customer's rating of a closed conversation, from 1 to 5; a new one replaces the one before.

    Raises Invalid, ConversationNotFound, ConversationOpen.
    """
    if not WORST <= rating <= BEST:
        raise Invalid.field("rating", f"A nota vai de {WORST} a {BEST}.")
    conversation = await queries.by_id(ctx, conversation_id)
    if conversation.open:
        raise ConversationOpen
    return Conversation.of(await change(ctx, conversation_id, {"rating": rating, "rated_at": ctx.now()}))


@requires(Permission.REPORTS_READ)
async def average(ctx: Context) -> float | None:
    """Of the last 30 days, with one decimal; None where nobody has rated."""
    recent = {"rating": {"$gt": 0}, "rated_at": {"$gte": ctx.now() - _RECENT}}
    rows = await ctx.db.conversations.aggregate(
        [{"$match": recent}, {"$group": {"_id": None, "average": {"$avg": "$rating"}}}]
    )
    return round(rows[0]["average"], 1) if rows else None
