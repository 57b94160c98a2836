"""Messages that come while somebody looks: what moves, how the frames go on, and what is left of it in memory."""

import asyncio
from dataclasses import dataclass
from typing import Any

from bench.console.acts import COMPOSER, THREAD, TYPED, WRITTEN
from bench.console.screen import Heap, Screen
from bench.console.scrolling import LIST, Frames
from bench.console.stage import Stage

MESSAGES = 100
SECONDS = 4.0
BATCH = 25
# The counts of the tabs are read again at most so often.
SETTLED_MS = 2_200
PATIENCE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Arrival:
    """`typed`: milliseconds for each character written meanwhile. `busy`: milliseconds of processor a message."""

    frames: Frames
    shifts: list[dict[str, Any]]
    typed: list[float]
    busy: float

    @property
    def shift(self) -> float:
        return float(sum(shift["value"] for shift in self.shifts))


async def watch_arrivals(screen: Screen, stage: Stage, *, away: bool, typing: int) -> Arrival:
    """A hundred messages, half of them in the open conversation, while so many characters are typed.

    `away`: whoever looks has scrolled up in the thread and down in the list.
    """
    places = {THREAD: 0.5 if away else 1, LIST: 0.3 if away else 0}
    for scroller, place in places.items():
        await screen.page.evaluate(_TO_PLACE, [scroller, place])
    await screen.page.wait_for_timeout(SETTLED_MS)
    await screen.take("layout-shift")
    writers = [writer for other in stage.others for writer in (stage.talker, other)]
    before = await screen.busy()
    watching = asyncio.create_task(screen.gaps(SECONDS, ".none", 0))
    writing = asyncio.create_task(stage.write_steadily(writers, MESSAGES, seconds=SECONDS))
    typed = await _type(screen, typing)
    gaps, _ = await asyncio.gather(watching, writing)
    await _until_shown(screen, await stage.write(stage.talker, 1))
    await screen.page.wait_for_timeout(SETTLED_MS)
    busy = (await screen.busy() - before) / (MESSAGES + 1)
    return Arrival(Frames(gaps), await screen.take("layout-shift"), typed, busy)


_TO_PLACE = """([scroller, place]) => {
  const box = document.querySelector(scroller);
  box.scrollTop = (box.scrollHeight - box.clientHeight) * place;
}"""


async def _type(screen: Screen, times: int) -> list[float]:
    await screen.page.focus(COMPOSER)
    keyboard = screen.page.keyboard
    found = [
        await screen.answer("keydown", WRITTEN, keyboard.press(TYPED[turn % len(TYPED)]))
        for turn in range(times)
    ]
    await screen.page.fill(COMPOSER, "")
    return found


@dataclass(frozen=True, slots=True)
class Flood:
    """`busy`: milliseconds of processor a message."""

    before: Heap
    after: Heap
    busy: float


async def flood(screen: Screen, stage: Stage, messages: int) -> Flood:
    """So many messages as fast as the house takes them, all in the open conversation."""
    await screen.page.evaluate(_TO_PLACE, [THREAD, 1])
    before, began = await screen.heap(), await screen.busy()
    last = ""
    for start in range(0, messages, BATCH):
        last = await stage.write(stage.talker, min(BATCH, messages - start))
    await _until_shown(screen, last)
    busy = (await screen.busy() - began) / messages
    return Flood(before, await screen.heap(), busy)


async def _until_shown(screen: Screen, message_id: str) -> None:
    await screen.page.locator(f"#message-{message_id}").wait_for(
        state="attached", timeout=PATIENCE_SECONDS * 1000
    )
