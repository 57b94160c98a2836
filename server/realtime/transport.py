"""One Engine.IO 4 connection: long polling, WebSocket, or first one and then the other.

It stands in for `engineio.AsyncSocket`, which keeps a queue and two tasks for each socket, awaits each write, and ends in
an exception on a malformed packet. Here nothing that is sent waits: a WebSocket frame goes straight to the transport, the
same bytes for every socket, and a reader who lets too much pile up is cut off; he comes back and syncs by his cursor.
"""

import asyncio
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web
from engineio.packet import Packet

from server.realtime.packets import Encoded

if TYPE_CHECKING:
    from server.realtime.engine import Engine

MAX_PACKETS = 500
MAX_BYTES = 4 * 1024 * 1024
MAX_INBOUND_BYTES = 65_536
PING_INTERVAL = 25.0
PING_TIMEOUT = 20.0
_PROBE_PATIENCE = 10.0
_LINGER = 5.0
_SEPARATOR = "\x1e"

_PING, _PROBED, _NOOP, _CLOSE = (Encoded(raw) for raw in (b"2", b"3probe", b"6", b"1"))


class ProtocolError(Exception):
    """The client does not speak Engine.IO 4."""


class Socket:
    """`connected`, `upgraded`, `closing`, `closed` and `session` are engineio's names."""

    __slots__ = (
        "_bytes", "_engine", "_outbox", "_poll", "_timer", "_upgrading", "_wire", "_ws",
        "admitted", "closed", "closing", "connected", "session", "sid", "upgraded",
    )  # fmt: skip

    def __init__(self, engine: "Engine", sid: str) -> None:
        self._engine = engine
        self.sid = sid
        self.connected = True
        self.upgraded = self.closing = self.closed = False
        self.admitted = False
        self.session: dict[str, Any] = {}
        self._ws: web.WebSocketResponse | None = None
        self._wire: asyncio.Transport | None = None
        self._upgrading = False
        self._outbox: list[Encoded] = []
        self._bytes = 0
        self._poll: asyncio.Future[None] | None = None
        self._timer = asyncio.get_running_loop().call_later(PING_INTERVAL, self._ping)

    # Sending

    async def send(self, packet: Packet) -> None:
        self.push(Encoded(packet.encode().encode()))

    def push(self, packet: Encoded) -> None:
        """Never waits. Whoever reads too slowly is cut off."""
        if self.closing:
            return
        if self._wire is not None:
            self._write(packet.frame)
            return
        self._keep(packet)
        if len(self._outbox) > MAX_PACKETS or self._bytes > MAX_BYTES:
            self._cut()

    def _write(self, frame: bytes) -> None:
        assert self._wire is not None
        # A connection that has just broken is told to the reader first.
        if self._wire.is_closing():
            return
        self._wire.write(frame)
        if self._wire.get_write_buffer_size() > MAX_BYTES:
            self._cut()

    def _keep(self, packet: Encoded) -> None:
        self._outbox.append(packet)
        self._bytes += len(packet.raw)
        self._release_poll()

    def _cut(self) -> None:
        self.closing = True
        self._engine.spawn(self.close(abort=True, reason=self._engine.reason.TRANSPORT_ERROR))

    def _ping(self) -> None:
        self.push(_PING)
        self._timer = asyncio.get_running_loop().call_later(PING_TIMEOUT, self._lost)

    def _lost(self) -> None:
        self._engine.spawn(self.close(abort=True, reason=self._engine.reason.PING_TIMEOUT))

    def _ponged(self) -> None:
        self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(PING_INTERVAL, self._ping)

    # Receiving

    async def _receive(self, text: str) -> None:
        kind, body = text[:1], text[1:]
        if kind == "4":
            await self._engine.handlers["message"](self.sid, body)
        elif kind == "3":
            self._ponged()
        elif kind == "1":
            await self.close(abort=True, reason=self._engine.reason.CLIENT_DISCONNECT)
        else:
            raise ProtocolError(text[:1])

    # Long polling

    async def answer_poll(self) -> str:
        """What waits for the client, when there is something. Raises ProtocolError for a second poll at a time."""
        if self._poll is not None:
            raise ProtocolError("two polls at a time")
        if not self._outbox and not self._upgrading and not self.closed:
            self._poll = asyncio.get_running_loop().create_future()
            try:
                await self._poll
            finally:
                self._poll = None
        if self._upgrading or self.upgraded or not self._outbox:
            return _NOOP.text
        return self._take()

    def _take(self) -> str:
        payload = _SEPARATOR.join(packet.text for packet in self._outbox)
        self._outbox, self._bytes = [], 0
        if self.closed:
            self._engine.forget(self)
        return payload

    def _release_poll(self) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    async def accept_post(self, body: str) -> None:
        for text in body.split(_SEPARATOR):
            if self.closed:
                return
            await self._receive(text)

    # WebSocket

    async def serve(self, request: web.Request, *, probing: bool) -> web.WebSocketResponse:
        """The connection's life on a WebSocket; `probing` when it began by polling."""
        # Compression would cost 100 KB a socket and could not share one frame among them.
        ws = web.WebSocketResponse(compress=False, max_msg_size=MAX_INBOUND_BYTES)
        await ws.prepare(request)
        if not probing or await self._probed(ws):
            self._move_to(ws, request.transport)
            await self._read(ws)
        return ws

    async def _probed(self, ws: web.WebSocketResponse) -> bool:
        """The handshake of an upgrade; False leaves the connection polling."""
        try:
            async with asyncio.timeout(_PROBE_PATIENCE):
                if await _text_of(ws) != "2probe":
                    return False
                self._upgrading = True
                await ws.send_str(_PROBED.text)
                self._release_poll()
                return await _text_of(ws) == "5" and not (self.closed or self.upgraded)
        except (TimeoutError, ConnectionError):
            return False
        finally:
            self._upgrading = False

    def _move_to(self, ws: web.WebSocketResponse, wire: asyncio.Transport | None) -> None:
        if wire is None:
            return  # already gone again; the reader is about to notice
        self._ws, self._wire, self.upgraded = ws, wire, True
        waiting, self._outbox, self._bytes = self._outbox, [], 0
        for packet in waiting:
            self.push(packet)

    async def _read(self, ws: web.WebSocketResponse) -> None:
        try:
            async for message in ws:
                if message.type is not WSMsgType.TEXT or self.closed:
                    break
                await self._receive(message.data)
        except ProtocolError:
            pass
        finally:
            await self.close(reason=self._engine.reason.TRANSPORT_CLOSE)

    # Ending

    async def close(self, *, abort: bool = False, reason: str | None = None) -> None:
        """Waits for no client. `abort` gives up what is not written yet."""
        if self.closed:
            return
        self.closing = self.closed = True
        self._timer.cancel()
        await self._engine.handlers["disconnect"](self.sid, reason or self._engine.reason.SERVER_DISCONNECT)
        if self._ws is not None:
            self._engine.forget(self)
            self._close_websocket(abort=abort)
        else:
            self._close_polling(abort=abort)

    def _close_websocket(self, *, abort: bool) -> None:
        assert self._wire
        assert self._ws is not None
        if abort:
            self._wire.abort()
        else:
            # In a task of its own: it may be the reader who closes, and the handshake waits for the client.
            self._engine.spawn(self._ws.close())

    def _close_polling(self, *, abort: bool) -> None:
        """Last words are kept for the next poll, for a moment."""
        if abort:
            self._outbox = []
        self._keep(_CLOSE)
        asyncio.get_running_loop().call_later(_LINGER, self._engine.forget, self)


async def _text_of(ws: web.WebSocketResponse) -> str | None:
    message = await ws.receive()
    return message.data if message.type is WSMsgType.TEXT else None
