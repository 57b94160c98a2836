"""How the house is doing, as one web process hears it; what `/ready`, `/metrics` and the console tell is read from here."""

import asyncio
import time

import structlog
from redis.exceptions import RedisError

from server.bus import Signal, stop_if_cancelled
from server.desk.alarms import Kind, Standing
from server.detector.processes import WORK_OF, Signs, judge
from server.pulse import BEAT, beat_of, seconds_between_beats
from server.runtime import Runtime
from tenants import registry
from tenants.db import STORE_DOWN, Database

log = structlog.get_logger()
_PATIENCE = 1.0


class HouseWatch:
    """One per web process."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._every = seconds_between_beats(runtime.settings)
        began = time.monotonic()
        self._heard_at = dict.fromkeys(WORK_OF, began)
        self._redis_at = began
        self._redis_away_at = began
        self.alarms: list[Standing] = []
        # By kind: how many stand over all tenants, and nothing that says whose they are.
        self.of_tenants: dict[Kind, int] = {}
        runtime.bus.listen(self._hear)

    def _hear(self, signal: Signal) -> None:
        if signal.kind == BEAT:
            self._heard_at[signal.payload["role"]] = time.monotonic()

    @property
    def silences(self) -> dict[str, float]:
        """By role: seconds since a process of it was heard on the bus."""
        now = time.monotonic()
        return {role: now - at for role, at in self._heard_at.items() if role in WORK_OF}

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            self._runtime.bus.signal(beat_of("web"))  # to hear whether it comes back
            try:
                await self._look()
            except Exception:
                # Whoever watches must not die of what it sees.
                log.exception("house.watch_failed")
            stop_if_cancelled()
            await asyncio.sleep(self._every)

    async def _look(self) -> None:
        if await self._redis_answers():
            self._redis_at = time.monotonic()
        else:
            self._redis_away_at = time.monotonic()
        marked: dict[str, float] | None = None
        try:
            marked = await registry.silences(self._runtime.database)
            self.of_tenants = await _of_tenants(self._runtime.database)
        except STORE_DOWN as down:
            log.warning("house.store_down", cause=str(down)[:200])
        self._settle(marked)

    def _settle(self, marked: dict[str, float] | None) -> None:
        now = time.monotonic()
        signs = Signs(
            self.silences,
            marked,
            redis=now - self._redis_at,
            steady=now - self._redis_away_at,
            echo=now - self._runtime.bus.echoed_at,
        )
        known = {alarm.key: alarm.since for alarm in self.alarms}
        found = judge(signs, silence=self._runtime.settings.silence_after)
        self.alarms = [
            Standing(**alarm.model_dump(), since=known.get(alarm.key, self._runtime.clock()))
            for alarm in found
        ]
        for alarm in self.alarms:
            if alarm.key not in known:
                log.warning("house.alarm_raised", alarm=alarm.key, cause=alarm.cause)

    async def _redis_answers(self) -> bool:
        try:
            async with asyncio.timeout(_PATIENCE):
                return bool(await self._runtime.redis.ping())
        except (RedisError, OSError, TimeoutError):
            return False


async def _of_tenants(database: Database) -> dict[Kind, int]:
    if not await database.total_everywhere("alarms", {}):
        return {}
    counts = {kind: await database.total_everywhere("alarms", {"kind": kind}) for kind in Kind}
    return {kind: count for kind, count in counts.items() if count}
