"""A page that runs the document's “Exemplo Completo” (client.mjs), seen from a test."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from server.processes import PIPE, Process, stop

SCRIPT = Path(__file__).with_name("client.mjs")
PATIENCE = 60.0


class Page:
    def __init__(self, process: Process) -> None:
        self._process = process
        self.said: list[list[Any]] = []

    async def says(self, *beginning: Any, when: Callable[[Any], bool] = lambda _: True) -> Any:
        """The last part of the first line that begins so and whose last part fulfils `when`; awaited if need be."""
        looked_at = 0
        async with asyncio.timeout(PATIENCE):
            while True:
                for said in self.said[looked_at:]:
                    if tuple(said[: len(beginning)]) == beginning and when(said[-1]):
                        return said[-1]
                looked_at = len(self.said)
                await self._read()

    async def _read(self) -> None:
        assert self._process.stdout
        line = await self._process.stdout.readline()
        assert line, f"the page has ended, having said {self.said}"
        self.said.append(json.loads(line))

    async def hears(self, event: str, when: Callable[[Any], bool] = lambda _: True) -> Any:
        """The payload of that event."""
        return await self.says("heard", event, when=when)

    @property
    def heard(self) -> list[tuple[str, Any]]:
        """(event, payload), in order."""
        return [(said[1], said[2]) for said in self.said if said[0] == "heard"]

    def does(self, *command: Any) -> None:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(command).encode() + b"\n")


@asynccontextmanager
async def opened(url: str, *, token: str, conversation_id: str, transports: list[str]) -> AsyncIterator[Page]:
    """The page, connected and in its conversation."""
    options = {"url": url, "token": token, "conversationId": conversation_id, "transports": transports}
    process = await asyncio.create_subprocess_exec(
        "node", str(SCRIPT), json.dumps(options), stdin=PIPE, stdout=PIPE
    )
    page = Page(process)
    try:
        await page.says("logged", "✅ Connected to WebSocket")
        yield page
    finally:
        await stop(process, within=5)
