"""Which program is behind an API key, right now."""

import time
from datetime import timedelta
from typing import NamedTuple

from tenants import models, registry
from tenants.access import STALE_AFTER, TenantSuspended
from tenants.api_keys import ApiKey, digest
from tenants.db import Database, ScopedDatabase
from tenants.models import Actor, Tenant, TenantStatus
from tenants.problems import Unauthenticated

_MAX_KNOWN = 5_000
# `last_used_at` is for people who tidy up: it need not be exact, and must not cost a write for each request.
_USE_NOTED_EVERY = timedelta(minutes=1)


class KeyHolder(NamedTuple):
    tenant: Tenant
    key: ApiKey

    @property
    def actor(self) -> Actor:
        return self.key.actor


class KeyAccess:
    """What `Access` is for people."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[tuple[str, str], tuple[float, KeyHolder]] = {}
        self._forgettings = 0

    async def identify(self, key: str, slug: str) -> KeyHolder:
        """Raises Unauthenticated (unknown here, expired or revoked) or TenantSuspended."""
        place = (slug, digest(key))
        checked_at, holder = self._known.get(place, (0.0, None))
        if holder is None or time.monotonic() - checked_at > STALE_AFTER:
            forgettings = self._forgettings
            holder = await self._look_up(*place)
            if forgettings == self._forgettings:  # else what was just read may already be out of date
                self._remember(place, holder)
        if holder.key.expires_at and holder.key.expires_at <= models.now():
            raise Unauthenticated
        return holder

    def forget(self, tenant_id: str) -> None:
        self._forgettings += 1
        for place in [place for place, (_, known) in self._known.items() if known.tenant.id == tenant_id]:
            del self._known[place]

    def _remember(self, place: tuple[str, str], holder: KeyHolder) -> None:
        if len(self._known) >= _MAX_KNOWN:
            self._known.clear()
        self._known[place] = (time.monotonic(), holder)

    async def _look_up(self, slug: str, hashed: str) -> KeyHolder:
        tenant = await registry.tenant_by_slug(self._database, slug)
        if tenant is None:
            raise Unauthenticated
        db = self._database.scoped(tenant.id)
        found = await db.api_keys.one({"digest": hashed})
        if found is None:
            raise Unauthenticated
        if tenant.status is TenantStatus.SUSPENDED:
            raise TenantSuspended
        await _note_use(db, found["_id"])
        return KeyHolder(tenant, ApiKey.of(found))


async def _note_use(db: ScopedDatabase, id: str) -> None:
    now = models.now()
    long_ago = [{"last_used_at": None}, {"last_used_at": {"$lt": now - _USE_NOTED_EVERY}}]
    await db.api_keys.lightly.update({"_id": id, "$or": long_ago}, {"$set": {"last_used_at": now}})
