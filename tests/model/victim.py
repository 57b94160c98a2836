"""A real process that does one job and dies in the middle of it by `os._exit`: nothing of it is cleaned up by anyone."""

import asyncio
import contextlib
import multiprocessing
import os
import traceback
from collections.abc import Iterator
from functools import partial
from multiprocessing.connection import Connection
from typing import NamedTuple

from server.runtime import Runtime
from server.settings import Settings
from tests.model import jobs
from tests.model.process import Json, Process, Steps, Work, new_loop

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload([jobs.__name__])
_KILLED, _TOOK_TOO_LONG = 9, 60.0


class Point(NamedTuple):
    """A suspension of the job: right before it waits, or (`after`) right after it has waited."""

    suspension: int
    after: bool


class Death(NamedTuple):
    ended: bool  # the job had ended: its process died right after it
    sessions: list[Json]  # with the store, in which transactions may be open


async def die(settings: Settings, work: Work, point: Point) -> Death:
    """Raises if the job failed."""
    told, telling = _FORKS.Pipe(duplex=False)
    victim = _FORKS.Process(target=_live, args=(settings, work, point, telling), daemon=True)
    victim.start()
    telling.close()
    await asyncio.to_thread(victim.join, _TOOK_TOO_LONG)
    if victim.exitcode not in {0, _KILLED}:
        victim.kill()
        raise RuntimeError(f"the victim ended with {victim.exitcode}")
    return Death(victim.exitcode == 0, list(_received(told)))


def _received(told: Connection) -> Iterator[Json]:
    with contextlib.closing(told), contextlib.suppress(EOFError):
        while True:
            yield told.recv()


def _live(settings: Settings, work: Work, point: Point, telling: Connection) -> None:
    try:
        with asyncio.Runner(loop_factory=new_loop) as runner:
            runner.run(_work(settings, work, point, telling))
    except BaseException:  # noqa: BLE001 — told where it can be read, and not unwound any further
        traceback.print_exc()
        os._exit(1)


async def _work(settings: Settings, work: Work, point: Point, telling: Connection) -> None:
    process = Process(await Runtime.open(settings), Steps(partial(_die_at, point)), telling.send)
    await process.run(work(process.runtime))
    os._exit(0)


def _die_at(point: Point, number: int, *, resuming: bool) -> None:
    if point == (number, resuming):
        os._exit(_KILLED)
