"""Follows the feed of each tenant that has someone listening in this process.

Redis only wakes it. It also looks by itself, so a process that hears nothing is late by a second and misses nothing.
"""

import asyncio
import time
from typing import Any, Protocol

import structlog

from server.runtime import Runtime
from tenants import feed
from tenants.db import STORE_DOWN

log = structlog.get_logger()

LOOK_EVERY = 1.0
# With more tenants than fit into a second the looks spread out further, rather than crowd the database.
_LEAST_PAUSE = 0.002
_BATCH = 500


class Audience(Protocol):
    """Whoever shows a tenant's events in one way. It moves `cursor` itself, event by event."""

    tenant_id: str
    cursor: int

    async def hear(self, events: list[dict[str, Any]]) -> None: ...


class Follower:
    """One tenant's feed, read in order by one task at a time, for everyone who shows it."""

    def __init__(self, runtime: Runtime, tenant_id: str) -> None:
        self._db = runtime.database.scoped(tenant_id)
        self._tenant_id = tenant_id
        self._task: asyncio.Task[None] | None = None
        self._again = False
        self.audiences: list[Audience] = []

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
            # One event must not end the show for everyone: the next look goes on behind it.
            log.exception("live.reading_failed", tenant=self._tenant_id)

    async def _read_on(self) -> None:
        more = True
        while more and self.audiences:
            events = await feed.after(self._db, min(a.cursor for a in self.audiences), limit=_BATCH)
            for audience in list(self.audiences):
                await audience.hear([event for event in events if event["seq"] > audience.cursor])
            more = len(events) == _BATCH

    def stop(self) -> None:
        self.audiences.clear()
        if self._task:
            self._task.cancel()


class Hub:
    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._followers: dict[str, Follower] = {}

    def follow(self, audience: Audience) -> None:
        follower = self._followers.get(audience.tenant_id)
        if follower is None:
            follower = self._followers[audience.tenant_id] = Follower(self._runtime, audience.tenant_id)
        follower.audiences.append(audience)
        follower.wake()

    def leave(self, audience: Audience) -> None:
        follower = self._followers[audience.tenant_id]
        follower.audiences.remove(audience)
        if not follower.audiences:
            del self._followers[audience.tenant_id]

    def wake(self, tenant_id: str) -> None:
        if follower := self._followers.get(tenant_id):
            follower.wake()

    async def run(self) -> None:
        """Look at every tenant's feed once a second, one after the other, until cancelled."""
        while True:
            began = time.monotonic()
            for follower in list(self._followers.values()):
                follower.wake()
                await asyncio.sleep(max(LOOK_EVERY / (len(self._followers) or 1), _LEAST_PAUSE))
            await asyncio.sleep(max(LOOK_EVERY - (time.monotonic() - began), 0))

    def stop(self) -> None:
        for follower in self._followers.values():
            follower.stop()
