"""A browser's end of the live connection: Socket.IO over one WebSocket, in the durable mode that the console uses."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import orjson

HELLO, PING, PONG, TAIL, SYNCED, EVENT = "0", "2", "3", '42["tail"', "431", '42["ev"'
PATIENCE_SECONDS = 10.0


class Client:
    """What a client says to what it hears. Each event reaches `hear` once and in order, whatever the wire does.

    It begins at the end of the feed. `live` once it has heard all there was.
    """

    def __init__(self, token: str, hear: Callable[[dict[str, Any]], None]) -> None:
        self._token, self._hear = token, hear
        self._cursor: int | None = None
        self.live = False

    def answer(self, text: str) -> str | None:
        if text.startswith(EVENT):
            return self._take(orjson.loads(text[2:])[1])
        if text.startswith(TAIL):
            return self._catch_up(orjson.loads(text[2:])[1]["seq"])
        if text.startswith(SYNCED):
            return self._go_on(orjson.loads(text[3:])[0])
        if text == PING:
            return PONG
        return f"40{dumps({'token': self._token})}" if text.startswith(HELLO) else None

    def _take(self, event: dict[str, Any]) -> str | None:
        assert self._cursor is not None
        if event["seq"] > self._cursor + 1:
            return self._sync()
        if event["seq"] == self._cursor + 1:
            self._cursor = event["seq"]
            self._hear(event)
        return None

    def _catch_up(self, seq: int) -> str | None:
        if self._cursor is None:
            self._cursor = seq
            return self._sync()
        return self._sync() if seq > self._cursor else None

    def _go_on(self, page: dict[str, Any]) -> str | None:
        for event in page.get("events", []):
            self._take(event)
        self._cursor = page["through"]
        self.live = not page.get("more") and not page.get("reset")
        return None if self.live else self._sync()

    def _sync(self) -> str:
        return f"421{dumps(['sync', {'after': self._cursor, 'limit': 500, 'live': True}])}"


def dumps(value: Any) -> str:
    return orjson.dumps(value).decode()


@asynccontextmanager
async def listening(url: str, token: str, hear: Callable[[dict[str, Any]], None]) -> AsyncIterator[None]:
    """Live when the block begins; each event of the feed is handed to `hear` as it comes."""
    client, live = Client(token, hear), asyncio.Event()

    async def read(socket: aiohttp.ClientWebSocketResponse) -> None:
        async for message in socket:
            if said := client.answer(message.data):
                await socket.send_str(said)
            if client.live:
                live.set()

    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{url}/socket.io/?EIO=4&transport=websocket") as socket,
    ):
        reading = asyncio.create_task(read(socket))
        async with asyncio.timeout(PATIENCE_SECONDS):
            await live.wait()
        yield
        reading.cancel()
