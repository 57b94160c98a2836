"""A day's work without a mouse, in a real browser: after each key one stands somewhere, and sees where."""

from pathlib import Path

from playwright.async_api import Locator, Page, expect

from tests.browser.console import bubble, is_live
from tests.browser.screens import browsing
from tests.conftest import PASSWORD, Session
from tests.factories import a_channel, a_conversation, made

DESK = {"width": 1440, "height": 900}
# Of the three names the last one wrote last, so she stands first in the list.
CUSTOMERS = ("Rui Prado", "Lia Castro", "Bia Souza")
# The ring may be of the frame around a field.
_STANDS = """() => {
    const on = document.activeElement;
    const ringed = one => one && parseFloat(getComputedStyle(one).outlineWidth) >= 2
        && getComputedStyle(one).outlineStyle !== "none";
    const frame = on?.closest(".composer-line, .palette-line");
    return on && on !== document.body && on.getClientRects().length > 0 && (ringed(on) || ringed(frame));
}"""
_MOUSE = """() => {
    window.mouseEvents = 0;
    for (const kind of ["mousedown", "pointerdown", "touchstart", "wheel"])
        addEventListener(kind, () => { window.mouseEvents += 1 }, true);
}"""


class Keyboard:
    """All that one has here: keys, and what the screen shows."""

    def __init__(self, page: Page) -> None:
        self._page = page

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self._page.keyboard.press(key)
            await self.stands()

    async def type(self, text: str) -> None:
        await self._page.keyboard.type(text)
        await self.stands()

    async def stands(self) -> None:
        """What had the focus may be gone; then something else must take it, visibly."""
        await self._page.wait_for_function(_STANDS)

    async def tab_to(self, wanted: Locator, key: str = "Tab", within: int = 12) -> None:
        for _ in range(within):
            if await wanted.evaluate("one => one === document.activeElement"):
                return
            await self.press(key)
        await expect(wanted).to_be_focused()

    async def command(self, words: str) -> None:
        await self.press("Control+k")
        await expect(self._page.get_by_role("combobox", name="Comandos")).to_be_focused()
        await self.type(words)
        await expect(self._page.get_by_role("option", selected=True)).to_be_visible()
        await self.press("Enter")


def row(page: Page, name: str) -> Locator:
    return page.get_by_role("list", name="Conversas").get_by_role("link", name=name)


def heading(page: Page) -> Locator:
    return page.locator(".thread-name")


def composer(page: Page) -> Locator:
    return page.get_by_label("Mensagem", exact=True)


async def test_a_day_without_a_mouse(url: str, hotel: Session, tmp_path: Path) -> None:
    await hotel.colleague(name="Maria Atendente")
    await made(hotel, "/api/canned-responses", shortcut="boas", content="Boas-vindas, {{primeiro_nome}}!")
    channel = await a_channel(hotel)
    for place, name in enumerate(CUSTOMERS):
        await a_conversation(hotel, channel, "A piscina abre?", phone=f"551198888777{place}", name=name)
    async with browsing(tmp_path) as screens:
        page = await screens.open(url, viewport=DESK)
        await page.evaluate(_MOUSE)
        keys = Keyboard(page)
        await _signs_in(page, keys, hotel.user["email"])
        await _goes_down_the_list_and_answers(page, keys)
        await _claims_transfers_and_closes(page, keys)
        await _filters_and_searches(page, keys)
        await _asks_what_the_keys_are(page, keys)
        await _goes_to_the_settings_and_back(page, keys)
        assert await page.evaluate("window.mouseEvents") == 0


async def _signs_in(page: Page, keys: Keyboard, email: str) -> None:
    await keys.tab_to(page.get_by_label("E-mail"))
    await keys.type(email)
    await keys.press("Tab")
    await keys.type(PASSWORD)
    await page.keyboard.press("Enter")
    await is_live(page)
    await expect(row(page, "Rui Prado")).to_be_visible()
    await keys.stands()


