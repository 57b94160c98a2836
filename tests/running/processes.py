"""Watching processes from outside."""

import contextlib
import time
from collections.abc import Iterable

import psutil


def family(pid: int) -> list[psutil.Process]:
    """All that descends from `pid`, without it."""
    return [*psutil.Process(pid).children(recursive=True)]


def survivors(processes: Iterable[psutil.Process], *, within: float) -> list[str]:
    """The commands of those still running after `within` seconds; sooner when none is."""
    deadline = time.monotonic() + within
    while (alive := [process for process in processes if _lives(process)]) and time.monotonic() < deadline:
        time.sleep(0.05)
    return [" ".join(process.cmdline()) for process in alive]


def _lives(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess):
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    return False
