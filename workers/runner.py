"""RQ rings, lanes run.

A job does no work itself: it rings the bell of a lane on this process's own event loop and returns, so that clients and
pools live on, one slow lane holds up no other, and losing or repeating a job changes nothing.
"""

import asyncio
import contextlib
import inspect
from collections.abc import Callable, Coroutine
from typing import Any

import structlog
from redis.exceptions import RedisError

from server.jobs import Job, waiting_key
from server.runtime import Runtime
from tenants.context import Kick
from tenants.db import STORE_DOWN

log = structlog.get_logger()
Work = Callable[..., Coroutine[Any, Any, None]]

_REDIS_PATIENCE = 0.3  # seconds

WORK: dict[Job, Work] = {}
_ears: list[Callable[[Kick], None]] = []


def job(name: Job) -> Callable[[Work], Callable[..., None]]:
    """Register a lane's work, `async def work(runtime, tenant_id, …)`, under the name that RQ calls it by.

    A lane that can take up new work while it runs also takes `bell`, an `asyncio.Event` set by each further ring.
    """

    def register(work: Work) -> Callable[..., None]:
        WORK[name] = work

        def ring(*ids: str) -> None:
            if not _ears:
                raise RuntimeError("a kick can only be heard in a worker process")
            # It comes from Redis, whoever wrote it there: what is no text could be an operator to the store.
            if not all(type(id) is str for id in ids):
                raise TypeError("the ids of a kick are texts")
            _ears[-1](Kick(name, ids))

        ring.__module__, ring.__qualname__ = work.__module__, work.__qualname__
        return ring

    return register


def hear(ring: Callable[[Kick], None]) -> None:
    """From now on this process's jobs ring here."""
    _ears.append(ring)


class Lanes:
    """Runs each lane once at a time; a ring while it runs makes it run once more."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._bells: dict[Kick, asyncio.Event] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def ring(self, kick: Kick) -> None:
        bell = self._bells.get(kick)
        if bell is None:
            self._start(kick)
        elif _listens(kick):
            self._spawn(self._ring_in(kick))
        else:
            bell.set()

    def _start(self, kick: Kick) -> None:
        self._bells[kick] = asyncio.Event()
        self._spawn(self._run(kick))

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _ring_in(self, kick: Kick) -> None:
        """A lane that listens looks when its bell rings, so the next kick must be free to come before that."""
        await self._free(kick)
        if bell := self._bells.get(kick):
            bell.set()
        else:
            self._start(kick)

    async def _run(self, kick: Kick) -> None:
        bell = self._bells[kick]
        work = WORK[Job(kick.job)]
        listening = {"bell": bell} if _listens(kick) else {}
        try:
            while True:
                bell.clear()
                await self._free(kick)
                await self._once(work, kick, listening)
                if not bell.is_set():
                    return
        finally:
            del self._bells[kick]

    async def _free(self, kick: Kick) -> None:
        """Let the same kick wait in its queue again. Before the lane looks, so that nothing is missed; not sooner, so
        that all that comes while it works costs one kick. A mark that stays is gone by itself in a moment.
        """
        with contextlib.suppress(RedisError, OSError, TimeoutError):
            async with asyncio.timeout(_REDIS_PATIENCE):
                await self._runtime.redis.delete(waiting_key(self._runtime.settings.mongo_database, kick))

    async def _once(self, work: Work, kick: Kick, listening: dict[str, asyncio.Event]) -> None:
        with structlog.contextvars.bound_contextvars(job=kick.job, tenant=kick.ids[0] if kick.ids else None):
            try:
                await work(self._runtime, *kick.ids, **listening)
            except STORE_DOWN as down:
                log.warning("lane.store_down", cause=str(down)[:200])
            except Exception:
                log.exception("lane.failed")

    async def settled(self) -> None:
        """Wait until no lane runs."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def stop(self, *, within: float) -> None:
        """Let the lanes finish what they have in hand; then cut them off: nothing of it is lost."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=within)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)


def _listens(kick: Kick) -> bool:
    return "bell" in inspect.signature(WORK[Job(kick.job)]).parameters
