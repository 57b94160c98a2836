"""The Socket.IO edge: one dialect's clients on Socket.IO 5."""

import asyncio
from typing import Any

import structlog
from aiohttp import web
from socketio import exceptions

from server.realtime.admission import identify
from server.realtime.connection import Connection
from server.realtime.handlers import call, spend
from server.realtime.packets import Refused
from server.realtime.realtime import REALTIME
from server.realtime.sockets import SocketServer
from server.realtime.vocabulary import Vocabulary
from server.settings import Settings
from server.web.dialect import RUNTIME
from tenants.db import STORE_DOWN
from tenants.problems import Invalid, Problem, RateLimited

log = structlog.get_logger()


class SocketIo:
    def __init__(self, app: web.Application, settings: Settings, vocabulary: Vocabulary) -> None:
        self._app = app
        self._vocabulary = vocabulary
        self._connections: dict[str, Connection] = {}
        self._closing: set[asyncio.Task[Any]] = set()
        self._sockets = SocketServer(
            origins=(*settings.cors_origins, settings.public_url), on_refused=self._on_refused
        )
        self._sockets.on("connect", self._on_connect)
        self._sockets.on("disconnect", self._on_disconnect)
        self._sockets.on("*", self._on_event)

    def attach(self) -> None:
        self._sockets.attach(self._app)
        self._app.on_shutdown.append(self._close)

    async def _close(self, _app: web.Application) -> None:
        """Close the connections, not the sessions: clients come back by themselves, to another process or the next."""
        await self._sockets.shutdown()

    async def _on_connect(self, sid: str, headers: dict[str, str], auth: Any) -> None:
        try:
            await self._admit(sid, headers, auth if isinstance(auth, dict) else {})
        except Problem as problem:
            reason = {"code": problem.code, "message": problem.message}
            raise exceptions.ConnectionRefusedError(problem.message, reason) from problem
        except STORE_DOWN as down:
            # A refusal would keep the client away for good; after a broken connection it tries again.
            log.warning("live.store_down", cause=str(down)[:200])
            if socket := self._sockets.socket_of(sid):
                await socket.close(abort=True)
            raise exceptions.ConnectionRefusedError from down

    async def _admit(self, sid: str, headers: dict[str, str], said: dict[str, Any]) -> None:
        """Token and slug from the `auth` payload, else from the headers; never from the address, which proxies log."""
        socket = self._sockets.socket_of(sid)
        token = said.get("token") or headers["authorization"]
        slug = said.get("tenantSlug") or headers["tenant_slug"]
        identity = await identify(self._app[RUNTIME], token, slug)
        self._connections[sid] = await self._app[REALTIME].admit(
            sid, socket, identity, self._vocabulary, turn_away=self._turn_away
        )
        assert socket
        socket.admitted = True

    async def _on_disconnect(self, sid: str, _reason: str) -> None:
        connection = self._connections.pop(sid, None)
        if connection is None:
            return
        self._app[REALTIME].exit(connection)
        # A client may end the session and keep the connection; there is no use for it.
        closing = asyncio.create_task(connection.socket.close())
        self._closing.add(closing)
        closing.add_done_callback(self._closing.discard)

    async def _on_event(self, name: str, sid: str, *arguments: Any) -> Any:
        connection = self._connections.get(sid)
        if connection is None:
            return None
        try:
            spend(connection)
            if len(arguments) > 1:
                raise Invalid("Envie um só argumento.")
            nothing_said = not arguments or arguments[0] is None
            return await call(connection, name, {} if nothing_said else arguments[0])
        except Problem as problem:
            return await self._refuse(connection, problem)

    async def _on_refused(self, sid: str, refused: Refused) -> None:
        if connection := self._connections.get(sid):
            connection.budget.spend()
            await self._refuse(connection, refused)

    async def _refuse(self, connection: Connection, problem: Problem) -> dict[str, Any]:
        """Tells the client by an `error` event; returns the same for its callback, shaped as an HTTP error is."""
        told = self._vocabulary.refusal(problem, {})
        connection.emit("error", told)
        if connection.budget.exhausted:
            await connection.dismiss(RateLimited())
        return {"error": problem.code, **{name: value for name, value in told.items() if name != "code"}}

    async def _turn_away(self, connection: Connection, _problem: Problem) -> None:
        await self._sockets.turn_away(connection.sid, connection.socket)
