"""Is it alive, is it ready."""

import asyncio
from collections.abc import Awaitable
from datetime import datetime
from ipaddress import ip_address
from typing import Annotated, Literal

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel, PlainSerializer

from server import __version__, gauges, metrics
from server.channels.reach import Reach
from server.desk.alarms import Kind, Severity
from server.dialects.native.alarms import WATCH
from server.dialects.native.schemas import Moment, Out
from server.runtime import Runtime
from server.web.client_ip import client_ip
from server.web.dialect import bearer
from server.web.endpoint import Answer, Routes
from tenants import models, registry
from tenants.credentials import same
from tenants.problems import Forbidden

routes = Routes("Operação")
REACH = web.AppKey("reach", Reach)
Part = Literal["healthy", "unhealthy"]
# As seed 003 prints it.
ToTheSecond = Annotated[
    datetime, PlainSerializer(lambda moment: f"{moment:%Y-%m-%dT%H:%M:%SZ}", return_type=str)
]
_PATIENCE = 2.0


class Health(BaseModel):
    """`degraded`: the house is well, and WhatsApp does not answer; what is to be sent waits."""

    status: Literal["healthy", "degraded", "unhealthy"]
    version: str
    timestamp: ToTheSecond
    services: dict[str, Part]


class HouseAlarm(Out):
    kind: Kind
    severity: Severity
    since: Moment
    title: str
    cause: str
    nextStep: str


class TenantAlarms(BaseModel):
    kind: Kind
    count: int


class Readiness(Health):
    """`alarms` of the house; of the tenants only how many of each kind there are, and not whose."""

    alarms: list[HouseAlarm]
    tenantAlarms: list[TenantAlarms]


async def _healthy(check: Awaitable[object]) -> Part:
    try:
        await asyncio.wait_for(check, _PATIENCE)
    except Exception:  # noqa: BLE001 - whatever a store's client raises, the store is unwell
        return "unhealthy"
    return "healthy"


async def _look(runtime: Runtime) -> Health:
    database, redis, accounts = await asyncio.gather(
        _healthy(runtime.database.ping()),
        _healthy(runtime.redis.ping()),
        # Where seed 003 keeps its users. Ours are in the database: this reads what every sign-in reads first.
        _healthy(registry.tenant_by_slug(runtime.database, "")),
    )
    services: dict[str, Part] = {"database": database, "redis": redis, "sqlserver": accounts}
    status: Part = "healthy" if set(services.values()) == {"healthy"} else "unhealthy"
    now: datetime = models.now()
    return Health(status=status, version=__version__, timestamp=now, services=services)


@routes.get("/health", public=True)
async def health(runtime: Runtime, request: web.Request) -> Health:
    """200 while the process lives, with the state of its parts."""
    found, answers = await asyncio.gather(_look(runtime), request.app[REACH].answers())
    found.services["whatsapp_api"] = "healthy" if answers else "unhealthy"
    if not answers and found.status == "healthy":
        found.status = "degraded"
    return found


@routes.get("/ready", public=True)
async def ready(runtime: Runtime, request: web.Request) -> Readiness:
    """503 until the store answers and has its indexes. Without Redis the house is slower, not closed; and no alarm is
    cured by sending the traffic elsewhere.
    """
    health, watch = await _look(runtime), request.app[WATCH]
    able = health.services["database"] == "healthy" and runtime.indexed.is_set()
    found = Readiness(
        **health.model_dump(),
        alarms=HouseAlarm.each(watch.alarms),
        tenantAlarms=[TenantAlarms(kind=kind, count=count) for kind, count in watch.of_tenants.items()],
    )
    return Answer(found, status=200 if able else 503)  # type: ignore[return-value]


@routes.get("/metrics", public=True, media_type="text/plain")
async def read_metrics(runtime: Runtime, request: web.Request) -> web.Response:
    """Números para o Prometheus: com METRICS_TOKEN, só com ele; sem, só desta máquina."""
    _check_scraper(runtime, request)
    await gauges.look(runtime, request.app[WATCH])
    return web.Response(body=generate_latest(metrics.registry), headers={"Content-Type": CONTENT_TYPE_LATEST})


def _check_scraper(runtime: Runtime, request: web.Request) -> None:
    token = runtime.settings.metrics_token
    caller = client_ip(request, runtime.settings.trusted_proxies)
    from_here = bool(caller) and ip_address(caller).is_loopback
    if not (same(bearer(request), token) if token else from_here):
        raise Forbidden
