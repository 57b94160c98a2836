"""The clock: what must happen every now and then, once for the house. A second clock does no harm."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from typing import NamedTuple

import structlog

from server import heartbeat
from server.runtime import Runtime
from server.settings import Settings
from tenants.db import STORE_DOWN
from workers import sweeps

log = structlog.get_logger()


class Chore(NamedTuple):
    every: float  # seconds
    work: Callable[[Runtime], Awaitable[None]]


CHORES = [
    Chore(1, sweeps.number_events),
    Chore(3, sweeps.apply_statuses),
    Chore(5, sweeps.fold_tallies),
    Chore(3600, sweeps.forget_the_old),
]


async def run(settings: Settings) -> None:
    """Until SIGTERM."""
    runtime = await Runtime.open(settings)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    chores = [asyncio.create_task(_repeat(runtime, chore)) for chore in CHORES]
    await stop.wait()
    for chore in chores:
        chore.cancel()
    await asyncio.gather(*chores, return_exceptions=True)
    await runtime.close()


async def _repeat(runtime: Runtime, chore: Chore) -> None:
    while True:
        heartbeat.beat("clock")
        try:
            await chore.work(runtime)
        except STORE_DOWN as down:
            log.warning("clock.store_down", cause=str(down)[:200])
        except Exception:
            log.exception("clock.chore_failed", chore=chore.work.__name__)
        await asyncio.sleep(chore.every)
