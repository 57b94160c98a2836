"""What a process holds for its whole life, and the only mint of contexts."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Self

import aiohttp
import orjson
import redis
import redis.asyncio

from server.bus import Bus, Signal
from server.jobs import Jobs
from server.outside import guarded_session
from server.settings import Settings
from tenants import models
from tenants.access import Access
from tenants.context import Context
from tenants.credentials import Tokens
from tenants.db import Database
from tenants.events import AccessChanged
from tenants.key_access import KeyAccess
from tenants.keys import Keys
from tenants.models import HOUSE, Actor, Tenant
from tenants.secrets import Vault


@dataclass(slots=True)
class Runtime:
    settings: Settings
    database: Database
    keys: Keys
    access: Access
    key_access: KeyAccess
    bus: Bus
    jobs: Jobs
    http: aiohttp.ClientSession  # to addresses that the operator chose
    outside: aiohttp.ClientSession  # to those that others chose (server/outside.py)
    redis: "redis.asyncio.Redis"
    clock: Callable[[], datetime] = models.now
    indexed: asyncio.Event = field(default_factory=asyncio.Event)  # the store has its indexes
    _besides: set["asyncio.Task[None]"] = field(default_factory=set)

    @classmethod
    async def open(cls, settings: Settings) -> Self:
        """Connect to the stores (lazily: a store that is down does not stop the process)."""
        database = Database(settings.mongo_url, settings.mongo_database)
        prefix = settings.mongo_database
        keys = _keys(settings)
        keepalive = {} if settings.redis_url.startswith("unix:") else {"socket_keepalive": True}
        hints = redis.asyncio.Redis.from_url(settings.redis_url, socket_connect_timeout=1, **keepalive)
        # A kick may be lost but must never be waited for.
        bells = redis.Redis.from_url(settings.redis_url, socket_timeout=0.3, socket_connect_timeout=0.3)
        runtime = cls(
            settings=settings,
            database=database,
            keys=keys,
            access=Access(database, keys.tokens),
            key_access=KeyAccess(database),
            bus=Bus(database, hints, channel=prefix),
            jobs=Jobs(bells, prefix=prefix),
            http=aiohttp.ClientSession(
                json_serialize=lambda value: orjson.dumps(value).decode(),
                timeout=aiohttp.ClientTimeout(total=20, connect=5),
                connector=aiohttp.TCPConnector(limit=256, limit_per_host=128),
            ),
            outside=guarded_session(own=_stand_ins(settings)),
            redis=hints,
        )
        runtime.bus.listen(runtime._look_again)
        return runtime

    def _look_again(self, signal: Signal) -> None:
        if signal.kind == AccessChanged.kind:
            self.access.forget(signal.tenant_id)
            self.key_access.forget(signal.tenant_id)

    @asynccontextmanager
    async def enter(
        self,
        tenant: Tenant,
        actor: Actor = HOUSE,
        *,
        request_id: str | None = None,
        ip: str | None = None,
    ) -> AsyncIterator[Context]:
        """A scope of one tenant. When it closes, what was committed in it is told, whatever happened afterwards."""
        db = self.database.scoped(tenant.id)
        ctx = Context(tenant, actor, db, self.keys, self.clock, request_id=request_id, ip=ip)
        try:
            yield ctx
        finally:
            self.bus.tell(ctx)
            for kick in ctx.asked:
                self.jobs.kick(kick)

    def beside(self, work: Coroutine[Any, Any, None]) -> None:
        """Do it while nobody waits for it."""
        task = asyncio.get_running_loop().create_task(work)
        self._besides.add(task)
        task.add_done_callback(self._besides.discard)

    async def close(self) -> None:
        if self._besides:
            await asyncio.wait(self._besides, timeout=5)
        await self.bus.close()
        self.jobs.close()
        await self.http.close()
        await self.outside.close()
        await self.redis.aclose()
        self.database.close()


def _stand_ins(settings: Settings) -> list[str]:
    """Servers of this machine that play the outside; none in production."""
    if settings.app_env == "production":
        return []
    return [url for url in (settings.graph_api_url, settings.simulator_url) if url]


def _keys(settings: Settings) -> Keys:
    return Keys(
        vault=Vault(list(settings.secrets_key)),
        tokens=Tokens(settings.jwt_secret, lifetime=timedelta(minutes=settings.access_token_minutes)),
        password_rounds=settings.bcrypt_rounds,
        session_lifetime=timedelta(days=settings.refresh_token_days),
    )
