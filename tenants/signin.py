"""Signing in, staying in and signing out."""

import asyncio
from collections.abc import Sequence
from typing import NamedTuple

from tenants import registry
from tenants.access import TenantSuspended
from tenants.audit import Action, Target
from tenants.context import Context, atomic
from tenants.credentials import (
    Grant,
    RefreshToken,
    TokenReused,
    open_session,
    password_matches,
    revoke_session,
    rotate_session,
)
from tenants.db import Database, Document
from tenants.events import AccessChanged
from tenants.keys import Keys
from tenants.models import Actor, Tenant, TenantStatus, User, UserStatus
from tenants.problems import Conflict, Unauthenticated

# Each tenant that an e-mail leads to costs a password hash. Whoever has more names the tenant.
_MAX_TENANTS = 8


class WrongCredentials(Unauthenticated):
    """`tried`: who has this e-mail. For the house; whoever asks is not told that there is anyone."""

    message = "E-mail ou senha incorretos."

    def __init__(self, tried: Sequence[tuple[Tenant, User]] = ()) -> None:
        super().__init__()
        self.tried = tried


class TenantRequired(Conflict):
    code = "TENANT_REQUIRED"
    message = "Este e-mail abre mais de uma conta; escolha uma delas."


class SignedIn(NamedTuple):
    user: User
    tenant: Tenant
    token: str
    refresh_token: str


async def recognise(
    database: Database, keys: Keys, *, email: str, password: str, slug: str | None
) -> tuple[Tenant, User]:
    """Who that is. An unknown e-mail and a wrong password look alike and take equally long.

    Raises WrongCredentials, TenantSuspended, and TenantRequired (with `tenants: [{slug, name}]`) when both open several.
    """
    candidates = await _candidates(database, email, slug)
    hashes = [user["password_hash"] for _, user in candidates] or [None]
    fits = await asyncio.gather(*(password_matches(password, h, rounds=keys.password_rounds) for h in hashes))
    opened = [candidate for candidate, fit in zip(candidates, fits, strict=False) if fit]
    if not opened:
        raise WrongCredentials([(tenant, User.of(user)) for tenant, user in candidates])
    if len(opened) > 1:
        raise TenantRequired(
            extra={"tenants": [{"slug": tenant.slug, "name": tenant.name} for tenant, _ in opened]}
        )
    tenant, user = opened[0]
    if tenant.status is TenantStatus.SUSPENDED:
        raise TenantSuspended
    return tenant, User.of(user)


async def _candidates(database: Database, email: str, slug: str | None) -> list[tuple[Tenant, Document]]:
    known = {"email": email, "status": UserStatus.ACTIVE}
    found = [
        (tenant, await database.scoped(tenant.id).users.one(known))
        for tenant in await _tenants(database, email, slug)
    ]
    return [(tenant, user) for tenant, user in found if user]


async def _tenants(database: Database, email: str, slug: str | None) -> list[Tenant]:
    if slug:
        named = await registry.tenant_by_slug(database, slug)
        return [named] if named else []
    addresses = await registry.find_addresses(database, registry.email_key(email))
    found = await registry.tenants_by_id(database, [address.tenant_id for address in addresses])
    return sorted(found, key=lambda tenant: tenant.id)[:_MAX_TENANTS]


async def tenant_of(database: Database, refresh: RefreshToken) -> Tenant:
    """Raises Unauthenticated."""
    tenant = await registry.tenant_by_id(database, refresh.tenant_id)
    if tenant is None:
        raise Unauthenticated
    return tenant


async def begin(ctx: Context, user: User) -> SignedIn:
    """Open a session for someone who was recognised."""
    return _signed_in(ctx, user, await _open(ctx, user))


@atomic
async def _open(ctx: Context, user: User) -> Grant:
    grant = await open_session(ctx, user, lifetime=ctx.keys.session_lifetime)
    await ctx.db.users.update({"_id": user.id}, {"$set": {"last_login_at": ctx.now()}})
    ctx.record(Action.SESSION_OPENED, _target(user))
    return grant


@atomic
async def refused(ctx: Context, user: User) -> None:
    """Somebody has tried a wrong password on this user."""
    ctx.record(Action.SESSION_REFUSED, _target(user))


def _target(user: User) -> Target:
    return Target("users", user.id, user.name)


async def renew(ctx: Context, refresh: RefreshToken) -> SignedIn:
    """Exchange a refresh token for new tokens; a token used twice ends its session.

    Raises Unauthenticated, or TenantSuspended, which leaves the token good for when the tenant works again.
    """
    if ctx.tenant.status is TenantStatus.SUSPENDED:
        raise TenantSuspended
    user_id, grant = await _rotate(ctx, refresh)
    found = await ctx.db.users.by_id(user_id)
    user = User.of(found) if found else None
    if user is None or not user.active:
        raise Unauthenticated
    return _signed_in(ctx, user, grant)


@atomic
async def end(ctx: Context, session_id: str) -> None:
    await revoke_session(ctx, session_id)
    ctx.record(Action.SESSION_CLOSED, Target("users", ctx.actor.id, ctx.actor.name))
    ctx.publish(AccessChanged(user_id=ctx.actor.id))


async def end_by_refresh(ctx: Context, refresh: RefreshToken) -> None:
    """Rotating proves that the token is the session's newest. Raises Unauthenticated."""
    user_id, grant = await _rotate(ctx, refresh)
    if found := await ctx.db.users.by_id(user_id):
        ctx.actor = Actor.of(User.of(found))  # it was the token that said who it is
    await end(ctx, grant.session_id)


async def _rotate(ctx: Context, refresh: RefreshToken) -> tuple[str, Grant]:
    try:
        return await rotate_session(
            ctx, refresh.session_id, refresh.secret, lifetime=ctx.keys.session_lifetime
        )
    except TokenReused:
        ctx.publish(AccessChanged())
        raise


def _signed_in(ctx: Context, user: User, grant: Grant) -> SignedIn:
    token = ctx.keys.tokens.issue(user, ctx.tenant, session_id=grant.session_id, at=ctx.now())
    return SignedIn(user, ctx.tenant, token, grant.refresh_token)
