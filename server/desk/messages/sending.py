"""Sending: everything an agent may do with a message on its way out."""

from typing import Any, NamedTuple

from server.desk import window
from server.desk.conversations import queries as conversations
from server.desk.conversations.answered import takes, taking
from server.desk.conversations.changing import tell
from server.desk.conversations.models import ConversationClosed, ConversationNotFound
from server.desk.events import MessageAdded
from server.desk.messages import queries
from server.desk.messages.content import AnyContent, ReactionContent
from server.desk.messages.documents import last_message, new_message, public, row_after
from server.desk.messages.models import (
    HOUSE,
    Automatic,
    Delivery,
    Direction,
    Kind,
    Message,
    Policy,
    SendError,
    Status,
)
from server.desk.messages.named import named_by
from server.desk.messages.receiving import set_reaction
from server.desk.messages.standing import Change, announce
from tenants.context import Context, atomic
from tenants.db import Duplicate
from tenants.permissions import Permission, requires
from tenants.problems import Conflict

Document = dict[str, Any]
_WORKING = requires(Permission.CONVERSATIONS_WORK)


class AnsweredMeanwhile(Conflict):
    code = "ANSWERED_MEANWHILE"
    message = "Um colega respondeu enquanto você escrevia."


class KeyUsedElsewhere(Conflict):
    message = "Esta chave de idempotência já foi usada em outra conversa."


class NotRetryable(Conflict):
    message = "Só se reenvia uma mensagem que falhou ou não foi confirmada."


class NotDiscardable(Conflict):
    message = "Só se descarta uma mensagem que ainda espera ou que não foi confirmada."


class Sent(NamedTuple):
    message: Message
    new: bool  # False: the same `client_message_id` was sent before, and this is that message


@_WORKING
async def send(
    ctx: Context,
    conversation_id: str,
    content: AnyContent,
    *,
    client_message_id: str | None = None,
    reply_to_id: str | None = None,
    last_seen_seq: int | None = None,
    force: bool = False,
    policy: Policy = Policy.HOLD,
    automatic: Automatic | None = None,
) -> Sent:
    """Queue a message; once this returns it is durable and will be sent once.

    Raises ConversationNotFound, ConversationClosed, WindowClosed, AnsweredMeanwhile, Invalid.
    """
    conversation = await conversations.by_id(ctx, conversation_id)
    if client_message_id and (known := await _sent_before(ctx, conversation_id, client_message_id)):
        return known
    if not conversation.open:
        raise ConversationClosed
    await window.check(ctx, conversation, content.kind)
    more = await named_by(ctx, conversation, content, reply_to_id)
    more |= {"client_message_id": client_message_id, "policy": policy, "automatic": automatic}
    if content.kind is Kind.REACTION:
        more["text"] = content.text_shown
    number = await ctx.db.next_number("messages")
    seen = None if force else last_seen_seq
    try:
        queued = await _queue(ctx, conversation.id, content, number, more, last_seen_seq=seen)
        return Sent(queued, new=True)
    except Duplicate as twin:
        # In a transaction: a majority read at this moment may still be of before the twin.
        if client_message_id and (known := await _twin(ctx, conversation_id, client_message_id)):
            return known
        raise Conflict(str(twin.fields)) from twin


async def _sent_before(ctx: Context, conversation_id: str, client_message_id: str) -> Sent | None:
    """Raises KeyUsedElsewhere: a client that numbers its messages anew in each conversation must hear of it."""
    found = await ctx.db.messages.one({"client_message_id": client_message_id})
    if found and found["conversation_id"] != conversation_id:
        raise KeyUsedElsewhere
    return Sent(Message.of(found), new=False) if found else None


_twin = atomic(_sent_before)


async def _check_nobody_answered(ctx: Context, conversation_id: str, last_seen_seq: int) -> None:
    answered = {
        "conversation_id": conversation_id, "seq": {"$gt": last_seen_seq}, "direction": Direction.OUTBOUND,
        "sent_by_id": {"$ne": ctx.actor.id},
    }  # fmt: skip
    if newer := await ctx.db.messages.all(answered, sort=[("seq", 1)], limit=20):
        raise AnsweredMeanwhile(extra={"messages": [Message.of(message) for message in newer]})


@atomic
async def _queue(
    ctx: Context,
    conversation_id: str,
    content: AnyContent,
    number: int,
    more: Document,
    *,
    last_seen_seq: int | None,
) -> Message:
    now = ctx.now()
    row = await ctx.db.conversations.change({"_id": conversation_id, "open": True}, {"$inc": {"seq": 1}})
    if row is None:
        raise ConversationClosed
    if last_seen_seq is not None:
        # After the row was taken: of two who answer at once, the second sees the first.
        await _check_nobody_answered(ctx, conversation_id, last_seen_seq)
    message = new_message(
        row, number=number, seq=row["seq"], direction=Direction.OUTBOUND, kind=content.kind, at=now,
        timestamp=now, details=content.details(), status=Status.SENT, status_at={}, sent_by_id=ctx.actor.id,
        sent_by_name=ctx.actor.name, sent_by_kind=ctx.actor.kind, delivery=Delivery.QUEUED, attempt=0, moving=True, due_at=now,
        stages={"queued": now}, **{"text": content.text_shown, **more},
    )  # fmt: skip
    await ctx.db.messages.insert(message)
    await add_to_row(ctx, row, message)
    if isinstance(content, ReactionContent):
        await set_reaction(ctx, content.target, by=ctx.actor.id or HOUSE, emoji=content.emoji)
    ctx.enqueue("workers.outbound.drain", row["channel_id"])
    return Message.of(message)


