"""A stranger on a socket, whatever it speaks: what he says, and everything that he hears."""

import contextlib
from collections.abc import AsyncIterator, Awaitable
from typing import Any, Protocol

import orjson
import pytest

from tests.conftest import Session
from tests.realtime.conftest import Ear
from tests.realtime.plain import ADDRESS, Plain


class Listener(Protocol):
    """`heard`: the names and the payloads of all frames, in order."""

    @property
    def heard(self) -> list[tuple[str, Any]]: ...

    @property
    def is_shown_out(self) -> bool: ...

    async def tries(self, name: str, said: Any) -> str:
        """Says an event; what it is answered, as JSON."""
        ...

    async def settles(self) -> None:
        """Whatever was on its way has arrived."""
        ...


class OnSocketIo:
    def __init__(self, ear: Ear) -> None:
        self._ear = ear

    @property
    def heard(self) -> list[tuple[str, Any]]:
        return self._ear.heard

    @property
    def is_shown_out(self) -> bool:
        return self._ear.ended.is_set()

    async def tries(self, name: str, said: Any) -> str:
        return orjson.dumps(await self._ear.asks(name, said)).decode()

    async def settles(self) -> None:
        await self._ear.settles()


class OnWebSocket:
    def __init__(self, line: Plain) -> None:
        self._line = line

    @property
    def heard(self) -> list[tuple[str, Any]]:
        return [(frame["type"], frame) for frame in self._line.heard]

    @property
    def is_shown_out(self) -> bool:
        return self._line.ended.is_set()

    async def tries(self, name: str, said: Any) -> str:
        """All frames until it is certain that no more come of it."""
        known = len(self._line.heard)
        await self._stays(self._line.says(name, **said))
        await self.settles()
        return orjson.dumps(self._line.heard[known:-1]).decode()

    async def settles(self) -> None:
        await self._stays(self._line.settles())

    async def _stays(self, talking: Awaitable[None]) -> None:
        """Whoever is shown out while he talks has failed the test, rather than broken it."""
        try:
            await talking
        except (ConnectionError, TimeoutError):
            pytest.fail(f"closed with {self._line.code}")


@contextlib.asynccontextmanager
async def on_socket_io(session: Session) -> AsyncIterator[OnSocketIo]:
    async with an_ear(session) as ear:
        yield OnSocketIo(ear)


@contextlib.asynccontextmanager
async def an_ear(session: Session) -> AsyncIterator[Ear]:
    ear = Ear()
    url = str(session.client.make_url("/"))
    await ear.opens(url, auth={"token": session.token}, transports=["websocket"])
    try:
        yield ear
    finally:
        await ear.client.disconnect()
    assert ear.wrong == []


@contextlib.asynccontextmanager
async def on_web_socket(session: Session, path: str = ADDRESS) -> AsyncIterator[OnWebSocket]:
    line = Plain(await session.client.ws_connect(path, params={"token": session.token}))
    try:
        yield OnWebSocket(line)
    finally:
        await line.hangs_up()
