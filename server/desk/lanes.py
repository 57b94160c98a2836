"""Lanes: a line of work that one process walks at a time. A lease, by the server's clock; losing it loses only speed."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from tenants.context import Context
from tenants.db import Duplicate
from tenants.ids import new_id

_LEASE_MS = 6_000
_LONG_AGO = datetime.fromtimestamp(0, UTC)


class Lane:
    def __init__(self, ctx: Context, name: str) -> None:
        self._lanes, self._name, self._owner = ctx.db.lanes.lightly, name, new_id()
        self._renew_at = 0.0

    async def take(self) -> bool:
        """When another process has it, leave word that there is something to do."""
        if await self._take():
            return True
        try:
            await self._lanes.insert({"_id": new_id(), "name": self._name, "owner": None, "until": _LONG_AGO})
        except Duplicate:
            await self._lanes.update({"name": self._name}, {"$set": {"rung": True}})
            return False
        return await self._take()

    async def _take(self) -> bool:
        free = {"$or": [{"$lt": ["$until", "$$NOW"]}, {"$eq": ["$owner", self._owner]}]}
        ours = {"owner": self._owner, "until": {"$add": ["$$NOW", _LEASE_MS]}, "rung": False}
        self._renew_at = time.monotonic() + _LEASE_MS / 4000
        return await self._lanes.update({"name": self._name, "$expr": free}, [{"$set": ours}])

    async def keep(self) -> None:
        """Renew well before the lease ends; in between it costs nothing."""
        if time.monotonic() > self._renew_at:
            await self._lanes.update(
                {"name": self._name, "owner": self._owner},
                [{"$set": {"until": {"$add": ["$$NOW", _LEASE_MS]}}}],
            )
            self._renew_at = time.monotonic() + _LEASE_MS / 4000

    async def leave(self) -> bool:
        """False when someone rang meanwhile and there is more to do."""
        ours = {"name": self._name, "owner": self._owner}
        if await self._lanes.update({**ours, "rung": False}, [{"$set": {"until": "$$NOW", "owner": None}}]):
            return True
        return not await self._lanes.update(ours, {"$set": {"rung": False}})

    async def drop(self) -> None:
        await self._lanes.update({"name": self._name, "owner": self._owner}, [{"$set": {"until": "$$NOW"}}])


@asynccontextmanager
async def held(ctx: Context, name: str) -> AsyncIterator[Lane | None]:
    """The lane, or None while another process has it. Given up on the way out, also when that is an exception."""
    lane = Lane(ctx, name)
    if not await lane.take():
        yield None
        return
    try:
        yield lane
    except BaseException:
        await lane.drop()
        raise
