"""Agents read: unread counts fall, and WhatsApp shows the customer its blue ticks."""

from collections.abc import Sequence
from typing import Any

from server.desk.conversations import queries as conversations
from server.desk.conversations import tallies
from server.desk.events import ConversationChanged
from server.desk.messages.models import Direction
from tenants.context import Context, atomic
from tenants.permissions import Permission, requires

_WORKING = requires(Permission.CONVERSATIONS_WORK)


@_WORKING
async def mark_read(ctx: Context, message_ids: Sequence[str]) -> list[str]:
    """Mark messages, and all before them in their conversations, as read. Returns the ids that exist and are visible."""
    found = await ctx.db.messages.by_ids(message_ids)
    seen = await conversations.visible_ids(ctx, [message["conversation_id"] for message in found.values()])
    through: dict[str, int] = {}
    for message in found.values():
        conversation_id = message["conversation_id"]
        if conversation_id in seen and message["direction"] == Direction.INBOUND:
            through[conversation_id] = max(message["seq"], through.get(conversation_id, 0))
    for conversation_id, seq in through.items():
        await _read_through(ctx, conversation_id, seq)
    return [id for id in dict.fromkeys(message_ids) if id in found and found[id]["conversation_id"] in seen]


@_WORKING
async def read_conversation(ctx: Context, id: str) -> None:
    conversation = await conversations.by_id(ctx, id)
    await _read_through(ctx, conversation.id, conversation.seq)


def unread_in(conversation_id: str) -> dict[str, Any]:
    """What no agent has read. What was there when the conversation was closed (`settled_seq`) is no longer counted."""
    return {"conversation_id": conversation_id, "direction": Direction.INBOUND, "read_at": None}


@atomic
async def _read_through(ctx: Context, conversation_id: str, seq: int) -> None:
    unread = unread_in(conversation_id)
    newest = await ctx.db.messages.all({**unread, "seq": {"$lte": seq}}, sort=[("seq", -1)], limit=1)
    if not newest:
        return
    await ctx.db.messages.update_all({**unread, "seq": {"$lte": seq}}, {"$set": {"read_at": ctx.now()}})
    row = await ctx.db.conversations.one({"_id": conversation_id}, fields=["settled_seq"])
    after_both = max(seq, (row or {}).get("settled_seq") or 0)
    left = await ctx.db.messages.count({**unread, "seq": {"$gt": after_both}})
    # The provider marks everything before it too, so only the newest is reported.
    receipt = {"due": True, "due_at": ctx.now(), "wamid": newest[0]["wamid"], "attempts": 0}
    changes: dict[str, Any] = {"unread_count": left, "receipt": receipt}
    before = await ctx.db.conversations.change({"_id": conversation_id}, {"$set": changes}, before=True)
    if before is None:
        return
    after = {**before, **changes}
    await tallies.record(ctx, [(before, after)])
    if before["unread_count"] != left:
        ctx.publish(
            ConversationChanged(conversation_id=conversation_id, conversation=after, changed=["unread_count"])
        )
    ctx.enqueue("workers.outbound.pass_receipts", before["channel_id"])
