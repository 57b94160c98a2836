"""axe-core finds nothing to say of any page, in light and in dark, and each page fits 360 px."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Locator, Page, ViewportSize, expect

from server.channels.simulator import Simulator
from server.web.console import DIST
from tests.browser.console import bubble, sign_in
from tests.browser.screens import browsing
from tests.conftest import Session
from tests.factories import a_world, made

AXE = DIST.parent / "node_modules" / "axe-core" / "axe.min.js"
DESK: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 360, "height": 740}
_VIOLATIONS = """options => axe.run(document, {resultTypes: ['violations'], ...options}).then(({violations}) =>
    violations.flatMap(({id, impact, nodes}) => nodes.map(({target, failureSummary, html}) =>
        `${impact} ${id}: ${target} ${html.slice(0, 160)} ${failureSummary}`)))"""
# A part that scrolls within the page does not make the document wider.
_WIDEST = (
    "Math.max(...[...document.querySelectorAll('html, header, main, .settings')].map(e => e.scrollWidth))"
)
_LOADING = "[aria-busy=true], .waiting, .skeleton, .findings-skeleton"
_THEMED = "theme => { document.documentElement.dataset.theme = theme }"
# What watches its own size is drawn anew in the next frame.
_DRAWN = "() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))"


class Examined:
    """A page, and what axe-core says of all that was shown on it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.found: list[str] = []

    async def look(self, name: str) -> None:
        await expect(self.page.locator(_LOADING)).to_have_count(0)
        await self._in("light", {}, name)
        # Nothing else of a page changes with its theme.
        await self._in("dark", {"runOnly": ["color-contrast", "link-in-text-block"]}, name)

    async def _in(self, theme: str, options: dict[str, list[str]], name: str) -> None:
        await self.page.evaluate(_THEMED, theme)
        self.found += [f"{name}, {theme}: {one}" for one in await self.page.evaluate(_VIOLATIONS, options)]

    async def fits(self, name: str) -> None:
        await self.page.set_viewport_size(NARROW)
        await self.page.evaluate(_DRAWN)
        widest = await self.page.evaluate(_WIDEST)
        if widest > NARROW["width"]:
            self.found.append(f"{name}: {widest} px wide on a phone")
        await self.page.set_viewport_size(DESK)


@asynccontextmanager
async def examining(url: str, folder: Path) -> AsyncIterator[Examined]:
    async with browsing(folder) as screens:
        page = await screens.open(url, viewport=DESK, reduced_motion="reduce")
        await page.evaluate(AXE.read_text(encoding="utf-8"))
        examined = Examined(page)
        yield examined
        assert not examined.found, "\n".join(examined.found)


async def test_every_page_of_the_console(url: str, hotel: Session, tmp_path: Path) -> None:
    world = await a_world(hotel)
    logo = {"branding": {"color": "#0f766e", "logoMediaId": world["media"]}}
    await hotel.patch("/api/tenant", {"settings": logo})
    async with examining(url, tmp_path) as examined:
        await examined.look("sign in")
        await examined.fits("sign in")
        await sign_in(examined.page, hotel.user["email"])
        await _inbox(examined, world["conversation"])
        await _commands(examined)
        for place in ("painel", "relatorios", "relatorios/conversas"):
            await _go(examined, place)
        await _go(examined, "ajustes")
        pages = await examined.page.get_by_role("navigation", name="Ajustes").get_by_role("link").all()
        assert len(pages) == 16
        for address in [await link.get_attribute("href") for link in pages]:
            await _go(examined, str(address).removeprefix("#/"))
        await _a_form_of_the_settings(examined)
        await _settings_by_touch(examined.page)


async def _leave_dialog(page: Page) -> None:
    """Until it is gone it takes every key, and that it is gone is told a moment later."""
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_be_hidden()
    await page.evaluate(_DRAWN)


