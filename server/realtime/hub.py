"""Follows the feed of each tenant that has someone listening in this process.

Redis only wakes it. It also looks by itself, so a process that hears nothing is late by a second and misses nothing.
"""

import asyncio
import time
from typing import Any, Protocol

import structlog

from server.bus import FED, Signal
from server.runtime import Runtime
from tenants import feed
from tenants.db import STORE_DOWN

log = structlog.get_logger()

LOOK_EVERY = 1.0
# With more tenants than fit into a second the looks spread out further, rather than crowd the database.
_LEAST_PAUSE = 0.002
_BATCH = 500


class Audience(Protocol):
    """Whoever shows a tenant's events in one way; `cursor` is set to where its events begin."""

    tenant_id: str
    cursor: int

    async def hear(self, events: list[dict[str, Any]]) -> None: ...


class Follower:
    """One tenant's feed, read in order by one task at a time."""

    def __init__(self, runtime: Runtime, tenant_id: str) -> None:
        self._db = runtime.database.scoped(tenant_id)
        self._tenant_id = tenant_id
        self._cursor: asyncio.Future[int] = asyncio.ensure_future(feed.tail(self._db))
        self._task: asyncio.Task[None] | None = None
        self._again = False
        self.audiences: set[Audience] = set()

    async def add(self, audience: Audience) -> None:
        audience.cursor = await asyncio.shield(self._cursor)
        self.audiences.add(audience)

    def wake(self) -> None:
        self._again = True
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._read())

    async def _read(self) -> None:
        try:
            while self._again:
                self._again = False
                await self._read_on()
        except STORE_DOWN as down:
            log.warning("live.reading_delayed", tenant=self._tenant_id, cause=str(down)[:200])
        except Exception:
            # The hub of all sockets: whatever one tenant's event does to it, the next look goes on after it.
            log.exception("live.reading_failed", tenant=self._tenant_id)
