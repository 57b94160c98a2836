"""A line that may be cut, held or led elsewhere in the middle of whatever is said on it."""

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path

Ends = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Dial = Callable[[], Awaitable[Ends]]
_CHUNK = 65_536


class Wire:
    """All calls go to one far end until the wire is cut or that end is away; then to another."""

    def __init__(self, far_ends: Sequence[Dial]) -> None:
        self._far_ends = far_ends
        self._chosen = random.randrange(len(far_ends))
        self._calls: set[asyncio.Task[None]] = set()
        self._open = asyncio.Event()
        self._open.set()
        self.cuts = 0

    def cut(self) -> None:
        """Every call ends at once, without a word; the next ones may be led elsewhere."""
        self.cuts += 1
        self._chosen = random.randrange(len(self._far_ends))
        for call in self._calls:
            call.cancel()
        self._open.set()

    def hold(self) -> None:
        """Nothing passes, and nobody is told: neither what is said already nor what is said from now on."""
        self._open.clear()

    def release(self) -> None:
        self._open.set()

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        call = asyncio.ensure_future(self._connect(reader, writer))
        self._calls.add(call)
        call.add_done_callback(self._calls.discard)

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.CancelledError):
            try:
                await self._pass_both_ways((reader, writer), await self._dial())
            finally:
                writer.transport.abort()

    async def _dial(self) -> Ends:
        try:
            return await self._far_ends[self._chosen]()
        except OSError:
            self._chosen = (self._chosen + 1) % len(self._far_ends)
            raise

    async def _pass_both_ways(self, near: Ends, far: Ends) -> None:
        ways = [asyncio.ensure_future(self._pass(a, b)) for a, b in ((near[0], far[1]), (far[0], near[1]))]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            far[1].transport.abort()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while said := await reader.read(_CHUNK):
            await self._open.wait()
            writer.write(said)
            await writer.drain()


def to_port(port: int) -> Dial:
    return lambda: asyncio.open_connection("127.0.0.1", port)


def to_path(path: str) -> Dial:
    return lambda: asyncio.open_unix_connection(path)


@contextlib.asynccontextmanager
async def on_a_port(wire: Wire) -> AsyncIterator[str]:
    """The wire's near end, as a URL."""
    server = await asyncio.start_server(wire.take, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        wire.cut()


@contextlib.asynccontextmanager
async def on_a_path(wire: Wire, path: Path) -> AsyncIterator[str]:
    """The same as the URL of a Redis."""
    server = await asyncio.start_unix_server(wire.take, path)
    try:
        yield f"unix://{path}?db=0"
    finally:
        server.close()
        wire.cut()
