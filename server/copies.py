"""Several processes of one program (WEB_CONCURRENCY), which share its port."""

import asyncio
import os
import sys

from server.supervisor import Supervisor, until_asked_to_stop

# Longer than a web process takes to finish the requests under way.
DRAIN_SECONDS = 30


def run(command: str, count: int) -> int:
    """Keep `count` processes of `python -m server <command>` running until SIGTERM."""
    asyncio.run(until_asked_to_stop(_keep(command, count)))
    return 0


async def _keep(command: str, count: int) -> None:
    async with Supervisor(_say) as supervisor:
        program = (sys.executable, "-m", "server", command)
        await supervisor.start(
            *(
                supervisor.program(f"{command}.{number}", program, os.environ, stop_seconds=DRAIN_SECONDS)
                for number in range(count)
            )
        )
        supervisor.settle()
        await asyncio.Event().wait()


def _say(_name: str, line: str) -> None:
    """As it came: each line of a log already says when and what."""
    print(line, file=sys.stderr, flush=True)
