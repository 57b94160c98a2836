"""Reading a channel's templates from its provider."""

import structlog

from server.channels.base import SendFailed
from server.channels.registry import open_channel
from server.desk import channels, templates
from server.jobs import Job
from server.runtime import Runtime
from tenants import registry
from workers.runner import job

log = structlog.get_logger()


@job(Job.SYNC_TEMPLATES)
async def sync(runtime: Runtime, tenant_id: str, channel_id: str) -> None:
    """A list that cannot be read now is read after the next change or on request."""
    tenant = await registry.tenant_by_id(runtime.database, tenant_id)
    if tenant is None:
        return
    async with runtime.enter(tenant) as ctx:
        try:
            channel = await channels.by_id(ctx, channel_id)
            listed = await open_channel(runtime, tenant_id, channel).templates()
        except (channels.ChannelNotFound, SendFailed) as failed:
            log.warning("templates.not_read", tenant=tenant_id, channel=channel_id, cause=str(failed))
            return
        await templates.sync(ctx, channel_id, [template.model_dump() for template in listed])
