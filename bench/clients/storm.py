"""Traffic, and everything that goes wrong meanwhile."""

import asyncio
import contextlib
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp

from bench.clients.logs import Client
from bench.clients.people import AGENT_ROLES, House, Whose
from bench.clients.stage import Stage
from tenants.db import STORE_DOWN

PRIORITIES = ("LOW", "MEDIUM", "HIGH", "URGENT")
Step = Callable[[], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds between two of a kind, on the average."""

    writing: float = 0.12
    acting: float = 0.25
    passing_on: float = 1.5
    cutting: float = 0.8
    redis_kill: float = 8.0
    web_kill: float = 6.5
    deafness: float = 10.0
    held_at_most: float = 2.0
    # Of the web processes, those that are killed.
    victims: tuple[int, ...] = (0, 1)


class Storm:
    def __init__(
        self, stage: Stage, house: House, rival: House, clients: Sequence[Client], pace: Pace
    ) -> None:
        self._stage, self._house, self._rival, self._clients = stage, house, rival, clients
        self._pace = pace
        self._http = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=3))

    async def rages(self, seconds: float) -> None:
        pace = self._pace
        loops = [
            (pace.writing, lambda: self._customer_writes(self._house)),
            (pace.writing, lambda: self._customer_writes(self._rival)),
            (pace.acting, self._somebody_acts),
            (pace.passing_on, self._pass_on),
            (pace.cutting, self._cut),
            (pace.redis_kill, self._stage.kill_redis),
            (pace.web_kill, lambda: self._stage.kill_web(random.choice(pace.victims))),
            (pace.deafness, self._deafen),
        ]
        stop_at = time.monotonic() + seconds
        async with self._http, asyncio.TaskGroup() as group:
            for every, step in loops:
                group.create_task(_again(every, step, stop_at))

    async def _customer_writes(self, house: House) -> None:
        await house.customer_writes(random.choice(list(house.phones.values())))

    async def _somebody_acts(self) -> None:
        path = f"/api/conversations/{random.choice(list(self._house.conversations))}"
        if random.random() < 0.5:
            await self._ask("POST", f"{path}/notes", {"content": f"{self._house.slug} nota"})
        else:
            await self._ask("PATCH", path, {"priority": random.choice(PRIORITIES)})

    async def _pass_on(self) -> None:
        place = random.choice(self._house.of(Whose.CHANGING))
        holder = self._house.people[random.choice((Whose.ADMIN, *AGENT_ROLES))]
        await self._ask("POST", f"/api/conversations/{place}/assign", {"userId": holder.id})

    async def _ask(self, method: str, path: str, body: Any) -> None:
        """At a web process that may be gone."""
        with contextlib.suppress(aiohttp.ClientError, TimeoutError):
            url = random.choice(self._stage.urls) + path
            async with self._http.request(
                method, url, json=body, headers=self._house.hotel.headers
            ) as answer:
                assert answer.status < 400 or answer.status >= 500, await answer.text()

    async def _cut(self) -> None:
        """Mostly at once; at times the line is dead for a while before anybody is told."""
        wire = random.choice(self._clients).wire
        if random.random() < 0.3:
            wire.hold()
            await asyncio.sleep(random.uniform(0, self._pace.held_at_most))
        wire.cut()

    async def _deafen(self) -> None:
        self._stage.line.hold()
        await asyncio.sleep(self._pace.deafness)
        self._stage.line.release()


async def _again(every: float, step: Step, stop_at: float) -> None:
    while (left := stop_at - time.monotonic()) > 0:
        await asyncio.sleep(min(random.uniform(0, 2 * every), left))
        if time.monotonic() < stop_at:
            with contextlib.suppress(*STORE_DOWN):
                await step()


async def listen_for_silence(house: House, deaf: Client, *, rounds: int) -> list[float]:
    """Where nothing else happens something does: how long until a client knows that hears of no event?

    Only where its connection lasted: one that was made anew finds out by that.
    """
    phone, found = next(iter(house.phones.values())), list[float]()
    while len(found) < rounds:
        known, connections = len(deaf.log), deaf.connections
        await house.customer_writes(phone)
        began = time.time()
        await until(lambda known=known: len(deaf.log) > known)  # type: ignore[misc]
        if deaf.connections == connections:
            found.append(deaf.log[known].heard_at - began)
    return found


async def until(condition: Callable[[], bool], *, within: float = 60.0) -> None:
    async with asyncio.timeout(within):
        while not condition():
            await asyncio.sleep(0.05)
