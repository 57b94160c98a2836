"""What a dialect must say for itself, so that the toolkit can serve it."""

from typing import Protocol

from aiohttp import web

from server.runtime import Runtime
from server.web.rate_limit import Rule
from tenants.access import Identity
from tenants.key_access import KeyHolder
from tenants.problems import Problem

RUNTIME = web.AppKey("runtime", Runtime)
REQUEST_ID = web.RequestKey("request_id", str)


class Dialect(Protocol):
    name: str

    @property
    def limit(self) -> Rule | None:
        """Of its routes that have no rule of their own."""
        ...

    async def authenticate(self, request: web.Request) -> Identity | KeyHolder:
        """Raises Unauthenticated, or Forbidden where the request names another tenant than its token."""
        ...

    def render(self, problem: Problem) -> web.Response: ...


def bearer(request: web.Request) -> str:
    """The token of `Authorization: Bearer …`; "" when there is none, or more than one: a proxy may have read the other."""
    given = request.headers.getall("Authorization", [])
    scheme, _, token = given[0].partition(" ") if len(given) == 1 else ("", "", "")
    return token.strip() if scheme.lower() == "bearer" else ""
