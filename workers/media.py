"""Fetching the files of received messages: the provider keeps them for days, and its addresses die in minutes."""

import asyncio
from datetime import timedelta

import structlog

from server.channels.base import MediaGone, SendFailed
from server.channels.registry import open_channel
from server.desk import channels, media
from server.desk.messages.models import Message
from server.jobs import Job
from server.runtime import Runtime
from tenants import registry
from tenants.context import Context
from tenants.db import STORE_DOWN
from tenants.models import Tenant
from workers.runner import job

log = structlog.get_logger()

AT_ONCE = 4
MAX_ATTEMPTS = 8
# Longer than the largest file takes; a fetcher that died is followed by another after this.
LEASE = timedelta(minutes=5)
_FIRST_WAIT = timedelta(seconds=5)


@job(Job.FETCH_MEDIA)
async def fetch(runtime: Runtime, tenant_id: str) -> None:
    """Fetch until nothing of this tenant is due."""
    tenant = await registry.tenant_by_id(runtime.database, tenant_id)
    if tenant:
        async with asyncio.TaskGroup() as fetchers:
            for _ in range(AT_ONCE):
                fetchers.create_task(_fetch_due(runtime, tenant))


async def _fetch_due(runtime: Runtime, tenant: Tenant) -> None:
    fetched = True
    while fetched:
        # A scope each: what was stored is told at once, and a context belongs to one task.
        async with runtime.enter(tenant) as ctx:
            message = await media.claim_due(ctx, lease=LEASE)
            if message:
                await _fetch(runtime, ctx, message)
        fetched = message is not None


async def _fetch(runtime: Runtime, ctx: Context, message: Message) -> None:
    assert message.media
    if message.media.attempts > MAX_ATTEMPTS:
        # Every attempt ended without a word: it takes its fetcher with it.
        await media.give_up(ctx, message.id, error="O arquivo não pôde ser baixado.")
        return
    try:
        channel = await channels.by_id(ctx, message.channel_id)
        fetched = await open_channel(runtime, ctx.tenant.id, channel).fetch(
            message.media, limit=media.MAX_BYTES
        )
        async with media.spooled(fetched.chunks) as spool:
            await media.attach(ctx, message.id, spool, mime_type=fetched.mime_type)
    except (MediaGone, media.FileTooLarge, channels.ChannelNotFound) as gone:
        await media.give_up(ctx, message.id, error=str(gone))
    except SendFailed as failed:
        await _later(ctx, message, failed)
    except STORE_DOWN:
        raise
    except Exception:
        # Its lease is its wait. Raised, it would end the fetches beside it and count as an attempt of theirs.
        log.exception("media.fetch_failed", message=message.id)


async def _later(ctx: Context, message: Message, failed: SendFailed) -> None:
    assert message.media
    attempts = message.media.attempts
    log.warning(
        "media.not_fetched", tenant=ctx.tenant.id, message=message.id, attempts=attempts, cause=str(failed)
    )
    if attempts >= MAX_ATTEMPTS:
        await media.give_up(ctx, message.id, error=f"O arquivo não pôde ser baixado: {failed.error.title}.")
    else:
        await media.try_again(ctx, message.id, after=_FIRST_WAIT * 4 ** (attempts - 1))
