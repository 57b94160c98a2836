"""A browser's end of the live connection: Socket.IO over one WebSocket, in the durable mode that the console uses."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import aiohttp
import orjson

HELLO, PING, PONG, CONNECTED, TAIL, SYNCED, EVENT = "0", "2", "3", "40", '42["tail"', "431", '42["ev"'


@asynccontextmanager
async def listening(url: str, token: str, hear: Callable[[str], None]) -> AsyncIterator[None]:
    """Connected and synced; each `ev` frame is handed to `hear` as it comes."""
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{url}/socket.io/?EIO=4&transport=websocket") as socket,
    ):
        synced = asyncio.Event()
        reading = asyncio.create_task(_read(socket, token, hear, synced))
        async with asyncio.timeout(10):
            await synced.wait()
        yield
        reading.cancel()


async def _read(
    socket: aiohttp.ClientWebSocketResponse, token: str, hear: Callable[[str], None], synced: asyncio.Event
) -> None:
    async for message in socket:
        text = message.data
        if text.startswith(EVENT):
            hear(text)
        elif text.startswith(SYNCED):
            synced.set()
        elif answer := answer_to(text, token):
            await socket.send_str(answer)


def answer_to(text: str, token: str) -> str | None:
    """What a client of the house says next: who it is, from where on it listens, that it is alive."""
    if text == PING:
        return PONG
    if text.startswith(TAIL):
        after = orjson.loads(text[2:])[1]["seq"]
        return "421" + orjson.dumps(["sync", {"after": after, "limit": 500, "live": True}]).decode()
    return "40" + orjson.dumps({"token": token}).decode() if text.startswith(HELLO) else None
