"""The workers, in this process or as processes of their own."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from server.jobs import QueueName
from server.processes import Process, spawn, stop
from server.runtime import Runtime
from server.settings import Settings
from workers import process, runner, sweeps

assert process.JOBS  # imported, so that every job is registered
Work = Callable[[], Awaitable[None]]


async def work_off(runtime: Runtime) -> None:
    """Do all that is due now, as the workers' sweeps would find it."""
    lanes = runner.Lanes(runtime)
    for queue in QueueName:
        async for kick in sweeps.SWEEP_OF[queue](runtime):
            lanes.ring(kick)
    await lanes.settled()
    await runtime.bus.close()


def environment(settings: Settings) -> dict[str, str]:
    """The environment in which another process finds the same stores."""
    named = {
        name.upper(): str(getattr(settings, name))
        for name in (
            "app_env", "host", "port", "public_url", "mongo_url", "mongo_database", "redis_url", "data_dir",
            "jwt_secret", "graph_api_url", "send_timeout", "send_lease", "unconfirmed_after", "bcrypt_rounds",
            "silence_after", "alarm_every", "provider_check_every",
        )
    }  # fmt: skip
    return {**os.environ, **named, "SECRETS_KEY": ",".join(settings.secrets_key)}


@asynccontextmanager
async def running(settings: Settings, *queues: QueueName) -> AsyncIterator[list[Process]]:
    """Worker processes, one a queue, until the block ends."""
    env = environment(settings)
    processes = [
        await spawn(
            [sys.executable, "-m", "workers", queue],
            env=env,
            stdout=sys.stderr.buffer,
            stderr=sys.stderr.buffer,
        )
        for queue in queues or QueueName
    ]
    try:
        yield processes
    finally:
        await asyncio.gather(*(stop(process, within=15) for process in processes))
