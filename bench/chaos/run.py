"""One run: the house opens, customers and agents talk, faults befall it, all comes to rest, the evidence is read."""

import asyncio
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pymongo
from pymongo.read_concern import ReadConcern

from bench.chaos import checker, house
from bench.chaos.clients import Desk, Hotel
from bench.chaos.evidence import Document, Evidence, read_log, read_store
from bench.chaos.faults import Chaos
from bench.chaos.follower import Follower
from bench.chaos.house import DATABASE, House
from bench.chaos.provider import Provider
from bench.chaos.size import Size

_SETTLE_SECONDS = 120.0
_QUIET_LOOKS = 2  # in a row: work passes from one collection to the next while they are read
# What must be gone before the run is judged: whatever the house still has to do.
_UNFINISHED: dict[str, Document] = {
    "messages": {"moving": True},
    "webhook_inbox": {"state": "NEW"},
    "status_events": {"applied": False},
    "events": {"pending": True},
}


@dataclass(frozen=True, slots=True)
class Report:
    """`process` and `provider`: faults by kind. `settled`: seconds from the last fault and message to rest, None: never."""

    process: Counter[str]
    provider: Counter[str]
    figures: dict[str, int]
    breaches: dict[str, list[str]]
    retries: int
    settled: float | None
    took: float

    @property
    def clean(self) -> bool:
        return self.settled is not None and not any(self.breaches.values())


class Run:
    def __init__(self, opened: House, size: Size, seed: int, http: aiohttp.ClientSession) -> None:
        self._house, self._size, self._seed = opened, size, seed
        self._desk = Desk(opened.urls, http)
        self._provider = Provider(opened.simulator_url, http, size.clocks)
        self._hotels: list[Hotel] = []

    @property
    def _numbers(self) -> list[str]:
        return [number for hotel in self._hotels for number in hotel.numbers]

    async def report(self) -> Report:
        began = time.monotonic()
        await self._furnish()
        chaos = Chaos(self._house, self._size, self._seed)
        follower = Follower(self._house.mongo_url, DATABASE, [hotel.tenant_id for hotel in self._hotels])
        following = asyncio.create_task(follower.follow())
        await asyncio.gather(chaos.run(), self._talk())
        fired = await self._provider.fired()
        await self._provider.behave()
        settled = await self._settle()
        follower.stop()
        await following
        await asyncio.to_thread(follower.look)
        follower.close()
        case = checker.Case(await asyncio.to_thread(self._evidence, follower.gaps))
        return Report(
            chaos.befallen, fired, checker.figures(case), checker.breaches(case), self._desk.retries, settled,
            time.monotonic() - began,
        )  # fmt: skip

    async def _furnish(self) -> None:
        """Tenants and numbers, and a conversation with every customer; nothing goes wrong yet."""
        size = self._size
        self._hotels = [await Hotel.found(self._desk, place, size.numbers) for place in range(size.tenants)]
        await self._provider.misbehave(self._numbers)
        await self._customers(size.customers, "Olá, aqui é {customer}", seconds=0)
        for hotel in self._hotels:
            await hotel.meet(size.numbers * size.customers)

    async def _talk(self) -> None:
        size, chance = self._size, random.Random(self._seed + 1)
        await asyncio.gather(
            self._customers(size.inbound, "{n} de {customer}", seconds=size.seconds),
            *(hotel.answer(size.outbound, size.seconds, chance) for hotel in self._hotels),
        )

    async def _customers(self, messages: int, text: str, *, seconds: float) -> None:
        customers = self._size.customers
        await asyncio.gather(
            *(
                self._provider.customers_write(
                    number, customers=customers, messages=messages, text=text, seconds=seconds
                )
                for number in self._numbers
            )
        )

    async def _settle(self) -> float | None:
        """How long it took until the provider has told all and nothing moves in the house."""
        began, quiet = time.monotonic(), 0
        while (elapsed := time.monotonic() - began) < _SETTLE_SECONDS:
            told = await self._provider.settled(5)
            quiet = quiet + 1 if told and not await asyncio.to_thread(self._unfinished) else 0
            if quiet == _QUIET_LOOKS:
                return elapsed
            await asyncio.sleep(0.25)
        print(f"never settled: {', '.join(self._unfinished()) or 'the provider'}", file=sys.stderr)
        return None

    def _unfinished(self) -> list[str]:
        """As a majority has it, which may be a moment behind: so are those who read the evidence."""
        with pymongo.MongoClient[Document](self._house.mongo_url) as client:
            db = client.get_database(DATABASE, read_concern=ReadConcern("majority"))
            return [noun for noun, where in _UNFINISHED.items() if db[noun].find_one(where)]

    def _evidence(self, gaps: list[str]) -> Evidence:
        promises = [promise for hotel in self._hotels for promise in hotel.promises]
        owners = {number: hotel.tenant_id for hotel in self._hotels for number in hotel.numbers}
        store = read_store(self._house.mongo_url, DATABASE)
        shuffled = frozenset(self._provider.shuffled)
        return Evidence(read_log(self._house.provider_log), store, promises, owners, shuffled, gaps)


async def run(directory: Path, size: Size, *, seed: int) -> Report:
    """Everything it makes is in `directory`; no process of it outlives it."""
    limit = aiohttp.TCPConnector(limit=0)
    async with (
        house.opened(directory, size.clocks) as opened,
        aiohttp.ClientSession(connector=limit) as http,
    ):
        return await Run(opened, size, seed, http).report()
