"""A page in headless Chromium, watched by `watch.js`, on a processor as slow as is wished."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext, CDPSession, Page, async_playwright

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PATIENCE_MS = 20_000
VIEWPORT = {"width": 1440, "height": 900}
WATCH = Path(__file__).parent / "watch.js"
SESSION_KEY = "balcao.session"


@dataclass(frozen=True, slots=True)
class Heap:
    """What is left after the garbage is gone."""

    bytes: int
    nodes: int


@dataclass(frozen=True, slots=True)
class Screen:
    page: Page
    cdp: CDPSession

    @classmethod
    async def of(cls, context: BrowserContext, *, slower: int) -> "Screen":
        """`slower`: how many times slower than this machine the page's processor seems to be."""
        page = await context.new_page()
        screen = cls(page, await context.new_cdp_session(page))
        await screen.cdp.send("Performance.enable", {"timeDomain": "threadTicks"})
        await screen.slow(slower)
        return screen

    async def busy(self) -> float:
        """Milliseconds of processor that the page has had: unlike the clock, the same on a machine that is shared."""
        found = await self.cdp.send("Performance.getMetrics")
        return 1000 * next(float(one["value"]) for one in found["metrics"] if one["name"] == "TaskDuration")

    async def slow(self, times: int) -> None:
        await self.cdp.send("Emulation.setCPUThrottlingRate", {"rate": times})

    async def take(self, type: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = await self.page.evaluate("type => bench.take(type)", type)
        return found

    async def answer(self, event: str, is_there: str, act: Awaitable[object]) -> float:
        """Milliseconds from the event that `act` makes to the frame in which `is_there` (a JavaScript function) holds."""
        await self.page.evaluate(f"() => bench.measure({json.dumps(event)}, {is_there})")
        await act
        async with asyncio.timeout(PATIENCE_MS / 1000):
            return float(await self.page.evaluate("() => bench.answered()"))

    async def gaps(self, seconds: float, scroller: str, step: int) -> list[float]:
        """Milliseconds between the frames while the scroller is moved by `step` px in each."""
        moving = "([seconds, scroller, step]) => bench.gaps(seconds, document.querySelector(scroller), step)"
        found: list[float] = await self.page.evaluate(moving, [seconds, scroller, step])
        return found

    async def heap(self) -> Heap:
        await self.cdp.send("HeapProfiler.collectGarbage")
        used = await self.cdp.send("Runtime.getHeapUsage")
        counted = await self.cdp.send("Memory.getDOMCounters")
        return Heap(int(used["usedSize"]), int(counted["nodes"]))

    async def drawn(self, scope: str) -> int:
        """Elements of the page below `scope`."""
        return await self.page.locator(scope).locator("*").count()


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    found = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if found is None:
        raise FileNotFoundError("no Chromium: apt-get install chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=FLAGS)
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def desk(browser: Browser, url: str, signed_in: object = None) -> AsyncIterator[BrowserContext]:
    """An empty cache, and somebody who is signed in there."""
    kept = [{"name": SESSION_KEY, "value": json.dumps(signed_in)}] if signed_in else []
    state: Any = {"cookies": [], "origins": [{"origin": url, "localStorage": kept}]}
    viewport: Any = VIEWPORT
    context = await browser.new_context(locale="pt-BR", viewport=viewport, storage_state=state)
    context.set_default_timeout(PATIENCE_MS)
    await context.add_init_script(path=WATCH)
    try:
        yield context
    finally:
        await context.close()
