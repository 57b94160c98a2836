"""The one place where what went wrong becomes an answer."""

import logging
import re
import time
from collections.abc import Callable

import structlog
from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.typedefs import Handler, Middleware

from server.web.dialect import REQUEST_ID, Dialect
from server.web.wire import TooLarge
from tenants.db import STORE_DOWN
from tenants.ids import new_id
from tenants.problems import Forbidden, NotFound, Problem, Unavailable

log = structlog.get_logger()
# A body that is not what its headers say: broken compression, broken chunks.
_UNREADABLE = (HttpProcessingError, web.RequestPayloadError)
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


class InternalError(Problem):
    code = "INTERNAL_ERROR"
    message = "Erro interno. Informe o X-Request-ID ao suporte."


class MethodNotAllowed(Problem):
    code = "METHOD_NOT_ALLOWED"
    message = "Método não permitido neste endereço."


class BadRequest(Problem):
    code = "BAD_REQUEST"
    message = "Requisição malformada."


def errors_middleware(dialect_of: Callable[[str], Dialect]) -> Middleware:
    """`dialect_of(path)` says in whose words an error on this path is told."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        given = request.headers.get("X-Request-ID", "")
        request[REQUEST_ID] = given if _REQUEST_ID.fullmatch(given) else new_id()
        structlog.contextvars.bind_contextvars(request_id=request[REQUEST_ID])
        try:
            response = await _answer(request, handler, dialect_of(request.path))
        finally:
            structlog.contextvars.unbind_contextvars("request_id")
        if not response.prepared:
            response.headers["X-Request-ID"] = request[REQUEST_ID]
        return response

    return middleware


async def _answer(request: web.Request, handler: Handler, dialect: Dialect) -> web.StreamResponse:
    began = time.monotonic()
    try:
        return await handler(request)
    except Problem as problem:
        return dialect.render(problem)
    except STORE_DOWN as down:
        log.warning("http.store_down", path=request.path, cause=str(down)[:200])
        return dialect.render(Unavailable())
    except web.HTTPException as refused:
        if refused.status < 400:
            raise
        response = dialect.render(_as_problem(refused))
        if allowed := refused.headers.get("Allow"):
            response.headers["Allow"] = allowed
        return response
    except _UNREADABLE:
        response = dialect.render(BadRequest())
        response.force_close()  # nobody knows where the next request begins
        return response
    except (ConnectionResetError, TimeoutError):
        raise
    except Exception:
        log.exception(
            "http.failed", method=request.method, path=request.path, seconds=time.monotonic() - began
        )
        return dialect.render(InternalError())


def _as_problem(refused: web.HTTPException) -> Problem:
    kinds: dict[int, type[Problem]] = {
        403: Forbidden, 404: NotFound, 405: MethodNotAllowed, 413: TooLarge,
    }  # fmt: skip
    return kinds.get(refused.status, BadRequest)()


def ignore_malformed_requests() -> None:
    """Whoever sends what is no HTTP is answered with 400, and must not be able to fill our log with tracebacks."""
    logging.getLogger("aiohttp.server").addFilter(_is_our_trouble)


def _is_our_trouble(record: logging.LogRecord) -> bool:
    return not (record.exc_info and isinstance(record.exc_info[1], _UNREADABLE))
