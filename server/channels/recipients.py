"""Who a webhook is for: found by slug or by the addresses in it, and remembered for a few seconds."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from server.desk import channels
from server.runtime import Runtime
from tenants import registry

V = TypeVar("V")

REMEMBERED_SECONDS = 5.0
_MOST_REMEMBERED = 20_000
_MOST_TOGETHER = 10


@dataclass(frozen=True, slots=True)
class Recipient:
    """A tenant, and the app secrets its webhooks may be signed with (the Meta app's: several channels may share one)."""

    tenant_id: str
    secrets: frozenset[bytes]


class ShortMemory(Generic[V]):
    """Remembers what `load` found; what it did not find is looked up each time. One load a key at a time."""

    def __init__(self, load: Callable[[str], Awaitable[V | None]]) -> None:
        self._load = load
        self._known: dict[str, tuple[float, V]] = {}
        self._loading: dict[str, asyncio.Task[V | None]] = {}

    async def get(self, key: str, *, fresh: bool = False) -> V | None:
        known = self._known.get(key)
        if known and not fresh and time.monotonic() - known[0] < REMEMBERED_SECONDS:
            return known[1]
        if key not in self._loading:
            self._loading[key] = asyncio.create_task(self._look_up(key))
        return await asyncio.shield(self._loading[key])

    async def _look_up(self, key: str) -> V | None:
        began = time.monotonic()
        try:
            found = await self._load(key)
        finally:
            del self._loading[key]
        if len(self._known) >= _MOST_REMEMBERED:
            self._known.clear()
        self._known.pop(key, None)
        if found is not None:
            self._known[key] = (began, found)
        return found


class Recipients:
    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._tenant_ids = ShortMemory(self._load_tenant_id)
        self._recipients = ShortMemory(self._load_recipient)
        self._owners = ShortMemory(self._load_owners)

    async def by_slug(self, slug: str, *, fresh: bool = False) -> Recipient | None:
        tenant_id = await self._tenant_ids.get(slug, fresh=fresh)
        return await self._recipients.get(tenant_id, fresh=fresh) if tenant_id else None

    async def by_id(self, tenant_id: str, *, fresh: bool = False) -> Recipient | None:
        return await self._recipients.get(tenant_id, fresh=fresh)

    async def owners(self, numbers: Iterable[str], accounts: Iterable[str]) -> dict[str, frozenset[str]]:
        """By tenant id: which of these phone number ids and WABA ids are its own. A WABA may be several tenants'."""
        keys = [registry.phone_number_key(number) for number in sorted(numbers)]
        keys += [registry.waba_key(account) for account in sorted(accounts)]
        if not keys:
            return {}
        asked = "\n".join(keys)
        # Only what Meta usually sends is remembered: nothing is proven yet, and anyone may send a thousand numbers.
        remembered = len(keys) <= _MOST_TOGETHER
        return await (self._owners.get(asked) if remembered else self._load_owners(asked)) or {}

    async def _load_tenant_id(self, slug: str) -> str | None:
        tenant = await registry.tenant_by_slug(self._runtime.database, slug)
        return tenant.id if tenant else None

    async def _load_recipient(self, tenant_id: str) -> Recipient | None:
        tenant = await registry.tenant_by_id(self._runtime.database, tenant_id)
        if tenant is None:
            return None
        async with self._runtime.enter(tenant) as ctx:
            return Recipient(tenant_id, frozenset(await channels.app_secrets(ctx)))

    async def _load_owners(self, keys: str) -> dict[str, frozenset[str]] | None:
        found = await registry.find_each(self._runtime.database, keys.split("\n"))
        owned: dict[str, set[str]] = {}
        for key, address in found:
            owned.setdefault(address.tenant_id, set()).add(key.split("/")[1])
        return {tenant_id: frozenset(ids) for tenant_id, ids in owned.items()} or None
