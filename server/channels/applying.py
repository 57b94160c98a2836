"""What the journal's rows say, as the desk's verbs. Applying them again changes nothing."""

import hashlib
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, NamedTuple, TypeVar

import orjson
import structlog

from server import metrics
from server.channels.meta_cloud.parse import parse, phone_number_id_of
from server.desk import channels, surveys, templates
from server.desk.channels import Channel
from server.desk.contacts import actions as contacts
from server.desk.messages import amending, receiving, statuses
from server.desk.messages.inbound import (
    ChannelReported,
    Edited,
    IdentityChanged,
    Inbound,
    MarketingPreference,
    Received,
    Revoked,
    StatusReported,
    TemplateReported,
    Unknown,
)
from server.jobs import Job
from tenants.context import Context
from tenants.ids import new_id

log = structlog.get_logger()
Document = dict[str, Any]
T = TypeVar("T")
_TOGETHER = 100


class Item(NamedTuple):
    """One thing a webhook said, the channel it said it about, and the journal's row that it stands in."""

    channel: Channel
    inbound: Inbound
    row_id: str


async def apply(ctx: Context, rows: Sequence[Document]) -> int:
    """Apply what these journal rows say; returns how many messages were new. Repeating it changes nothing."""
    known = {channel.phone_number_id: channel for channel in await channels.every(ctx)}
    items = [item for row in rows for item in await _items(ctx, row, known)]
    accepted = {row["_id"]: row["at"] for row in rows}
    heard = {item.channel.id: (item.channel, accepted[item.row_id]) for item in items}
    await channels.signed(ctx, heard.values())
    # Statuses come in any order anyway. Of the rest, runs of messages on one channel are one transaction.
    rest = [item for item in items if not isinstance(item.inbound, StatusReported)]
    new = 0
    for (channel_id, sort), run in groupby(rest, key=lambda item: (item.channel.id, type(item.inbound))):
        new += await _apply_run(ctx, channel_id, sort, list(run), known)
    for reports in _parts([item.inbound for item in items if isinstance(item.inbound, StatusReported)]):
        await statuses.record(ctx, reports)
    return new


def _parts(items: Sequence[T]) -> Iterable[Sequence[T]]:
    """What one transaction takes: the store ends one that lasts too long, and all of it would be for nothing."""
    return (items[begin : begin + _TOGETHER] for begin in range(0, len(items), _TOGETHER))


async def _items(ctx: Context, row: Document, known: dict[str, Channel]) -> list[Item]:
    found: list[Item] = []
    for waba_id, change in _changes(orjson.loads(row["raw"])):
        channel = _channel_of(change, waba_id, known)
        if channel is None:
            number = phone_number_id_of(change)
            await quarantine(ctx, row["_id"], change, reason="foreign_number", number=number)
        else:
            found += [
                Item(channel, inbound, row["_id"])
                for inbound in parse(change, waba_id=waba_id, received_at=row["at"])
            ]
    return found


def _changes(body: Any) -> Iterable[tuple[str, Document]]:
    for entry in body.get("entry") or [] if isinstance(body, dict) else []:
        if isinstance(entry, dict):
            for change in entry.get("changes") or []:
                if isinstance(change, dict):
                    yield str(entry.get("id") or ""), change


def _channel_of(change: Document, waba_id: str, known: dict[str, Channel]) -> Channel | None:
    """By the number; an account's own events name none and go to one of the account's channels."""
    phone_number_id = phone_number_id_of(change)
    if phone_number_id is not None:
        return known.get(phone_number_id)
    return next((channel for channel in known.values() if channel.waba_id == waba_id), None)


async def quarantine(ctx: Context, row_id: str, change: Document, *, reason: str, number: str | None) -> None:
    """What must not or cannot be applied is kept, not lost. `number`: the phone number id that it is about."""
    log.warning("inbox.quarantined", tenant=ctx.tenant.id, row=row_id, reason=reason)
    raw = orjson.dumps(change)
    digest = hashlib.sha256(row_id.encode() + raw).hexdigest()
    kept = {
        "_id": new_id(),
        "inbox_id": row_id,
        "change": raw,
        "reason": reason,
        "at": ctx.now(),
        "number": number,
    }
    await ctx.db.quarantine.update({"digest": digest}, {"$setOnInsert": kept}, upsert=True)


async def _apply_run(
    ctx: Context, channel_id: str, sort: type[Inbound], batch: list[Item], known: dict[str, Channel]
) -> int:
    """Returns how many messages were new."""
    if sort is not Received:
        for item in batch:
            siblings = [channel.id for channel in known.values() if channel.waba_id == item.channel.waba_id]
            await _apply_one(ctx, item, siblings)
        return 0
    new = 0
    for some in _parts([item.inbound for item in batch if isinstance(item.inbound, Received)]):
        others = await surveys.take_answers(ctx, channel_id, some)
        new += len(some) - len(others) + len(await receiving.receive(ctx, channel_id, others))
    metrics.count("messages_received_total", new)
    return new


async def _apply_one(ctx: Context, item: Item, siblings: Sequence[str]) -> None:
    """`siblings`: the channels of the same account, which share its templates."""
    match item.inbound:
        case Edited() | Revoked() as amendment:
            await amending.amend(ctx, amendment)
        case IdentityChanged() as changed:
            await contacts.change_identity(ctx, changed)
        case MarketingPreference() as preference:
            await contacts.set_marketing(ctx, preference)
        case TemplateReported() as reported:
            if not await templates.report(ctx, siblings, reported):
                ctx.enqueue(Job.SYNC_TEMPLATES, item.channel.id)
        case ChannelReported() as reported:
            await channels.report(ctx, item.channel, reported)
        case Unknown() as unknown:
            number = item.channel.phone_number_id
            await quarantine(ctx, item.row_id, unknown.raw, reason="unknown_field", number=number)
