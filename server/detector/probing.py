"""Asking the provider about each number again and again: cheap questions, no two numbers at the same moment."""

import asyncio
import random
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

import structlog

from server.channels.base import Check, SendFailed
from server.channels.registry import open_channel, webhook_url
from server.desk import watched
from server.desk.alarms import Kind
from server.desk.watched import Trouble, Watched
from server.runtime import Runtime
from tenants import registry
from tenants.db import STORE_DOWN
from tenants.models import Tenant

log = structlog.get_logger()
PATIENCE_SECONDS = 10.0
_AT_ONCE = 16
# Of Meta's 5,000 calls an hour and account this leaves most to others: three calls each time.
_SECONDS_A_NUMBER = 5.0

_SEALED = Trouble(
    name=Kind.SECRETS,
    title="Segredos do canal não abrem",
    cause="A chave que os lacrou não está mais em SECRETS_KEY.",
    next_step="Devolva a chave antiga à configuração, ou informe de novo os segredos do canal.",
)


async def probe(runtime: Runtime) -> None:
    """Ask about every number whose turn it is; returns when all have answered or let their time pass.

    Only of what has once worked: another tenant's number, or one with an invented token, says why when it is connected.
    """
    room = asyncio.Semaphore(_AT_ONCE)
    async with asyncio.TaskGroup() as asking:
        for tenant_id in await runtime.database.tenants_with("channels", {"deleted": False}):
            asking.create_task(_probe_tenant(runtime, tenant_id, room))


async def _probe_tenant(runtime: Runtime, tenant_id: str, room: asyncio.Semaphore) -> None:
    try:
        async with room:
            tenant = await registry.tenant_by_id(runtime.database, tenant_id)
            if tenant is None:
                return
            async with runtime.enter(tenant) as ctx:
                channels = await watched.every(ctx)
            in_account = Counter(channel.waba_id for channel in channels)
            due = [channel for channel in channels if channel.proven and channel.is_due(ctx.now())]
            await asyncio.gather(*(_ask(runtime, tenant, it, in_account[it.waba_id]) for it in due))
    except STORE_DOWN as down:
        log.warning("probe.store_down", cause=str(down)[:200])
    except Exception:
        # One tenant's trouble must not keep the others from being asked about.
        log.exception("probe.failed", tenant=tenant_id)


async def _ask(runtime: Runtime, tenant: Tenant, due: Watched, siblings: int) -> None:
    """`siblings`: the numbers of its account, which share Meta's limit of calls an hour."""
    settings = runtime.settings
    jitter = random.uniform(0.9, 1.1)  # noqa: S311
    every = max(settings.provider_check_every, siblings * _SECONDS_A_NUMBER)
    async with runtime.enter(tenant) as ctx:
        if not await watched.claim(ctx, due, next_at=ctx.now() + timedelta(seconds=every * jitter)):
            return
        checks = await _checks(runtime, tenant, due)
        if failed := next((check for check in checks if check.known and not check.ok), None):
            await watched.answered(ctx, due, _trouble(failed))
        elif all(check.known for check in checks):
            await watched.answered(ctx, due, None)
        else:
            again_at = ctx.now() + timedelta(seconds=settings.silence_after * jitter)
            await watched.unanswered(ctx, due, again_at=again_at)


async def _checks(runtime: Runtime, tenant: Tenant, due: Watched) -> Sequence[Check]:
    try:
        channel = open_channel(runtime, tenant.id, due)
    except ValueError:
        return [Check(ok=False, **_SEALED.model_dump())]
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await channel.check(webhook_url(runtime, tenant.slug))
    except (SendFailed, TimeoutError):
        return [Check(name=Kind.UNREACHABLE, ok=False, known=False, title="")]


def _trouble(failed: Check) -> Trouble:
    return Trouble(name=failed.name, title=failed.title, cause=failed.cause, next_step=failed.next_step)
