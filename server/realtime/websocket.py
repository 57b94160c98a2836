"""The edge of plain WebSockets: one dialect's clients, who say and hear JSON objects with a `type`."""

import asyncio
from typing import Any, NamedTuple

import structlog
from aiohttp import WSMessage, web

from server.realtime.admission import ADMISSION_PATIENCE, identify, welcomes_origin
from server.realtime.connection import Connection
from server.realtime.handlers import call, spend
from server.realtime.raw_socket import Gone, RawSocket, read_frame
from server.realtime.realtime import REALTIME
from server.realtime.vocabulary import Vocabulary
from server.settings import Settings
from server.web.dialect import RUNTIME, bearer
from server.web.errors import InternalError
from tenants import problems
from tenants.db import STORE_DOWN
from tenants.ids import new_id
from tenants.problems import Forbidden, Invalid, Problem, RateLimited, Unauthenticated, Unavailable

log = structlog.get_logger()
Document = dict[str, Any]
# In 4000 to 4999 a code means what the application says: 4000 and the like of HTTP.
_CLOSE_CODES: list[tuple[type[Problem], int]] = [
    (problems.Unauthenticated, 4401),
    (problems.Forbidden, 4403),
    (problems.RateLimited, 4429),
    (problems.Unavailable, 1013),
    (InternalError, 1011),
]
_GOING_AWAY = 1001


class UnknownProtocol(Invalid):
    code = "UNKNOWN_SUBPROTOCOL"
    message = 'O único subprotocolo é "bearer", seguido do token.'


class ForeignPage(Forbidden):
    code = "ORIGIN_NOT_ALLOWED"
    message = "Esta página não pode abrir conexões aqui."


class WebSockets:
    def __init__(self, app: web.Application, settings: Settings, vocabulary: Vocabulary) -> None:
        self._app = app
        self._vocabulary = vocabulary
        self._origins = (*settings.cors_origins, settings.public_url)
        self._open: set[RawSocket] = set()
        self._stopping = False

    def attach(self, *paths: str) -> None:
        for path in paths:
            self._app.router.add_route("GET", path, self._serve)
        self._app.on_shutdown.append(self._close)

    async def _close(self, _app: web.Application) -> None:
        """Clients come back by themselves, to another process or the next."""
        self._stopping = True
        for socket in list(self._open):
            await socket.close(code=_GOING_AWAY)

    async def _serve(self, request: web.Request) -> web.WebSocketResponse:
        if not welcomes_origin(request, self._origins):
            raise ForeignPage
        if self._stopping:
            raise Unavailable(retry_after=1)
        offer = _offer(request)
        socket = await RawSocket.accept(request, protocol=offer.protocol)
        self._open.add(socket)
        try:
            await self._talk(socket, request, offer.token)
        except Gone:
            pass
        finally:
            self._open.discard(socket)
            await socket.ended()
        return socket.response

    async def _talk(self, socket: RawSocket, request: web.Request, token: str) -> None:
        try:
            introduction = {} if token else await self._introduction(socket)
            shown = token or introduction.get("token")
            connection = await self._admit(socket, shown, request.headers.get("X-Tenant-Slug", ""))
        except Problem as problem:
            await self._refuse(socket, problem)
            return
        try:
            if introduction:
                await self._answer(connection, introduction)
            while True:
                await self._hear(connection, await socket.receive())
        finally:
            self._app[REALTIME].exit(connection)

    async def _introduction(self, socket: RawSocket) -> Document:
        """A client that has shown no token yet does so in its first frame."""
        try:
            async with asyncio.timeout(ADMISSION_PATIENCE):
                said = read_frame(await socket.receive())
        except TimeoutError as silence:
            raise Unauthenticated from silence
        if said.get("type") != "auth":
            raise Unauthenticated
        return said

    async def _admit(self, socket: RawSocket, token: Any, slug: str) -> Connection:
        """Raises Problem, whatever goes wrong."""
        try:
            identity = await identify(self._app[RUNTIME], token, slug)
            return await self._app[REALTIME].admit(
                new_id(), socket, identity, self._vocabulary, turn_away=self._turn_away
            )
        except Problem:
            raise
        except STORE_DOWN as down:
            log.warning("live.store_down", cause=str(down)[:200])
            raise Unavailable from down
        except Exception as failure:
            log.exception("live.admission_failed")
            raise InternalError from failure

    async def _hear(self, connection: Connection, message: WSMessage) -> None:
        try:
            spend(connection)
            said = read_frame(message)
        except Problem as problem:
            connection.emit("error", self._vocabulary.refusal(problem, {}))
        else:
            await self._answer(connection, said)
        if connection.budget.exhausted:
            await connection.dismiss(RateLimited())

    async def _answer(self, connection: Connection, said: Document) -> None:
        try:
            await call(connection, said.get("type"), said)
        except Problem as problem:
            connection.emit("error", self._vocabulary.refusal(problem, said))

    async def _turn_away(self, connection: Connection, problem: Problem) -> None:
        assert isinstance(connection.socket, RawSocket)
        await self._refuse(connection.socket, problem)

    async def _refuse(self, socket: RawSocket, problem: Problem) -> None:
        """Say why, and close with a code that a browser may read."""
        socket.push(self._vocabulary.encode("error", self._vocabulary.refusal(problem, {})))
        code = next((code for kind, code in _CLOSE_CODES if isinstance(problem, kind)), 4400)
        await socket.close(code=code)


class Offer(NamedTuple):
    """What the handshake brings along: the sub-protocol to agree to, and the token, "" where there is none."""

    protocol: str | None
    token: str


def _offer(request: web.Request) -> Offer:
    """The token is in the header, beside the sub-protocol `bearer` (as a browser may send one), or in the address.

    Raises UnknownProtocol for other sub-protocols: aiohttp would log them, and they might be tokens.
    """
    header = request.headers.get("Sec-WebSocket-Protocol")
    if header is None:
        return Offer(None, bearer(request) or request.query.get("token", ""))
    offered = [protocol.strip() for protocol in header.split(",")]
    agreed = next((protocol for protocol in offered if protocol.lower() == "bearer"), None)
    if agreed is None:
        raise UnknownProtocol
    beside = next((protocol for protocol in offered if protocol != agreed), "")
    return Offer(agreed, bearer(request) or beside or request.query.get("token", ""))