async def _go(examined: Examined, place: str) -> None:
    await examined.page.evaluate("place => { location.hash = `#/${place}` }", place)
    await expect(examined.page.get_by_role("heading", level=1)).to_be_visible()
    await examined.look(place)
    await examined.fits(place)


async def _commands(examined: Examined) -> None:
    for keys in ("Control+k", "?"):
        await examined.page.keyboard.press(keys)
        await expect(examined.page.get_by_role("dialog")).to_be_visible()
        await examined.look(keys)
        await examined.fits(keys)
        await _leave_dialog(examined.page)


async def _a_form_of_the_settings(examined: Examined) -> None:
    await _go(examined, "ajustes/pessoas")
    await examined.page.get_by_role("button", name="Ações: segredo").click()
    await examined.page.get_by_role("menuitem", name="Alterar").click()
    await expect(examined.page.get_by_role("dialog")).to_be_visible()
    await examined.look("a person")
    await examined.fits("a person")
    await _leave_dialog(examined.page)


async def _settings_by_touch(page: Page) -> None:
    """On a phone the pages and their list take turns."""
    await page.set_viewport_size(NARROW)
    await page.get_by_role("main").get_by_role("link", name="Ajustes").click()
    await page.get_by_role("navigation", name="Ajustes").get_by_role("link", name="Pessoas").click()
    await expect(page.get_by_role("heading", name="Pessoas", level=1)).to_be_visible()
    await expect(page.get_by_role("navigation", name="Ajustes")).to_be_hidden()


async def _inbox(examined: Examined, conversation_id: str) -> None:
    page = examined.page
    await examined.look("inbox")
    await examined.fits("inbox")
    await page.evaluate("id => { location.hash = `#/conversas/${id}` }", conversation_id)
    await expect(bubble(page, "segredo")).to_be_visible()
    await examined.look("conversation")
    await examined.fits("conversation")
    for item in ("Botões", "Lista", "Modelo", "Nota interna"):
        await page.get_by_role("button", name="Mensagem interativa").click()
        await page.get_by_role("menuitem", name=item).click()
        await expect(page.get_by_role("dialog")).to_be_visible()
        await examined.look(item)
        await examined.fits(item)
        await _leave_dialog(page)


async def test_the_phone(hotel: Session, simulator: Simulator, tmp_path: Path) -> None:
    channel = await made(hotel, "/api/channels/sandbox", name="Recepção")
    number = simulator.number(channel["phoneNumberId"])
    await number.customer("5511999999998", name="Maria Souza").says("Olá")
    await number.customer("5511999999999", name="João Silva").says("Olá")
    async with examining(channel["phoneUrl"], tmp_path) as examined:
        page = examined.page
        joaos, marias = (
            page.get_by_role("region", name=f"Telefone de {name}") for name in ("João Silva", "Maria Souza")
        )
        await _one_of_each_kind(joaos)
        await page.get_by_role("switch", name="Erro 500").check()
        await expect(page.get_by_role("button", name="Desligar todos")).to_be_visible()
        await examined.look("two phones")
        await examined.fits("a phone")
        await marias.get_by_role("button", name="Anexar").click()
        await joaos.get_by_role("button", name="Cliente João Silva").click()
        await expect(joaos.get_by_role("menu")).to_be_visible()
        await examined.look("two phones with menus")
        await marias.get_by_role("button", name="Gravar mensagem de voz").click()
        await expect(marias.get_by_role("button", name="Enviar")).to_be_enabled()
        await examined.look("a phone that records")
        await examined.fits("a phone that records")


async def _one_of_each_kind(phone: Locator) -> None:
    for kind in (
        "Foto",
        "Vídeo",
        "Voz",
        "PDF",
        "Figurinha",
        "Local",
        "Contato",
        "Pedido",
        "Anúncio",
        "Enquete",
    ):
        await phone.get_by_role("button", name="Anexar").click()
        await phone.get_by_role("button", name=kind, exact=True).click()
    await expect(phone.locator(".entry")).to_have_count(11)
