"""Seating an audience (`programs/audience.py`) before a server, and asking what it heard."""

import json
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from bench.house import STOP_SECONDS, python
from server.processes import PIPE, Process, spawn, stop


class Audience:
    def __init__(self, process: Process) -> None:
        self._process = process

    async def _line(self) -> str:
        assert self._process.stdout
        line = await self._process.stdout.readline()
        if not line:
            raise RuntimeError("the audience has left")
        return line.decode()

    async def ready(self) -> None:
        await self._line()

    async def heard(self) -> dict[str, Any]:
        """`heard` frames, `took` seconds from the first to the last, `sample`: the first frame."""
        found: dict[str, Any] = json.loads(await self._line())
        return found


@asynccontextmanager
async def seated(
    port: int, *, sockets: int, tokens: list[str], events: int, durable: bool
) -> AsyncIterator[Audience]:
    """Connected when the block begins, gone when it ends."""
    spec = {"port": port, "sockets": sockets, "tokens": tokens, "events": events, "durable": durable}
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(spec, file)
        file.flush()
        process = await spawn(
            python("bench.programs.audience", file.name), stdout=PIPE, stderr=sys.stderr.buffer
        )
        audience = Audience(process)
        try:
            await audience.ready()
            yield audience
        finally:
            await stop(process, within=STOP_SECONDS)
