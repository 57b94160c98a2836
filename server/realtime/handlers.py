"""Client events: a table of handlers, and the one way in which a handler is called."""

import typing
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

import structlog
from pydantic import BaseModel

from server.realtime.connection import Connection
from server.web.errors import InternalError
from server.web.wire import validate
from tenants.db import STORE_DOWN
from tenants.ids import new_id
from tenants.problems import Invalid, Problem, RateLimited, Unauthenticated, Unavailable

log = structlog.get_logger()

Handle = Callable[..., Awaitable[Any]]


class UnknownEvent(Invalid):
    code = "UNKNOWN_EVENT"
    message = "Evento desconhecido."


class TokenOutOfDate(Unauthenticated):
    code = "TOKEN_EXPIRED"
    message = "Sessão expirada; envie um token novo."


class Handler(NamedTuple):
    """`always`: it is also heard from a socket whose token is out of date."""

    handle: Handle
    body: type[BaseModel]
    always: bool


class Handlers(dict[str, Handler]):
    """By event name. A handler takes `ctx`, `connection` and its `body`; what it returns answers the callback."""

    def on(self, *names: str, always: bool = False) -> Callable[[Handle], Handle]:
        def register(handle: Handle) -> Handle:
            body = typing.get_type_hints(handle)["body"]
            for name in names:
                self[name] = Handler(handle, body, always)
            return handle

        return register


def spend(connection: Connection) -> None:
    """Whatever a client sends costs him. Raises RateLimited."""
    if not connection.budget.spend():
        raise RateLimited


async def call(connection: Connection, name: Any, payload: Any) -> Any:
    """What the handler answers. Raises Problem, whatever goes wrong."""
    try:
        return await _call(connection, name, payload)
    except Problem:
        raise
    except STORE_DOWN as down:
        log.warning("live.store_down", event_name=name, cause=str(down)[:200])
        raise Unavailable from down
    except Exception as failure:
        log.exception("live.handler_failed", event_name=name)
        raise InternalError from failure


async def _call(connection: Connection, name: Any, payload: Any) -> Any:
    handlers = connection.floor.vocabulary.handlers
    handler = handlers.get(name) if isinstance(name, str) else None
    if handler is None:
        raise UnknownEvent
    if connection.expired_at is not None and not handler.always:
        raise TokenOutOfDate
    body = validate(handler.body, payload)
    identity = connection.identity
    async with connection.runtime.enter(identity.tenant, connection.actor, request_id=new_id()) as ctx:
        return await handler.handle(ctx=ctx, connection=connection, body=body)
