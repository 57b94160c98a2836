"""The outbox: what is to be sent, in order, each attempt durable before it leaves (protocol.md, Outbound).

Every transition is a compare-and-set on `(delivery, attempt)`. Nothing here talks to a provider.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import structlog

from server.desk.messages import statuses
from server.desk.messages.models import Delivery, Direction, Policy, SendError, Status
from server.desk.messages.standing import Change, announce, store
from tenants.context import Context, atomic
from tenants.db import Duplicate
from tenants.ids import new_id

Document = dict[str, Any]
log = structlog.get_logger()
_LOOK_AT = 200
_CLOCKS_DIFFER = timedelta(seconds=2)  # the provider's times are whole seconds of its own clock


async def heads(ctx: Context, channel_id: str, *, busy: set[str], limit: int) -> list[Document]:
    """The next message of each conversation that has one and is not `busy`: only the oldest unfinished one may move.

    It looks on behind those that wait, so that no number of blocked conversations hides the others.
    """
    passed, ready = set(busy), list[Document]()
    while len(ready) < limit:
        unfinished = await ctx.db.messages.all(
            {"channel_id": channel_id, "moving": True, "conversation_id": {"$nin": list(passed)}},
            sort=[("_id", 1)],
            limit=_LOOK_AT,
        )
        first = _first_of_each(unfinished)
        cut_off = len(unfinished) == _LOOK_AT
        if cut_off:
            # Ids come from several machines' clocks: what is beyond the cut may come before what is within it.
            first = _first_of_each(await _unfinished_of(ctx, list(first)))
        ready += [m for m in first.values() if m["delivery"] == Delivery.QUEUED and m["due_at"] <= ctx.now()]
        if not cut_off:
            break
        passed |= set(first)
    return sorted(ready, key=lambda message: message["_id"])[:limit]


def _first_of_each(messages: Sequence[Document]) -> dict[str, Document]:
    """By conversation: the one with the lowest `seq`."""
    first: dict[str, Document] = {}
    for message in sorted(messages, key=lambda message: message["seq"]):
        first.setdefault(message["conversation_id"], message)
    return first


async def _unfinished_of(ctx: Context, conversation_ids: Sequence[str]) -> list[Document]:
    return await ctx.db.messages.all({"moving": True, "conversation_id": {"$in": list(conversation_ids)}})


async def next_due(ctx: Context, channel_id: str) -> datetime | None:
    """When the next queued message that waits for its time may be tried."""
    waiting = await ctx.db.messages.all(
        {"channel_id": channel_id, "moving": True, "delivery": Delivery.QUEUED}, sort=[("due_at", 1)], limit=1
    )
    return waiting[0]["due_at"] if waiting else None


async def claim(ctx: Context, chosen: Sequence[Document], *, lease: timedelta) -> list[Document]:
    """QUEUED → SENDING for those that nobody else took; durable before the send. The lease runs by the server's clock."""
    if not chosen:
        return []
    token = new_id()
    expected = [{"_id": m["_id"], "delivery": Delivery.QUEUED, "attempt": m["attempt"]} for m in chosen]
    await ctx.db.messages.update_all(
        {"$or": expected},
        [
            {
                "$set": {
                    "delivery": Delivery.SENDING,
                    "claim": token,
                    "attempt": {"$add": ["$attempt", 1]},
                    "lease_until": {"$add": ["$$NOW", int(lease.total_seconds() * 1000)]},
                    "stages.sending": "$$NOW",
                }
            }
        ],
    )
    taken = await ctx.db.messages.all({"_id": {"$in": [m["_id"] for m in chosen]}, "claim": token})
    return sorted(taken, key=lambda message: message["_id"])


class Accepted(NamedTuple):
    message: Document
    wamid: str


class Postponed(NamedTuple):
    """Certainly not sent: to be tried again from `due_at`."""

    message: Document
    due_at: datetime
    error: SendError


class Refused(NamedTuple):
    message: Document
    error: SendError


class Uncertain(NamedTuple):
    """It may have been sent. After `until` it is shown as unconfirmed, or sent again if its policy says so."""

    message: Document
    until: datetime
    error: SendError


Outcome = Accepted | Postponed | Refused | Uncertain


async def record_outcomes(ctx: Context, outcomes: Sequence[Outcome]) -> None:
    """What became of the attempts, in one transaction; then whatever statuses were quicker than the answer."""
    try:
        await _record(ctx, outcomes)
    except Duplicate:
        for outcome in outcomes:
            await _record_alone(ctx, outcome)
    if accepted := [outcome.wamid for outcome in outcomes if isinstance(outcome, Accepted)]:
        await statuses.apply(ctx, accepted)


async def _record_alone(ctx: Context, outcome: Outcome) -> None:
    """A `wamid` that another message has already proves nothing; and it must not cost the others their outcomes."""
    try:
        await _record(ctx, [outcome])
    except Duplicate:
        log.exception("outbox.wamid_taken", message=outcome.message["_id"])
        await _record(ctx, [Uncertain(outcome.message, ctx.now(), _TWICE_THE_SAME)])


@atomic
async def _record(ctx: Context, outcomes: Sequence[Outcome]) -> None:
    current = await ctx.db.messages.by_ids([outcome.message["_id"] for outcome in outcomes])
    changes = []
    for outcome in outcomes:
        message = current.get(outcome.message["_id"])
        if message is not None and _is_still(message, outcome):
            changes.append(Change(message, _news(outcome, ctx.now())))
    await store(ctx, changes)


