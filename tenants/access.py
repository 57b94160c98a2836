"""Who is behind a token, right now: the one answer that REST and sockets share."""

import time
from typing import NamedTuple

from tenants import registry
from tenants.credentials import Claims, Tokens, session_is_live
from tenants.db import Database
from tenants.models import Actor, Tenant, TenantStatus, User
from tenants.problems import Forbidden, Unauthenticated

# A revoked session, a disabled user or a changed role takes effect everywhere within this many seconds, even
# where the signal that announces it is lost.
STALE_AFTER = 3.0
_MAX_KNOWN = 20_000


class TenantSuspended(Forbidden):
    code = "TENANT_SUSPENDED"
    message = "Esta conta está suspensa."


class Identity(NamedTuple):
    tenant: Tenant
    user: User
    claims: Claims

    @property
    def actor(self) -> Actor:
        return Actor.of(self.user)


class Access:
    def __init__(self, database: Database, tokens: Tokens) -> None:
        self._database = database
        self._tokens = tokens
        self._known: dict[str, tuple[float, Identity]] = {}
        self._forgettings = 0

    async def identify(self, token: str, *, fresh: bool = False) -> Identity:
        """Raises Unauthenticated (bad, expired or revoked token; inactive user) or TenantSuspended.

        `fresh` is for what will live on by this answer: it must not begin with one that is already out of date.
        """
        claims = self._tokens.read(token)
        checked_at, identity = self._known.get(claims.sid, (0.0, None))
        if (
            fresh
            or identity is None
            or time.monotonic() - checked_at > STALE_AFTER
            or (identity.tenant.id, identity.user.id) != (claims.tid, claims.sub)
        ):
            forgettings = self._forgettings
            identity = await self._look_up(claims)
            if forgettings == self._forgettings:  # else what was just read may already be out of date
                self._remember(claims.sid, identity)
        if identity.user.session_version != claims.ver:
            raise Unauthenticated
        return identity._replace(claims=claims)

    def forget(self, tenant_id: str) -> None:
        """Look again at everyone of this tenant: something about access has changed."""
        self._forgettings += 1
        for sid in [sid for sid, (_, known) in self._known.items() if known.tenant.id == tenant_id]:
            del self._known[sid]

    def _remember(self, sid: str, identity: Identity) -> None:
        if len(self._known) >= _MAX_KNOWN:
            self._known.clear()
        self._known[sid] = (time.monotonic(), identity)

    async def _look_up(self, claims: Claims) -> Identity:
        tenant = await registry.tenant_by_id(self._database, claims.tid)
        db = self._database.scoped(claims.tid)
        found = await db.users.by_id(claims.sub)
        if tenant is None or found is None or not await session_is_live(db, claims.sid):
            raise Unauthenticated
        user = User.of(found)
        if not user.active:
            raise Unauthenticated
        if tenant.status is TenantStatus.SUSPENDED:
            raise TenantSuspended
        return Identity(tenant, user, claims)
