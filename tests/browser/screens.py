"""A real browser, and its pages watched: what they complain about fails the test, and a failed test leaves pictures."""

import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright, expect

from server.web.console import DIST

PATIENCE_MS = 60_000
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
    # A microphone that beeps, and nobody who is asked whether it may be used.
    "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
]  # fmt: skip
# What Chromium itself says of a line that is down.
_LINE_DOWN = re.compile(r"net::ERR_|WebSocket connection to .* failed")

expect.set_options(timeout=PATIENCE_MS)


class Screens:
    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self.pages: list[Page] = []
        self.complaints: list[str] = []

    async def open(self, url: str, **options: Any) -> Page:
        """A page of someone else: it shares nothing with the ones before. `options` as of a browser context."""
        context = await self._browser.new_context(locale="pt-BR", **options)
        context.set_default_timeout(PATIENCE_MS)
        context.on("page", self._watch)
        page = await context.new_page()
        await page.goto(url)
        return page

    def _watch(self, page: Page) -> None:
        self.pages.append(page)
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.complaints.append(f"uncaught: {error}"))

    def _listen(self, said: ConsoleMessage) -> None:
        if said.type in ("error", "warning") and not _LINE_DOWN.search(said.text):
            self.complaints.append(f"{said.type}: {said.text} ({said.location['url']})")

    async def photograph(self, folder: Path) -> list[Path]:
        paths = [folder / f"page-{place}.png" for place in range(len(self.pages))]
        for page, path in zip(self.pages, paths, strict=True):
            await page.screenshot(path=path)
        return paths


@asynccontextmanager
async def browsing(folder: Path) -> AsyncIterator[Screens]:
    """Fails where something is missing or a page complains; a failure leaves a picture of each page in `folder`."""
    async with _chromium() as browser:
        screens = Screens(browser)
        try:
            yield screens
            assert not screens.complaints
        except BaseException as failure:
            failure.add_note("\n".join([*screens.complaints, *map(str, await screens.photograph(folder))]))
            raise


@asynccontextmanager
async def _chromium() -> AsyncIterator[Browser]:
    found = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if found is None:
        pytest.fail("There is no Chromium here, and these tests need one: apt-get install chromium")
    if not (DIST / "index.html").is_file() or not (DIST / "phone.html").is_file():
        pytest.fail("The console is not built: run `npm ci && npm run build` in static/ (`make test` does)")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=FLAGS)
        try:
            yield browser
        finally:
            await browser.close()
