"""The worker processes as their keeper runs them: they come back when killed, run only what is registered, and stop."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from typing import Any

import psutil
import pytest
import redis
from rq import Queue
from rq.serializers import JSONSerializer

from server import heartbeat
from server.channels.simulator import Simulator
from server.jobs import QueueName, queue_name
from server.processes import Process, spawn, stop
from server.settings import Settings
from tests.conftest import Session
from tests.factories import body_of
from tests.workers import environment


@pytest.fixture
def settings(settings: Settings, simulator: Simulator) -> Settings:
    return settings.model_copy(update={"graph_api_url": simulator.url, "simulator_url": simulator.url})


@pytest.fixture
async def keeper(settings: Settings, client: object) -> AsyncIterator[Process]:
    keeper = await spawn(
        [sys.executable, "-m", "workers"], env=environment(settings), stdout=sys.stderr.buffer
    )
    yield keeper
    await stop(keeper, within=40)


async def until(look: Any, *, within: float = 60) -> Any:
    deadline = time.monotonic() + within
    while not (seen := await look()):
        assert time.monotonic() < deadline, "it did not happen in time"
        await asyncio.sleep(0.1)
    return seen


def children(keeper: Process) -> dict[str, int]:
    """Queue → pid."""
    found = psutil.Process(keeper.pid).children()
    return {process.cmdline()[-1]: process.pid for process in found if process.cmdline()}


async def test_a_killed_worker_comes_back_and_works(
    keeper: Process, hotel: Session, simulator: Simulator
) -> None:
    async def all_there() -> bool:
        return set(children(keeper)) == set(QueueName)

    await until(all_there)
    before = children(keeper)
    os.kill(before["inbound"], signal.SIGKILL)
    channel = await body_of(await hotel.post("/api/channels/sandbox", {"name": "Recepção"}), 201)
    await simulator.number(channel["phoneNumberId"]).customer("5511999999999").says("Olá")

    async def arrived() -> int:
        return await hotel.db.messages.count({})

    await until(arrived)
    assert children(keeper)["inbound"] != before["inbound"]
    assert children(keeper)["outbound"] == before["outbound"]


async def test_a_worker_runs_nothing_that_is_not_registered(
    keeper: Process, hotel: Session, settings: Settings, tmp_path: Any
) -> None:
    """Whoever can write to Redis cannot make a worker call what he likes."""
    trap = tmp_path / "sprung"
    with redis.Redis.from_url(settings.redis_url) as connection:
        name = queue_name(settings.mongo_database, QueueName.INBOUND)
        queue = Queue(name, connection=connection, serializer=JSONSerializer)
        job = queue.enqueue_call("os.mkdir", args=(str(trap),))

        async def ended() -> bool:
            return job.get_status(refresh=True) in ("failed", "finished")

        await until(ended)
        assert job.get_status() == "failed"
    assert not trap.exists()


async def _all_beating() -> bool:
    asked = subprocess.run([sys.executable, "-m", "server.heartbeat", *QueueName], check=False)  # noqa: ASYNC221
    return asked.returncode == 0


def test_a_silent_process_is_noticed() -> None:
    heartbeat.beat("tested")
    assert heartbeat.is_fresh("tested")
    assert not heartbeat.is_fresh("nobody")


async def test_they_stop_when_asked(keeper: Process) -> None:
    async def all_there() -> bool:
        return set(children(keeper)) == set(QueueName)

    await until(all_there)
    await until(_all_beating)
    pids = list(children(keeper).values())
    assert await stop(keeper, within=40) == 0
    assert not any(psutil.pid_exists(pid) for pid in pids)


async def test_it_stops_when_asked_while_it_begins(settings: Settings, client: object) -> None:
    """RQ hears of signals only some steps after it has made itself known."""
    command = [sys.executable, "-m", "workers", QueueName.MEDIA]
    worker = await spawn(command, env=environment(settings), stdout=sys.stderr.buffer)
    with redis.Redis.from_url(settings.redis_url) as connection:
        before = connection.smembers("rq:workers")
        async with asyncio.timeout(60):
            while connection.smembers("rq:workers") <= before:
                await asyncio.sleep(0)
    assert await stop(worker, within=60) == 0
