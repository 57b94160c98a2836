"""The clock: what must happen every now and then, once for the house. A second clock does no harm."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from typing import NamedTuple

import structlog

from server import metrics
from server.detector.probing import probe
from server.detector.tenants import detect
from server.pulse import Pulse
from server.runtime import Runtime
from server.settings import Settings
from tenants import registry
from tenants.db import STORE_DOWN
from workers import sweeps

log = structlog.get_logger()


class Chore(NamedTuple):
    every: float  # seconds
    work: Callable[[Runtime], Awaitable[None]]


async def _forget_the_silent(runtime: Runtime) -> None:
    await registry.forget_the_silent(runtime.database)


CHORES = [
    Chore(1, sweeps.number_events),
    Chore(3, sweeps.apply_statuses),
    Chore(3, sweeps.apply_amendments),
    Chore(5, sweeps.fold_tallies),
    Chore(5, sweeps.distribute),
    Chore(5, sweeps.answer),
    Chore(5, sweeps.wake_the_snoozed),
    Chore(60, sweeps.close_the_idle),
    Chore(3600, sweeps.forget_the_old),
    Chore(3600, _forget_the_silent),
]


async def run(settings: Settings) -> None:
    """Until SIGTERM."""
    runtime = await Runtime.open(settings)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    pulse = Pulse(runtime, "clock")
    chores = [asyncio.create_task(_repeat(runtime, chore, pulse)) for chore in _chores(settings)]
    chores.append(asyncio.create_task(metrics.keep_flushing(runtime.redis, settings.mongo_database)))
    await stop.wait()
    for chore in chores:
        chore.cancel()
    await asyncio.gather(*chores, return_exceptions=True)
    await metrics.flush(runtime.redis, settings.mongo_database)
    await runtime.close()


def _chores(settings: Settings) -> list[Chore]:
    return [*CHORES, Chore(settings.alarm_every, detect), Chore(settings.alarm_every, probe)]


async def _repeat(runtime: Runtime, chore: Chore, pulse: Pulse) -> None:
    while True:
        pulse.beat()
        try:
            await chore.work(runtime)
        except STORE_DOWN as down:
            log.warning("clock.store_down", cause=str(down)[:200])
        except Exception:
            log.exception("clock.chore_failed", chore=chore.work.__name__)
        await asyncio.sleep(chore.every)
