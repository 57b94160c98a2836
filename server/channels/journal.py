"""Webhooks made durable. Those that arrive together share one majority write (protocol.md, Speed within the protocol)."""

import asyncio
import hashlib
from dataclasses import dataclass, field
from typing import Any

from server.jobs import Job
from server.runtime import Runtime
from tenants.context import Kick
from tenants.ids import new_id

GATHER_SECONDS = 0.002


@dataclass(slots=True, eq=False)
class _Group:
    rows: list[dict[str, Any]] = field(default_factory=list)
    written: "asyncio.Task[None] | None" = None


class Journal:
    """One per web process."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._open: dict[str, _Group] = {}

    async def write(self, tenant_id: str, raw: bytes, *, shared: bool = False) -> None:
        """Returns when `raw` is on disk at a majority; a body that is there already is not written again.

        Raises what the store raises. `shared`: `raw` is this tenant's part of a body that concerns others too.
        """
        group = self._open.get(tenant_id)
        if group is None:
            group = self._open[tenant_id] = _Group()
            group.written = asyncio.create_task(self._write_soon(tenant_id))
        group.rows.append(self._row(raw, shared=shared))
        assert group.written
        # A client that goes away must not take the others' write with it.
        await asyncio.shield(group.written)

    async def _write_soon(self, tenant_id: str) -> None:
        await asyncio.sleep(GATHER_SECONDS)
        rows = self._open.pop(tenant_id).rows
        await self._runtime.database.scoped(tenant_id).webhook_inbox.insert_new(rows)
        self._runtime.jobs.kick(Kick(Job.DRAIN_INBOX, (tenant_id,)))

    def _row(self, raw: bytes, *, shared: bool) -> dict[str, Any]:
        return {
            "_id": new_id(),
            "digest": hashlib.sha256(raw).hexdigest(),
            "raw": raw,
            "at": self._runtime.clock(),
            "state": "NEW",
            "lease_until": None,
            "owner": None,
            "n": 0,
            "error": None,
            "shared": shared,
        }
