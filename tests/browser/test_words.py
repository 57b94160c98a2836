"""The console in another language, in a real browser: chosen once, it stays, and what a page says changes with it."""

from pathlib import Path

from playwright.async_api import Page, expect

from tests.browser.console import PHONE, sign_in
from tests.browser.screens import browsing
from tests.conftest import PASSWORD, Session


async def choose_language(page: Page, menu: str, name: str) -> None:
    await page.get_by_role("button", name=menu).click()
    await page.get_by_role("menuitemradio", name=name).click()


async def speaks_english(page: Page) -> None:
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    await expect(page.get_by_role("status").filter(has_text="Connection")).to_contain_text("live")
    await expect(page.get_by_role("heading", name="Conversations", exact=True)).to_be_visible()


async def test_the_language_chosen_stays_and_a_house_has_its_own(
    url: str, hotel: Session, tmp_path: Path
) -> None:
    async with browsing(tmp_path) as screens:
        desk = await screens.open(url)
        await sign_in(desk, hotel.user["email"])
        await choose_language(desk, "Sua conta", "English")
        await speaks_english(desk)

        await desk.keyboard.press("?")
        keys = desk.get_by_role("dialog", name="Keyboard shortcuts")
        await expect(keys).to_contain_text("Claim conversation")
        await desk.keyboard.press("Escape")

        await desk.reload()
        await speaks_english(desk)

        assert (await hotel.patch("/api/tenant", {"locale": "es-MX"})).status == 200
        await desk.reload()
        await speaks_english(desk)
        elsewhere = await screens.open(url, viewport=PHONE)
        await elsewhere.get_by_label("E-mail").fill(hotel.user["email"])
        await elsewhere.get_by_label("Senha", exact=True).fill(PASSWORD)
        await elsewhere.get_by_role("button", name="Entrar").click()
        await expect(elsewhere.locator("html")).to_have_attribute("lang", "es")
        await expect(elsewhere.get_by_role("heading", name="Conversaciones", exact=True)).to_be_visible()