async def _goes_down_the_list_and_answers(page: Page, keys: Keyboard) -> None:
    await keys.press("j")
    await expect(row(page, "Bia Souza")).to_be_focused()
    await expect(heading(page)).to_have_text("Bia Souza")
    await keys.press("ArrowDown", "ArrowDown", "ArrowUp")
    await expect(row(page, "Lia Castro")).to_be_focused()
    await keys.press("Enter")
    await expect(heading(page)).to_have_text("Lia Castro")
    await expect(composer(page)).to_be_focused()
    await keys.type("/boas")
    await expect(page.get_by_role("option", name="/boas")).to_be_visible()
    await keys.press("Enter")
    await expect(composer(page)).to_have_value("Boas-vindas, Lia!")
    await keys.press("Enter")
    await expect(bubble(page, "Boas-vindas, Lia!")).to_be_visible()
    await expect(row(page, "Lia Castro").locator("..")).to_have_attribute("aria-posinset", "1")
    # Her answer has taken her to the top; on to the one who stood below her, still writing.
    await keys.press("Alt+ArrowDown")
    await expect(heading(page)).to_have_text("Rui Prado")
    await expect(composer(page)).to_be_focused()
    await keys.type("Bom dia, Rui!")
    await keys.press("Enter")
    await expect(bubble(page, "Bom dia, Rui!")).to_be_visible()
    await keys.press("Escape")
    await expect(row(page, "Rui Prado")).to_be_focused()


async def _claims_transfers_and_closes(page: Page, keys: Keyboard) -> None:
    await keys.press("c")
    await expect(page.get_by_role("button", name="Responsável: Você")).to_be_visible()
    await keys.press("t")
    maria = page.get_by_role("radio", name="Maria Atendente")
    await expect(maria).to_be_visible()
    await keys.tab_to(maria)
    await keys.press("Space", "Tab")
    await keys.type("Quer falar do grupo.")
    await keys.press("Tab", "Tab", "Enter")
    await expect(page.get_by_role("button", name="Responsável: Maria Atendente")).to_be_visible()
    await _takes_back(page, keys)
    await expect(page.get_by_role("button", name="Responsável: Você")).to_be_visible()
    await keys.press("e")
    await expect(row(page, "Rui Prado")).to_be_hidden()
    await expect(page.get_by_role("button", name="Reabrir").first).to_be_visible()
    await keys.stands()
    await _takes_back(page, keys)
    await expect(row(page, "Rui Prado")).to_be_visible()


async def _takes_back(page: Page, keys: Keyboard) -> None:
    """The live event may tell of an act before its answer offers to undo it."""
    offer = page.get_by_role("region", name="Avisos").get_by_role("button", name="Desfazer")
    await expect(offer).to_be_visible()
    await expect(page.get_by_role("dialog")).to_be_hidden()
    await keys.press("z")
    await expect(offer).to_be_hidden()


async def _filters_and_searches(page: Page, keys: Keyboard) -> None:
    await keys.press("f")
    await keys.tab_to(page.get_by_label("Prioridade"))
    await keys.type("Urgente")
    await expect(page.get_by_role("heading", name="Nenhuma conversa com estes filtros")).to_be_visible()
    await keys.press("Escape")
    chip = page.get_by_role("button", name="Remover filtro Prioridade: Urgente")
    await keys.tab_to(chip)
    await keys.press("Enter")
    await expect(row(page, "Lia Castro")).to_be_visible()
    await keys.stands()

    await keys.press("/")
    await keys.type("rui")
    await expect(page.get_by_text("1 conversa encontrada")).to_be_visible()
    await keys.press("ArrowDown")
    await expect(row(page, "Rui Prado")).to_be_focused()
    # Once to search nothing any more, once to leave.
    await keys.press("/", "Escape", "Escape")
    await expect(row(page, "Lia Castro")).to_be_visible()
    await keys.press("2")
    await expect(page.get_by_role("tab", name="Não atribuídas")).to_have_attribute("aria-selected", "true")
    await keys.press("3")


async def _asks_what_the_keys_are(page: Page, keys: Keyboard) -> None:
    await keys.press("?")
    listed = page.get_by_role("dialog", name="Atalhos do teclado")
    await expect(listed.get_by_text("Encerrar conversa")).to_be_visible()
    await keys.press("Escape")
    await expect(listed).to_be_hidden()


async def _goes_to_the_settings_and_back(page: Page, keys: Keyboard) -> None:
    await keys.command("ajustes")
    await expect(page.get_by_role("navigation", name="Ajustes")).to_be_visible()
    tags = page.get_by_role("navigation", name="Ajustes").get_by_role("link", name="Etiquetas")
    await keys.tab_to(tags, within=30)
    await keys.press("Enter")
    await expect(page.get_by_role("heading", name="Etiquetas", level=1)).to_be_focused()
    await keys.command("lia castro")
    await expect(heading(page)).to_have_text("Lia Castro")
    await expect(composer(page)).to_be_focused()
