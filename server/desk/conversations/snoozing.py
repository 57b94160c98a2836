"""Putting a conversation aside until a moment, or until the customer writes."""

from datetime import datetime

from server.desk.conversations import queries
from server.desk.conversations.changing import change
from server.desk.conversations.models import (
    Conversation,
    ConversationClosed,
    ConversationNotFound,
    ConversationStatus,
)
from server.desk.events import NotificationRaised
from tenants.context import Context, atomic
from tenants.permissions import Permission, requires
from tenants.problems import Conflict, Invalid

DUE = {"snoozed_until": {"$type": "date"}}
_AT_WORK = {"status": ConversationStatus.IN_PROGRESS}
_AT_ONCE = 200


class NobodyHasIt(Conflict):
    code = "NOBODY_HAS_IT"
    message = "Assuma a conversa antes de adiá-la: o que ninguém tem continua na fila."


@requires(Permission.CONVERSATIONS_WORK)
@atomic
async def snooze(ctx: Context, id: str, *, until: datetime) -> Conversation:
    """It waits for the customer until then. Raises ConversationNotFound, ConversationClosed, NobodyHasIt, Invalid."""
    if until <= ctx.now():
        raise Invalid.field("until", "Escolha um momento no futuro.")
    conversation = await queries.by_id(ctx, id)
    if not conversation.open:
        raise ConversationClosed
    if conversation.assigned_to_id is None:
        raise NobodyHasIt
    changes = {"status": ConversationStatus.WAITING, "snoozed_until": until}
    return Conversation.of(await change(ctx, id, changes))


@requires(Permission.CONVERSATIONS_WORK)
@atomic
async def wake(ctx: Context, id: str) -> Conversation:
    """Back to work now. One that is not put aside is left as it is."""
    conversation = await queries.by_id(ctx, id)
    if conversation.snoozed_until is None:
        return conversation
    return Conversation.of(await change(ctx, id, _AT_WORK))


async def wake_due(ctx: Context) -> int:
    """For the clock. Returns how many have come back."""
    due = {"snoozed_until": {"$lte": ctx.now()}}
    found = await ctx.db.conversations.all(due, sort=[("snoozed_until", 1)], limit=_AT_ONCE, fields=["_id"])
    return sum([await _wake(ctx, row["_id"]) for row in found])


async def _wake(ctx: Context, id: str) -> bool:
    try:
        await _back(ctx, id)
    except ConversationNotFound:  # the customer or a colleague was quicker
        return False
    return True


@atomic
async def _back(ctx: Context, id: str) -> None:
    due = {"snoozed_until": {"$lte": ctx.now()}}
    after = Conversation.of(await change(ctx, id, _AT_WORK, given=due))
    notification = {
        "type": "conversation.woken",
        "conversation_id": id,
        "title": "Uma conversa adiada voltou",
        "body": after.contact.name or after.contact.phone_number or "",
    }
    ctx.publish(
        NotificationRaised(conversation_id=id, user_id=after.assigned_to_id, notification=notification)
    )
