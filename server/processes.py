"""Child processes that never outlive this one."""

import asyncio
import contextlib
import ctypes
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, STDOUT, Process
from collections.abc import Callable, Mapping, Sequence
from typing import IO

__all__ = ["PIPE", "CannotStart", "Process", "kill_group", "spawn", "stop"]


class CannotStart(Exception):
    """Something does not start here; the text (Portuguese) says why and what to do."""


_PR_SET_PDEATHSIG = 1
# Loaded here and not in the child: after a fork only what is already in memory is safe to use.
_prctl = ctypes.CDLL(None, use_errno=True).prctl if sys.platform == "linux" else None


async def spawn(
    command: Sequence[str],
    *,
    env: Mapping[str, str] | None = None,
    stdout: int | IO[bytes] | None = DEVNULL,
    stderr: int | IO[bytes] | None = STDOUT,
    inherited: Sequence[int] = (),
    signal_on_orphan: signal.Signals = signal.SIGKILL,
) -> Process:
    """Start `command` in a session of its own, so that Ctrl-C reaches only us and we choose the order of stopping.

    Its output is dropped unless `stdout` says where to; None is where ours goes.

    On Linux the kernel sends it `signal_on_orphan` when this process dies, even by `kill -9`. To be called from the
    main thread: the kernel watches the thread that forked.
    """
    return await asyncio.create_subprocess_exec(
        *command,
        env=env,
        stdin=DEVNULL,
        stdout=stdout,
        stderr=stderr,
        pass_fds=inherited,
        start_new_session=True,
        preexec_fn=_die_with_parent(signal_on_orphan),
    )


def _die_with_parent(death_signal: signal.Signals) -> Callable[[], None]:
    parent = os.getpid()

    def in_child() -> None:
        if _prctl is not None:
            _prctl(_PR_SET_PDEATHSIG, int(death_signal))
        # The parent may have died before the kernel was asked to watch it.
        if os.getppid() != parent:
            os._exit(1)

    return in_child


async def stop(process: Process, *, within: float) -> int:
    """Ask `process` to end, kill it and what it left behind after `within` seconds; returns its exit code."""
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
    try:
        async with asyncio.timeout(within):
            return await process.wait()
    except TimeoutError:
        kill_group(process)
        return await process.wait()
    finally:
        kill_group(process)


def kill_group(process: Process) -> None:
    """Kill what is left of the session that `process` leads, itself included."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
