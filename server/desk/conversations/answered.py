"""The first answer takes the conversation: who writes to a customer whom nobody has is the one who has him."""

from datetime import datetime
from typing import Any

from server.desk.conversations.models import ConversationStatus
from server.desk.conversations.waiting import Reason, turn
from tenants.context import Context
from tenants.models import ActorKind

Document = dict[str, Any]


def takes(ctx: Context, row: Document) -> bool:
    """Whether an answer of the actor's makes it his. Programs and the house have no conversations."""
    by_person = ctx.actor.kind is ActorKind.USER and ctx.tenant.settings.claim_on_answer
    return by_person and row["open"] and row["assigned_to_id"] is None


def taking(ctx: Context, row: Document, *, at: datetime) -> Document:
    """The update that makes it the actor's, in the transaction that has already changed `row`, and so locked it."""
    actor = ctx.actor
    person = {"id": actor.id, "number": actor.number, "name": actor.name, "email": actor.email}
    taken = {
        "assigned_to_id": actor.id, "assigned_to": person, "status": ConversationStatus.IN_PROGRESS,
        "snoozed_until": None,
    }  # fmt: skip
    line = turn(ctx, row, {**row, **taken}, reason=Reason.ANSWERED, now=at)
    return {"$set": taken | line["$set"], "$push": line["$push"]}
