"""The manners of the ISP chat's API: a Bearer token says who and whose, errors are `{detail, error_code, field}`."""

from typing import Any

from aiohttp import web

from server.dialects.isp import limits
from server.dialects.isp.words import field_on_wire
from server.web.dialect import RUNTIME, bearer
from server.web.statuses import headers_of, status_of
from server.web.wire import json_response
from tenants.access import Identity
from tenants.problems import Problem, Unauthenticated


class Isp:
    name = "isp"
    limit = limits.OTHERS

    async def authenticate(self, request: web.Request) -> Identity:
        """The token alone: a header that names a tenant means nothing here."""
        token = bearer(request)
        if not token:
            raise Unauthenticated
        return await request.app[RUNTIME].access.identify(token)

    def render(self, problem: Problem) -> web.Response:
        return json_response(envelope(problem), status=status_of(problem), headers=headers_of(problem))


def envelope(problem: Problem) -> dict[str, Any]:
    """`field` where one is wrong: the first, since there is room for one. Beside it what the caller may act on."""
    wrong = problem.fields[0] if problem.fields else None
    return {
        "detail": wrong.message if wrong else problem.message,
        "error_code": problem.code,
        **({"field": field_on_wire(wrong.field)} if wrong else {}),
        **problem.extra,
    }
