"""`python -m workers`: all queues, a process each; `python -m workers inbound|outbound|media`: one; `clock`: the clock."""

import asyncio
import signal
import sys

import structlog

from server import logs
from server.jobs import QueueName
from server.processes import Process, spawn, stop
from server.settings import Settings
from workers import clock, process

log = structlog.get_logger()
_STOP_SECONDS = 15


def main(arguments: list[str]) -> None:
    settings = Settings.load()
    logs.configure(settings.log_level, settings.log_format)
    match arguments:
        case []:
            asyncio.run(_all_queues(settings))
        case ["clock"]:
            asyncio.run(clock.run(settings))
        case [name] if name in list(QueueName):
            process.work(settings, QueueName(name))
        case _:
            sys.exit(f"usage: python -m workers [clock|{'|'.join(QueueName)}]")


async def _all_queues(settings: Settings) -> None:
    """A supervisor around each worker: one that dies is started again."""
    asked = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, asked.set)
    queues = [name for name in QueueName for _ in range(settings.worker_processes)]
    keepers = [asyncio.create_task(_keep(name, asked)) for name in queues]
    await asyncio.gather(*keepers)


async def _keep(queue: QueueName, asked: asyncio.Event) -> None:
    while not asked.is_set():
        child = await spawn([sys.executable, "-m", "workers", queue], stdout=None, stderr=None)
        await _until_it_ends(child, asked)
        if not asked.is_set():
            log.warning("worker.died", queue=queue, code=child.returncode)
            await asyncio.sleep(1)


async def _until_it_ends(child: Process, asked: asyncio.Event) -> None:
    ended, stopping = asyncio.create_task(child.wait()), asyncio.create_task(asked.wait())
    await asyncio.wait({ended, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not ended.done():
        await stop(child, within=_STOP_SECONDS)
    await ended


if __name__ == "__main__":
    main(sys.argv[1:])
