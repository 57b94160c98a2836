"""The list of all conversations, scrolled: frames that came in time, and elements that are there at once."""

from dataclasses import dataclass

from bench.console.screen import Screen

LIST = ".pane-list .pane-scroll"
ROW_PX = 84
FRAME_MS = 1000 / 60
LONG_MS = 50
# Pixels a frame: a wheel that turns, and the bar dragged through ten thousand rows in some five seconds.
PACES = {"as by a wheel": 100, "by its bar": 2_800}


@dataclass(frozen=True, slots=True)
class Frames:
    gaps: list[float]

    @property
    def shown(self) -> float:
        """Share of the frames that a screen of 60 Hz has time for."""
        return min(1.0, len(self.gaps) * FRAME_MS / sum(self.gaps))

    @property
    def long(self) -> float:
        """Share of the time that went by in frames of more than 50 ms."""
        return sum(gap for gap in self.gaps if gap > LONG_MS) / sum(self.gaps)


async def load_all(screen: Screen, rows: int) -> None:
    """Scrolls to the end until the last page is there."""
    # Until then, what was read may be read anew.
    await screen.page.locator(".connection-live").wait_for()
    await screen.page.locator("a.row").first.wait_for()
    for _ in range(rows):
        await screen.page.evaluate("list => document.querySelector(list).scrollTo(0, 1e9)", LIST)
        if await _loaded(screen) >= rows:
            break
        await screen.page.wait_for_timeout(10)
    assert await _loaded(screen) >= rows
    await screen.page.evaluate("list => document.querySelector(list).scrollTo(0, 0)", LIST)


async def _loaded(screen: Screen) -> int:
    height = await screen.page.locator("ul.rows").evaluate("list => list.offsetHeight")
    return int(height / ROW_PX)


async def scroll(screen: Screen, seconds: float, scroller: str = LIST) -> dict[str, Frames]:
    found = {}
    for pace, step in PACES.items():
        found[pace] = Frames(await screen.gaps(seconds, scroller, step))
        await screen.page.evaluate("list => document.querySelector(list).scrollTo(0, 0)", scroller)
    return found
