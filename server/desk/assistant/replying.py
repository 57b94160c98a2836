"""Customers' messages that the assistant answers by itself."""

from typing import Any

import structlog

from server.desk import window
from server.desk.assistant.answers import About, Answer
from server.desk.assistant.exchange import Exchange
from server.desk.assistant.handover import escalate, release
from server.desk.assistant.history import Unanswered, history, unanswered
from server.desk.assistant.outside import Outside
from server.desk.assistant.state import State
from server.desk.assistant.talking import talk
from server.desk.messages.content import Text
from server.desk.messages.models import Automatic
from server.desk.messages.sending import send
from tenants.context import Context, atomic
from tenants.models import Actor, Tenant
from tenants.problems import Conflict

log = structlog.get_logger()
Document = dict[str, Any]


def assistant_of(tenant: Tenant) -> Actor:
    """The house, under the name that the tenant gave its assistant."""
    return Actor(name=tenant.settings.assistant.name)


def is_muted(conversation: Document) -> bool:
    """Once a person has spoken, has or had the conversation, or was called."""
    by_people = ("assigned_to_id", "first_response_at", "escalated_at", "transfers", "assignments")
    return not conversation["open"] or any(conversation.get(field) for field in by_people)


async def reply(ctx: Context, conversation: Document, outside: Outside) -> bool:
    """Whether the customer has been answered. Where the assistant may not, the conversation waits for people."""
    if not ctx.tenant.settings.assistant.answers_customers or is_muted(conversation):
        await leave(ctx, conversation)
        return False
    if not window.is_open(conversation.get("window_expires_at"), now=ctx.now()):
        await leave(ctx, conversation)
        return False
    asked = await unanswered(ctx, conversation["_id"])
    if asked is None:
        return False
    x = await _exchange(ctx, conversation, asked, outside)
    answer = await talk(x, outside)
    try:
        await _say(ctx, conversation["_id"], answer, x.state, key=f"assistant:{asked.message_id}")
    except Conflict as refused:  # meanwhile it was closed, or its window
        log.info("assistant.not_sent", conversation=conversation["_id"], cause=refused.code)
        await leave(ctx, conversation)
        return False
    return True


async def leave(ctx: Context, conversation: Document) -> None:
    if conversation.get("with_assistant"):
        await release(ctx, conversation["_id"])


async def _exchange(ctx: Context, conversation: Document, asked: Unanswered, outside: Outside) -> Exchange:
    contact = conversation["contact"]
    return Exchange(
        ctx,
        asked.text,
        About(customer_name=contact.get("name")),
        State.model_validate(conversation.get("assistant") or {}),
        records=outside.records,
        conversation_id=conversation["_id"],
        phone=contact.get("wa_id") or contact.get("phone"),
        readable=asked.readable,
        history=await history(ctx, conversation["_id"], before=asked.seq),
    )


@atomic
async def _say(ctx: Context, conversation_id: str, answer: Answer, state: State, *, key: str) -> None:
    """Answer, memory and handing over: all or nothing. Nothing where a person was quicker."""
    now = await ctx.db.conversations.by_id(conversation_id)
    if now is None or is_muted(now):
        return
    await ctx.db.conversations.update({"_id": conversation_id}, {"$set": {"assistant": state.model_dump()}})
    content = Text(text=answer.response[:4096], preview_url=False)
    await send(ctx, conversation_id, content, client_message_id=key, automatic=Automatic.ASSISTANT)
    if answer.should_transfer:
        reason = answer.reason or "O assistente pediu um atendente."
        await escalate(ctx, conversation_id, reason, priority=answer.priority)
