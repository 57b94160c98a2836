"""The house on the bench: real stores in a temporary directory, and its programs as processes, one measurement at a time."""

import asyncio
import contextlib
import os
import resource
import socket
import sys
import tempfile
import time
from asyncio.subprocess import DEVNULL
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import aiohttp

from server import embedded
from server.jobs import QueueName
from server.processes import PIPE, Process, spawn, stop
from server.runtime import Runtime
from server.settings import Settings

READY_SECONDS = 30
STOP_SECONDS = 15
POLL_SECONDS = 0.005
FILES_WANTED = 16_384
# The wheel's mongod is started with the memory of a small machine; a store of millions gets that of a server.
CACHE_GB = {"0.25": "4"}


@dataclass(frozen=True, slots=True)
class House:
    """`settings` are this process's, and those of every process that it starts."""

    settings: Settings
    directory: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.settings.port}"

    def on(self, database: str) -> "House":
        """The same house with other data."""
        return replace(self, settings=self.settings.model_copy(update={"mongo_database": database}))

    def facing(self, graph_url: str) -> "House":
        return replace(self, settings=self.settings.model_copy(update={"graph_api_url": graph_url}))

    @asynccontextmanager
    async def runtime(self) -> AsyncIterator[Runtime]:
        runtime = await Runtime.open(self.settings)
        try:
            yield runtime
        finally:
            await runtime.close()

    @asynccontextmanager
    async def web(self) -> AsyncIterator[Process]:
        async with self.program("-m", "server", "web") as process:
            await until_ready(f"{self.url}/ready")
            yield process

    @asynccontextmanager
    async def worker(self, queue: QueueName) -> AsyncIterator[Process]:
        async with self.program("-m", "workers", queue) as process:
            yield process

    @asynccontextmanager
    async def program(self, *arguments: str) -> AsyncIterator[Process]:
        async with program(sys.executable, *arguments, env=environment(self.settings)) as process:
            yield process


@asynccontextmanager
async def opened() -> AsyncIterator[House]:
    """Stores up, indexes made; everything is gone when it closes."""
    _allow_many_files()
    with tempfile.TemporaryDirectory(prefix="balcao-bench-") as path:
        directory = Path(path)
        with embedded.data_lock(directory) as lock:
            mongod, redis = embedded.mongod(directory), embedded.redis(directory)
            mongod = replace(mongod, command=tuple(CACHE_GB.get(word, word) for word in mongod.command))
            processes = await asyncio.gather(mongod.start(lock), redis.start(lock))
            try:
                house = House(_settings(directory, mongod.url, redis.url), directory)
                async with house.runtime() as runtime:
                    await runtime.database.ensure_indexes()
                yield house
            finally:
                await asyncio.gather(*(stop(process, within=STOP_SECONDS) for process in processes))


def _settings(directory: Path, mongo_url: str, redis_url: str) -> Settings:
    return Settings.load(
        app_env="development",
        port=free_port(),
        mongo_url=mongo_url,
        mongo_database="bench",
        redis_url=redis_url,
        data_dir=directory,
        bcrypt_rounds=4,
        log_level="WARNING",
        graph_api_url="http://127.0.0.1:9",  # nobody listens on the discard port
    )


def environment(settings: Settings) -> dict[str, str]:
    told = {
        name.upper(): str(getattr(settings, name))
        for name in (
            "app_env", "port", "mongo_url", "mongo_database", "redis_url", "data_dir", "jwt_secret", "bcrypt_rounds",
            "log_level", "graph_api_url",
        )
    }  # fmt: skip
    return {**os.environ, **told, "SECRETS_KEY": ",".join(settings.secrets_key)}


@asynccontextmanager
async def program(
    *command: str, env: dict[str, str] | None = None, quiet: bool = False
) -> AsyncIterator[Process]:
    """A process until the block ends. What it says is shown, unless `quiet`: a program that is well says nothing."""
    output = DEVNULL if quiet else sys.stderr.buffer
    process = await spawn(command, env=env, stdout=output, stderr=output)
    try:
        yield process
    finally:
        await stop(process, within=STOP_SECONDS)


async def answer_of(*command: str) -> str:
    """What a program prints until it ends."""
    process = await spawn(command, stdout=PIPE, stderr=sys.stderr.buffer)
    try:
        said, _ = await process.communicate()
    finally:
        await stop(process, within=STOP_SECONDS)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)[:200]} ended with {process.returncode}")
    return said.decode()


async def until_ready(url: str) -> None:
    deadline = time.monotonic() + READY_SECONDS
    async with aiohttp.ClientSession() as session:
        while time.monotonic() < deadline:
            with contextlib.suppress(aiohttp.ClientError):
                if (await session.get(url)).status < 500:
                    return
            await asyncio.sleep(POLL_SECONDS)
    raise TimeoutError(f"{url} did not answer within {READY_SECONDS} s")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _allow_many_files() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES_WANTED if hard == resource.RLIM_INFINITY else min(FILES_WANTED, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))


def python(module: str, *arguments: str) -> Sequence[str]:
    return (sys.executable, "-m", module, *arguments)
