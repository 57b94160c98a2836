"""The third net: whatever a lost kick, a dead process or a deaf Redis left behind is found here within seconds.

Each sweep only rings bells, expires leases and applies what waits; any number of them may run at once.
"""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import structlog

from server.desk import subscriptions
from server.desk.assistant import memory
from server.desk.conversations import idle, snoozing, tallies
from server.desk.conversations.waiting import WAITING, distribution_wanted
from server.desk.messages import amending, outbox, statuses
from server.jobs import Job, QueueName
from server.runtime import Runtime
from tenants import feed, registry
from tenants.context import Context, Kick
from tenants.db import STORE_DOWN

log = structlog.get_logger()
Sweep = Callable[[Runtime], AsyncIterator[Kick]]

FEED_KEPT = timedelta(days=7)
JOURNAL_KEPT = timedelta(days=7)
MEMORY_KEPT = timedelta(days=30)
_STATUS_PATIENCE = timedelta(seconds=3)
_STATUS_ORPHAN_AFTER = timedelta(days=2)
_PAGE = 500


async def _scopes(runtime: Runtime, noun: str, where: dict[str, Any]) -> AsyncIterator[Context]:
    """A scope of each tenant that has such a document."""
    for tenant_id in await runtime.database.tenants_with(noun, where):
        tenant = await registry.tenant_by_id(runtime.database, tenant_id)
        if tenant:
            async with runtime.enter(tenant) as ctx:
                yield ctx


@contextmanager
def _apart(tenant_id: str) -> Iterator[None]:
    """One tenant's trouble must not keep the sweep from the others."""
    try:
        yield
    except STORE_DOWN:
        raise
    except Exception:
        log.exception("sweep.tenant_failed", tenant=tenant_id)


async def inbound(runtime: Runtime) -> AsyncIterator[Kick]:
    for tenant_id in await runtime.database.tenants_with("webhook_inbox", {"state": "NEW"}):
        yield Kick(Job.DRAIN_INBOX, (tenant_id,))


async def outbound(runtime: Runtime) -> AsyncIterator[Kick]:
    patience = timedelta(seconds=runtime.settings.unconfirmed_after)
    async for ctx in _scopes(runtime, "messages", {"moving": True}):
        with _apart(ctx.tenant.id):
            for channel_id in await outbox.expire(ctx, patience=patience):
                yield Kick(Job.DRAIN_OUTBOX, (ctx.tenant.id, channel_id))
    async for ctx in _scopes(runtime, "subscriptions", {"enabled": True}):
        for id in await subscriptions.waiting(ctx):
            yield Kick(Job.TELL_SUBSCRIBER, (ctx.tenant.id, id))
    async for ctx in _scopes(runtime, "conversations", {"receipt.due": True}):
        due = {"receipt.due": True, "receipt.due_at": {"$lte": ctx.now()}}
        for channel_id in await ctx.db.conversations.distinct("channel_id", due):
            yield Kick(Job.SEND_RECEIPTS, (ctx.tenant.id, channel_id))


async def media(runtime: Runtime) -> AsyncIterator[Kick]:
    for tenant_id in await runtime.database.tenants_with("messages", {"media.pending": True}):
        yield Kick(Job.FETCH_MEDIA, (tenant_id,))


SWEEP_OF: dict[QueueName, Sweep] = {
    QueueName.INBOUND: inbound,
    QueueName.OUTBOUND: outbound,
    QueueName.MEDIA: media,
}


async def number_events(runtime: Runtime) -> None:
    """Events whose process died between its commit and their numbering."""
    for tenant_id in await runtime.database.tenants_with("events", {"pending": True}):
        runtime.bus.number(tenant_id)


async def distribute(runtime: Runtime) -> None:
    """Conversations that still wait: an agent may have come, whose kick was lost."""
    async for ctx in _scopes(runtime, "conversations", WAITING):
        distribution_wanted(ctx)


