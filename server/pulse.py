"""A process's signs of life: a file for the container's health check, a signal on the bus, and a mark in the store.

The bus is quick and needs Redis; the mark tells a dead process from a dead Redis (`server/detector/processes.py`).
"""

import asyncio
import contextlib
import time

from server import heartbeat
from server.bus import Signal
from server.runtime import Runtime
from server.settings import Settings
from tenants import registry
from tenants.db import STORE_DOWN
from tenants.ids import new_id

BEAT = "process.beat"
# So many beats may be lost before their silence counts.
_BEATS_IN_A_SILENCE = 6
_OF_THE_HOUSE = ""  # in the place of a tenant


def seconds_between_beats(settings: Settings) -> float:
    return settings.silence_after / _BEATS_IN_A_SILENCE


def beat_of(role: str) -> Signal:
    return Signal(_OF_THE_HOUSE, BEAT, {"role": role})


class Pulse:
    def __init__(self, runtime: Runtime, role: str) -> None:
        self._runtime, self._role = runtime, role
        self._process = new_id()
        self._every = seconds_between_beats(runtime.settings)
        self._due_at = 0.0
        self._marking: asyncio.Task[None] | None = None

    def beat(self) -> None:
        """Called by the work itself as it goes on, so that a process that hangs is silent. It never waits."""
        heartbeat.beat(self._role)
        if time.monotonic() < self._due_at:
            return
        self._due_at = time.monotonic() + self._every
        self._runtime.bus.signal(beat_of(self._role))
        if self._marking is None or self._marking.done():
            self._marking = asyncio.get_running_loop().create_task(self._mark())

    async def _mark(self) -> None:
        # The next beat marks again.
        with contextlib.suppress(*STORE_DOWN):
            await registry.mark_alive(self._runtime.database, self._process, role=self._role)
