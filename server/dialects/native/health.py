"""Is it alive, is it ready."""

import asyncio
from datetime import datetime
from typing import Literal

from pydantic import BaseModel

from server import __version__
from server.dialects.native.schemas import Moment
from server.runtime import Runtime
from server.web.endpoint import Answer, Routes
from tenants import models

routes = Routes("Operação")
Part = Literal["healthy", "unhealthy"]
_PATIENCE = 2.0


class Health(BaseModel):
    status: Part
    version: str
    timestamp: Moment
    services: dict[str, Part]


async def _healthy(check: object) -> Part:
    try:
        await asyncio.wait_for(check, _PATIENCE)  # type: ignore[arg-type]
    except Exception:  # noqa: BLE001 - whatever a store's client raises, the store is unwell
        return "unhealthy"
    return "healthy"


async def _look(runtime: Runtime) -> Health:
    database, redis = await asyncio.gather(_healthy(runtime.database.ping()), _healthy(runtime.redis.ping()))
    services: dict[str, Part] = {"database": database, "redis": redis}
    status: Part = "healthy" if set(services.values()) == {"healthy"} else "unhealthy"
    now: datetime = models.now()
    return Health(status=status, version=__version__, timestamp=now, services=services)


@routes.get("/health", public=True)
async def health(runtime: Runtime) -> Health:
    """200 while the process lives, with the state of its parts."""
    return await _look(runtime)


@routes.get("/ready", public=True)
async def ready(runtime: Runtime) -> Health:
    """503 until the stores answer."""
    found = await _look(runtime)
    return Answer(found, status=200 if found.services["database"] == "healthy" else 503)  # type: ignore[return-value]
