"""A plain WebSocket as the line of a connection, and JSON objects as its frames."""

import asyncio
from typing import Any

from aiohttp import WSMessage, WSMsgType, web

from server.realtime.packets import Encoded
from server.realtime.transport import MAX_BYTES, MAX_INBOUND_BYTES
from server.web.wire import TooLarge, dumps, parse_object
from tenants.problems import Invalid

Document = dict[str, Any]
PING_EVERY = 25.0
# Of a frame that is larger than allowed so much is read, so that its sender can be told; beyond, the connection ends.
MAX_READ_BYTES = 4 * MAX_INBOUND_BYTES
_CLOSING_PATIENCE = 2.0


class BinaryFrame(Invalid):
    code = "INVALID_FRAME"
    message = "Envie quadros de texto com um objeto JSON."


class Gone(Exception):
    """The client is not there any more."""


def encode_frame(name: str, payload: Document | None = None) -> Encoded:
    """`{"type": name, …}`; raises TypeError for what is not JSON."""
    return Encoded(dumps({"type": name, **(payload or {})}))


def read_frame(message: WSMessage) -> Document:
    """Raises Invalid or TooLarge for what is no object that we could store."""
    if message.type is WSMsgType.BINARY:
        raise BinaryFrame
    if len(message.data) > MAX_INBOUND_BYTES:
        raise TooLarge
    return parse_object(message.data.encode())


class RawSocket:
    """Nothing that is sent waits; a reader who lets too much pile up is cut off."""

    def __init__(self, ws: web.WebSocketResponse, wire: asyncio.Transport | None) -> None:
        self.closed = wire is None
        self._ws = ws
        self._wire = wire
        self._closing: asyncio.Task[bool] | None = None

    @classmethod
    async def accept(cls, request: web.Request, *, protocol: str | None) -> "RawSocket":
        """Raises web.HTTPBadRequest for what is no WebSocket's handshake."""
        # Compression would cost 100 KB a socket and could not share one frame among them.
        ws = web.WebSocketResponse(
            compress=False,
            max_msg_size=MAX_READ_BYTES,
            heartbeat=PING_EVERY,
            timeout=_CLOSING_PATIENCE,
            protocols=(protocol,) if protocol else (),
        )
        await ws.prepare(request)
        return cls(ws, request.transport)

    @property
    def response(self) -> web.WebSocketResponse:
        return self._ws

    def push(self, packet: Encoded) -> None:
        if self.closed or self._wire is None or self._wire.is_closing():
            return
        self._wire.write(packet.frame)
        if self._wire.get_write_buffer_size() > MAX_BYTES:
            self.closed = True
            self._wire.abort()

    async def receive(self) -> WSMessage:
        """What the client says next. Raises Gone."""
        message = await self._ws.receive()
        if self.closed or message.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
            raise Gone
        return message

    async def close(self, *, code: int = 1000) -> None:
        """Waits for no client."""
        if not self.closed:
            self.closed = True
            self._closing = asyncio.create_task(self._ws.close(code=code))

    async def ended(self) -> None:
        """Closed, and the client knows; or does not answer."""
        await self.close()
        if self._closing:
            await asyncio.gather(self._closing, return_exceptions=True)
