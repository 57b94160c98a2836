"""The status and the headers of a problem, alike in every dialect."""

from server.web.errors import BadRequest, InternalError, MethodNotAllowed
from server.web.rate_limit import Throttled
from server.web.wire import TooLarge, UnsupportedMediaType
from tenants import problems
from tenants.problems import Problem

_STATUS: list[tuple[type[Problem], int]] = [
    (problems.Invalid, 400),
    (BadRequest, 400),
    (problems.Unauthenticated, 401),
    (problems.Forbidden, 403),
    (problems.NotFound, 404),
    (MethodNotAllowed, 405),
    (problems.Conflict, 409),
    (TooLarge, 413),
    (UnsupportedMediaType, 415),
    (problems.Locked, 423),
    (problems.RateLimited, 429),
    (InternalError, 500),
    (problems.Unavailable, 503),
]


def status_of(problem: Problem) -> int:
    return next((status for kind, status in _STATUS if isinstance(problem, kind)), 400)


def headers_of(problem: Problem) -> dict[str, str]:
    headers = {"Retry-After": str(problem.retry_after)} if problem.retry_after else {}
    if isinstance(problem, problems.Unauthenticated):
        headers["WWW-Authenticate"] = "Bearer"
    return headers | problem.headers if isinstance(problem, Throttled) else headers
