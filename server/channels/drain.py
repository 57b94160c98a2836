"""From the journal to the desk: what was accepted is read, in the order it came, and applied once."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from itertools import groupby
from typing import Any, NamedTuple

import orjson
import structlog

from server import metrics
from server.channels.meta_cloud.parse import parse, phone_number_id_of
from server.desk import channels, lanes, templates
from server.desk.channels import Channel
from server.desk.contacts import actions as contacts
from server.desk.events import NotificationRaised
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
from tenants.context import Context, atomic
from tenants.db import STORE_DOWN, Duplicate
from tenants.ids import new_id

log = structlog.get_logger()
Document = dict[str, Any]
Scope = Callable[[], AbstractAsyncContextManager[Context]]

BATCH = 100
POISON_AFTER = 8


class Item(NamedTuple):
    """One thing a webhook said, and the channel it said it about."""

    channel: Channel
    inbound: Inbound


async def drain(enter: Scope) -> None:
    """Work through the tenant's journal until it is empty. One process at a time, so that a contact's order is kept.

    Each batch has a scope of its own, so that what it says is told when it is done and not when all is.
    """
    async with enter() as ctx, lanes.held(ctx, "inbound") as lane:
        while lane:
            async with enter() as batch:
                rows = await _next_rows(batch)
                if rows:
                    await _process(batch, rows)
            if rows:
                await lane.keep()
            elif await lane.leave():
                return


async def _next_rows(ctx: Context) -> list[Document]:
    """Counted before they are read: a row that kills its reader is known by its count."""
    waiting = {"state": "NEW", "retry_at": {"$not": {"$gt": ctx.now()}}}
    rows = await ctx.db.webhook_inbox.all(waiting, sort=[("_id", 1)], limit=BATCH)
    if rows:
        await ctx.db.webhook_inbox.update_all(
            {"_id": {"$in": [row["_id"] for row in rows]}}, {"$inc": {"n": 1}}
        )
    return rows


async def _process(ctx: Context, rows: Sequence[Document]) -> None:
    """All at once; if that fails, one by one, so that a poisoned row stops nobody else."""
    suspicious = any(row["n"] for row in rows)
    if not suspicious and await _try(ctx, rows):
        return
    for row in rows:
        await _try(ctx, [row])


async def _try(ctx: Context, rows: Sequence[Document]) -> bool:
    ids = [row["_id"] for row in rows]
    try:
        await apply(ctx, rows)
    except STORE_DOWN:
        raise
    except Duplicate as race:
        return await _failed(ctx, rows, f"race on {race}")
    except Exception as error:
        log.exception("inbox.failed", rows=len(rows))
        return await _failed(ctx, rows, f"{type(error).__name__}: {error}"[:500])
    await ctx.db.webhook_inbox.update_all(
        {"_id": {"$in": ids}}, {"$set": {"state": "DONE", "done_at": ctx.now()}}
    )
    return True


async def _failed(ctx: Context, rows: Sequence[Document], error: str) -> bool:
    if len(rows) == 1:
        row = rows[0]
        dead = row["n"] + 1 >= POISON_AFTER
        retry_at = ctx.now() + timedelta(seconds=min(2 ** row["n"], 60) - 1)
        changes = {"error": error, "retry_at": retry_at, **({"state": "DEAD"} if dead else {})}
        await ctx.db.webhook_inbox.update({"_id": row["_id"]}, {"$set": changes})
        if dead:
            await _alert(
                ctx, "inbox.dead", "Um evento do WhatsApp não pôde ser lido e foi guardado para análise."
            )
    return False


@atomic
async def _alert(ctx: Context, kind: str, text: str) -> None:
    ctx.publish(
        NotificationRaised(user_id=None, notification={"type": kind, "severity": "critical", "title": text})
    )


async def apply(ctx: Context, rows: Sequence[Document]) -> None:
    """Apply what these journal rows say. Repeating it changes nothing."""
    known = {channel.phone_number_id: channel for channel in await channels.every(ctx)}
    items = [item for row in rows for item in await _items(ctx, row, known)]
    # Statuses come in any order anyway. Of the rest, runs of messages on one channel are one transaction.
    rest = [item for item in items if not isinstance(item.inbound, StatusReported)]
    for (channel_id, sort), run in groupby(rest, key=lambda item: (item.channel.id, type(item.inbound))):
        await _apply_run(ctx, channel_id, sort, list(run), known)
    await statuses.record(ctx, [item.inbound for item in items if isinstance(item.inbound, StatusReported)])


async def _items(ctx: Context, row: Document, known: dict[str, Channel]) -> list[Item]:
    found: list[Item] = []
    for waba_id, change in _changes(orjson.loads(row["raw"])):
        channel = _channel_of(change, waba_id, known)
        if channel is None:
            await quarantine(ctx, row["_id"], change, reason="foreign_number")
        else:
            found += [
                Item(channel, inbound) for inbound in parse(change, waba_id=waba_id, received_at=row["at"])
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


async def quarantine(ctx: Context, row_id: str, change: Document, *, reason: str) -> None:
    """What must not or cannot be applied is kept, not lost."""
    log.warning("inbox.quarantined", tenant=ctx.tenant.id, row=row_id, reason=reason)
    raw = orjson.dumps(change)
    digest = hashlib.sha256(row_id.encode() + raw).hexdigest()
    kept = {"_id": new_id(), "inbox_id": row_id, "change": raw, "reason": reason, "at": ctx.now()}
    await ctx.db.quarantine.update({"digest": digest}, {"$setOnInsert": kept}, upsert=True)


async def _apply_run(
    ctx: Context, channel_id: str, sort: type[Inbound], batch: list[Item], known: dict[str, Channel]
) -> None:
    if sort is Received:
        said = [item.inbound for item in batch if isinstance(item.inbound, Received)]
        stored = await receiving.receive(ctx, channel_id, said)
        metrics.count("messages_received_total", len(stored))
        return
    for item in batch:
        siblings = [channel.id for channel in known.values() if channel.waba_id == item.channel.waba_id]
        await _apply_one(ctx, item, siblings)


async def _apply_one(ctx: Context, item: Item, siblings: Sequence[str]) -> None:
    """`siblings`: the channels of the same account, which share its templates."""
    match item.inbound:
        case Edited() as edited:
            await amending.edit(ctx, edited)
        case Revoked() as revoked:
            await amending.revoke(ctx, revoked)
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
            await quarantine(ctx, unknown.field, unknown.raw, reason="unknown_field")
