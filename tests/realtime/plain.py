"""People on plain WebSockets: what they say, and every frame that they have heard, in order."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import orjson
import pytest
from aiohttp import ClientWebSocketResponse, WSMsgType

from tests.conftest import Client, Session
from tests.realtime.conftest import PATIENCE

Json = dict[str, Any]
ADDRESS = "/ws/chat"


class Plain:
    """A client on the line. `code`: with which the server has closed it."""

    def __init__(self, ws: ClientWebSocketResponse) -> None:
        self.ws = ws
        self.heard: list[Json] = []
        self._news = asyncio.Event()
        self.ended = asyncio.Event()
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        async for message in self.ws:
            assert message.type is WSMsgType.TEXT, message
            self.heard.append(orjson.loads(message.data))
            self._news.set()
        self.ended.set()

    @property
    def code(self) -> int | None:
        return self.ws.close_code

    def all(self, type: str) -> list[Json]:
        return [frame for frame in self.heard if frame["type"] == type]

    async def says(self, type: str, **fields: Any) -> None:
        await self.ws.send_str(orjson.dumps({"type": type, **fields}).decode())

    async def hears(self, type: str, count: int = 1, *, within: float = PATIENCE) -> Json:
        """The `count`th frame of this type, once it is there."""
        async with asyncio.timeout(within):
            while len(self.all(type)) < count:
                self._news.clear()
                await self._news.wait()
        return self.all(type)[count - 1]

    async def asks(self, type: str, answer: str, **fields: Any) -> Json:
        """Say something, and hear the next frame of the type that answers it."""
        known = len(self.all(answer))
        await self.says(type, **fields)
        return await self.hears(answer, known + 1)

    async def settles(self) -> None:
        """Whatever was on its way has arrived: the server answers one frame after the other."""
        await self.asks("ping", "pong")

    async def is_closed(self, *, within: float = PATIENCE) -> int | None:
        """By the server; the code that it gave."""
        async with asyncio.timeout(within):
            await self.ended.wait()
        return self.code

    async def hangs_up(self) -> None:
        await self.ws.close()
        await self._reading


Dial = Callable[..., Awaitable[Plain]]


@pytest.fixture
async def dial(client: Client) -> AsyncIterator[Dial]:
    """`await dial(session)`, with the token in the address as documented; other options are the handshake's."""
    lines: list[Plain] = []

    async def dial(session: Session | None = None, *, at: str = "", **options: Any) -> Plain:
        query = {"token": session.token} if session else {}
        url = f"{at}{options.pop('path', ADDRESS)}"
        dialled = client.session.ws_connect if at else client.ws_connect
        line = Plain(await dialled(url, params={**query, **options.pop("params", {})}, **options))
        lines.append(line)
        return line

    yield dial
    for line in lines:
        await line.hangs_up()
