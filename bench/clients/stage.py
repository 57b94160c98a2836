"""Where the clients play: a Redis and two web processes that may die at any moment, and a line between two of them."""

import asyncio
import contextlib
import random
import sys
import tempfile
from asyncio.subprocess import DEVNULL
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bench.clients.wire import Dial, Wire, on_a_path, to_path, to_port
from bench.house import environment, free_port, until_ready
from server import embedded
from server.processes import Process, kill_group, spawn
from server.runtime import Runtime
from server.settings import Settings

DOWN_SECONDS = (0.3, 1.2)


class Stage:
    """The second of its web processes hears of the others through `line` only: held, it is deaf and does not know."""

    def __init__(self, settings: Settings, redis: embedded.Store, lock: int, line: Wire) -> None:
        self.settings = settings
        self.line = line
        self.kills = {"redis": 0, "web": 0}
        self._redis, self._lock = redis, lock
        self._redis_urls = [redis.url, redis.url]
        self._ports = [free_port(), free_port()]
        self._store: Process | None = None
        self._webs: list[Process | None] = [None, None]

    @property
    def urls(self) -> list[str]:
        return [f"http://127.0.0.1:{port}" for port in self._ports]

    @property
    def dials(self) -> list[Dial]:
        return [to_port(port) for port in self._ports]

    async def open(self, second_redis_url: str) -> None:
        self._redis_urls[1] = second_redis_url
        self._store = await self._redis.start(self._lock)
        await asyncio.gather(self._start_web(0), self._start_web(1))

    async def _start_web(self, place: int) -> None:
        told = {"port": self._ports[place], "redis_url": self._redis_urls[place], "log_level": "CRITICAL"}
        env = environment(self.settings.model_copy(update=told))
        self._webs[place] = await spawn(
            [sys.executable, "-m", "server", "web"], env=env, stdout=DEVNULL, stderr=sys.stderr.buffer
        )
        await until_ready(f"{self.urls[place]}/health")

    async def kill_redis(self) -> None:
        """`kill -9`, and up again after a moment."""
        assert self._store
        self.kills["redis"] += 1
        kill_group(self._store)
        await self._store.wait()
        await asyncio.sleep(random.uniform(*DOWN_SECONDS))
        self._store = await self._redis.start(self._lock)

    async def kill_web(self, place: int) -> None:
        process = self._webs[place]
        assert process
        self.kills["web"] += 1
        kill_group(process)
        await process.wait()
        await asyncio.sleep(random.uniform(*DOWN_SECONDS))
        await self._start_web(place)

    async def close(self) -> None:
        for process in (*self._webs, self._store):
            if process:
                kill_group(process)
                await process.wait()


@asynccontextmanager
async def staged(settings: Settings) -> AsyncIterator[Stage]:
    """On the MongoDB of `settings`, with a Redis of its own."""
    with tempfile.TemporaryDirectory(prefix="balcao-stage-") as folder, contextlib.ExitStack() as held:
        lock = held.enter_context(embedded.data_lock(Path(folder)))
        redis = embedded.redis(Path(folder))
        line = Wire([to_path(redis.url.removeprefix("unix://").partition("?")[0])])
        own = settings.model_copy(update={"redis_url": redis.url, "data_dir": Path(folder)})
        stage = Stage(own, redis, lock, line)
        async with on_a_path(line, Path(folder, "line.sock")) as url:
            try:
                await stage.open(url)
                yield stage
            finally:
                await stage.close()


@asynccontextmanager
async def opened_runtime(settings: Settings) -> AsyncIterator[Runtime]:
    """With its indexes."""
    runtime = await Runtime.open(settings)
    try:
        await runtime.database.ensure_indexes()
        yield runtime
    finally:
        await runtime.close()
