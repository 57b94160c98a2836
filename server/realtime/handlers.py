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
    message = "Sessão expirada; envie auth:refresh com um token novo."


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


async def call(handlers: Handlers, connection: Connection, name: str, arguments: tuple[Any, ...]) -> Any:
    """Answer one event: the callback's value. What goes wrong is that value too, and an `error` event beside it."""
    try:
        return await _call(handlers, connection, name, arguments)
    except Problem as problem:
        return refuse(connection, problem)
    except STORE_DOWN as down:
        log.warning("live.store_down", event_name=name, cause=str(down)[:200])
        return refuse(connection, Unavailable())
    except Exception:
        log.exception("live.handler_failed", event_name=name)
        return refuse(connection, InternalError())


async def _call(handlers: Handlers, connection: Connection, name: str, arguments: tuple[Any, ...]) -> Any:
    if not connection.budget.spend():
        raise RateLimited
    handler = handlers.get(name)
    if handler is None:
        raise UnknownEvent
    if connection.expired_at is not None and not handler.always:
        raise TokenOutOfDate
    if len(arguments) > 1:
        raise Invalid("Envie um só argumento.")
    body = validate(handler.body, arguments[0] if arguments and arguments[0] is not None else {})
    identity = connection.identity
    async with connection.runtime.enter(identity.tenant, connection.actor, request_id=new_id()) as ctx:
        return await handler.handle(ctx=ctx, connection=connection, body=body)


def refuse(connection: Connection, problem: Problem) -> dict[str, Any]:
    """Tells the client by an `error` event; returns the same for its callback, shaped as an HTTP error is."""
    details = [{"field": e.field, "message": e.message} for e in problem.fields]
    more = {"message": problem.message, **({"details": details} if details else {})}
    connection.emit("error", {"code": problem.code, **more})
    return {"error": problem.code, **more}
