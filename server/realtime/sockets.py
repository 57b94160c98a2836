"""Socket.IO 5 on our own engine, with every packet read strictly."""

import logging
from collections.abc import Awaitable, Callable

import socketio
from socketio.packet import CONNECT, CONNECT_ERROR, DISCONNECT

from server.realtime.connection import Line
from server.realtime.engine import Engine
from server.realtime.packets import Refused, StrictPacket
from server.realtime.transport import Socket

NAMESPACE = "/"


class SocketServer(socketio.AsyncServer):  # type: ignore[misc]  # the library has no types
    def __init__(
        self, *, origins: tuple[str, ...], on_refused: Callable[[str, Refused], Awaitable[None]]
    ) -> None:
        """`on_refused(sid, refused)` hears of an admitted socket's malformed packet."""
        super().__init__(
            async_mode="aiohttp",
            # One event of a client at a time: a flood waits in the client's own connection.
            async_handlers=False,
            serializer=StrictPacket,
            logger=logging.getLogger("socketio"),
            engineio_logger=logging.getLogger("engineio"),
            origins=origins,
        )
        self._on_refused = on_refused

    def _engineio_server_class(self) -> type[Engine]:
        return Engine

    async def _handle_eio_message(self, eio_sid: str, data: str) -> None:
        packet = StrictPacket()
        try:
            packet.decode(data)
        except Refused as refused:
            await self._refuse(eio_sid, refused)
            return
        if packet.packet_type != CONNECT and self._sid_of(eio_sid) is None:
            await self._refuse(eio_sid, Refused())
        elif packet.packet_type == CONNECT:
            await self._handle_connect(eio_sid, NAMESPACE, packet.data)
        elif packet.packet_type == DISCONNECT:
            await self._handle_disconnect(eio_sid, NAMESPACE, self.reason.CLIENT_DISCONNECT)
        else:
            await self._handle_event(eio_sid, NAMESPACE, packet.id, packet.data)

    async def _refuse(self, eio_sid: str, refused: Refused) -> None:
        sid = self._sid_of(eio_sid)
        if refused.namespace:
            reason = {"message": refused.message, "data": {"code": refused.code, "message": refused.message}}
            answer = StrictPacket(CONNECT_ERROR, data=reason, namespace=refused.namespace)
            await self._send_packet(eio_sid, answer)
        if sid is not None:
            await self._on_refused(sid, refused)
        elif not refused.namespace:
            await self.eio.disconnect(eio_sid)

    def _sid_of(self, eio_sid: str) -> str | None:
        """The admitted Socket.IO session on an Engine.IO connection."""
        sid: str | None = self.manager.sid_from_eio_sid(eio_sid, NAMESPACE)
        return sid if self.manager.is_connected(sid, NAMESPACE) else None

    def socket_of(self, sid: str) -> Socket | None:
        eio_sid = self.manager.eio_sid_from_sid(sid, NAMESPACE)
        socket: Socket | None = self.eio.sockets.get(eio_sid)
        return socket

    async def turn_away(self, sid: str, socket: Line) -> None:
        """Tell the client that it is the server who ends this, so that it does not come back by itself."""
        await self.disconnect(sid)
        await socket.close()
