"""What the house answers by itself: a greeting, and word that nobody is there.

Each is sent under a key that names its occasion, so that however often this runs, a customer gets it once.
"""

from typing import Any

import structlog

from server.desk import hours
from server.desk.messages.actions import send
from server.desk.messages.content import Text
from server.desk.messages.models import Automatic
from tenants.context import Context, atomic
from tenants.problems import Conflict

log = structlog.get_logger()
Document = dict[str, Any]


async def reply(ctx: Context, conversation: Document) -> bool:
    """Whether the customer was told something. A conversation that somebody has is his to answer."""
    replies = ctx.tenant.settings.replies
    if not hours.is_open(ctx.tenant, ctx.now()):
        since = hours.closed_since(ctx.tenant, ctx.now())
        occasion = since.isoformat() if since else "always"
        return await _say(ctx, conversation["_id"], replies.away, Automatic.AWAY, occasion)
    if await _was_answered(ctx, conversation):
        return False
    return await _say(ctx, conversation["_id"], replies.greeting, Automatic.GREETING, "begun")


async def _was_answered(ctx: Context, conversation: Document) -> bool:
    """By a person, or by the assistant."""
    by_assistant = {"conversation_id": conversation["_id"], "automatic": Automatic.ASSISTANT}
    return bool(conversation.get("first_response_at")) or await ctx.db.messages.exists(by_assistant)


async def _say(ctx: Context, conversation_id: str, text: str | None, kind: Automatic, occasion: str) -> bool:
    if not text:
        return False
    try:
        key = f"{kind.lower()}:{conversation_id}:{occasion}"
        return await _say_unless_taken(ctx, conversation_id, text, kind, key)
    except Conflict as refused:
        log.info("reply.not_sent", conversation=conversation_id, cause=refused.code)
        return False


@atomic
async def _say_unless_taken(ctx: Context, conversation_id: str, text: str, kind: Automatic, key: str) -> bool:
    """In one transaction, so that nobody takes the conversation between the look and the word."""
    now = await ctx.db.conversations.by_id(conversation_id)
    if now is None or now["assigned_to_id"]:
        return False
    sent = await send(ctx, conversation_id, Text(text=text), client_message_id=key, automatic=kind)
    return sent.new
