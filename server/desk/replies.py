"""What the house answers by itself: a greeting, and word that nobody is there.

Each is sent under a key that names its occasion, so that however often this runs, a customer gets it once.
"""

from typing import Any

import structlog

from server.desk import hours
from server.desk.messages.actions import send
from server.desk.messages.content import Text
from server.desk.messages.models import Automatic
from tenants.context import Context
from tenants.problems import Conflict

log = structlog.get_logger()
Document = dict[str, Any]


async def reply(ctx: Context, conversation: Document) -> bool:
    """Whether the customer was told something. A conversation that somebody has is his to answer."""
    replies, since = ctx.tenant.settings.replies, hours.closed_since(ctx.tenant, ctx.now())
    if conversation["assigned_to_id"]:
        return False
    if not hours.is_open(ctx.tenant, ctx.now()):
        occasion = since.isoformat() if since else "always"
        return await _say(ctx, conversation, replies.away, Automatic.AWAY, occasion)
    answered = conversation.get("first_response_at") or conversation.get("assistant")
    begun = conversation["seq"] and not answered
    if not begun:
        return False
    return await _say(ctx, conversation, replies.greeting, Automatic.GREETING, "begun")


async def _say(
    ctx: Context, conversation: Document, text: str | None, kind: Automatic, occasion: str
) -> bool:
    if not text:
        return False
    key = f"{kind.lower()}:{conversation['_id']}:{occasion}"
    try:
        sent = await send(ctx, conversation["_id"], Text(text=text), client_message_id=key, automatic=kind)
    except Conflict as refused:
        log.info("reply.not_sent", conversation=conversation["_id"], cause=refused.code)
        return False
    return sent.new