async def answer(runtime: Runtime) -> None:
    """Customers whom the house still owes an answer of its own."""
    async for ctx in _scopes(runtime, "conversations", {"answer_due": True}):
        ctx.enqueue(Job.ANSWER)


async def close_the_idle(runtime: Runtime) -> None:
    """Conversations in which nobody has written for as long as the tenant said."""
    for tenant_id in await registry.tenants_closing_the_idle(runtime.database):
        with _apart(tenant_id):
            tenant = await registry.tenant_by_id(runtime.database, tenant_id)
            if tenant:
                async with runtime.enter(tenant) as ctx:
                    await idle.close_idle(ctx)


async def wake_the_snoozed(runtime: Runtime) -> None:
    """Conversations whose agent wanted to see them again by now."""
    async for ctx in _scopes(runtime, "conversations", snoozing.DUE):
        with _apart(ctx.tenant.id):
            await snoozing.wake_due(ctx)


async def fold_tallies(runtime: Runtime) -> None:
    async for ctx in _scopes(runtime, "tallies", {"base": False}):
        with _apart(ctx.tenant.id):
            await tallies.fold(ctx)


async def apply_statuses(runtime: Runtime) -> None:
    """Statuses that came before their message's `wamid` was stored. Those of messages never sent by us are let go."""
    async for ctx in _scopes(runtime, "status_events", {"applied": False}):
        with _apart(ctx.tenant.id):
            await _apply_waiting(ctx)
            orphaned = {"applied": False, "recorded_at": {"$lt": ctx.now() - _STATUS_ORPHAN_AFTER}}
            await ctx.db.status_events.update_all(orphaned, {"$set": {"applied": True, "orphan": True}})


async def _apply_waiting(ctx: Context) -> None:
    """All of them, in parts: those that are nobody's stay for days, and must not hide the others."""
    settled = {"applied": False, "recorded_at": {"$lt": ctx.now() - _STATUS_PATIENCE}}
    waiting = await ctx.db.status_events.all(settled, fields=["wamid"])
    wamids = list({report["wamid"] for report in waiting})
    for begin in range(0, len(wamids), _PAGE):
        await statuses.apply(ctx, wamids[begin : begin + _PAGE])


async def apply_amendments(runtime: Runtime) -> None:
    """Edits and revocations that came before their message. Those of messages that never came are let go."""
    async for ctx in _scopes(runtime, "amendments", {"applied": False}):
        with _apart(ctx.tenant.id):
            waiting = await ctx.db.amendments.distinct("wamid", {"applied": False})
            for begin in range(0, len(waiting), _PAGE):
                await amending.apply(ctx, waiting[begin : begin + _PAGE])
            orphaned = {"applied": False, "recorded_at": {"$lt": ctx.now() - _STATUS_ORPHAN_AFTER}}
            await ctx.db.amendments.update_all(orphaned, {"$set": {"applied": True, "orphan": True}})


async def forget_the_old(runtime: Runtime) -> None:
    """What is kept only for a while: the feed's past, journal rows that are done, sessions that ended, memories."""
    for tenant_id in await registry.every_tenant(runtime.database):
        db, now = runtime.database.scoped(tenant_id), runtime.clock()
        with _apart(tenant_id):
            await feed.trim(db, before=now - FEED_KEPT)
            await db.webhook_inbox.delete_all({"state": "DONE", "at": {"$lt": now - JOURNAL_KEPT}})
            await db.status_events.delete_all({"applied": True, "at": {"$lt": now - JOURNAL_KEPT}})
            await db.amendments.delete_all({"applied": True, "recorded_at": {"$lt": now - JOURNAL_KEPT}})
            await db.sessions.delete_all({"expires_at": {"$lt": now}})
            await db.deliveries.delete_all({"at": {"$lt": now - FEED_KEPT}})
            await memory.forget(db, before=now - MEMORY_KEPT)
