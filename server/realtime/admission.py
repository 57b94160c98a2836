"""The handshake: who may open a socket."""

from typing import Any

from server.runtime import Runtime
from tenants.access import Identity
from tenants.problems import Forbidden, RateLimited, Unauthenticated

SOCKETS_A_USER = 20


class TenantMismatch(Forbidden):
    code = "TENANT_MISMATCH"
    message = "O tenantSlug não corresponde ao token."


class TooManySockets(RateLimited):
    code = "TOO_MANY_CONNECTIONS"
    message = f"Um usuário tem no máximo {SOCKETS_A_USER} conexões abertas de uma vez."


async def identify(runtime: Runtime, auth: Any, headers: dict[str, str]) -> Identity:
    """Token and slug from the `auth` payload, else from the headers; never from the address, which ends up in logs.

    Raises Unauthenticated, TenantMismatch or TenantSuspended.
    """
    said = auth if isinstance(auth, dict) else {}
    token = said.get("token") or headers["authorization"]
    slug = said.get("tenantSlug") or headers["tenant_slug"]
    if not isinstance(token, str) or not isinstance(slug, str):
        raise Unauthenticated
    identity = await runtime.access.identify(_bare(token), fresh=True)
    check_slug(identity, slug)
    return identity


def check_slug(identity: Identity, slug: str) -> None:
    """Naming a tenant is optional; naming another one is an error."""
    if slug and slug.strip().lower() != identity.tenant.slug:
        raise TenantMismatch


def _bare(token: str) -> str:
    scheme, _, rest = token.partition(" ")
    return rest.strip() if scheme.lower() == "bearer" else token
