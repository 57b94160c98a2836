"""Webhooks made durable. What arrives while others are being written shares the next majority write (docs/protocol.md)."""

import asyncio
import hashlib
from collections.abc import Sequence
from typing import Any, NamedTuple

from server.jobs import Job
from server.runtime import Runtime
from tenants.context import Kick
from tenants.ids import new_id


class _Entry(NamedTuple):
    row: dict[str, Any]
    written: "asyncio.Future[None]"


class Journal:
    """One per web process."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        # By tenant: what waits for the write that is under way.
        self._waiting: dict[str, list[_Entry]] = {}
        self._writers: set[asyncio.Task[None]] = set()

    async def write(self, tenant_id: str, raw: bytes, *, shared: bool = False) -> None:
        """Returns when `raw` is on disk at a majority; a body that is there already is not written again.

        Raises what the store raises. `shared`: `raw` is this tenant's part of a body that concerns others too.
        """
        # A future for each: a client that goes away must not take the others' write with it.
        entry = _Entry(self._row(raw, shared=shared), asyncio.get_running_loop().create_future())
        if tenant_id in self._waiting:
            self._waiting[tenant_id].append(entry)
        else:
            self._waiting[tenant_id] = [entry]
            writer = asyncio.create_task(self._write_on(tenant_id))
            self._writers.add(writer)
            writer.add_done_callback(self._writers.discard)
        await entry.written

    async def _write_on(self, tenant_id: str) -> None:
        """One group after the other, until nothing waits."""
        while group := self._waiting[tenant_id]:
            self._waiting[tenant_id] = []
            await self._write(tenant_id, group)
        del self._waiting[tenant_id]

    async def _write(self, tenant_id: str, group: Sequence[_Entry]) -> None:
        failure: Exception | None = None
        try:
            db = self._runtime.database.scoped(tenant_id)
            await db.webhook_inbox.insert_new([entry.row for entry in group])
        except Exception as error:  # noqa: BLE001 — each who waits is told
            failure = error
        else:
            self._runtime.jobs.kick(Kick(Job.DRAIN_INBOX, (tenant_id,)))
        for entry in group:
            if entry.written.done():
                continue
            if failure:
                entry.written.set_exception(failure)
            else:
                entry.written.set_result(None)

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
