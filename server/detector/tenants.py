"""Looks at every tenant that may have something wrong, and settles what is."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

import structlog

from server.desk import alarms
from server.desk.alarms import Alarm
from server.detector import channels, journal, outbox, signatures, statuses, subscribers
from server.runtime import Runtime
from tenants import registry
from tenants.context import Context
from tenants.db import STORE_DOWN

log = structlog.get_logger()
Look = Callable[[Context, timedelta], Awaitable[list[Alarm]]]


class Cause(NamedTuple):
    """Only tenants that have such a document are looked at; `where` is what one of the noun's indexes is about."""

    noun: str
    where: dict[str, Any]
    look: Look


CAUSES = (
    Cause("channels", {"deleted": False}, channels.look),
    Cause("channels", {"deleted": False}, signatures.look),
    Cause("webhook_inbox", journal.WAITING, journal.look),
    Cause("messages", outbox.WAITING, outbox.look),
    Cause("messages", statuses.UNREPORTED, statuses.look),
    Cause("subscriptions", subscribers.GIVEN_UP, subscribers.look),
)


async def detect(runtime: Runtime) -> None:
    looks: dict[str, list[Look]] = {}
    for cause in CAUSES:
        for tenant_id in await runtime.database.tenants_with(cause.noun, cause.where):
            looks.setdefault(tenant_id, []).append(cause.look)
    alarmed = set(await runtime.database.tenants_with("alarms", {}))
    for tenant_id in looks.keys() | alarmed:
        try:
            await _look(runtime, tenant_id, looks.get(tenant_id, []), alarmed=tenant_id in alarmed)
        except STORE_DOWN:
            raise
        except Exception:
            # One tenant's trouble must not hide the others'.
            log.exception("detector.failed", tenant=tenant_id)


async def _look(runtime: Runtime, tenant_id: str, looks: Sequence[Look], *, alarmed: bool) -> None:
    tenant = await registry.tenant_by_id(runtime.database, tenant_id)
    if tenant is None:
        return
    silence = timedelta(seconds=runtime.settings.silence_after)
    async with runtime.enter(tenant) as ctx:
        found = [alarm for look in looks for alarm in await look(ctx, silence)]
        if found or alarmed:
            settled = await alarms.settle(ctx, found)
            for key in settled.begun:
                log.warning("alarm.raised", tenant=tenant_id, alarm=key)
            for key in settled.ended:
                log.info("alarm.cleared", tenant=tenant_id, alarm=key)