def _is_still(message: Document, outcome: Outcome) -> bool:
    """The attempt that this is the outcome of. An acceptance counts even after its lease was given up on."""
    if message["attempt"] != outcome.message["attempt"] or message.get("wamid"):
        return False
    late = {Delivery.UNCERTAIN, Delivery.UNCONFIRMED} if isinstance(outcome, Accepted) else set()
    return message["delivery"] == Delivery.SENDING or message["delivery"] in late


def _news(outcome: Outcome, now: datetime) -> Document:
    match outcome:
        case Accepted(wamid=wamid):
            return {
                "delivery": Delivery.ACCEPTED, "wamid": wamid, "moving": False, "rank": statuses.RANK["accepted"],
                "status": Status.SENT, "error": None, "stages.accepted": now,
            }  # fmt: skip
        case Postponed(due_at=due_at, error=error):
            return {"delivery": Delivery.QUEUED, "due_at": due_at, "last_error": error.model_dump()}
        case Refused(error=error):
            return {
                "delivery": Delivery.FAILED, "moving": False, "rank": statuses.RANK["failed"],
                "status": Status.FAILED, "error": error.model_dump(), "stages.failed": now,
            }  # fmt: skip
        case Uncertain(until=until, error=error):
            return {"delivery": Delivery.UNCERTAIN, "due_at": until, "last_error": error.model_dump()}


_UNCONFIRMED = SendError(
    code="UNCONFIRMED",
    title="Envio não confirmado",
    cause="O WhatsApp não confirmou o recebimento a tempo; a mensagem pode ter sido entregue.",
    next_step="Confira com o cliente antes de reenviar, para não duplicar.",
    retryable=True,
)


_TWICE_THE_SAME = SendError(code="WAMID_TAKEN", title="O provedor respondeu com o id de outra mensagem.")


_REMOVED = SendError(
    code="CHANNEL_REMOVED",
    title="Canal removido",
    cause="O número desta conversa não está mais conectado.",
    next_step="Conecte o número de novo e comece outra conversa com o contato.",
)


async def expire(ctx: Context, *, patience: timedelta) -> list[str]:
    """Give up on senders that died, and on uncertain messages that nothing confirmed. Returns channels to drain again.

    An expired SENDING becomes UNCERTAIN, never QUEUED: it may have left (protocol.md, R5).
    """
    expired = {"moving": True, "delivery": Delivery.SENDING, "$expr": {"$lt": ["$lease_until", "$$NOW"]}}
    for message in await ctx.db.messages.all(expired, limit=_LOOK_AT):
        await _turn(ctx, message, {"delivery": Delivery.UNCERTAIN, "due_at": ctx.now() + patience})
    overdue = {"moving": True, "delivery": Delivery.UNCERTAIN, "due_at": {"$lte": ctx.now()}}
    for message in await ctx.db.messages.all(overdue, limit=_LOOK_AT):
        await _settle(ctx, message)
    due = {"moving": True, "delivery": Delivery.QUEUED, "due_at": {"$lte": ctx.now()}}
    return await ctx.db.messages.distinct("channel_id", due)


async def _settle(ctx: Context, message: Document) -> None:
    news: Document = {"delivery": Delivery.UNCONFIRMED, "moving": False, "error": _UNCONFIRMED.model_dump()}
    if message.get("policy") == Policy.RESEND and await _reports_arrive(ctx, message):
        news = {"delivery": Delivery.QUEUED, "due_at": ctx.now()}
    await _turn(ctx, message, news)
    ctx.enqueue("workers.outbound.drain", message["channel_id"])


async def _reports_arrive(ctx: Context, message: Document) -> bool:
    """That nothing confirmed it means something only if the number's webhooks came through after it was tried."""
    tried = message["stages"]["sending"]
    later: Document = {"channel_id": message["channel_id"], "created_at": {"$gte": message["created_at"]}}
    written = {"direction": Direction.INBOUND, "timestamp": {"$gt": tried + _CLOCKS_DIFFER}}
    reported = {"rank": {"$gte": statuses.RANK["sent"]}, "stages.sending": {"$gt": tried}}
    return await ctx.db.messages.exists({**later, "$or": [written, reported]})


async def refuse(ctx: Context, message: Document, error: SendError) -> None:
    """A queued message that cannot even be tried: its file is gone, or was refused."""
    await _turn(ctx, message, _news(Refused(message, error), ctx.now()))


async def abandon(ctx: Context, channel_id: str) -> None:
    """The channel was removed: nothing will ever leave on it, neither messages nor read receipts."""
    queued = {"channel_id": channel_id, "moving": True, "delivery": Delivery.QUEUED}
    for message in await ctx.db.messages.all(queued, limit=_LOOK_AT):
        await refuse(ctx, message, _REMOVED)
    due = {"channel_id": channel_id, "receipt.due": True}
    await ctx.db.conversations.update_all(due, {"$set": {"receipt.due": False}})


async def postpone(ctx: Context, message: Document, due_at: datetime) -> None:
    """A queued message whose file could not be handed over yet."""
    tried = message.get("upload_attempts", 0) + 1
    await _turn(ctx, message, {"delivery": Delivery.QUEUED, "due_at": due_at, "upload_attempts": tried})


@atomic
async def _turn(ctx: Context, message: Document, news: Document) -> None:
    """Unless it has moved on meanwhile."""
    given = {"_id": message["_id"], "delivery": message["delivery"], "attempt": message["attempt"]}
    if await ctx.db.messages.update(given, {"$set": news}):
        await announce(ctx, [Change(message, news)])
