"""The one way in which a conversation's own fields change: checked, tallied and announced together."""

from datetime import datetime
from typing import Any

from server.desk.conversations import tallies
from server.desk.conversations.models import ConversationNotFound, Placement
from server.desk.conversations.waiting import Reason, distribution_wanted, turn
from server.desk.events import ConversationChanged
from tenants.context import Context

Document = dict[str, Any]
_ROUTED = ("open", "queued_at", "assigned_to_id", "team_id")


async def change(
    ctx: Context,
    id: str,
    changes: Document,
    *,
    given: Document | None = None,
    push: Document | None = None,
    reason: Reason = Reason.GIVEN,
    at: datetime | None = None,
) -> Document:
    """Set `changes` where the conversation still matches `given`; raises ConversationNotFound where it does not.

    To be called in a transaction. `at`: now, unless the caller has written down when. Returns the document as it is after.
    """
    now = at or ctx.now()
    changes = {**_awake(changes), "updated_at": now}
    update: Document = {"$set": changes}
    if push:
        update["$push"] = push
    before = await ctx.db.conversations.change({"_id": id, **(given or {})}, update, before=True)
    if before is None:
        raise ConversationNotFound
    if line := turn(ctx, before, {**before, **changes}, reason=reason, now=now):
        await ctx.db.conversations.update({"_id": id}, line)
        changes |= line["$set"]
    return await tell(ctx, before, changes)


async def tell(ctx: Context, before: Document, changes: Document) -> Document:
    """Tally and announce what has just been stored. Returns the document as it is after."""
    after = {**before, **changes}
    if any(before.get(field) != after.get(field) for field in _ROUTED):
        distribution_wanted(ctx)
    await tallies.record(ctx, [(before, after)])
    news = [field for field, value in changes.items() if field != "updated_at" and before.get(field) != value]
    if news:
        ctx.publish(
            ConversationChanged(
                conversation_id=before["_id"],
                conversation=after,
                changed=news,
                placed_before=_placed_before(before, news),
            )
        )
    return after


def _awake(changes: Document) -> Document:
    """Only what waits for the customer can be put aside: whatever else it becomes, it is no longer."""
    return {"snoozed_until": None, **changes} if "status" in changes else changes


def _placed_before(before: Document, news: list[str]) -> Document | None:
    place = {field: before.get(field) for field in Placement._fields}
    return place if place.keys() & set(news) else None
