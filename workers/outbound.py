"""The outbound queue: outboxes to drain, read receipts and typing to pass on."""

import asyncio
from functools import partial

import structlog

from server.channels.base import SendFailed
from server.channels.pace import Pace
from server.channels.registry import open_channel
from server.channels.sender import Clocks, Sender, send_receipts
from server.desk import channels
from server.desk.channels import Channel, ChannelNotFound, ChannelStatus
from server.desk.messages import outbox
from server.desk.messages.models import Direction
from server.jobs import Job
from server.runtime import Runtime
from tenants import registry
from tenants.models import Tenant
from workers.runner import job

log = structlog.get_logger()
_paces: dict[str, Pace] = {}


@job(Job.DRAIN_OUTBOX)
async def drain(runtime: Runtime, tenant_id: str, channel_id: str, *, bell: asyncio.Event) -> None:
    found = await _channel(runtime, tenant_id, channel_id)
    if found is None:
        return
    await sender_of(runtime, *found).drain(bell)


def sender_of(runtime: Runtime, tenant: Tenant, channel: Channel) -> Sender:
    """With the channel's token as it is now."""
    pace = _paces.setdefault(channel.id, Pace(runtime.settings.number_rate))
    provider = open_channel(runtime, tenant.id, channel)
    return Sender(partial(runtime.enter, tenant), channel, provider, pace, _clocks(runtime))


@job(Job.SEND_RECEIPTS)
async def pass_receipts(runtime: Runtime, tenant_id: str, channel_id: str) -> None:
    """Beside the outbox, so that a slow receipt holds up no message and a busy outbox no receipt."""
    if found := await _channel(runtime, tenant_id, channel_id):
        tenant, channel = found
        await send_receipts(
            partial(runtime.enter, tenant), channel_id, open_channel(runtime, tenant_id, channel)
        )


@job(Job.SHOW_TYPING)
async def show_typing(runtime: Runtime, tenant_id: str, conversation_id: str) -> None:
    """WhatsApp shows "typing…" for 25 s, or until the answer comes. It also marks the last message as read."""
    tenant = await registry.tenant_by_id(runtime.database, tenant_id)
    if tenant is None:
        return
    async with runtime.enter(tenant) as ctx:
        last = await ctx.db.messages.all(
            {"conversation_id": conversation_id, "direction": Direction.INBOUND}, sort=[("seq", -1)], limit=1
        )
    found = await _channel(runtime, tenant_id, last[0]["channel_id"]) if last else None
    if found is not None:
        try:
            await open_channel(runtime, tenant_id, found[1]).mark_read(last[0]["wamid"], typing=True)
        except SendFailed as failed:
            log.info("typing.not_shown", conversation=conversation_id, cause=str(failed))


async def _channel(runtime: Runtime, tenant_id: str, channel_id: str) -> tuple[Tenant, Channel] | None:
    """None for what is gone or parked: a parked channel keeps its queue, that of a removed one is given up."""
    tenant = await registry.tenant_by_id(runtime.database, tenant_id)
    if tenant is None:
        return None
    async with runtime.enter(tenant) as ctx:
        try:
            channel = await channels.by_id(ctx, channel_id)
        except ChannelNotFound:
            await outbox.abandon(ctx, channel_id)
            return None
    return None if channel.status is ChannelStatus.PARKED else (tenant, channel)


def _clocks(runtime: Runtime) -> Clocks:
    settings = runtime.settings
    return Clocks(settings.send_timeout, settings.send_lease, settings.unconfirmed_after)
