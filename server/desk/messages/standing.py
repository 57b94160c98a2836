"""A sent message's new standing: stored, shown in its conversation's row, and told, together."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from server.desk.events import MessageStatusChanged
from server.desk.messages.models import Delivery
from tenants.context import Context
from tenants.db import Update

Document = dict[str, Any]

_TOLD = ("_id", "client_message_id", "seq", "status", "delivery", "error", "wamid")


class Change(NamedTuple):
    """The message as it is, and what is new of it (dotted names allowed)."""

    message: Document
    news: Document


async def store(ctx: Context, changes: Sequence[Change]) -> None:
    """To be called in the transaction that read the messages."""
    await ctx.db.messages.bulk([Update({"_id": m["_id"]}, {"$set": news}) for m, news in changes if news])
    await announce(ctx, changes)


async def announce(ctx: Context, changes: Sequence[Change]) -> None:
    """Show and tell what has been stored already."""
    await ctx.db.conversations.bulk(
        [
            Update(
                {"_id": message["conversation_id"], "last_message.id": message["_id"]},
                {"$set": {"last_message.status": news["status"]}},
            )
            for message, news in changes
            if news.get("status", message["status"]) != message["status"]
        ]
    )
    for change in changes:
        if _is_news(change):
            told = {**change.message, **change.news}
            ctx.publish(
                MessageStatusChanged(
                    conversation_id=told["conversation_id"],
                    message={field: told.get(field) for field in _TOLD},
                )
            )


def _is_news(change: Change) -> bool:
    """A lower status that comes late is kept, not told; nor is it news that a message goes on waiting."""
    message, news = change

    def new(field: str) -> bool:
        return field in news and news[field] != message.get(field)

    moved = new("delivery") and news["delivery"] != Delivery.QUEUED
    return moved or new("status") or new("error") or new("wamid")
