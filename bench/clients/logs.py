"""What the clients wrote down: programs in Node and pages in a browser, each on a wire of its own."""

import asyncio
import contextlib
import json
import shutil
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from playwright.async_api import Page, Route, async_playwright

from bench.clients.people import House, Player
from bench.clients.wire import Wire
from server.processes import PIPE, Process, stop

STATIC = Path(__file__).parents[2] / "static"
PROGRAM = Path(__file__).with_name("node.mjs")
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
# The page is handed to the browser by us; it must not take it for one from afar that reaches into this machine.
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-features=LocalNetworkAccessChecks",
]  # fmt: skip
# Lines may carry a page of messages.
_LONGEST_LINE = 2**22
_SHELL = '<!doctype html><meta charset="utf-8"><script type="module" src="/recording.js"></script>'


class Snapshot(NamedTuple):
    """`seq`: where the feed stood; `rows`: the conversations it showed, or None where they were not written down."""

    heard_at: float
    seq: int
    rows: list[str] | None = None


class Applied(NamedTuple):
    """One frame, or all frames of an event."""

    heard_at: float
    seq: int
    frames: list[Any]


@dataclass(slots=True)
class Client:
    name: str
    house: House
    player: Player
    wire: Wire
    url: str
    transports: tuple[str, ...] = ("websocket",)
    deaf: bool = False
    log: list[Snapshot | Applied] = field(default_factory=list)
    connections: int = 0


def _spec(client: Client) -> dict[str, Any]:
    return {
        "name": client.name,
        "url": client.url,
        "token": client.player.token,
        "slug": client.house.slug,
        "transports": client.transports,
        "deaf": client.deaf,
    }


@asynccontextmanager
async def in_node(clients: Sequence[Client]) -> AsyncIterator[None]:
    """They write into their logs until the block ends."""
    process = await asyncio.create_subprocess_exec(
        "node", str(PROGRAM), json.dumps([_spec(c) for c in clients]), stdout=PIPE, limit=_LONGEST_LINE
    )
    reading = asyncio.create_task(_read(process, {client.name: client for client in clients}))
    try:
        yield
    finally:
        reading.cancel()
        await stop(process, within=5)


async def _read(process: Process, clients: dict[str, Client]) -> None:
    assert process.stdout
    async for line in process.stdout:
        name, said, *rest = json.loads(line)
        client = clients[name]
        if said == "applied":
            at, seq, frame, payload = rest
            client.log.append(Applied(at / 1000, seq, [[frame, payload]]))
        elif said == "snapshot":
            at, seq, rows = rest
            client.log.append(Snapshot(at / 1000, seq, rows))
        elif said == "connected":
            client.connections += 1


async def _build(folder: Path) -> str:
    """The console's live connection as one script."""
    command = ["npx", "vite", "build", "--config", "tests/recording/vite.config.ts", "--outDir", str(folder)]
    command += ["--logLevel", "warn", "--emptyOutDir"]
    process = await asyncio.create_subprocess_exec(
        *command, cwd=STATIC, stdout=PIPE, stderr=sys.stderr.buffer
    )
    said, _ = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"the page was not built: {said.decode()[-500:]}")
    return (folder / "page.js").read_text()


class Pages:
    """Consoles without a screen. Their logs are fetched, not sent."""

    def __init__(self) -> None:
        self._pages: list[tuple[Client, Page]] = []

    async def open(self, page: Page, client: Client, script: str) -> None:
        async def shell(route: Route) -> None:
            await route.fulfill(content_type="text/html", body=_SHELL)

        async def recording(route: Route) -> None:
            await route.fulfill(content_type="text/javascript", body=script)

        await page.route(f"{client.url}/", shell)
        await page.route(f"{client.url}/recording.js", recording)
        await page.add_init_script(f"localStorage.setItem('balcao.session', {json.dumps(_session(client))})")
        await page.goto(f"{client.url}/")
        self._pages.append((client, page))

    async def fetch(self) -> None:
        for client, page in self._pages:
            found = await page.evaluate(f"window.recorded?.log.slice({len(client.log)}) ?? []")
            client.log += [_entry(said) for said in found]

    async def rows(self) -> dict[str, list[str]]:
        """By client: the conversations that its console holds."""
        return {client.name: await page.evaluate("window.recorded.rows()") for client, page in self._pages}


def _session(client: Client) -> str:
    tenant = client.house.hotel.tenant
    user = {"id": client.player.id, "email": "", "name": client.name, "role": "AGENT"}
    return json.dumps(
        {
            "user": user,
            "token": client.player.token,
            "refreshToken": "",
            "tenant": {"id": tenant.id, "slug": tenant.slug, "name": tenant.name},
        }
    )


def _entry(said: dict[str, Any]) -> Snapshot | Applied:
    if "snapshot" in said:
        return Snapshot(said["heardAt"] / 1000, said["snapshot"])
    return Applied(said["heardAt"] / 1000, said["seq"], said["frames"])


@asynccontextmanager
async def in_browser(clients: Sequence[Client], folder: Path) -> AsyncIterator[Pages]:
    found = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if found is None:
        raise RuntimeError("There is no Chromium here: apt-get install chromium")
    script = await _build(folder)
    async with async_playwright() as playwright, contextlib.AsyncExitStack() as closing:
        browser = await playwright.chromium.launch(executable_path=found, args=FLAGS)
        closing.push_async_callback(browser.close)
        pages = Pages()
        for client in clients:
            context = await browser.new_context()
            await pages.open(await context.new_page(), client, script)
        yield pages
