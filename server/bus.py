"""Telling other processes. Durable events are numbered into the feed; Redis only wakes people up.

Nothing depends on a signal arriving: listeners also look by themselves, and sweepers number what was left behind.
"""

import asyncio
import contextlib
import time
from collections.abc import Callable
from typing import Any, NamedTuple

import orjson
import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from tenants import feed
from tenants.context import Context
from tenants.db import STORE_DOWN, Database
from tenants.ids import new_id

log = structlog.get_logger()

FED = "feed.grew"
_PATIENCE = 1.0  # seconds


class Signal(NamedTuple):
    """Something a process may want to know at once. `FED` says that the tenant's feed grew."""

    tenant_id: str
    kind: str
    payload: dict[str, Any]


Listener = Callable[[Signal], None]


class Bus:
    def __init__(self, database: Database, redis: "Redis", *, channel: str) -> None:
        self._database = database
        self._redis = redis
        self._channel = f"{channel}:signals"
        self._me = new_id()
        self.echoed_at = time.monotonic()  # when something of our own last came back from Redis
        self._listeners: list[Listener] = []
        self._stamping: dict[str, bool] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def listen(self, listener: Listener) -> None:
        self._listeners.append(listener)

    def tell(self, ctx: Context) -> None:
        """What the context said, once its changes are safe: here at once, elsewhere in a moment."""
        for event in ctx.said:
            if not event.durable:
                self.signal(Signal(ctx.tenant.id, event.kind, event.payload()))
        if ctx.fed:
            self.number(ctx.tenant.id)
        ctx.said, ctx.fed = [], False

    def signal(self, signal: Signal) -> None:
        self._deliver(signal)
        self._spawn(self._broadcast(signal))

    def number(self, tenant_id: str) -> None:
        """Have the tenant's pending events numbered; calls made meanwhile share the next round."""
        if tenant_id in self._stamping:
            self._stamping[tenant_id] = True
            return
        self._stamping[tenant_id] = False
        self._spawn(self._number(tenant_id))

    async def _number(self, tenant_id: str) -> None:
        again = True
        try:
            while again:
                self._stamping[tenant_id] = False
                if stamped := await feed.stamp(self._database.scoped(tenant_id)):
                    self.signal(Signal(tenant_id, FED, {"seq": stamped[-1]["seq"]}))
                again = self._stamping[tenant_id]
        except STORE_DOWN as down:
            log.warning("feed.numbering_delayed", tenant=tenant_id, cause=str(down)[:200])
        finally:
            del self._stamping[tenant_id]

    def _deliver(self, signal: Signal) -> None:
        for listener in self._listeners:
            listener(signal)

    async def _broadcast(self, signal: Signal) -> None:
        # Without a time-out a Redis that hangs would gather a task and a connection for every signal.
        with contextlib.suppress(RedisError, OSError, asyncio.TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                await self._redis.publish(self._channel, orjson.dumps([self._me, *signal]))

    async def run(self) -> None:
        """Hear the other processes until cancelled; comes back by itself when Redis was away."""
        while True:
            with contextlib.suppress(RedisError, OSError, asyncio.TimeoutError):
                async with self._redis.pubsub() as pubsub:
                    await pubsub.subscribe(self._channel)
                    stop_if_cancelled()
                    async for message in pubsub.listen():
                        if message["type"] == "message":
                            self._hear(message["data"])
            await asyncio.sleep(0.5)

    def _hear(self, raw: bytes) -> None:
        try:
            origin, *signal = orjson.loads(raw)
            if origin == self._me:
                self.echoed_at = time.monotonic()
            else:
                self._deliver(Signal(*signal))
        except Exception:
            # Of another release, or nobody's: it must not make this process deaf for all that comes after it.
            log.exception("signal.not_heard")

    def _spawn(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Finish what was begun: a committed event should not wait for a sweeper because we stopped."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=5)


def stop_if_cancelled() -> None:
    """redis-py loses a cancellation that comes while it connects; whoever cancelled would wait for ever."""
    task = asyncio.current_task()
    if task and task.cancelling():
        raise asyncio.CancelledError
