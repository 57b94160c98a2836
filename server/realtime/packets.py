"""Packets of Engine.IO 4 and Socket.IO 5: read strictly, written once for any number of sockets."""

import re
import struct
from typing import Any

import orjson
from socketio.packet import CONNECT, DISCONNECT, EVENT, Packet

from server.web.wire import dumps
from tenants.problems import Invalid

# `type[/namespace,][id]json`. A client's packet is short; what does not look like this is not parsed further.
_SHAPE = re.compile(r"(\d)(?:(\d+)-)?(?:(/[^,]{0,200})(?:,|$))?(\d{1,15})?(.*)", re.DOTALL)
_MAX_NAME = 64
# Sent as an event, each of these would reach the handler of something else ("*" the one of all others, unnamed).
_RESERVED = {"*", "connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"}
_TEXT_FRAME = 0x81
_ONE_BYTE, _TWO_BYTES = 126, 127


class Refused(Invalid):
    """A packet that no client of ours sends. `namespace`: where a refused CONNECT wanted to go."""

    code = "INVALID_PACKET"
    message = "Pacote inválido."

    def __init__(
        self, message: str | None = None, *, code: str | None = None, namespace: str | None = None
    ) -> None:
        super().__init__(message, code=code)
        self.namespace = namespace


class Encoded:
    """One packet, ready for many sockets: `text` goes into a polling answer, `frame` onto a WebSocket as it is."""

    __slots__ = ("_frame", "raw")

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self._frame: bytes | None = None

    @property
    def text(self) -> str:
        return self.raw.decode()

    @property
    def frame(self) -> bytes:
        if self._frame is None:
            self._frame = _header(len(self.raw)) + self.raw
        return self._frame


def _header(length: int) -> bytes:
    """Of a final, unmasked text frame (RFC 6455, 5.2)."""
    if length < _ONE_BYTE:
        return struct.pack("!BB", _TEXT_FRAME, length)
    if length < 1 << 16:
        return struct.pack("!BBH", _TEXT_FRAME, _ONE_BYTE, length)
    return struct.pack("!BBQ", _TEXT_FRAME, _TWO_BYTES, length)


def encode_event(name: str, *arguments: Any) -> Encoded:
    """A Socket.IO event in an Engine.IO message; raises TypeError for what is not JSON."""
    return Encoded(b"42" + dumps([name, *arguments]))


class StrictPacket(Packet):  # type: ignore[misc]  # the library has no types
    """The server's serializer: text only, the main namespace only, and no event that could pass for another."""

    uses_binary_events = False

    def encode(self) -> str:
        namespace = f"{self.namespace}," if self.namespace not in (None, "/") else ""
        id = "" if self.id is None else str(self.id)
        body = "" if self.data is None else dumps(self.data).decode()
        return f"{self.packet_type}{namespace}{id}{body}"

    def decode(self, encoded_packet: Any) -> int:
        """Answers the number of attachments that follow, which is always 0. Raises Refused."""
        shape = _SHAPE.fullmatch(encoded_packet) if isinstance(encoded_packet, str) else None
        if shape is None:
            raise Refused
        type, attachments, namespace, id, body = shape.groups()
        self.packet_type, self.id = int(type), int(id) if id else None
        self.namespace = (namespace or "/").partition("?")[0]
        if self.packet_type not in (CONNECT, DISCONNECT, EVENT) or attachments:
            raise Refused
        if self.namespace != "/":
            wanted = self.namespace if self.packet_type == CONNECT else None
            raise Refused("Namespace desconhecido.", code="UNKNOWN_NAMESPACE", namespace=wanted)
        self.data = _json(body)
        if self.packet_type == EVENT:
            _check_event(self.data)
        return 0


def _json(body: str) -> Any:
    if not body:
        return None
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as broken:
        raise Refused from broken


def _check_event(body: Any) -> None:
    if not isinstance(body, list) or not body or not isinstance(body[0], str):
        raise Refused
    if len(body[0]) > _MAX_NAME or body[0] in _RESERVED:
        raise Refused("Nome de evento inválido.", code="UNKNOWN_EVENT")
