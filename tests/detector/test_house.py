"""Processes and a Redis that really die: what is told of it, and what is not."""

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
import redis.asyncio

from server import embedded
from server.detector.house import HouseWatch
from server.dialects.native.alarms import WATCH
from server.embedded import Store
from server.processes import Process, kill_group, spawn
from server.settings import Settings
from tests.conftest import Client, Session
from tests.factories import body_of
from tests.workers import environment

Json = dict[str, Any]
ROLES = ("inbound", "outbound", "media", "clock")
# A worker beats as it sweeps, about every 2 seconds.
SILENCE = 5.0


class Redis:
    """One of this test's own, to be killed."""

    def __init__(self, store: Store, lock: int) -> None:
        self._store, self._lock = store, lock
        self.url = store.url

    async def start(self) -> None:
        self._process = await self._store.start(self._lock)

    async def die(self) -> None:
        kill_group(self._process)
        await self._process.wait()


@pytest.fixture
async def own_redis(tmp_path: Path) -> AsyncIterator[Redis]:
    with embedded.data_lock(tmp_path / "redis") as lock:
        own = Redis(embedded.redis(tmp_path / "redis"), lock)
        await own.start()
        yield own
        await own.die()


@pytest.fixture
def settings(settings: Settings, own_redis: Redis) -> Settings:
    return settings.model_copy(update={"redis_url": own_redis.url, "silence_after": SILENCE})


@pytest.fixture
def watch(client: Client) -> HouseWatch:
    assert client.app
    return client.app[WATCH]


class Workers:
    def __init__(self, settings: Settings) -> None:
        self._env = environment(settings)
        self._processes: dict[str, Process] = {}

    async def start(self, *roles: str) -> None:
        for role in roles:
            self._processes[role] = await spawn(
                [sys.executable, "-m", "workers", role], env=self._env, stdout=sys.stderr.buffer, stderr=None
            )

    async def kill(self, *roles: str) -> None:
        """As `kill -9` does: it says nothing any more."""
        for role in roles:
            kill_group(self._processes[role])
        await asyncio.gather(*(self._processes.pop(role).wait() for role in roles))

    @property
    def roles(self) -> list[str]:
        return list(self._processes)


@pytest.fixture
async def workers(settings: Settings, client: Client) -> AsyncIterator[Workers]:
    async with AsyncExitStack() as ending:
        workers = Workers(settings)
        ending.push_async_callback(lambda: workers.kill(*workers.roles))
        await workers.start(*ROLES)
        yield workers


async def until(true: Callable[[], bool], *, within: float = 90) -> None:
    deadline = time.monotonic() + within
    while not true():
        assert time.monotonic() < deadline, "it did not happen in time"
        await asyncio.sleep(0.05)


def keys(watch: HouseWatch) -> set[str]:
    return {alarm.key for alarm in watch.alarms}


async def test_a_dead_worker_is_missed_and_a_dead_redis_accuses_nobody(
    hotel: Session, watch: HouseWatch, workers: Workers, own_redis: Redis
) -> None:
    began = time.monotonic()
    await until(lambda: max(watch.silences.values()) < time.monotonic() - began)  # each has been heard
    await until(lambda: not keys(watch))

    await workers.kill("inbound")
    killed = time.monotonic()
    await until(lambda: "worker/inbound" in keys(watch))
    assert time.monotonic() - killed < 60
    assert keys(watch) == {"worker/inbound"}
    await _told_everywhere(hotel)

    await own_redis.die()
    await workers.kill("outbound")
    accused = set[str]()
    dead = {"redis", "worker/inbound", "worker/outbound"}
    beyond = time.monotonic() + SILENCE + 2
    async with asyncio.timeout(90):
        while time.monotonic() < beyond or keys(watch) != dead:
            accused |= keys(watch)
            await asyncio.sleep(0.05)
    assert accused == dead, "who lives was called dead"

    await own_redis.start()
    await workers.start("inbound", "outbound")
    await until(lambda: not keys(watch))
    assert (await body_of(await hotel.get("/api/alarms")))["data"] == []


async def _told_everywhere(hotel: Session) -> None:
    answer = await hotel.client.get("/ready")
    ready = await answer.json()
    assert answer.status == 200, "no load balancer can cure it"
    [told] = ready["alarms"]
    assert (told["kind"], told["severity"]) == ("worker", "critical")
    assert "inbound" in told["cause"]
    [shown] = (await body_of(await hotel.get("/api/alarms")))["data"]
    assert (shown["id"], shown["channelId"]) == ("worker/inbound", None)
    assert shown["nextStep"]
    metrics = await (await hotel.client.get("/metrics")).text()
    assert 'alarms{about="inbound",kind="worker"} 1.0' in metrics
    assert 'process_silence_seconds{role="outbound"}' in metrics


async def test_a_process_that_cannot_hear_says_so(
    client: Client, watch: HouseWatch, own_redis: Redis
) -> None:
    """Redis answers it, and nothing comes through: not even what it said itself."""
    runtime = watch._runtime
    await until(lambda: time.monotonic() - runtime.bus.echoed_at < 1)
    runtime.settings = runtime.settings.model_copy(update={"silence_after": 1.5})
    async with redis.asyncio.Redis.from_url(own_redis.url) as admin:
        await admin.acl_setuser("default", enabled=True, nopass=True, reset_channels=True)
        await admin.client_kill_filter(_type="pubsub")
        await until(lambda: "deaf" in keys(watch))
        assert "redis" not in keys(watch)
        await admin.acl_setuser("default", enabled=True, nopass=True, channels=["*"])
    await until(lambda: "deaf" not in keys(watch))


async def test_the_tenants_alarms_are_counted_and_not_named(hotel: Session, watch: HouseWatch) -> None:
    alarm = {"key": "token/x", "kind": "token", "title": "Recepção: segredo"}
    await hotel.db.alarms.insert({**alarm, "_id": os.urandom(8).hex()})
    await until(lambda: bool(watch.of_tenants))
    ready = await hotel.client.get("/ready")
    assert (await ready.json())["tenantAlarms"] == [{"kind": "token", "count": 1}]
    assert "segredo" not in await ready.text()
    assert 'alarms{about="",kind="token"} 1.0' in await (await hotel.client.get("/metrics")).text()
