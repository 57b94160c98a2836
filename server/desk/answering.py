"""Conversations in which a customer wrote and the house may answer by itself.

They are marked in the transaction that stores the message, and unmarked when answered; in between anything may be
repeated.
"""

from typing import Any

from tenants.context import Context

Document = dict[str, Any]
_AT_ONCE = 20


async def due(ctx: Context) -> list[Document]:
    return await ctx.db.conversations.all({"answer_due": True}, sort=[("_id", 1)], limit=_AT_ONCE)


async def settle(ctx: Context, conversation: Document) -> None:
    """Unless the customer has written again meanwhile."""
    as_seen = {"_id": conversation["_id"], "answer_due_seq": conversation["answer_due_seq"]}
    await ctx.db.conversations.update(as_seen, {"$set": {"answer_due": False}})
