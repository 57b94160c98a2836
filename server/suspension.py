"""`python -m server suspend SLUG`, and `resume SLUG`: shut a tenant out, and let it in again."""

import asyncio
import sys

from server.desk import tenant as desk
from server.runtime import Runtime
from server.settings import Settings
from tenants import registry
from tenants.models import TenantStatus

EXIT_UNKNOWN = 1
_SAID = {
    TenantStatus.SUSPENDED: "A conta {slug} está suspensa: em 5 segundos ninguém dela entra nem continua conectado.",
    TenantStatus.ACTIVE: "A conta {slug} está ativa.",
}


def suspend(settings: Settings, slug: str) -> int:
    return asyncio.run(_run(settings, slug, TenantStatus.SUSPENDED))


def resume(settings: Settings, slug: str) -> int:
    return asyncio.run(_run(settings, slug, TenantStatus.ACTIVE))


async def _run(settings: Settings, slug: str, status: TenantStatus) -> int:
    """Says what it did; the exit code. Doing it again changes nothing."""
    runtime = await Runtime.open(settings)
    try:
        tenant = await registry.tenant_by_slug(runtime.database, slug)
        if tenant is None:
            print(f"Não há conta com o identificador {slug}.", file=sys.stderr)
            return EXIT_UNKNOWN
        async with runtime.enter(tenant) as ctx:
            await desk.set_status(ctx, runtime.database, status)
        print(_SAID[status].format(slug=slug))
        return 0
    finally:
        await runtime.close()
