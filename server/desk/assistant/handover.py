"""From the assistant to people: the conversation is flagged, its story is told in a note, and it enters the waiting line."""

from server.desk.assistant.memory import protocol_of, recall
from server.desk.conversations import queries
from server.desk.conversations.changing import change
from server.desk.conversations.models import (
    Conversation,
    ConversationClosed,
    Priority,
)
from server.desk.messages.models import Direction, Kind
from server.desk.messages.sending import note
from tenants.context import Context, atomic
from tenants.permissions import Permission, requires

_TOLD = 6
_LONGEST = 200


@requires(Permission.CONVERSATIONS_WORK)
@atomic
async def escalate(
    ctx: Context, conversation_id: str, reason: str, *, priority: Priority | None = None
) -> Conversation:
    """To people, once: a second time changes nothing. Raises ConversationNotFound, ConversationClosed."""
    conversation = await queries.by_id(ctx, conversation_id)
    if not conversation.open:
        raise ConversationClosed
    if conversation.escalated_at:
        return conversation
    flagged = {"escalated_at": ctx.now(), "escalation_reason": reason, "with_assistant": False}
    await change(ctx, conversation_id, flagged | ({"priority": priority} if priority else {}))
    await note(ctx, conversation_id, text=await _summary(ctx, conversation, reason))
    return await queries.by_id(ctx, conversation_id)


@atomic
async def release(ctx: Context, conversation_id: str) -> None:
    """Silently: the assistant may not answer here (any more), so the conversation waits for people."""
    with_it = {"with_assistant": True}
    if await ctx.db.conversations.exists({"_id": conversation_id, **with_it}):
        await change(ctx, conversation_id, {"with_assistant": False}, given=with_it)


async def _summary(ctx: Context, conversation: Conversation, reason: str) -> str:
    state = await recall(ctx, conversation.id)
    parts = [f"Encaminhado pelo assistente: {reason}"]
    if state.verified:
        plans = ", ".join(f"{each.id} {each.plan} ({each.status})" for each in state.verified.contracts)
        parts.append(f"Cliente confirmado: {state.verified.name}. Contratos: {plans or 'nenhum'}.")
    if protocol := await protocol_of(ctx, conversation.id):
        parts.append(f"Chamado aberto: {protocol}.")
    return "\n".join([*parts, *await _last_words(ctx, conversation.id)])


async def _last_words(ctx: Context, conversation_id: str) -> list[str]:
    where = {"conversation_id": conversation_id, "direction": Direction.INBOUND}
    found = await ctx.db.messages.all(where, sort=[("seq", -1)], limit=_TOLD)
    said = [_shown(message["text"], Kind(message["kind"])) for message in reversed(found)]
    return ["O cliente escreveu:", *said] if said else []


def _shown(text: str, kind: Kind) -> str:
    words = " ".join(text.split())
    return f"• {words[:_LONGEST]}" if words else f"• [{kind}]"
