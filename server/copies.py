"""Several processes of our own programs, kept running: web processes that share a port, a worker for each queue."""

import asyncio
import os
import sys
from collections.abc import Sequence

from server.supervisor import Supervisor, until_asked_to_stop


def run(*commands: Sequence[str], copies: int, stop_seconds: float) -> int:
    """Keep `copies` processes of each `python -m <command>` running until SIGTERM.

    `stop_seconds` is longer than such a process takes to finish what it has in hand.
    """
    asyncio.run(until_asked_to_stop(_keep(commands, copies, stop_seconds)))
    return 0


async def _keep(commands: Sequence[Sequence[str]], copies: int, stop_seconds: float) -> None:
    async with Supervisor(_say) as supervisor:
        # From the start: nobody waits here to hear of a program that dies while the others are being started.
        supervisor.settle()
        await supervisor.start(
            *(
                supervisor.program(
                    f"{command[-1]}.{number}",
                    (sys.executable, "-m", *command),
                    os.environ,
                    stop_seconds=stop_seconds,
                )
                for command in commands
                for number in range(copies)
            )
        )
        await asyncio.Event().wait()


def _say(_name: str, line: str) -> None:
    """As it came: each line of a log already says when and what."""
    print(line, file=sys.stderr, flush=True)
