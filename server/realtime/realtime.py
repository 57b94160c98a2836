"""Puts the parts together: Socket.IO at the edge, the hub behind it, a dialect's words in between."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from aiohttp import web
from socketio import exceptions

from server import metrics
from server.bus import FED, Signal
from server.realtime import typists
from server.realtime.admission import SOCKETS_A_USER, TooManySockets, identify
from server.realtime.connection import Connection
from server.realtime.floor import Floor
from server.realtime.handlers import Handlers, call, refuse
from server.realtime.hub import Hub
from server.realtime.packets import Refused
from server.realtime.rendering import Frame, Renderer
from server.realtime.sockets import SocketServer
from server.realtime.transport import Socket
from server.realtime.watch import Watch, tail_packet
from server.runtime import Runtime
from server.settings import Settings
from server.web.dialect import RUNTIME
from tenants import feed
from tenants.db import STORE_DOWN
from tenants.events import AccessChanged
from tenants.problems import Problem

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a dialect says: durable events as frames, what it hears from clients, and by kind what nobody keeps."""

    frames: Renderer
    handlers: Handlers
    ephemeral: Mapping[str, Callable[[dict[str, Any]], list[Frame]]]


class Realtime:
    """The Socket.IO side of a web process."""

    def __init__(self, app: web.Application, settings: Settings, vocabulary: Vocabulary) -> None:
        self._app = app
        self._vocabulary = vocabulary
        self._floors: dict[str, Floor] = {}
        self._connections: dict[str, Connection] = {}
        self._tasks: set[asyncio.Task[Any]] = set()
        self._sockets = SocketServer(
            origins=(*settings.cors_origins, settings.public_url), on_refused=self._on_refused
        )
        self._sockets.on("connect", self._on_connect)
        self._sockets.on("disconnect", self._on_disconnect)
        self._sockets.on("*", self._on_event)

    def attach(self) -> None:
        self._sockets.attach(self._app)
        self._app.cleanup_ctx.append(self._live)
        self._app.on_shutdown.append(self._close)

    async def _live(self, app: web.Application) -> AsyncIterator[None]:
        self._runtime: Runtime = app[RUNTIME]
        self._hub = Hub(self._runtime)
        self._watch = Watch(self._runtime, self._floors, self._dismiss)
        self._runtime.bus.listen(self._hear)
        self._spawn(self._hub.run())
        self._spawn(self._watch.run())
        yield
        self._hub.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _close(self, _app: web.Application) -> None:
        """Close the connections, not the sessions: clients come back by themselves, to another process or the next."""
        await self._sockets.shutdown()

    # From the bus

    def _hear(self, signal: Signal) -> None:
        floor = self._floors.get(signal.tenant_id)
        if floor is None:
            return
        if signal.kind == FED:
            self._hub.wake(signal.tenant_id)
        elif signal.kind == AccessChanged.kind:
            self._spawn(self._check_access(signal.tenant_id))
        elif say := self._vocabulary.ephemeral.get(signal.kind):
            payload = signal.payload
            floor.show_briefly(say(payload), payload["conversation_id"], but=payload.get("socket_id"))

    async def _check_access(self, tenant_id: str) -> None:
        # The poll looks again within seconds.
        with contextlib.suppress(*STORE_DOWN):
            await self._watch.check_access([tenant_id])

    # From clients

    async def _on_connect(self, sid: str, headers: dict[str, str], auth: Any) -> None:
        socket = self._sockets.socket_of(sid)
        try:
            connection = await self._admit(sid, socket, auth, headers)
        except Problem as problem:
            reason = {"code": problem.code, "message": problem.message}
            raise exceptions.ConnectionRefusedError(problem.message, reason) from problem
        except STORE_DOWN as down:
            # A refusal would keep the client away for good; after a broken connection it tries again.
            log.warning("live.store_down", cause=str(down)[:200])
            if socket:
                await socket.close(abort=True)
            raise exceptions.ConnectionRefusedError from down
        self._spawn(self._greet(connection))

    async def _admit(self, sid: str, socket: Socket | None, auth: Any, headers: dict[str, str]) -> Connection:
        identity = await identify(self._runtime, auth, headers)
        floor = await self._floor_of(identity.tenant.id)
        # From here on nothing waits, so that neither the floor nor the socket can go meanwhile.
        if socket is None or socket.closed or len(floor.sockets_of(identity.user.id)) >= SOCKETS_A_USER:
            self._clear(floor)
            raise TooManySockets
        connection = Connection(sid, socket, self._runtime, floor, identity)
        socket.admitted = True
        self._connections[sid] = connection
        metrics.sockets.inc()
        floor.enter(connection)
        return connection

    async def _floor_of(self, tenant_id: str) -> Floor:
        if floor := self._floors.get(tenant_id):
            return floor
        cursor = await feed.tail(self._runtime.database.scoped(tenant_id))
        if tenant_id not in self._floors:
            floor = self._floors[tenant_id] = Floor(self._runtime, self._vocabulary.frames, tenant_id, cursor)
            self._hub.follow(floor)
        return self._floors[tenant_id]

    async def _greet(self, connection: Connection) -> None:
        # The beacon says it again.
        with contextlib.suppress(*STORE_DOWN):
            connection.push(await tail_packet(self._runtime, connection.floor.tenant_id))

    async def _on_disconnect(self, sid: str, _reason: str) -> None:
        connection = self._connections.pop(sid, None)
        if connection is None:
            return
        metrics.sockets.dec()
        typists.gone(connection)
        connection.floor.exit(connection)
        self._clear(connection.floor)
        # A client may end the session and keep the connection; there is no use for it.
        self._spawn(connection.socket.close())

    def _clear(self, floor: Floor) -> None:
        if not floor.connections:
            self._hub.leave(floor)
            del self._floors[floor.tenant_id]

    async def _on_event(self, name: str, sid: str, *arguments: Any) -> Any:
        connection = self._connections.get(sid)
        if connection is None:
            return None
        answer = await call(self._vocabulary.handlers, connection, name, arguments)
        if connection.budget.exhausted:
            await self._dismiss(connection)
        return answer

    async def _on_refused(self, sid: str, refused: Refused) -> None:
        if connection := self._connections.get(sid):
            connection.budget.spend()
            refuse(connection, refused)
            if connection.budget.exhausted:
                await self._dismiss(connection)

    async def _dismiss(self, connection: Connection) -> None:
        await self._sockets.turn_away(connection.sid, connection.socket)

    def _spawn(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
