"""Runs the simulator until SIGINT or SIGTERM."""

import asyncio
import logging
import signal
from pathlib import Path

from server.channels.simulator.simulator import Simulator

log = logging.getLogger(__name__)


async def serve(
    host: str = "127.0.0.1",
    port: int = 3002,
    data_dir: Path | str | None = None,
    *,
    public_url: str | None = None,
    allow_public: bool = False,
) -> None:
    """With `data_dir` the numbers, templates, conversations, files and the acceptance log survive a restart."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    async with Simulator(
        host, port, data_dir=data_dir, public_url=public_url, allow_public=allow_public
    ) as simulator:
        log.info("WhatsApp simulado: %s", simulator.url)
        await stopped.wait()
