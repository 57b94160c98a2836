"""Sockets of this process, fed from the tenants' durable feeds (docs/protocol.md)."""

from server.realtime.connection import Connection
from server.realtime.handlers import Handlers
from server.realtime.realtime import hold_realtime
from server.realtime.rendering import Audience, Frame
from server.realtime.socket_io import SocketIo
from server.realtime.vocabulary import Digest, Vocabulary
from server.realtime.websocket import WebSockets

__all__ = [
    "Audience",
    "Connection",
    "Digest",
    "Frame",
    "Handlers",
    "SocketIo",
    "Vocabulary",
    "WebSockets",
    "hold_realtime",
]
