"""Delivers webhooks until they are answered 200: in order for each customer, customers side by side."""

import asyncio
import itertools
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from server.channels.simulator.faults import Faults
from server.channels.simulator.webhooks import wire
from server.channels.simulator.webhooks.batch import pack
from server.channels.simulator.world import Clock, Number

Json = dict[str, Any]
CONNECTIONS = 64
LOOK_AGAIN = 0.05


@dataclass(slots=True)
class Change:
    """One `changes[]` item. `lane` is the customer's key, or empty for what concerns the account."""

    number: Number
    field: str
    value: Json
    lane: str = ""
    status: str | None = None
    batch: int = 1
    on_acknowledged: Callable[[], None] | None = None
    due: float = 0.0

    @property
    def target(self) -> str | None:
        """Number's override before the account's before the app's (whatsapp.md 1.4); nothing when the
        app is not subscribed to the account.
        """
        account = self.number.account
        if not account.subscribed:
            return None
        own = self.number.callback if "metadata" in self.value else None
        return own or account.callback or account.app_callback


@dataclass(slots=True)
class Lane:
    changes: deque[Change] = field(default_factory=deque)
    size: int = 1
    wait: float = 0.0
    full: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(slots=True)
class Tally:
    posts: int = 0
    acknowledged: int = 0
    refused: int = 0
    last_failure: str = ""


class Dispatcher:
    def __init__(self, faults: Faults, clock: Clock) -> None:
        self.pending = 0
        self.tally = Tally()
        self._faults = faults
        self._clock = clock
        self._lanes: dict[str, Lane] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._loose = itertools.count()
        self._session: aiohttp.ClientSession | None = None

    async def start(self) -> None:
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=CONNECTIONS, keepalive_timeout=30),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
        )

    async def close(self) -> None:
        self.forget()
        if self._session:
            await self._session.close()

    def forget(self) -> None:
        """Drops all that waits."""
        for task in self._tasks:
            task.cancel()
        self._tasks.clear()
        self._lanes.clear()
        self.pending = 0

    async def handshake(self, url: str, verify_token: str, challenge: str) -> tuple[int, str]:
        """Meta's GET on a callback; (status, body). Raises aiohttp.ClientError or TimeoutError."""
        assert self._session
        query = {"hub.mode": "subscribe", "hub.challenge": challenge, "hub.verify_token": verify_token}
        timeout = aiohttp.ClientTimeout(total=10)
        async with self._session.get(url, params=query, timeout=timeout, allow_redirects=False) as answer:
            return answer.status, (await answer.content.read(1000)).decode(errors="replace")

    def send(self, change: Change) -> None:
        number = change.number.phone_number_id
        if change.target is None:
            return
        if change.status and self._faults.for_webhook("drop_status", number, change.status):
            return
        self.pending += 1
        key, lane = self._lane_for(change, number)
        lane.changes.append(change)
        if len(lane.changes) >= lane.size:
            lane.full.set()
        if key not in self._lanes:
            self._lanes[key] = lane
            self._spawn(self._drain(key, lane))

    async def lane_settled(self, number: Number, lane: str, timeout: float) -> None:
        """Waits until nothing of this customer waits any more, or for `timeout`."""
        deadline = time.monotonic() + timeout
        while f"{number.phone_number_id}/{lane}" in self._lanes and time.monotonic() < deadline:
            await asyncio.sleep(0.005)

    def _lane_for(self, change: Change, number: str) -> tuple[str, Lane]:
        if fault := self._faults.for_webhook("shuffle", number):
            change.due = time.monotonic() + self._faults.random.random() * fault.parameters["seconds"]
            return f"loose {next(self._loose)}", Lane()
        if fault := self._faults.for_webhook("delay", number):
            change.due = time.monotonic() + fault.parameters["seconds"]
        size, wait = change.batch, 0.05
        if fault := self._faults.standing("batch", number):
            size, wait = fault.parameters["size"], fault.parameters["seconds"]
        if size > 1:
            key = f"batch {change.target} {change.number.account.app_secret}"
            return key, self._lanes.get(key) or Lane(size=size, wait=wait)
        key = f"{number}/{change.lane}"
        return key, self._lanes.get(key) or Lane()

    async def _drain(self, key: str, lane: Lane) -> None:
        while lane.changes:
            parcel = await self._next_parcel(lane)
            await self._deliver(parcel)
            self.pending -= len(parcel)
        self._lanes.pop(key, None)

    async def _next_parcel(self, lane: Lane) -> list[Change]:
        if lane.size > 1 and len(lane.changes) < lane.size:
            lane.full.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(lane.full.wait(), lane.wait)
        parcel = [lane.changes.popleft() for _ in range(min(lane.size, len(lane.changes)))]
        early = max(change.due for change in parcel) - time.monotonic()
        if early > 0:
            await asyncio.sleep(early)
        return parcel

    async def _deliver(self, parcel: list[Change]) -> None:
        body = wire.encode(wire.envelope(pack(parcel, self._faults.random, self._clock.now())))
        if not await self._until_accepted(parcel[0], body):
            return
        for change in parcel:
            if change.on_acknowledged:
                change.on_acknowledged()
        if fault := self._faults.for_webhook("duplicate", parcel[0].number.phone_number_id):
            self.pending += 1
            self._spawn(self._repeat(parcel[0], body, fault.parameters))

    async def _repeat(self, change: Change, body: bytes, parameters: Json) -> None:
        for _ in range(parameters["times"] - 1):
            await asyncio.sleep(parameters["seconds"])
            await self._until_accepted(change, body)
        self.pending -= 1

    async def _released(self, number: Number) -> None:
        """Waits while webhooks are held."""
        if fault := self._faults.for_webhook("hold", number.phone_number_id):
            while fault is self._faults.standing("hold", number.phone_number_id):
                await asyncio.sleep(LOOK_AGAIN)

    async def _until_accepted(self, change: Change, body: bytes) -> bool:
        await self._released(change.number)
        settings = change.number.settings
        wait, deadline = settings.retry_first, time.monotonic() + settings.retry_for
        while target := change.target:
            if await self._post(target, change.number, body):
                return True
            if time.monotonic() > deadline:
                break
            await asyncio.sleep(wait * self._faults.random.uniform(0.8, 1.2))
            wait = min(wait * 2, settings.retry_cap)
        return False

    async def _post(self, target: str, number: Number, body: bytes) -> bool:
        assert self._session
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "facebookexternalua",
            "X-Hub-Signature-256": wire.signature(number.account.app_secret, body),
        }
        timeout = aiohttp.ClientTimeout(total=number.settings.webhook_timeout)
        self.tally.posts += 1
        try:
            async with self._session.post(
                target, data=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as answer:
                await answer.read()
                return self._judge(target, answer.status)
        except (aiohttp.ClientError, TimeoutError, OSError) as problem:
            self.tally.refused += 1
            self.tally.last_failure = f"{target}: {type(problem).__name__} {problem}"
            return False

    def _judge(self, target: str, status: int) -> bool:
        if status == 200:
            self.tally.acknowledged += 1
            return True
        self.tally.refused += 1
        self.tally.last_failure = f"{target}: HTTP {status}"
        return False

    def _spawn(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
