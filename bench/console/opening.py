"""How long after the address is entered something is seen, and how long until the inbox's first rows are."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from playwright.async_api import Browser, BrowserContext

from bench.console.bundle import FirstLoad, first_load
from bench.console.screen import Screen, desk
from bench.console.stage import Stage
from bench.house import free_port, program, python, until_ready

CACHES = ("cold", "warm")
# Bytes of the list's first forty rows, as JSON.
ROWS_BYTES = 40_000
INBOX = "/#/conversas"
# What is still read after the first rows.
SETTLED_MS = 2_200


@dataclass(frozen=True, slots=True)
class Openings:
    """Milliseconds by cache. `shift`: the largest layout shift score of one opening."""

    painted: dict[str, list[float]] = field(default_factory=lambda: {cache: [] for cache in CACHES})
    listed: dict[str, list[float]] = field(default_factory=lambda: {cache: [] for cache in CACHES})
    shifts: list[float] = field(default_factory=list)


async def open_both(
    browser: Browser, stage: Stage, bare_url: str, *, times: int, slower: int
) -> tuple[Openings, Openings]:
    """The console and the bare page in turns, so that both meet the same moments of the machine."""
    console, bare = Openings(), Openings()
    for _ in range(times):
        async with desk(browser, stage.url, stage.signed_in) as context:
            await _open_twice(context, stage.url + INBOX, console, slower)
        async with desk(browser, bare_url) as context:
            await _open_twice(context, bare_url, bare, slower)
    return console, bare


async def _open_twice(context: BrowserContext, url: str, seen: Openings, slower: int) -> None:
    for cache in CACHES:
        screen = await Screen.of(context, slower=slower)
        await screen.page.goto(url)
        seen.listed[cache].append(await screen.page.evaluate("() => bench.firstRows()"))
        seen.painted[cache].append(await screen.page.evaluate("() => bench.firstPaint()"))
        seen.shifts.append(sum(shift["value"] for shift in await screen.take("layout-shift")))
        await screen.page.close()


async def rest(screen: Screen, seconds: float) -> float:
    """Milliseconds of processor in each second in which nothing happens, while most of the list is not loaded yet."""
    await screen.page.locator(".connection-live").wait_for()
    await screen.page.wait_for_timeout(SETTLED_MS)
    began = await screen.busy()
    await screen.page.wait_for_timeout(seconds * 1000)
    return (await screen.busy() - began) / seconds


async def weigh(browser: Browser, stage: Stage) -> FirstLoad:
    """What the first load fetches."""
    async with desk(browser, stage.url, stage.signed_in) as context:
        screen = await Screen.of(context, slower=1)
        await screen.page.goto(stage.url + INBOX)
        await screen.page.evaluate("() => bench.firstRows()")
        found = await screen.page.evaluate(
            "() => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)"
        )
    return first_load(found)


@asynccontextmanager
async def bare_page(load: FirstLoad) -> AsyncIterator[str]:
    """A page of the same weight on a server of its own; its address."""
    port = free_port()
    sizes = (load.script, load.style, ROWS_BYTES)
    async with program(*python("bench.peers.bare_page", str(port), *map(str, sizes))):
        url = f"http://127.0.0.1:{port}"
        await until_ready(f"{url}/ready")
        yield url
