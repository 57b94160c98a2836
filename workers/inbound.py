"""The inbound queue: journals to drain."""

from functools import partial

from server.channels.drain import drain as drain_journal
from server.jobs import Job
from server.runtime import Runtime
from tenants import registry
from workers.runner import job


@job(Job.DRAIN_INBOX)
async def drain(runtime: Runtime, tenant_id: str) -> None:
    tenant = await registry.tenant_by_id(runtime.database, tenant_id)
    if tenant:
        await drain_journal(partial(runtime.enter, tenant))
