"""Tells open phone pages what happened, as server-sent events."""

import asyncio
from typing import Any

import orjson

Json = dict[str, Any]
BACKLOG = 1000


class Stream:
    """A page that reads too slowly is let go; it reconnects and reads the thread again."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[bytes | None]] = set()

    @property
    def watched(self) -> bool:
        return bool(self._listeners)

    def listen(self) -> asyncio.Queue[bytes | None]:
        queue: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._listeners.add(queue)
        return queue

    def leave(self, queue: asyncio.Queue[bytes | None]) -> None:
        self._listeners.discard(queue)

    def tell(self, event: str, payload: Json) -> None:
        if not self._listeners:
            return
        frame = b"event: " + event.encode() + b"\ndata: " + orjson.dumps(payload) + b"\n\n"
        for queue in list(self._listeners):
            if queue.qsize() >= BACKLOG:
                self.leave(queue)
                queue.put_nowait(None)
            else:
                queue.put_nowait(frame)

    def close(self) -> None:
        for queue in self._listeners:
            queue.put_nowait(None)
        self._listeners.clear()
