"""What is done with conversations, in a real browser: putting aside, taking back, many at once, saved views, colleagues."""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.console import sign_in
from tests.browser.screens import browsing
from tests.conftest import Session
from tests.factories import a_channel, a_conversation, stored

Json = dict[str, Any]


@pytest.fixture
async def maria(hotel: Session) -> Session:
    return await hotel.colleague(name="Maria Atendente")


def row(page: Page, name: str) -> Locator:
    return page.get_by_role("list", name="Conversas").get_by_role("listitem").filter(has_text=name)


def notice(page: Page) -> Locator:
    return page.get_by_role("region", name="Avisos")


async def test_conversations_are_put_aside_and_taken_in_hand_together(
    url: str, hotel: Session, maria: Session, tmp_path: Path
) -> None:
    channel = await a_channel(hotel)
    joao = await a_conversation(hotel, channel, "A internet caiu de novo")
    for place, name in enumerate(["Lia Castro", "Rui Prado", "Bia Souza"]):
        await a_conversation(hotel, channel, "Oi", phone=f"551198888777{place}", name=name)
    await hotel.post(f"/api/conversations/{joao['id']}/claim")
    async with browsing(tmp_path) as screens:
        desk = await screens.open(url, viewport={"width": 1440, "height": 900})
        await sign_in(desk, hotel.user["email"])
        await row(desk, "João Silva").get_by_role("link").click()

        await _closes_and_takes_it_back(desk, hotel, joao)
        await _puts_aside_and_brings_back(desk)
        other = await screens.open(f"{url}#/conversas/{joao['id']}")
        await sign_in(other, maria.user["email"])
        await _sees_who_else_is_looking(desk, other, f"{url}#/conversas/{joao['id']}")
        await _closes_three_and_takes_them_back(desk)
        await _finds_where_it_was_said(desk)
        await _saves_a_view_and_returns_to_it(desk)
        await _notes_an_attribute(desk, hotel, joao)
        await _answers_and_has_it(desk)


async def _closes_and_takes_it_back(desk: Page, hotel: Session, joao: Json) -> None:
    await desk.get_by_role("button", name="Encerrar", exact=True).click()
    await expect(desk.get_by_text("Conversa encerrada", exact=True)).to_be_visible()
    await notice(desk).get_by_role("button", name="Desfazer").click()
    await expect(desk.get_by_label("Mensagem", exact=True)).to_be_visible()
    assert (await stored(hotel, "conversations", joao["id"]))["status"] == "IN_PROGRESS"


async def _puts_aside_and_brings_back(desk: Page) -> None:
    await desk.locator("body").press("s")
    await desk.get_by_label("Amanhã, 9h").check()
    await desk.get_by_role("button", name="Adiar", exact=True).last.click()
    await expect(desk.locator(".snoozed-line")).to_contain_text("09:00")
    await expect(row(desk, "João Silva")).to_contain_text("09:00")
    await desk.get_by_role("button", name="Encerrar", exact=True).click()
    await expect(desk.get_by_text("Conversa encerrada", exact=True)).to_be_visible()
    closed = notice(desk).locator(".notice").filter(has_text="encerrada")
    await closed.get_by_role("button", name="Desfazer").click()
    await expect(desk.locator(".snoozed-line")).to_contain_text("09:00")
    await desk.get_by_role("button", name="Trazer de volta").click()
    await expect(desk.locator(".snoozed-line")).to_have_count(0)


async def _sees_who_else_is_looking(desk: Page, other: Page, here: str) -> None:
    await other.goto(here)
    await expect(desk.get_by_text("Maria está vendo")).to_be_visible()
    await other.goto(here.rpartition("/")[0])
    await expect(desk.get_by_text("Maria está vendo")).to_have_count(0)


async def _closes_three_and_takes_them_back(desk: Page) -> None:
    await desk.get_by_label("Selecionar conversa com Bia Souza").check(force=True)
    await desk.get_by_label("Selecionar conversa com Lia Castro").click(modifiers=["Shift"], force=True)
    await expect(desk.get_by_role("toolbar")).to_contain_text("3 selecionadas")
    await desk.get_by_role("button", name="Encerrar selecionadas").click()
    await expect(notice(desk)).to_contain_text("3 feitas")
    await desk.locator("body").press("z")
    await expect(row(desk, "Rui Prado")).to_be_visible()


async def _finds_where_it_was_said(desk: Page) -> None:
    await desk.get_by_label("Buscar").fill("internet")
    await desk.get_by_role("region", name="Nas mensagens").get_by_role("button").click()
    # It is pointed at for two seconds: looked for at every frame.
    await desk.locator(".message-pointed").filter(has_text="A internet caiu de novo").wait_for()
    await desk.get_by_label("Buscar").fill("")


async def _saves_a_view_and_returns_to_it(desk: Page) -> None:
    await desk.get_by_role("tab", name="Não atribuídas").click()
    await desk.get_by_role("button", name="Visões salvas").click()
    await desk.get_by_role("menuitem", name="Salvar visão atual").click()
    await desk.get_by_label("Nome", exact=True).fill("Na fila")
    await desk.get_by_role("button", name="Salvar").click()
    await desk.get_by_role("tab", name="Todas").click()
    await desk.get_by_role("button", name="Visões salvas").click()
    await desk.get_by_role("menuitem", name="Na fila", exact=True).click()
    await expect(desk.get_by_role("tab", name="Não atribuídas")).to_have_attribute("aria-selected", "true")


async def _notes_an_attribute(desk: Page, hotel: Session, joao: Json) -> None:
    await desk.get_by_role("button", name="Editar contato").click()
    await desk.get_by_role("button", name="Adicionar atributo").click()
    await desk.get_by_label("Nome do atributo 1").fill("Plano")
    await desk.get_by_label("Valor do atributo 1").fill("Fibra 500")
    await desk.get_by_role("button", name="Salvar").click()
    await expect(desk.locator(".pane-card")).to_contain_text("Fibra 500")
    kept = await stored(hotel, "contacts", joao["contactId"])
    assert kept["attributes"] == {"Plano": "Fibra 500"}


async def _answers_and_has_it(desk: Page) -> None:
    await row(desk, "Rui Prado").get_by_role("link").click()
    await expect(desk.get_by_role("button", name="Assumir")).to_be_visible()
    await desk.get_by_label("Mensagem", exact=True).fill("Bom dia, Rui")
    await desk.get_by_label("Mensagem", exact=True).press("Enter")
    await expect(desk.get_by_role("button", name="Responsável: Você")).to_be_visible()
    await expect(desk.get_by_role("button", name="Assumir")).to_have_count(0)
    await expect(row(desk, "Rui Prado")).to_have_count(0)
