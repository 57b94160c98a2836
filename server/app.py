"""The composition root of a web process."""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable, Iterable

import aiohttp_cors
import structlog
import uvloop
from aiohttp import web

from server import memory, metrics, store_safety
from server.channels.intake import Intake
from server.channels.reach import Reach
from server.detector.house import HouseWatch
from server.dialects import isp, native
from server.dialects.isp import sockets as isp_sockets
from server.dialects.native.alarms import WATCH
from server.dialects.native.health import REACH
from server.realtime import SocketIo, WebSockets, hold_realtime
from server.runtime import Runtime
from server.settings import Settings
from server.web.console import serve_console
from server.web.dialect import RUNTIME, Dialect
from server.web.endpoint import Route, as_aiohttp
from server.web.errors import errors_middleware, ignore_malformed_requests
from server.web.limiting import limits_middleware, show_standing
from server.web.metering import metered
from server.web.security import secure
from server.web.webhooks import INTAKE
from tenants.db import STORE_DOWN

log = structlog.get_logger()
LOOKING = web.AppKey("looking", asyncio.Task[None])
_EXPOSED = (
    "X-Request-ID",
    "X-Feed-Seq",
    "X-RateLimit-Limit",
    "X-RateLimit-Remaining",
    "X-RateLimit-Reset",
    "Retry-After",
)
_ALLOWED = ("Authorization", "Content-Type", "X-Tenant-Slug", "Idempotency-Key", "X-Request-ID")


def make_app(settings: Settings) -> web.Application:
    # `client_max_size` 0: each reader sets its own limit (server/web/wire.py), so that uploads may stream.
    edges = [metered, errors_middleware(_dialect_of), limits_middleware(_dialect_of)]
    app = web.Application(middlewares=edges, client_max_size=0)
    app.on_response_prepare.append(show_standing)
    ignore_malformed_requests()
    secure(app, behind_tls=settings.public_url.startswith("https://"))
    app.cleanup_ctx.append(_runtime(settings))
    app.cleanup_ctx.append(hold_realtime)
    mount(app, native.routes, native.dialect)
    mount(app, isp.routes, isp.dialect)
    _allow_origins(app, settings.cors_origins)
    SocketIo(app, settings, native.vocabulary).attach()
    WebSockets(app, settings, isp_sockets.vocabulary).attach(*isp_sockets.PATHS)
    serve_console(app)
    return app


def _dialect_of(path: str) -> Dialect:
    return isp.dialect if f"{path}/".startswith(("/api/v1/", "/ws/chat/")) else native.dialect


def mount(app: web.Application, routes: Iterable[Route], dialect: Dialect) -> None:
    resources: dict[str, web.Resource] = {}
    for route in routes:
        resource = resources.get(route.path) or app.router.add_resource(route.path)
        resources[route.path] = resource
        resource.add_route(route.method, as_aiohttp(route, dialect))


def _allow_origins(app: web.Application, origins: Iterable[str]) -> None:
    options = aiohttp_cors.ResourceOptions(
        allow_credentials=True,
        expose_headers=_EXPOSED,
        allow_headers=_ALLOWED,
        allow_methods="*",
        max_age=600,
    )
    cors = aiohttp_cors.setup(app, defaults=dict.fromkeys(origins, options))
    for resource in list(app.router.resources()):
        cors.add(resource)
        for route in list(resource):
            cors.add(route)


def _runtime(settings: Settings) -> Callable[[web.Application], AsyncIterator[None]]:
    async def hold(app: web.Application) -> AsyncIterator[None]:
        runtime = await Runtime.open(settings)
        app[RUNTIME] = runtime
        app[INTAKE] = Intake(runtime)
        app[REACH] = Reach(runtime)
        watch = app[WATCH] = HouseWatch(runtime)
        counting = metrics.keep_flushing(runtime.redis, settings.mongo_database)
        besides = [
            asyncio.create_task(work)
            for work in (runtime.bus.run(), _make_indexes(runtime), watch.run(), counting)
        ]
        yield
        for task in besides:
            task.cancel()
        await asyncio.gather(*besides, return_exceptions=True)
        await metrics.flush(runtime.redis, settings.mongo_database)
        await runtime.close()

    return hold


async def _make_indexes(runtime: Runtime) -> None:
    """A store that is down at the start delays them; it does not stop the process."""
    while True:
        try:
            await runtime.database.ensure_indexes()
        except STORE_DOWN as down:
            log.warning("indexes.delayed", cause=str(down)[:200])
            await asyncio.sleep(2)
        except Exception:
            # Another process makes the same index, or what is stored contradicts it.
            log.exception("indexes.refused")
            await asyncio.sleep(5)
        else:
            runtime.indexed.set()
            return


async def _look_at_stores(app: web.Application) -> AsyncIterator[None]:
    """A store may come up after us, and then be one that must not be used."""
    looking = app[LOOKING] = asyncio.create_task(store_safety.keep_looking(app[RUNTIME]))
    looking.add_done_callback(_stop_if_refused)
    yield
    looking.cancel()


def _stop_if_refused(looking: asyncio.Task[None]) -> None:
    if not looking.cancelled() and looking.exception():
        signal.raise_signal(signal.SIGTERM)


def serve(settings: Settings) -> None:
    """Serve until SIGTERM; requests under way are finished first. Raises CannotStart (server/store_safety.py)."""
    memory.share_one_heap()
    store_safety.first_look(settings)
    app = make_app(settings)
    app.cleanup_ctx.append(_look_at_stores)
    web.run_app(
        app,
        host=settings.host,
        port=settings.port,
        access_log=None,
        print=None,
        shutdown_timeout=15,
        reuse_port=settings.web_concurrency > 1,
        loop=uvloop.new_event_loop(),
    )
    if not app[LOOKING].cancelled():
        app[LOOKING].result()
