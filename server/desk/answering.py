"""Conversations in which a customer wrote and the house may answer by itself.

They are marked in the transaction that stores the message, and unmarked when answered (by the assistant: in the
transaction that stores its answer); in between anything may be repeated.
"""

from typing import Any

from tenants.context import Context

Document = dict[str, Any]
_AT_ONCE = 20


async def due(ctx: Context) -> list[Document]:
    return await ctx.db.conversations.all({"answer_due": True}, sort=[("_id", 1)], limit=_AT_ONCE)


async def settle(ctx: Context, conversation_id: str, *, seq: int) -> None:
    """Unless the customer has written again after the message of this `seq`."""
    seen_to = {"_id": conversation_id, "answer_due_seq": {"$lte": seq}}
    await ctx.db.conversations.update(seen_to, {"$set": {"answer_due": False}})
