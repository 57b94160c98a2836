"""What the assistant knows of a conversation, kept apart from it: it holds what identifies a customer and what he owes, and a
conversation's document is told to everyone who may see the conversation.
"""

from datetime import datetime
from typing import Any

from server.desk.assistant.state import State
from tenants.context import Context, atomic
from tenants.db import Duplicate, ScopedDatabase

Document = dict[str, Any]


async def recall(ctx: Context, conversation_id: str) -> State:
    """Nothing yet, where nothing is kept."""
    return State.model_validate((await _kept(ctx, conversation_id)).get("state") or {})


@atomic
async def remember(ctx: Context, conversation_id: str, state: State) -> bool:
    """False where something else was remembered since `state` was recalled: then nothing is kept of it."""
    if (await recall(ctx, conversation_id)).revision != state.revision:
        return False
    kept = state.model_copy(update={"revision": state.revision + 1}).model_dump()
    await ctx.db.assistant_memories.update(
        {"_id": conversation_id}, {"$set": {"state": kept, "at": ctx.now()}}, upsert=True
    )
    return True


async def claim_ticket(ctx: Context, conversation_id: str, contract_id: str) -> Document | None:
    """Before one is opened out there, so that no second attempt opens another. Returns the one there was."""
    claim = {"contract_id": contract_id, "protocol": None}
    try:
        await ctx.db.assistant_memories.update(
            {"_id": conversation_id, "ticket": None},
            {"$set": {"ticket": claim, "at": ctx.now()}},
            upsert=True,
        )
    except Duplicate:
        return (await _kept(ctx, conversation_id)).get("ticket") or claim
    return None


async def set_ticket(ctx: Context, conversation_id: str, ticket: Document | None) -> None:
    await ctx.db.assistant_memories.update({"_id": conversation_id}, {"$set": {"ticket": ticket}})


async def protocol_of(ctx: Context, conversation_id: str) -> str | None:
    """Of the ticket that was opened in this conversation."""
    return ((await _kept(ctx, conversation_id)).get("ticket") or {}).get("protocol")


async def forget(db: ScopedDatabase, *, before: datetime) -> None:
    """What no conversation has needed since."""
    await db.assistant_memories.delete_all({"at": {"$lt": before}})


async def _kept(ctx: Context, conversation_id: str) -> Document:
    return await ctx.db.assistant_memories.by_id(conversation_id) or {}
