"""The handshake: who may open a socket, and who may go on with one."""

from typing import Any

from aiohttp import web

from server.realtime.connection import Connection
from server.runtime import Runtime
from tenants.access import Identity
from tenants.problems import Forbidden, RateLimited, Unauthenticated

SOCKETS_A_USER = 20
SOCKETS_A_TENANT = 10_000  # in one process
# A socket that has not said who it is by then is closed.
ADMISSION_PATIENCE = 5.0


class TenantMismatch(Forbidden):
    code = "TENANT_MISMATCH"
    message = "O tenantSlug não corresponde ao token."


class AnotherSession(Forbidden):
    code = "SESSION_MISMATCH"
    message = "O token novo é de outro usuário ou de outra conta."


class TooManySockets(RateLimited):
    code = "TOO_MANY_CONNECTIONS"
    message = f"Um usuário tem no máximo {SOCKETS_A_USER} conexões abertas de uma vez."


class TenantIsFull(RateLimited):
    code = "TOO_MANY_CONNECTIONS"
    message = "Esta conta já tem conexões demais neste servidor."


def welcomes_origin(request: web.Request, origins: tuple[str, ...]) -> bool:
    """Browsers say where a page came from, and do not guard WebSockets by themselves. Same host is always welcome."""
    origin = request.headers.get("Origin")
    if origin is None or origin in origins or "*" in origins:
        return True
    return origin.partition("://")[2] == request.host


async def identify(runtime: Runtime, token: Any, slug: Any) -> Identity:
    """As the client said them. Raises Unauthenticated, TenantMismatch or TenantSuspended."""
    if not isinstance(token, str) or not isinstance(slug, str):
        raise Unauthenticated
    identity = await runtime.access.identify(_bare(token), fresh=True)
    check_slug(identity, slug)
    return identity


def check_slug(identity: Identity, slug: str) -> None:
    """Naming a tenant is optional; naming another one is an error."""
    if slug and slug.strip().lower() != identity.tenant.slug:
        raise TenantMismatch


async def renew(connection: Connection, token: str) -> Identity:
    """Go on with a newer token of the same user. Raises Unauthenticated, AnotherSession or TenantSuspended."""
    identity = await connection.runtime.access.identify(token, fresh=True)
    known = connection.identity
    if (identity.tenant.id, identity.user.id) != (known.tenant.id, known.user.id):
        raise AnotherSession
    connection.identify(identity)
    connection.expired_at = None
    return identity


def _bare(token: str) -> str:
    scheme, _, rest = token.partition(" ")
    return rest.strip() if scheme.lower() == "bearer" else token
