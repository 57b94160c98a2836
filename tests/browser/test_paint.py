"""What of the console's speed does not depend on the machine: its weight, how much of it is drawn, and that nothing moves."""

import asyncio
from pathlib import Path
from typing import Any

from playwright.async_api import Page, expect

from bench.console.bundle import first_load
from bench.console.screen import WATCH
from tests.browser.console import bubble, row_of, sign_in
from tests.browser.screens import browsing
from tests.conftest import Session
from tests.factories import a_channel, a_message, arrive

CUSTOMERS = 260
MESSAGES = 320
PACKED_BYTES = 150 * 1024
ELEMENTS = 1_500
# Of the messages in a thread at whose end the reader is.
DRAWN = 300
# A thread that moves by three lines scores 0.01.
SHIFT = 0.001
LIST = ".pane-list .pane-scroll"


async def test_the_console_is_light_and_stands_still(url: str, hotel: Session, tmp_path: Path) -> None:
    channel = await a_channel(hotel)
    await arrive(
        hotel,
        channel,
        *(a_message("Olá", phone=_phone(one), name=f"Cliente {one}") for one in range(CUSTOMERS)),
    )
    async with browsing(tmp_path) as screens:
        desk = await screens.open("about:blank", viewport={"width": 1440, "height": 900})
        await desk.add_init_script(path=WATCH)
        await desk.goto(url)
        await sign_in(desk, hotel.user["email"])
        await expect(desk.locator("a.row").first).to_be_visible()
        assert first_load(await _fetched(desk)).packed <= PACKED_BYTES
        await _nothing_moves_while_the_list_grows(desk)
        await _nothing_moves_while_messages_come(desk, hotel, channel)


def _phone(one: int) -> str:
    return f"55119{80_000_000 + one}"


async def _fetched(page: Page) -> list[str]:
    found: list[str] = await page.evaluate(
        "() => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)"
    )
    return found


async def _moved(page: Page) -> list[dict[str, Any]]:
    """The layout shifts since the last time."""
    found: list[dict[str, Any]] = await page.evaluate("() => bench.take('layout-shift')")
    return found


def _score(shifts: list[dict[str, Any]]) -> float:
    return float(sum(shift["value"] for shift in shifts))


async def _nothing_moves_while_the_list_grows(desk: Page) -> None:
    await _moved(desk)
    last = desk.locator(f"[aria-posinset='{CUSTOMERS}']")
    async with asyncio.timeout(60):
        while not await last.is_visible():
            await desk.evaluate("list => document.querySelector(list).scrollTo(0, 1e9)", LIST)
            await asyncio.sleep(0.05)
    assert await desk.locator(LIST).locator("*").count() <= ELEMENTS
    assert _score(shifts := await _moved(desk)) <= SHIFT, [(each["value"], each["moved"]) for each in shifts]


async def _nothing_moves_while_messages_come(desk: Page, hotel: Session, channel: dict[str, Any]) -> None:
    # The card beside the thread is read too, and may grow once it is.
    async with desk.expect_response("**/api/contacts/*"):
        await row_of(desk, "Cliente 0").click()
    await expect(bubble(desk, "Olá")).to_be_visible()
    phone = _phone(0)
    await arrive(hotel, channel, *(a_message(f"Mensagem {one}.", phone=phone) for one in range(MESSAGES)))
    # With its full stop: a bubble's text goes on with the time.
    await expect(bubble(desk, f"Mensagem {MESSAGES - 1}.")).to_be_in_viewport()
    # From here on: the oldest have been let go of.
    await expect(desk.locator(".message").nth(DRAWN)).to_have_count(0)
    await _moved(desk)
    await arrive(hotel, channel, a_message("A penúltima", phone=phone), a_message("Oi", phone=_phone(1)))
    await arrive(hotel, channel, a_message("A última", phone=phone))
    await expect(bubble(desk, "A última")).to_be_in_viewport()
    await expect(desk.locator(".message").nth(DRAWN)).to_have_count(0)
    assert _score(shifts := await _moved(desk)) <= SHIFT, [(each["value"], each["moved"]) for each in shifts]