async def add_to_row(ctx: Context, row: Document, message: Document) -> None:
    """The list row shows the newest message; a person's answer takes what nobody has."""
    shown = _shown(row, message)
    taken = taking(ctx, row, at=message["created_at"]) if _answers(message) and takes(ctx, row) else None
    update = {**taken, "$set": shown | taken["$set"]} if taken else {"$set": shown}
    await ctx.db.conversations.update({"_id": row["_id"]}, update)
    after = {**row, **shown}
    if taken:
        after = await tell(ctx, after, taken["$set"])
    ctx.publish(
        MessageAdded(conversation_id=row["_id"], message=public(message), conversation=row_after(after))
    )


def _answers(message: Document) -> bool:
    return message["direction"] == Direction.OUTBOUND and not message.get("automatic")


def _shown(row: Document, message: Document) -> Document:
    """The time of a person's first answer is kept for the reports."""
    first_response = message["created_at"] if _answers(message) else None
    return {
        "last_message": last_message(message),
        "last_message_at": max(row["last_message_at"], message["timestamp"]),
        "updated_at": message["created_at"],
        "first_response_at": row.get("first_response_at") or first_response,
    }


@_WORKING
async def note(ctx: Context, conversation_id: str, *, text: str) -> Message:
    """A note among colleagues: in the thread, never sent."""
    conversation = await conversations.by_id(ctx, conversation_id)
    number = await ctx.db.next_number("messages")
    return await _write_note(ctx, conversation.id, text, number)


@atomic
async def _write_note(ctx: Context, conversation_id: str, text: str, number: int) -> Message:
    now = ctx.now()
    noted = {"$inc": {"seq": 1, "notes_count": 1}}
    row = await ctx.db.conversations.change({"_id": conversation_id}, noted)
    if row is None:
        raise ConversationNotFound
    message = new_message(
        row, number=number, seq=row["seq"], direction=Direction.INTERNAL, kind=Kind.NOTE, text=text, at=now,
        timestamp=now, details={}, status=Status.SENT, status_at={}, sent_by_id=ctx.actor.id,
        sent_by_name=ctx.actor.name, sent_by_kind=ctx.actor.kind, stages={"stored": now},
    )  # fmt: skip
    await ctx.db.messages.insert(message)
    ctx.publish(
        MessageAdded(conversation_id=row["_id"], message=public(message), conversation=row_after(row))
    )
    return Message.of(message)


@_WORKING
@atomic
async def retry(ctx: Context, id: str) -> Message:
    """A new attempt of a message that failed, or that nothing confirmed: then the customer may get it twice."""
    message = await queries.by_id(ctx, id)
    conversation = await conversations.by_id(ctx, message.conversation_id)
    if message.direction is not Direction.OUTBOUND or not _may_retry(message):
        raise NotRetryable
    await window.check(ctx, conversation, message.kind)
    changes = {
        "delivery": Delivery.QUEUED, "moving": True, "due_at": ctx.now(), "status": Status.SENT, "rank": 0,
        "error": None, "stages.retried": ctx.now(), "upload_attempts": 0,
    }  # fmt: skip
    past = {"wamid": message.wamid, "attempt": message.attempt, "at": ctx.now()}
    before = await ctx.db.messages.change(
        {"_id": id, "attempt": message.attempt, "delivery": message.delivery, "moving": False},
        {"$set": changes, "$unset": {"wamid": ""}, "$push": {"past_attempts": past}},
        before=True,
    )
    if before is None:
        raise NotRetryable
    await announce(ctx, [Change(before, {**changes, "wamid": None})])
    ctx.enqueue("workers.outbound.drain", message.channel_id)
    return await queries.by_id(ctx, id)


def _may_retry(message: Message) -> bool:
    return message.status is Status.FAILED or message.delivery is Delivery.UNCONFIRMED


_DISCARDED = SendError(
    code="DISCARDED", title="Envio descartado", cause="Um atendente desistiu do envio.", retryable=True
)
_DISCARDED_UNCONFIRMED = _DISCARDED.model_copy(
    update={
        "cause": "O WhatsApp não confirmou o recebimento e um atendente desistiu; pode ter sido entregue."
    }
)


@_WORKING
@atomic
async def discard(ctx: Context, id: str) -> Message:
    """Give up a message that still waits, or that nothing confirmed. A report of it that comes late still counts.

    Raises NotDiscardable; also when the message has just left.
    """
    message = await queries.by_id(ctx, id)
    if message.delivery not in {Delivery.QUEUED, Delivery.UNCONFIRMED}:
        raise NotDiscardable
    error = _DISCARDED if message.delivery is Delivery.QUEUED else _DISCARDED_UNCONFIRMED
    changes: Document = {
        "delivery": Delivery.CANCELLED, "moving": False, "status": Status.FAILED, "error": error.model_dump(),
        "stages.discarded": ctx.now(),
    }  # fmt: skip
    before = await ctx.db.messages.change(
        {"_id": id, "attempt": message.attempt, "delivery": message.delivery}, {"$set": changes}, before=True
    )
    if before is None:
        raise NotDiscardable
    await announce(ctx, [Change(before, changes)])
    ctx.enqueue("workers.outbound.drain", message.channel_id)
    return await queries.by_id(ctx, id)
