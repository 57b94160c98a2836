"""A digest shown again after something has changed it: at most once in a while, and never not at all."""

import asyncio
from collections.abc import Mapping
from typing import Any

import structlog

from server.realtime.connection import Connection
from server.realtime.packets import Encoded
from server.realtime.vocabulary import Vocabulary
from server.runtime import Runtime
from tenants.db import STORE_DOWN
from tenants.models import Actor

log = structlog.get_logger()
Document = dict[str, Any]
DIGEST_AFTER = 1.0


class Digesting:
    """Of one floor. What happens while a digest waits is in it; what happens later waits for the next."""

    def __init__(
        self, runtime: Runtime, vocabulary: Vocabulary, connections: Mapping[str, Connection]
    ) -> None:
        assert vocabulary.digest
        self._runtime = runtime
        self._encode = vocabulary.encode
        self._digest = vocabulary.digest
        self._connections = connections
        self._task: asyncio.Task[None] | None = None

    def hear(self, events: list[Document]) -> None:
        if self._task is None and any(self._digest.wanted(event) for event in events):
            self._begin()

    def _begin(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._show_soon())

    async def _show_soon(self) -> None:
        await asyncio.sleep(DIGEST_AFTER)
        # What happens from here on may not be in what is read, and is for the next.
        self._task = None
        try:
            await self._show()
        except STORE_DOWN as down:
            log.warning("live.digest_delayed", cause=str(down)[:200])
            self._begin()
        except Exception:
            log.exception("live.digest_failed")

    async def _show(self) -> None:
        if not self._connections:
            return
        tenant = next(iter(self._connections.values())).identity.tenant
        async with self._runtime.enter(tenant) as ctx:
            state = await self._digest.read(ctx)
        drawn: dict[str | None, list[Encoded]] = {}
        for connection in list(self._connections.values()):
            viewer = connection.actor if connection.restricted else None
            key = viewer.id if viewer else None
            if key not in drawn:
                drawn[key] = self._packets(state, viewer)
            for packet in drawn[key]:
                connection.push(packet)

    def _packets(self, state: Any, viewer: Actor | None) -> list[Encoded]:
        return [self._encode(frame.name, frame.payload) for frame in self._digest.draw(state, viewer)]

    def stop(self) -> None:
        if self._task:
            self._task.cancel()
            self._task = None
