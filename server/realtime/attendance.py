"""Tells the desk who is here: whose sockets open, are open, and have all closed."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence

import structlog

from server.bus import Signal
from server.desk import presence
from server.desk.conversations.waiting import distribution_wanted
from server.desk.events import PresenceChanged
from server.desk.presence import Presence
from server.realtime.floor import Floor
from server.runtime import Runtime
from tenants.context import Context
from tenants.db import STORE_DOWN
from tenants.models import Tenant

log = structlog.get_logger()
BEAT_EVERY = 20.0
_LAST_WORDS = 2.0

# By user id; who is not named is offline.
Presences = dict[str, str]


class Attendance:
    """For each tenant one task at a time, which looks at the sockets as they are then: what comes quickly is told once."""

    def __init__(self, runtime: Runtime, floors: Mapping[str, Sequence[Floor]]) -> None:
        self._runtime = runtime
        self._floors = floors
        self._unsettled: dict[str, tuple[Tenant, set[str]]] = {}
        self._settling: dict[str, asyncio.Task[None]] = {}
        # What people were last told, of tenants that have someone here.
        self._told: dict[str, Presences] = {}

    async def run(self) -> None:
        """Say of everyone who is connected that he still is, until cancelled."""
        while True:
            tenant_ids = list(self._floors)
            for tenant_id in tenant_ids:
                self._beat(tenant_id)
                await asyncio.sleep(BEAT_EVERY / len(tenant_ids))
            if not tenant_ids:
                await asyncio.sleep(BEAT_EVERY)

    def _beat(self, tenant_id: str) -> None:
        for floor in self._floors.get(tenant_id, []):
            someone = next(iter(floor.connections.values()))
            self.changed(someone.identity.tenant, floor.user_ids)

    def changed(self, tenant: Tenant, user_ids: Iterable[str]) -> None:
        """Look at these people's sockets, and tell."""
        self._unsettled.setdefault(tenant.id, (tenant, set()))[1].update(user_ids)
        if tenant.id not in self._settling:
            self._settling[tenant.id] = asyncio.create_task(self._settle(tenant.id))

    def hear(self, signal: Signal) -> None:
        """Another process, or the user himself, said so. Where he is still connected here, it is taken back."""
        said = PresenceChanged.model_validate(signal.payload)
        if signal.tenant_id in self._told:
            self._told[signal.tenant_id][said.user_id] = said.presence
        if said.presence == Presence.OFFLINE:
            for floor in self._floors[signal.tenant_id]:
                for connection in floor.sockets_of(said.user_id)[:1]:
                    self.changed(connection.identity.tenant, [said.user_id])

    async def _settle(self, tenant_id: str) -> None:
        try:
            while unsettled := self._unsettled.pop(tenant_id, None):
                await self._tell(*unsettled)
        except STORE_DOWN as down:
            # The next beat says it again; who has gone is forgotten by himself.
            log.warning("live.presence_delayed", tenant=tenant_id, cause=str(down)[:200])
        except Exception:
            log.exception("live.presence_failed", tenant=tenant_id)
        finally:
            del self._settling[tenant_id]

    async def _tell(self, tenant: Tenant, user_ids: set[str]) -> None:
        floors = self._floors.get(tenant.id, [])
        here = [id for id in user_ids if any(floor.sockets_of(id) for floor in floors)]
        async with self._runtime.enter(tenant) as ctx:
            before = self._told.get(tenant.id) or await _everyone(ctx)
            if here:
                await presence.connected(ctx.db, here)
            if gone := list(user_ids.difference(here)):
                await presence.gone(ctx.db, gone)
            after = await _everyone(ctx)
            _publish(ctx, before, after)
        if tenant.id in self._floors:
            self._told[tenant.id] = after
        else:
            self._told.pop(tenant.id, None)

    async def close(self) -> None:
        """What is under way is still said, if the store answers soon."""
        if under_way := list(self._settling.values()):
            _, late = await asyncio.wait(under_way, timeout=_LAST_WORDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)


async def _everyone(ctx: Context) -> Presences:
    return {user_id: str(state) for user_id, state in (await presence.every(ctx)).items()}


def _publish(ctx: Context, before: Presences, after: Presences) -> None:
    for user_id in before.keys() | after.keys():
        now = after.get(user_id, Presence.OFFLINE)
        if now == before.get(user_id, Presence.OFFLINE):
            continue
        ctx.publish(PresenceChanged(user_id=user_id, presence=now))
        if now == Presence.ONLINE:
            distribution_wanted(ctx)
