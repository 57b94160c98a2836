"""Keys for programs. The tenant's, with a role of their own; shown once, and stored as a digest."""

import secrets
from datetime import datetime
from typing import NamedTuple

from server.desk.events import CatalogChanged
from tenants.api_keys import START, ApiKey, ForPeopleOnly, digest
from tenants.audit import Action, Change, Target, differences
from tenants.context import Context, atomic
from tenants.events import AccessChanged
from tenants.ids import new_id
from tenants.models import ActorKind, Role
from tenants.permissions import ROLE_PERMISSIONS, Permission, requires
from tenants.problems import Forbidden, Invalid, NotFound

_EDITING = requires(Permission.TENANT_EDIT)
_TOLD = ("name", "role", "prefix", "expires_at")


class NewApiKey(NamedTuple):
    """`key` is told now, and never again."""

    shown: ApiKey
    key: str


class ApiKeyNotFound(NotFound):
    message = "Chave não encontrada."


@_EDITING
async def every(ctx: Context) -> list[ApiKey]:
    """Newest first; those that have expired too."""
    return [ApiKey.of(found) for found in await ctx.db.api_keys.all(sort=[("_id", -1)])]


@_EDITING
@atomic
async def create(ctx: Context, *, name: str, role: Role, expires_at: datetime | None = None) -> NewApiKey:
    """Raises Forbidden for a role that may do more than the actor, Invalid for an end that is past."""
    _by_a_person(ctx)
    if ctx.actor.role and not ROLE_PERMISSIONS[role] <= ROLE_PERMISSIONS[ctx.actor.role]:
        raise Forbidden
    if expires_at and expires_at <= ctx.now():
        raise Invalid.field("expiresAt", "Precisa ser um momento futuro.")
    prefix = f"{START}{secrets.token_hex(4)}"
    key = f"{prefix}_{secrets.token_urlsafe(32)}"
    document = {
        "_id": new_id(), "name": name, "role": role, "prefix": prefix, "digest": digest(key), "expires_at": expires_at,
        "created_by": {"id": ctx.actor.id, "name": ctx.actor.name}, "created_at": ctx.now(), "last_used_at": None,
    }  # fmt: skip
    made = ApiKey.of(await ctx.db.api_keys.insert(document))
    ctx.record(Action.API_KEY_CREATED, _target(made), differences({}, document, _TOLD))
    ctx.publish(CatalogChanged(noun="api_keys", id=made.id))
    return NewApiKey(made, key)


@_EDITING
@atomic
async def revoke(ctx: Context, id: str) -> None:
    """It opens nothing any more, everywhere within 5 seconds."""
    _by_a_person(ctx)
    found = await ctx.db.api_keys.by_id(id)
    if found is None:
        raise ApiKeyNotFound
    await ctx.db.api_keys.delete({"_id": id})
    ctx.record(Action.API_KEY_REVOKED, _target(ApiKey.of(found)), [Change("prefix", found["prefix"])])
    ctx.publish(CatalogChanged(noun="api_keys", id=id))
    ctx.publish(AccessChanged())


def _by_a_person(ctx: Context) -> None:
    """A key that was stolen must not be able to outlive its revocation by another."""
    if ctx.actor.kind is ActorKind.API_KEY:
        raise ForPeopleOnly


def _target(key: ApiKey) -> Target:
    return Target("api_keys", key.id, key.name)
