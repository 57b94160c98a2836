"""Customers' messages that the assistant answers by itself."""

from typing import Any

import structlog

from server.desk import answering, window
from server.desk.assistant.answers import About, Answer
from server.desk.assistant.exchange import Exchange
from server.desk.assistant.handover import escalate, release
from server.desk.assistant.history import Unanswered, history, unanswered
from server.desk.assistant.memory import recall, remember
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
_MOST_TRIES = 3


def assistant_of(tenant: Tenant) -> Actor:
    """The house, under the name that the tenant gave its assistant."""
    return Actor(name=tenant.settings.assistant.name)


def is_muted(conversation: Document) -> bool:
    """Where it waits for people; and once a person has spoken, has or had the conversation, or was called."""
    by_people = ("assigned_to_id", "first_response_at", "escalated_at", "transfers", "assignments")
    with_it = conversation["open"] and conversation.get("with_assistant")
    return not with_it or any(conversation.get(field) for field in by_people)


async def reply(ctx: Context, conversation_id: str, outside: Outside) -> bool:
    """Whether the assistant has seen to it. Where it may not, the conversation waits for people.

    What changes while it thinks (the customer was answered, a person came, the window closed) is thought over.
    """
    for _ in range(_MOST_TRIES):
        conversation = await ctx.db.conversations.by_id(conversation_id)
        if conversation is None or not _may_answer(ctx, conversation):
            break
        state = await recall(ctx, conversation_id)
        asked = await unanswered(ctx, conversation_id, after=state.answered)
        if asked is None:
            return True
        x = await _exchange(ctx, conversation, asked, state, outside)
        if await _say(x, await talk(x, outside), key=f"assistant:{asked.message_id}"):
            return True
    await release(ctx, conversation_id)
    return False


def _may_answer(ctx: Context, conversation: Document) -> bool:
    if not ctx.tenant.settings.assistant.answers_customers or is_muted(conversation):
        return False
    return window.is_open(conversation.get("window_expires_at"), now=ctx.now())


async def _exchange(
    ctx: Context, conversation: Document, asked: Unanswered, state: State, outside: Outside
) -> Exchange:
    contact = conversation["contact"]
    return Exchange(
        ctx,
        asked.text,
        About(customer_name=contact.get("name")),
        state.model_copy(update={"answered": asked.seqs[-1]}),
        records=outside.records,
        conversation_id=conversation["_id"],
        phone=contact.get("wa_id") or contact.get("phone"),
        readable=asked.readable,
        history=await history(ctx, conversation["_id"], without=asked.seqs),
    )


async def _say(x: Exchange, answer: Answer, *, key: str) -> bool:
    """False where it may not, or need not, be said any more."""
    assert x.conversation_id
    try:
        return await _say_and_remember(x.ctx, x.conversation_id, answer, x.state, key=key)
    except Conflict as refused:  # meanwhile it was closed, or its window
        log.info("assistant.not_sent", conversation=x.conversation_id, cause=refused.code)
        return False


@atomic
async def _say_and_remember(
    ctx: Context, conversation_id: str, answer: Answer, state: State, *, key: str
) -> bool:
    """Answer, memory and handing over: all or nothing, and then nothing more is owed. Nothing where a person, or another
    process, was quicker.
    """
    now = await ctx.db.conversations.by_id(conversation_id)
    if now is None or is_muted(now) or not await remember(ctx, conversation_id, state):
        return False
    content = Text(text=answer.response[:4096], preview_url=False)
    await send(ctx, conversation_id, content, client_message_id=key, automatic=Automatic.ASSISTANT)
    await answering.settle(ctx, conversation_id, seq=state.answered)
    if answer.should_transfer:
        reason = answer.reason or "O assistente pediu um atendente."
        await escalate(ctx, conversation_id, reason, priority=answer.priority)
    return True
