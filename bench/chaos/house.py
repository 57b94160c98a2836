"""The house under fire: every program and store a process of its own, to be killed, stopped and started by its name."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from bench.chaos.size import Clocks
from bench.house import free_port, python, until_ready
from server import embedded
from server.processes import Process, kill_group, spawn, stop
from server.settings import Settings

STORES = ("mongod", "redis")
COPIES = {"web": 2, "inbound": 2, "outbound": 2, "media": 2, "clock": 1}
DATABASE = "chaos"
STOP_SECONDS = 10

Start = Callable[[], Awaitable[Process]]


class House:
    """Names: "mongod", "redis", "simulator", and each role of COPIES with its number, as in "web 1"."""

    def __init__(self, directory: Path, lock: int, clocks: Clocks) -> None:
        self.directory = directory
        self.ports = {f"web {copy + 1}": free_port() for copy in range(COPIES["web"])}
        self.simulator_url = f"http://127.0.0.1:{free_port()}"
        mongod, redis = embedded.mongod(directory), embedded.redis(directory)
        self.mongo_url, self.redis_url = mongod.url, redis.url
        self._log = (directory / "house.log").open("ab")
        self._env = _environment(self._settings(), clocks)
        self._starts: dict[str, Start] = {
            "mongod": lambda: mongod.start(lock),
            "redis": lambda: redis.start(lock),
            "simulator": self._start_simulator,
        }
        for role, copies in COPIES.items():
            for copy in range(copies):
                self._starts[f"{role} {copy + 1}"] = self._program(role, copy + 1)
        self._processes: dict[str, Process] = {}
        self.paused: set[str] = set()

    @property
    def urls(self) -> list[str]:
        return [f"http://127.0.0.1:{port}" for port in self.ports.values()]

    @property
    def provider_log(self) -> Path:
        return self.directory / "simulator" / "simulator.jsonl"

    @property
    def all(self) -> list[str]:
        """The house without the provider, in the order in which it starts."""
        return [name for name in self._starts if name != "simulator"]

    def copies(self, role: str) -> list[str]:
        """Those that are not paused, in a fixed order."""
        return [name for name in self._starts if name.split()[0] == role and name not in self.paused]

    async def start(self, name: str) -> None:
        self._processes[name] = await self._starts[name]()

    async def kill(self, name: str) -> None:
        """`kill -9`, which ends a paused one too."""
        self.paused.discard(name)
        kill_group(self._processes[name])
        await self._processes[name].wait()

    async def end(self, name: str) -> None:
        """As an operator does, with time to close its files."""
        await stop(self._processes[name], within=STOP_SECONDS)

    def pause(self, name: str) -> None:
        self.paused.add(name)
        os.killpg(self._processes[name].pid, signal.SIGSTOP)

    def resume(self, name: str) -> None:
        """Unless it was killed meanwhile."""
        if name not in self.paused:
            return
        os.killpg(self._processes[name].pid, signal.SIGCONT)
        self.paused.discard(name)

    async def open(self) -> None:
        await asyncio.gather(*(self.start(name) for name in STORES))
        for name in self._starts:
            if name not in STORES:
                await self.start(name)
        await until_ready(f"{self.simulator_url}/simulator/health")
        for url in self.urls:
            await until_ready(f"{url}/ready")

    async def close(self) -> None:
        """Programs first: a store that goes before them only fills the log."""
        for name in reversed(self._processes):
            await (self.end(name) if name in STORES else self.kill(name))
        self._log.close()

    def _settings(self) -> Settings:
        return Settings.load(
            app_env="development",
            mongo_url=self.mongo_url,
            mongo_database=DATABASE,
            redis_url=self.redis_url,
            data_dir=self.directory,
            bcrypt_rounds=4,
            log_level="INFO",
            graph_api_url=self.simulator_url,
            simulator_url=self.simulator_url,
        )

    def _program(self, role: str, copy: int) -> Start:
        name = f"{role} {copy}"
        command = python("server", "web") if role == "web" else python("workers", role)
        own = {"PORT": str(self.ports[name]), "PUBLIC_URL": self.urls[copy - 1]} if role == "web" else {}
        return lambda: spawn(command, env=self._env | own, stdout=self._log, stderr=self._log)

    async def _start_simulator(self) -> Process:
        """Its log is in a directory of its own, and outlives it."""
        port = self.simulator_url.rpartition(":")[2]
        kept = str(self.directory / "simulator")
        command = python("server.channels.simulator", "--port", port, "--data-dir", kept)
        return await spawn(command, stdout=self._log, stderr=self._log)


def _environment(settings: Settings, clocks: Clocks) -> dict[str, str]:
    told = {
        name.upper(): str(getattr(settings, name))
        for name in (
            "app_env", "mongo_url", "mongo_database", "redis_url", "data_dir", "jwt_secret", "bcrypt_rounds", "log_level",
            "graph_api_url", "simulator_url",
        )
    }  # fmt: skip
    told |= {
        "SEND_TIMEOUT": str(clocks.timeout),
        "SEND_LEASE": str(clocks.lease),
        "UNCONFIRMED_AFTER": str(clocks.patience),
    }
    return {**os.environ, **told, "SECRETS_KEY": ",".join(settings.secrets_key)}


@asynccontextmanager
async def opened(directory: Path, clocks: Clocks) -> AsyncIterator[House]:
    with embedded.data_lock(directory) as lock:
        house = House(directory, lock, clocks)
        try:
            await house.open()
            yield house
        finally:
            await house.close()
