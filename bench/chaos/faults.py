"""What befalls the house: one fault after the other, dealt like cards, so that each kind comes before one comes twice."""

import asyncio
import itertools
import random
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from typing import NamedTuple

import redis.asyncio
from redis.exceptions import RedisError

from bench.chaos.house import House
from bench.chaos.size import Size

_LONGEST_ABSENCE = 1.0


class Kind(NamedTuple):
    """`role`: one of whom it befalls. What `lasts` goes on beside the faults that follow."""

    name: str
    role: str
    act: Callable[["Chaos", str], Awaitable[None]]
    lasts: bool = False


class Chaos:
    def __init__(self, house: House, size: Size, seed: int) -> None:
        self._house, self._size = house, size
        self._chance = random.Random(seed)
        self._began = time.monotonic()
        self._lasting: set[asyncio.Future[None]] = set()
        self.befallen: Counter[str] = Counter()

    async def run(self) -> None:
        """All of them; returns when everything runs again. One that takes longer than its share delays the next."""
        gap = self._size.seconds / self._size.faults
        for turn, kind in enumerate(itertools.islice(self._dealt(), self._size.faults)):
            due = self._began + gap * (turn + self._chance.random())
            await asyncio.sleep(max(due - time.monotonic(), 0))
            await self._befall(kind)
        await asyncio.gather(*self._lasting)

    def _dealt(self) -> Iterator[Kind]:
        while True:
            yield from self._chance.sample(KINDS, len(KINDS))

    async def _befall(self, kind: Kind) -> None:
        """Nobody is hit while stopped: when all who may be are, the turn waits."""
        while not (victims := self._house.copies(kind.role)):
            await asyncio.sleep(0.1)
        victim = self._chance.choice(victims)
        self.befallen[kind.name] += 1
        at = time.monotonic() - self._began
        print(f"{at:7.1f} s  {kind.name} ({victim})", file=sys.stderr, flush=True)
        if kind.lasts:
            self._lasting.add(asyncio.ensure_future(kind.act(self, victim)))
            await asyncio.sleep(0)  # so that it has begun when the next victim is chosen
        else:
            await kind.act(self, victim)

    async def kill(self, victim: str) -> None:
        await self._house.kill(victim)
        await asyncio.sleep(self._chance.uniform(0, _LONGEST_ABSENCE))
        await self._house.start(victim)

    async def cut_power(self, victim: str) -> None:
        """All at once, the stores too; only the provider is elsewhere."""
        everyone = self._house.all
        await asyncio.gather(*(self._house.kill(name) for name in everyone))
        for name in everyone:
            await self._house.start(name)

    async def restart(self, victim: str) -> None:
        await self._house.end(victim)
        await asyncio.sleep(self._chance.uniform(0, _LONGEST_ABSENCE))
        await self._house.start(victim)

    async def stop(self, victim: str) -> None:
        """Beyond a lease, and the patience that follows: it wakes into a world that went on without it."""
        self._house.pause(victim)
        await asyncio.sleep(self._size.clocks.beyond)
        self._house.resume(victim)

    async def flush(self, victim: str) -> None:
        """A Redis that is just away has nothing to lose."""
        async with redis.asyncio.Redis.from_url(self._house.redis_url) as client:
            try:
                await client.flushall()
            except RedisError as away:
                print(f"flushall: {away}", file=sys.stderr)


KINDS = (
    Kind("kill -9 web", "web", Chaos.kill),
    Kind("kill -9 inbound", "inbound", Chaos.kill),
    Kind("kill -9 outbound", "outbound", Chaos.kill),
    Kind("kill -9 media", "media", Chaos.kill),
    Kind("kill -9 clock", "clock", Chaos.kill),
    Kind("kill -9 redis", "redis", Chaos.kill),
    Kind("kill -9 mongod", "mongod", Chaos.kill),
    Kind("power cut", "mongod", Chaos.cut_power),
    Kind("restart redis", "redis", Chaos.restart),
    Kind("restart mongod", "mongod", Chaos.restart),
    Kind("FLUSHALL", "redis", Chaos.flush),
    Kind("SIGSTOP inbound", "inbound", Chaos.stop, lasts=True),
    Kind("SIGSTOP outbound", "outbound", Chaos.stop, lasts=True),
    Kind("SIGSTOP web", "web", Chaos.stop, lasts=True),
    Kind("SIGSTOP simulator", "simulator", Chaos.stop, lasts=True),
)
