"""The house itself: its name, its clock and its rules."""

import functools
import zoneinfo
from typing import Any, TypedDict, Unpack

from pydantic_core import to_jsonable_python

from tenants import registry
from tenants.context import Context
from tenants.db import Database
from tenants.events import AccessChanged
from tenants.models import Tenant, TenantKind, TenantStatus, Visibility
from tenants.permissions import Permission, requires
from tenants.problems import Forbidden, NotFound
from tenants.settings import AssistantSettings, AutomaticReplies, BusinessHours, RoutingSettings


class SettingsChanges(TypedDict, total=False):
    """As `TenantSettings` has them; each that is given replaces what was there."""

    agent_visibility: Visibility
    hours: BusinessHours | None
    routing: RoutingSettings
    replies: AutomaticReplies
    close_idle_after: int | None
    assistant: AssistantSettings


class TenantChanges(TypedDict, total=False):
    name: str
    kind: TenantKind
    locale: str
    time_zone: str
    settings: SettingsChanges


@functools.cache
def time_zones() -> set[str]:
    """The names that `time_zone` may have: those of the IANA database on this machine."""
    return zoneinfo.available_timezones()


async def current(ctx: Context, database: Database) -> Tenant:
    """As stored now: the context's own may be seconds old."""
    tenant = await registry.tenant_by_id(database, ctx.tenant.id)
    if tenant is None:
        raise NotFound
    return tenant


@requires(Permission.TENANT_EDIT)
async def change(ctx: Context, database: Database, **changes: Unpack[TenantChanges]) -> Tenant:
    """Of `settings` only what is given changes."""
    update: dict[str, Any] = {name: value for name, value in changes.items() if name != "settings"}
    # MongoDB knows no dates without a time.
    settings = to_jsonable_python(changes.get("settings", {}))
    update |= {f"settings.{name}": value for name, value in settings.items()}
    if update:
        await registry.update_tenant(database, ctx.tenant.id, update)
        ctx.publish(AccessChanged())
    return await current(ctx, database)


async def set_status(ctx: Context, database: Database, status: TenantStatus) -> None:
    """Suspend the tenant, or let it work again. For whoever runs the house: no role may. Raises Forbidden.

    Nobody of a suspended tenant signs in or stays connected. Its webhooks are still journaled and drained, and what
    was queued is still sent: a customer's message is not lost over a bill.
    """
    if not ctx.actor.is_house:
        raise Forbidden
    await registry.update_tenant(database, ctx.tenant.id, {"status": status})
    ctx.publish(AccessChanged())
