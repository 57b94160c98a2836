"""Places of the console, and how one gets in, as every test in a browser needs them."""

from playwright.async_api import Locator, Page, expect

from tests.conftest import PASSWORD

GREETING = "Olá, gostaria de fazer uma reserva"
PHONE = {"width": 360, "height": 740}


async def sign_in(page: Page, email: str) -> None:
    await page.get_by_label("E-mail").fill(email)
    await page.get_by_label("Senha", exact=True).fill(PASSWORD)
    await page.get_by_role("button", name="Entrar").click()
    await is_live(page)


async def is_live(page: Page) -> None:
    await expect(page.get_by_role("status").filter(has_text="Conexão")).to_contain_text("ao vivo")


def row_of(page: Page, name: str) -> Locator:
    return page.get_by_role("list", name="Conversas").get_by_role("link", name=name)


def thread_of(page: Page) -> Locator:
    return page.get_by_role("list", name="Mensagens")


def bubble(page: Page, text: str) -> Locator:
    return thread_of(page).get_by_role("listitem").filter(has_text=text)
