"""The house answers by itself: its assistant where the tenant wants one, else its automatic replies."""

import asyncio

import structlog

from server.desk import answering, assistant, lanes, replies
from server.desk.assistant import Outside
from server.desk.lanes import Lane
from server.integrations.registry import outside
from server.jobs import Job
from server.runtime import Runtime
from tenants import registry
from tenants.context import Context
from tenants.db import STORE_DOWN, Document
from tenants.models import Tenant
from workers.runner import job

log = structlog.get_logger()
_LOOK_SECONDS = 1.0


@job(Job.ANSWER)
async def answer(runtime: Runtime, tenant_id: str) -> None:
    """All that are due, several at once; one process a tenant at a time."""
    tenant = await registry.tenant_by_id(runtime.database, tenant_id)
    if tenant is None:
        return
    async with runtime.enter(tenant) as ctx, lanes.held(ctx, "answering") as lane:
        while lane:
            await _answer_all(runtime, ctx, lane)
            if await lane.leave():
                return


async def _answer_all(runtime: Runtime, ctx: Context, lane: Lane) -> None:
    """A model that thinks for long holds up no other customer, and the lane is kept meanwhile."""
    busy: dict[str, asyncio.Task[None]] = {}
    try:
        while True:
            for conversation in await answering.due(ctx):
                if conversation["_id"] not in busy:
                    busy[conversation["_id"]] = asyncio.create_task(
                        _answer(runtime, ctx.tenant.id, conversation)
                    )
            if not busy:
                return
            await asyncio.wait(busy.values(), timeout=_LOOK_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            for id in [id for id, task in busy.items() if task.done()]:
                busy.pop(id).result()
            await lane.keep()
    finally:
        for task in busy.values():
            task.cancel()
        await asyncio.gather(*busy.values(), return_exceptions=True)


async def _answer(runtime: Runtime, tenant_id: str, conversation: Document) -> None:
    # Asked anew: where there is always something to do, the lane may be ours for longer than a decision holds.
    tenant = await registry.tenant_by_id(runtime.database, tenant_id)
    if tenant is None:
        return
    async with runtime.enter(tenant) as ctx:
        try:
            await _say_something(runtime, tenant, conversation)
        except STORE_DOWN:
            raise
        except Exception:
            # It is left to people, rather than tried for ever.
            log.exception("answering.failed", conversation=conversation["_id"])
            await assistant.release(ctx, conversation["_id"])
        await answering.settle(ctx, conversation["_id"], seq=conversation["answer_due_seq"])


async def _say_something(runtime: Runtime, tenant: Tenant, conversation: Document) -> None:
    async with runtime.enter(tenant, assistant.assistant_of(tenant)) as ctx:
        wanted = tenant.settings.assistant.answers_customers
        connected = await outside(ctx, runtime) if wanted else Outside()
        if await assistant.reply(ctx, conversation["_id"], connected):
            return
    async with runtime.enter(tenant) as ctx:
        await replies.reply(ctx, conversation)
