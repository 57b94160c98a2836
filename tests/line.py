"""A network line to the house that can be cut and mended, or held."""

import asyncio
from typing import Self


class Line:
    def __init__(self, port: int) -> None:
        self._far_port = port
        self._near_port = 0
        self._server: asyncio.Server | None = None
        self._calls: set[asyncio.Task[None]] = set()
        self._flows = asyncio.Event()
        self._flows.set()

    async def __aenter__(self) -> Self:
        await self.mend()
        return self

    async def __aexit__(self, *_problem: object) -> None:
        await self.cut()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._near_port}/"

    async def mend(self) -> None:
        self._server = await asyncio.start_server(self._take, "127.0.0.1", self._near_port)
        self._near_port = self._server.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        """Every connection ends in the middle of whatever it says, and no new one is taken."""
        assert self._server
        self._server.close()
        for call in self._calls:
            call.cancel()
        await asyncio.gather(*self._calls, return_exceptions=True)
        await self._server.wait_closed()

    def hold(self) -> None:
        """Every connection stays, and new ones are taken; nothing comes through."""
        self._flows.clear()

    def let_go(self) -> None:
        """What was said meanwhile arrives."""
        self._flows.set()

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        call = asyncio.ensure_future(self._connect(reader, writer))
        self._calls.add(call)
        call.add_done_callback(self._calls.discard)

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._far_port)
        try:
            await asyncio.gather(self._pass_on(reader, far_writer), self._pass_on(far_reader, writer))
        finally:
            for end in (writer, far_writer):
                end.transport.abort()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while said := await reader.read(65_536):
            await self._flows.wait()
            writer.write(said)
            await writer.drain()
        writer.write_eof()
