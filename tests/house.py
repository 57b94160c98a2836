"""The house as processes of their own, as it runs in production: they may be killed and started again."""

import asyncio
import contextlib
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp

from server.jobs import QueueName
from server.processes import Process, kill_group, spawn
from server.settings import Settings
from tests.workers import environment

START_SECONDS = 120


class House:
    """Its processes: "web", "second web" (on a port of its own), "clock" and the queues' names."""

    def __init__(self, settings: Settings, second_port: int | None = None) -> None:
        self._ports = {"web": settings.port, "second web": second_port}
        self._host = settings.host
        self._env = environment(settings) | {"SIMULATOR_URL": settings.simulator_url or ""}
        self._processes: dict[str, Process] = {}
        self.url = self.url_of("web")

    def url_of(self, name: str) -> str:
        return f"http://{self._host}:{self._ports[name]}"

    async def start(self, *names: str) -> None:
        for name in names:
            serves = name in self._ports
            self._processes[name] = await spawn(
                [sys.executable, "-m", *(["server", "web"] if serves else ["workers", name])],
                env=self._env | ({"PORT": str(self._ports[name])} if serves else {}),
                stdout=sys.stderr.buffer,
                stderr=sys.stderr.buffer,
            )
        await asyncio.gather(*(self._until_ready(name) for name in names if name in self._ports))

    async def kill(self, *names: str) -> None:
        for name in names:
            kill_group(self._processes[name])
            await self._processes.pop(name).wait()

    async def _until_ready(self, name: str) -> None:
        deadline = time.monotonic() + START_SECONDS
        async with aiohttp.ClientSession() as session:
            while True:
                with contextlib.suppress(aiohttp.ClientError):
                    if (await session.get(f"{self.url_of(name)}/ready")).status == 200:
                        return
                assert time.monotonic() < deadline, f"the {name} process did not come up"
                await asyncio.sleep(0.05)

    @property
    def names(self) -> list[str]:
        return list(self._processes)


@asynccontextmanager
async def whole_house(settings: Settings, second_port: int | None = None) -> AsyncIterator[House]:
    """Everything that runs in production; a second web process if it is given a port."""
    house = House(settings, second_port)
    try:
        await house.start("web", *(["second web"] if second_port else []), "clock", *QueueName)
        yield house
    finally:
        await house.kill(*house.names)
