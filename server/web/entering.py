"""From a request into a tenant's scope, with where it came from."""

from contextlib import AbstractAsyncContextManager

from aiohttp import web

from server.web.client_ip import client_ip
from server.web.dialect import REQUEST_ID, RUNTIME
from tenants import signin
from tenants.context import Context
from tenants.models import HOUSE, Actor, Tenant, User
from tenants.signin import WrongCredentials


def enter(request: web.Request, tenant: Tenant, actor: Actor = HOUSE) -> AbstractAsyncContextManager[Context]:
    runtime = request.app[RUNTIME]
    ip = client_ip(request, runtime.settings.trusted_proxies)
    return runtime.enter(tenant, actor, request_id=request[REQUEST_ID], ip=ip or None)


async def recognise(
    request: web.Request, *, email: str, password: str, slug: str | None
) -> tuple[Tenant, User]:
    """As `signin.recognise`; whom a wrong password was tried on finds it in the audit log."""
    runtime = request.app[RUNTIME]
    try:
        return await signin.recognise(
            runtime.database, runtime.keys, email=email, password=password, slug=slug
        )
    except WrongCredentials as wrong:
        for tenant, user in wrong.tried:
            # Nobody waits for it: a known e-mail would otherwise take longer than an unknown one.
            runtime.beside(_note_refusal(enter(request, tenant), user))
        raise


async def _note_refusal(scope: AbstractAsyncContextManager[Context], user: User) -> None:
    async with scope as ctx:
        await signin.refused(ctx, user)
