"""Sockets of this process, fed from the tenants' durable feeds (docs/protocol.md)."""

from server.realtime.connection import Connection
from server.realtime.handlers import Handlers
from server.realtime.realtime import Realtime, Vocabulary
from server.realtime.rendering import Audience, Frame

__all__ = ["Audience", "Connection", "Frame", "Handlers", "Realtime", "Vocabulary"]
