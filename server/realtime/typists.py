"""Who is typing. Said when it begins and as it goes on, and taken back when nothing renews it."""

import asyncio
import time

from server.bus import Signal
from server.desk.events import TypingChanged
from server.jobs import Job
from server.realtime.connection import Connection
from tenants.context import Context
from tenants.permissions import Permission
from tenants.problems import Forbidden

FORGOTTEN_AFTER = 6.0
# The customer's phone shows "typing…" for 25 seconds.
_CUSTOMER_TOLD_EVERY = 20.0


def heard(ctx: Context, connection: Connection, conversation_id: str, *, is_typing: bool) -> None:
    """Raises Forbidden for someone who may not answer."""
    if not ctx.can(Permission.CONVERSATIONS_WORK):
        raise Forbidden
    if pending := connection.typing.pop(conversation_id, None):
        pending.cancel()
    if is_typing:
        connection.typing[conversation_id] = asyncio.get_running_loop().call_later(
            FORGOTTEN_AFTER, stopped, connection, conversation_id
        )
        _tell_customer(ctx, connection, conversation_id)
    _say(connection, conversation_id, is_typing=is_typing)


def stopped(connection: Connection, conversation_id: str) -> None:
    """Take it back, if the user was typing there: he left, or nothing was heard of it for a while."""
    if pending := connection.typing.pop(conversation_id, None):
        pending.cancel()
        _say(connection, conversation_id, is_typing=False)


def gone(connection: Connection) -> None:
    """The socket has closed: it is typing nowhere."""
    for conversation_id in list(connection.typing):
        stopped(connection, conversation_id)


def _say(connection: Connection, conversation_id: str, *, is_typing: bool) -> None:
    typing = TypingChanged(
        conversation_id=conversation_id,
        user_id=connection.user_id,
        user_name=connection.identity.user.name,
        user_number=connection.identity.user.number,
        is_typing=is_typing,
        socket_id=connection.sid,
    )
    connection.runtime.bus.signal(Signal(connection.floor.tenant_id, typing.kind, typing.payload()))


def _tell_customer(ctx: Context, connection: Connection, conversation_id: str) -> None:
    now, told_at = time.monotonic(), connection.floor.customers_told_at
    if now - told_at.get(conversation_id, -_CUSTOMER_TOLD_EVERY) < _CUSTOMER_TOLD_EVERY:
        return
    for stale in [id for id, at in told_at.items() if now - at >= _CUSTOMER_TOLD_EVERY]:
        del told_at[stale]
    told_at[conversation_id] = now
    ctx.enqueue(Job.SHOW_TYPING, conversation_id)
