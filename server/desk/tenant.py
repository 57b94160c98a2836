"""The house itself: its name, its clock and its rules."""

import functools
import operator
import zoneinfo
from collections.abc import Iterable
from typing import Any, TypedDict, Unpack

from pydantic_core import to_jsonable_python

from server.desk.events import TenantChanged
from server.desk.messages.models import Kind
from tenants import registry
from tenants.audit import Action, Target, differences
from tenants.context import Context, atomic
from tenants.db import Database
from tenants.events import AccessChanged
from tenants.models import Tenant, TenantKind, TenantStatus, Visibility
from tenants.permissions import Permission, requires
from tenants.problems import Forbidden, Invalid, NotFound
from tenants.settings import AssistantSettings, AutomaticReplies, Branding, BusinessHours, RoutingSettings


class SettingsChanges(TypedDict, total=False):
    """As `TenantSettings` has them; each that is given replaces what was there."""

    agent_visibility: Visibility
    hours: BusinessHours | None
    routing: RoutingSettings
    replies: AutomaticReplies
    claim_on_answer: bool
    close_idle_after: int | None
    assistant: AssistantSettings
    branding: Branding


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
    """Of `settings` only what is given changes. Raises Invalid for a logo that is no picture of this tenant's."""
    if branding := changes.get("settings", {}).get("branding"):
        await _check_logo(ctx, branding)
    update: dict[str, Any] = {name: value for name, value in changes.items() if name != "settings"}
    # MongoDB knows no dates without a time.
    settings = to_jsonable_python(changes.get("settings", {}))
    update |= {f"settings.{name}": value for name, value in settings.items()}
    if update:
        await _update(ctx, database, update)
    return await current(ctx, database)


async def _check_logo(ctx: Context, branding: Branding) -> None:
    logo = Branding.model_validate(branding).logo_media_id
    if logo and not await ctx.db.media.exists({"_id": logo, "kind": Kind.IMAGE}):
        raise Invalid.field("settings.branding.logoMediaId", "Envie primeiro a imagem do logotipo.")


@atomic
async def _update(ctx: Context, database: Database, update: dict[str, Any]) -> None:
    """`update`: the new values by their dotted paths."""
    before = await registry.tenant_within(database, ctx.db)
    after = await registry.update_tenant(database, ctx.tenant.id, update, within=ctx.db)
    if before is None or after is None:
        raise NotFound
    told = differences(_by_path(before, update), _by_path(after, update), update)
    ctx.record(Action.TENANT_CHANGED, Target("tenants", after.id, after.name), told)
    if told:
        ctx.publish(TenantChanged(changed=[change.field for change in told]))
    ctx.publish(AccessChanged())


def _by_path(tenant: Tenant, paths: Iterable[str]) -> dict[str, Any]:
    """What stands there; a setting that was never decided has its default."""
    whole = tenant.model_dump(mode="json")
    return {path: functools.reduce(operator.getitem, path.split("."), whole) for path in paths}


async def set_status(ctx: Context, database: Database, status: TenantStatus) -> None:
    """Suspend the tenant, or let it work again. For whoever runs the house: no role may. Raises Forbidden.

    Nobody of a suspended tenant signs in or stays connected. Its webhooks are still journaled and drained, and what
    was queued is still sent: a customer's message is not lost over a bill.
    """
    if not ctx.actor.is_house:
        raise Forbidden
    await _update(ctx, database, {"status": status})
