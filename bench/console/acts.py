"""What an agent does all day, each from the key that is pressed to the frame that shows the answer."""

from collections.abc import Awaitable, Callable
from typing import Any

from playwright.async_api import Page

from bench.console.screen import Screen

NEW_THREAD = """(() => {
  const before = document.querySelector("main.pane-thread");
  return () => {
    const shown = document.querySelector("main.pane-thread");
    return shown !== before && shown?.querySelector(".message");
  };
})()"""
NEW_ROWS = """(() => {
  const before = document.querySelector("ul.rows");
  return () => document.querySelector("ul.rows") !== before && document.querySelector("ul.rows a.row");
})()"""
PALETTE = "() => document.querySelector('dialog.palette .palette-option')"
WRITTEN = """(() => {
  const box = document.activeElement;
  const before = box.value;
  return () => box.value !== before;
})()"""
NOTHING = "() => true"
COMPOSER = ".textbox-input"
THREAD = ".thread-scroll"
TYPED = "reserva confirmada para o feriado "

# The answers' times in ms, by what was done.
Times = dict[str, list[float]]
Press = Callable[[str], Awaitable[float]]


def _pressing(screen: Screen, is_there: str) -> Press:
    return lambda key: screen.answer("keydown", is_there, screen.page.keyboard.press(key))


async def act(screen: Screen, talk_id: str, times: int, *, seen: int) -> Times:
    """Each `times` times, on a page that shows the inbox.

    `talk_id`: a conversation that may be answered. `seen`: how many of the list's first have been opened before.
    """
    opened = await _open(screen, times, seen)
    await show(screen.page, talk_id)
    return {
        **opened,
        "a character in the composer": await _type(screen, times),
        "another tab": await _switch_tabs(screen, times),
        **await _use_palette(screen, times),
    }


async def show(page: Page, conversation_id: str) -> None:
    await page.evaluate("id => { location.hash = `#/conversas/${id}`; }", conversation_id)
    await page.locator(COMPOSER).wait_for()


async def _open(screen: Screen, times: int, seen: int) -> Times:
    press = _pressing(screen, NEW_THREAD)
    for _ in range(seen):
        await press("j")
    return {
        "another conversation": [await press("j") for _ in range(times)],
        "a conversation seen before": [await press("k") for _ in range(times - 1)],
    }


async def _type(screen: Screen, times: int) -> list[float]:
    await screen.page.focus(COMPOSER)
    press = _pressing(screen, WRITTEN)
    found = [await press(TYPED[turn % len(TYPED)]) for turn in range(times)]
    await screen.page.fill(COMPOSER, "")
    # Into the thread, where keys are commands again.
    await screen.page.focus(THREAD)
    return found


async def _switch_tabs(screen: Screen, times: int) -> list[float]:
    """To and fro between what is nobody's and everything. Both have been read from the server before."""
    press = _pressing(screen, NEW_ROWS)
    for key in "23":
        await press(key)
    return [await press("23"[turn % 2]) for turn in range(times - times % 2)]


async def _use_palette(screen: Screen, times: int) -> Times:
    opened, typed = [], []
    press = _pressing(screen, WRITTEN)
    for turn in range(times):
        await screen.page.keyboard.down("Control")
        opened.append(await _pressing(screen, PALETTE)("k"))
        await screen.page.keyboard.up("Control")
        typed.append(await press("rhf"[turn % 3]))
        await screen.page.keyboard.press("Escape")
        await screen.page.locator("dialog.palette").wait_for(state="detached")
    return {"the palette": opened, "a character in the palette": typed}


async def act_barely(screen: Screen, times: int) -> Times:
    """A key and a click on the bare page, where the click puts fifty messages in the place of fifty others.

    Also how many milliseconds of processor such a click takes.
    """
    await screen.page.focus("input")
    keys = [await _pressing(screen, WRITTEN)("a") for _ in range(times)]
    button, began = screen.page.locator("button"), await screen.busy()
    clicks = [await screen.answer("click", NOTHING, button.click()) for _ in range(times)]
    return {"key": keys, "swap": clicks, "busy": [(await screen.busy() - began) / times]}


def interaction_to_next_paint(events: list[dict[str, Any]]) -> list[float]:
    """The longest event of each interaction in ms, sorted, as the browser itself timed those of 16 ms and more."""
    longest: dict[int, float] = {}
    for event in events:
        if number := event.get("interactionId"):
            longest[number] = max(longest.get(number, 0), event["duration"])
    return sorted(longest.values())
