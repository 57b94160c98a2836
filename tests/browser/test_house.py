"""What an administrator changes of the house, in a real browser: everyone has it at once, and nobody is interrupted."""

from pathlib import Path

from playwright.async_api import Page, expect

from tests.browser.console import sign_in
from tests.browser.screens import browsing
from tests.conftest import Session
from tests.factories import made


async def accent(page: Page) -> str:
    read = "getComputedStyle(document.documentElement).getPropertyValue('--accent')"
    return str(await page.evaluate(read))


async def test_name_language_and_colour_reach_everyone(url: str, hotel: Session, tmp_path: Path) -> None:
    maria = await hotel.colleague()
    async with browsing(tmp_path) as screens:
        admin, desk = await screens.open(url), await screens.open(url)
        await sign_in(admin, hotel.user["email"])
        await sign_in(desk, maria.user["email"])
        usual = await accent(desk)

        await admin.goto(f"{url}#/ajustes/empresa")
        await admin.get_by_label("Nome da empresa").fill("Pousada Nova")
        await admin.get_by_label("Idioma", exact=True).select_option("es")
        await admin.get_by_role("button", name="Salvar").click()
        await expect(desk.get_by_role("banner")).to_contain_text("Pousada Nova")
        assert (await hotel.patch("/api/tenant", {"settings": {"branding": {"color": "#b91c1c"}}})).ok
        changed = "usual => getComputedStyle(document.documentElement).getPropertyValue('--accent') !== usual"
        await desk.wait_for_function(changed, arg=usual)

        await expect(desk.locator("html")).to_have_attribute("lang", "pt-BR")  # until it is opened again


async def test_a_secret_is_replaced_and_shown_once(url: str, hotel: Session, tmp_path: Path) -> None:
    hook = await made(hotel, "/api/webhooks", url="https://erp.exemplo.com.br/", events=["user.changed"])
    async with browsing(tmp_path) as screens:
        page = await screens.open(url)
        await sign_in(page, hotel.user["email"])
        await page.goto(f"{url}#/ajustes/webhooks")
        await page.get_by_role("button", name="Ações: https://erp").click()
        await page.get_by_role("menuitem", name="Trocar o segredo").click()
        await page.get_by_role("dialog").get_by_role("button", name="Trocar o segredo").click()
        shown = page.get_by_role("dialog", name="Segredo trocado")
        secret = await shown.locator("code").inner_text()
        [stored] = await hotel.db.subscriptions.all()
        assert secret != hook["secret"]
        assert hotel.runtime.keys.vault.open(hotel.tenant["id"], stored["secrets"]["secret"]) == secret
        await shown.get_by_role("button", name="Já guardei").click()
        await expect(page.get_by_text(f"segredo …{secret[-4:]} · o anterior assina também")).to_be_visible()
