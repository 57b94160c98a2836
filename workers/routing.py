"""Waiting conversations find their agents."""

from server.desk import distribution, lanes
from server.jobs import Job
from server.runtime import Runtime
from tenants import registry
from workers.runner import job


@job(Job.DISTRIBUTE)
async def distribute(runtime: Runtime, tenant_id: str) -> None:
    """One process a tenant at a time, so that each agent's load is known; another's would only waste its look."""
    tenant = await registry.tenant_by_id(runtime.database, tenant_id)
    if tenant is None:
        return
    async with runtime.enter(tenant) as ctx, lanes.held(ctx, "routing") as lane:
        while lane:
            # Asked anew: where somebody always waits, the lane may be ours for longer than a decision holds.
            tenant = await registry.tenant_by_id(runtime.database, tenant_id) or tenant
            async with runtime.enter(tenant) as turn:
                await distribution.distribute(turn)
            if await lane.leave():
                return
