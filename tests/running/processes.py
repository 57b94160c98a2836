"""Watching processes from outside."""

import contextlib
import socket
import time
from collections.abc import Iterable

import psutil


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def family(pid: int) -> list[psutil.Process]:
    """All that descends from `pid`, without it."""
    return [*psutil.Process(pid).children(recursive=True)]


def survivors(processes: Iterable[psutil.Process], *, within: float) -> list[str]:
    """The commands of those still running after `within` seconds; sooner when none is."""
    deadline = time.monotonic() + within
    alive = list(processes)
    while alive and time.monotonic() < deadline:
        time.sleep(0.05)
        alive = [process for process in alive if _lives(process)]
    return [" ".join(process.cmdline()) for process in alive]


def _lives(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess):
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    return False
