"""Engine.IO 4 over aiohttp: the HTTP edge under Socket.IO."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import engineio
from aiohttp import web

from server.realtime.admission import ADMISSION_PATIENCE, welcomes_origin
from server.realtime.packets import Encoded
from server.realtime.transport import (
    MAX_INBOUND_BYTES,
    PING_INTERVAL,
    PING_TIMEOUT,
    ProtocolError,
    Socket,
)
from server.web.wire import TooLarge, dumps, read_bytes

_TRANSPORTS = ("polling", "websocket")
_ALLOWED_HEADERS = "authorization, content-type, x-tenant-slug"

# The protocol's own words for what a client did wrong.
_UNKNOWN_TRANSPORT = (0, "Transport unknown")
_UNKNOWN_SESSION = (1, "Session ID unknown")
_BAD_METHOD = (2, "Bad handshake method")
_BAD_REQUEST = (3, "Bad request")
_FORBIDDEN = (4, "Forbidden")
_WRONG_VERSION = (5, "Unsupported protocol version")


class Engine(engineio.AsyncServer):  # type: ignore[misc]  # the library has no types
    """Keeps engineio's interface towards Socket.IO; the requests and the sockets are our own."""

    def __init__(self, *, origins: tuple[str, ...], **options: Any) -> None:
        super().__init__(**options)
        self._origins = origins
        self._tasks: set[asyncio.Task[Any]] = set()
        self._stopping = False

    async def handle_request(self, request: web.Request) -> web.StreamResponse:
        if not welcomes_origin(request, self._origins):
            return _refusal(_FORBIDDEN, status=403)
        response = await self._answer(request)
        if not response.prepared:
            response.headers.update(_cors_headers(request))
        return response

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        if request.method == "OPTIONS":
            return web.Response(status=204)
        if self._stopping:
            return _goodbye()
        if request.query.get("transport") not in _TRANSPORTS:
            return _refusal(_UNKNOWN_TRANSPORT)
        if "j" in request.query:
            return _refusal(_BAD_REQUEST)
        return await (self._continue(request) if "sid" in request.query else self._open(request))

    async def _open(self, request: web.Request) -> web.StreamResponse:
        if request.method != "GET":
            return _refusal(_BAD_METHOD)
        if request.query.get("EIO") != "4":
            return _refusal(_WRONG_VERSION)
        upgrading = _wants_websocket(request)
        if upgrading != (request.query["transport"] == "websocket"):
            return _refusal(_BAD_REQUEST)
        socket = await self._welcome(request)
        if upgrading:
            return await socket.serve(request, probing=False)
        return _payload(await socket.answer_poll())

    async def _welcome(self, request: web.Request) -> Socket:
        sid = self.generate_id()
        self.sockets[sid] = socket = Socket(self, sid)
        upgrades = ["websocket"] if request.query["transport"] == "polling" else []
        await self.handlers["connect"](sid, _credentials(request))
        socket.push(Encoded(b"0" + dumps(_handshake(sid, upgrades))))
        asyncio.get_running_loop().call_later(ADMISSION_PATIENCE, self._dismiss, socket)
        return socket

    def _dismiss(self, socket: Socket) -> None:
        if not socket.admitted:
            self.spawn(socket.close())

    async def _continue(self, request: web.Request) -> web.StreamResponse:
        socket = self.sockets.get(request.query["sid"])
        if socket is None:
            return _refusal(_UNKNOWN_SESSION)
        upgrading = _wants_websocket(request)
        if upgrading != (request.query["transport"] == "websocket"):
            return _refusal(_BAD_REQUEST)
        return await (self._upgrade(request, socket) if upgrading else self._poll(request, socket))

    async def _upgrade(self, request: web.Request, socket: Socket) -> web.StreamResponse:
        if socket.upgraded or socket.closed:
            return _refusal(_BAD_REQUEST)
        return await socket.serve(request, probing=True)

    async def _poll(self, request: web.Request, socket: Socket) -> web.StreamResponse:
        try:
            if request.method == "GET":
                return _payload(await socket.answer_poll())
            await socket.accept_post((await read_bytes(request, limit=MAX_INBOUND_BYTES)).decode())
        except (ProtocolError, TooLarge, UnicodeDecodeError):
            await socket.close()
            return _refusal(_BAD_REQUEST)
        return web.Response(text="ok")

    async def send_packet(self, sid: str, pkt: Any) -> None:
        """To a socket that has gone meanwhile: nothing, and no word in the log."""
        if socket := self.sockets.get(sid):
            await socket.send(pkt)

    def forget(self, socket: Socket) -> None:
        self.sockets.pop(socket.sid, None)

    def spawn(self, work: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def disconnect(self, sid: str) -> None:
        if socket := self.sockets.get(sid):
            await socket.close()

    async def shutdown(self) -> None:
        """Close every connection, and let nobody in again: clients that come back are to find another process."""
        self._stopping = True
        for socket in list(self.sockets.values()):
            await socket.close()


def _wants_websocket(request: web.Request) -> bool:
    return request.headers.get("Upgrade", "").lower() == "websocket"


def _credentials(request: web.Request) -> dict[str, str]:
    """What the handshake may need of the request, which itself is let go."""
    return {
        "authorization": request.headers.get("Authorization", ""),
        "tenant_slug": request.headers.get("X-Tenant-Slug", ""),
    }


def _handshake(sid: str, upgrades: list[str]) -> dict[str, Any]:
    return {
        "sid": sid,
        "upgrades": upgrades,
        "pingInterval": int(PING_INTERVAL * 1000),
        "pingTimeout": int(PING_TIMEOUT * 1000),
        "maxPayload": MAX_INBOUND_BYTES,
    }


def _payload(text: str) -> web.Response:
    return web.Response(text=text, headers={"Cache-Control": "no-store"})


def _goodbye() -> web.Response:
    response = web.Response(status=503, headers={"Retry-After": "1"})
    # A client that polls would otherwise come back on the same connection, for as long as we wait for it to end.
    response.force_close()
    return response


def _refusal(reason: tuple[int, str], *, status: int = 400) -> web.Response:
    code, message = reason
    return web.json_response({"code": code, "message": message}, status=status)


def _cors_headers(request: web.Request) -> dict[str, str]:
    origin = request.headers.get("Origin")
    if origin is None:
        return {}
    headers = {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Allow-Credentials": "true",
        "Vary": "Origin",
    }
    if request.method == "OPTIONS":
        headers["Access-Control-Allow-Methods"] = "GET, POST"
        headers["Access-Control-Allow-Headers"] = _ALLOWED_HEADERS
    return headers
