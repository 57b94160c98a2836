"""Everyone who is connected to this process: of every tenant, through every dialect."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from aiohttp import web

from server import metrics
from server.bus import FED, Signal
from server.desk.events import PresenceChanged
from server.realtime import typists
from server.realtime.admission import SOCKETS_A_TENANT, SOCKETS_A_USER, TenantIsFull, TooManySockets
from server.realtime.attendance import Attendance
from server.realtime.connection import Connection, Line
from server.realtime.floor import Floor
from server.realtime.hub import Hub
from server.realtime.vocabulary import Vocabulary
from server.realtime.watch import Watch, feed_bounds
from server.runtime import Runtime
from server.web.dialect import RUNTIME
from tenants import feed
from tenants.access import Identity
from tenants.db import STORE_DOWN
from tenants.events import AccessChanged
from tenants.problems import Problem


class Realtime:
    """A tenant has one floor for each dialect that is in use; one hub feeds them all and one watch looks after them."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._floors: dict[str, list[Floor]] = {}
        self._hub = Hub(runtime)
        self._watch = Watch(runtime, self._floors)
        self._attendance = Attendance(runtime, self._floors)
        self._tasks: set[asyncio.Task[Any]] = set()

    async def run(self) -> None:
        """Until cancelled."""
        self._runtime.bus.listen(self._hear)
        await asyncio.gather(self._hub.run(), self._watch.run(), self._attendance.run())

    async def close(self) -> None:
        self._hub.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._attendance.close()

    # From the bus

    def _hear(self, signal: Signal) -> None:
        floors = self._floors.get(signal.tenant_id)
        if floors is None:
            return
        if signal.kind == FED:
            self._hub.wake(signal.tenant_id)
        elif signal.kind == AccessChanged.kind:
            self._spawn(self._check_access(signal.tenant_id))
        else:
            if signal.kind == PresenceChanged.kind:
                self._attendance.hear(signal)
            for floor in floors:
                floor.show_briefly(signal)

    async def _check_access(self, tenant_id: str) -> None:
        # The poll looks again within seconds.
        with contextlib.suppress(*STORE_DOWN):
            await self._watch.check_access([tenant_id])

    # From the edges

    async def admit(
        self,
        sid: str,
        socket: Line | None,
        identity: Identity,
        vocabulary: Vocabulary,
        *,
        turn_away: Callable[[Connection, Problem], Awaitable[None]],
    ) -> Connection:
        """Raises TooManySockets or TenantIsFull. `socket` None: it is gone already."""
        floor = await self._floor_of(identity.tenant.id, vocabulary)
        # From here on nothing waits, so that neither the floor nor the socket can go meanwhile.
        try:
            self._check_room(floor, socket, identity.user.id)
        except Problem:
            self._clear(floor)
            raise
        assert socket
        connection = Connection(sid, socket, self._runtime, floor, identity, turn_away)
        metrics.sockets.inc()
        floor.enter(connection)
        self._attendance.changed(identity.tenant, [connection.user_id])
        if vocabulary.tail:
            self._spawn(self._greet(connection))
        return connection

    def _check_room(self, floor: Floor, socket: Line | None, user_id: str) -> None:
        floors = self._floors[floor.tenant_id]
        if socket is None or socket.closed:
            raise TooManySockets
        if sum(len(each.sockets_of(user_id)) for each in floors) >= SOCKETS_A_USER:
            raise TooManySockets
        if sum(len(each.connections) for each in floors) >= SOCKETS_A_TENANT:
            raise TenantIsFull

    async def _floor_of(self, tenant_id: str, vocabulary: Vocabulary) -> Floor:
        if floor := self._floor_for(tenant_id, vocabulary):
            return floor
        cursor = await feed.tail(self._runtime.database.scoped(tenant_id))
        if floor := self._floor_for(tenant_id, vocabulary):
            return floor
        floor = Floor(self._runtime, vocabulary, tenant_id, cursor)
        self._floors.setdefault(tenant_id, []).append(floor)
        self._hub.follow(floor)
        return floor

    def _floor_for(self, tenant_id: str, vocabulary: Vocabulary) -> Floor | None:
        floors = self._floors.get(tenant_id, [])
        return next((floor for floor in floors if floor.vocabulary is vocabulary), None)

    async def _greet(self, connection: Connection) -> None:
        # The beacon says it again.
        with contextlib.suppress(*STORE_DOWN):
            bounds = await feed_bounds(self._runtime, connection.floor.tenant_id)
            if packet := connection.floor.tail_packet(*bounds):
                connection.push(packet)

    def exit(self, connection: Connection) -> None:
        """Its socket has closed."""
        metrics.sockets.dec()
        typists.gone(connection)
        connection.floor.exit(connection)
        self._clear(connection.floor)
        self._attendance.changed(connection.identity.tenant, [connection.user_id])

    def _clear(self, floor: Floor) -> None:
        if floor.connections:
            return
        floor.stop()
        self._hub.leave(floor)
        self._floors[floor.tenant_id].remove(floor)
        if not self._floors[floor.tenant_id]:
            del self._floors[floor.tenant_id]

    def _spawn(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


REALTIME = web.AppKey("realtime", Realtime)


async def hold_realtime(app: web.Application) -> AsyncIterator[None]:
    """For `cleanup_ctx`: what every edge of this process shares."""
    realtime = app[REALTIME] = Realtime(app[RUNTIME])
    running = asyncio.create_task(realtime.run())
    yield
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await realtime.close()
