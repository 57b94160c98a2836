"""The console and the phone page in a real browser, as the people at the counter use them."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

from server.channels.simulator import Simulator
from server.channels.simulator.play import PlayedCustomer
from server.desk.assistant.handover import escalate
from server.desk.messages.actions import send
from server.desk.messages.content import Text
from server.desk.messages.models import Automatic
from server.settings import Settings
from tests.browser.console import GREETING, bubble, is_live, row_of, sign_in, thread_of
from tests.browser.screens import browsing
from tests.conftest import PASSWORD, Session
from tests.factories import a_channel, a_conversation, a_message, arrive, made, tenant_of
from tests.line import Line


@pytest.fixture
async def joao(hotel: Session, simulator: Simulator) -> PlayedCustomer:
    """A customer of the hotel's number."""
    channel = await made(hotel, "/api/channels/sandbox", name="Recepção")
    return simulator.number(channel["phoneNumberId"]).customer("5511999999999", name="João Silva")


async def test_from_sign_up_to_the_first_answered_customer(workers: None, url: str, tmp_path: Path) -> None:
    async with browsing(tmp_path) as screens:
        desk = await screens.open(url)
        await _sign_up(desk)
        phone = await _connect_the_test_number(desk)
        await desk.get_by_role("link", name="Conversas").click()

        await phone.get_by_role("button", name="Abrir conversa").click()
        await phone.get_by_label("Mensagem", exact=True).fill(GREETING)
        await phone.keyboard.press("Enter")
        await desk.bring_to_front()
        await expect(row_of(desk, "João Silva")).to_contain_text(GREETING)
        await row_of(desk, "João Silva").click()
        await expect(bubble(desk, GREETING)).to_be_visible()

        await _send_buttons(desk)
        await phone.bring_to_front()
        await phone.get_by_role("log").get_by_role("button", name="Nova Reserva").click()
        choice = thread_of(desk).locator("[data-message-type=INTERACTIVE]").last
        await expect(choice.get_by_role("paragraph")).to_have_text("Nova Reserva")
        menu = bubble(desk, "Escolha uma opção:").first
        await expect(menu.get_by_role("img", name="Lida")).to_be_visible()


async def _sign_up(desk: Page) -> None:
    await desk.get_by_role("link", name="Criar conta").click()
    await desk.get_by_label("Nome da empresa").fill("Hotel Sol")
    await desk.get_by_label("Seu nome").fill("Ana Souza")
    await desk.get_by_label("E-mail").fill("ana@hotelsol.com")
    await desk.get_by_label("Senha", exact=True).fill(PASSWORD)
    await desk.get_by_role("button", name="Criar conta").click()
    await is_live(desk)


async def _connect_the_test_number(desk: Page) -> Page:
    """Returns the phone page that the channel's card opens."""
    await desk.get_by_role("link", name="Ajustes").click()
    await desk.get_by_role("button", name="Usar número de teste").click()
    await expect(desk.get_by_text("Conectado", exact=True)).to_be_visible()
    async with desk.context.expect_page() as opening:
        await desk.get_by_role("link", name="Abrir telefone de teste").click()
    return await opening.value


async def _send_buttons(desk: Page) -> None:
    await desk.get_by_role("button", name="Mensagem interativa").click()
    await desk.get_by_role("menuitem", name="Botões").click()
    form = desk.get_by_role("dialog", name="Mensagem com botões")
    await form.get_by_label("Texto", exact=True).fill("Escolha uma opção:")
    await form.get_by_label("Botão 1", exact=True).fill("Nova Reserva")
    await form.get_by_role("button", name="Adicionar botão").click()
    await form.get_by_label("Botão 2", exact=True).fill("Ver Reservas")
    await form.get_by_role("button", name="Enviar").click()
    await expect(form).to_be_hidden()


async def test_two_agents_on_one_conversation(
    workers: None, url: str, hotel: Session, joao: PlayedCustomer, tmp_path: Path
) -> None:
    maria = await hotel.colleague(name="Maria Atendente")
    await joao.says(GREETING)
    async with browsing(tmp_path) as screens:
        admins, marias = await screens.open(url), await screens.open(url)
        for page, session in ((admins, hotel), (marias, maria)):
            await sign_in(page, session.user["email"])
            await row_of(page, "João Silva").click()
            await expect(bubble(page, GREETING)).to_be_visible()

        await marias.get_by_role("button", name="Assumir").click()
        await expect(admins.get_by_role("button", name="Responsável: Maria Atendente")).to_be_visible()
        await expect(admins.get_by_role("button", name="Assumir")).to_be_hidden()
        # A page that is opened on a conversation hears of it, too.
        await admins.reload()
        await is_live(admins)
        await marias.get_by_label("Mensagem", exact=True).press_sequentially("Bom dia, João")
        # For three seconds: looked for at every frame.
        await admins.get_by_text("Maria Atendente está digitando…").wait_for()
        await marias.keyboard.press("Enter")
        await expect(bubble(admins, "Bom dia, João")).to_have_count(1)
        await expect(admins.get_by_text("está digitando…")).to_be_hidden()
        assert [message.content["body"] for message in await joao.receives(1)] == ["Bom dia, João"]


async def test_a_dropped_line_loses_and_doubles_nothing(
    workers: None, settings: Settings, hotel: Session, joao: PlayedCustomer, tmp_path: Path
) -> None:
    texts = [f"mensagem {place:03}" for place in range(200)]
    await joao.says(texts[0])
    async with Line(settings.port) as line, browsing(tmp_path) as screens:
        desk = await screens.open(line.url)
        await sign_in(desk, hotel.user["email"])
        await row_of(desk, "João Silva").click()
        await expect(bubble(desk, texts[0])).to_be_visible()
        for text in texts[1:60]:
            await joao.says(text)
        await expect(bubble(desk, texts[5])).to_be_visible()
        await line.cut()
        await expect(desk.get_by_text("reconectando…")).to_be_visible()
        for text in texts[60:140]:
            await joao.says(text)
        await _are_stored(hotel, 140)
        await line.mend()
        for text in texts[140:]:
            await joao.says(text)
        await _are_stored(hotel, len(texts))
        await is_live(desk)
        await expect(bubble(desk, texts[-1])).to_be_visible()
        shown = await thread_of(desk).locator("[data-message-type=TEXT]").all_inner_texts()
        assert [text.splitlines()[0] for text in shown] == texts


async def _are_stored(hotel: Session, count: int, *, within: float = 60) -> None:
    deadline = time.monotonic() + within
    while len(await hotel.db.messages.all({})) < count:
        assert time.monotonic() < deadline, "the messages did not arrive"
        await asyncio.sleep(0.05)


async def test_a_long_inbox_is_walked_narrowed_and_searched(url: str, hotel: Session, tmp_path: Path) -> None:
    channel = await a_channel(hotel)
    await _customers_write(hotel, channel, 150)
    oldest = await a_conversation(hotel, channel, phone="5511977770000", name="Íris Gonçalves")
    await hotel.patch(f"/api/conversations/{oldest['id']}", {"priority": "URGENT"})
    async with browsing(tmp_path) as screens:
        desk = await screens.open(url)
        await sign_in(desk, hotel.user["email"])
        await expect(desk.get_by_role("tab", name="Todas")).to_contain_text("151")
        await _walk_to_the_end(desk, "Cliente 000")
        assert await desk.get_by_role("list", name="Conversas").get_by_role("listitem").count() < 40

        await _stays_in_place(desk, hotel, channel)
        await desk.get_by_role("button", name="Filtros").click()
        await desk.get_by_label("Prioridade").select_option("Urgente")
        await expect(desk.get_by_role("tab", name="Todas")).to_contain_text("1")
        await expect(desk.get_by_role("listitem").filter(has_text="Cliente")).to_have_count(0)
        await desk.get_by_role("button", name="Remover filtro Prioridade: Urgente").click()
        await expect(row_of(desk, "Cliente 149")).to_be_visible()

        await desk.get_by_label("Buscar por nome ou telefone").fill("goncalves")
        await expect(desk.locator("mark")).to_have_text("Gonçalves")
        await expect(desk.get_by_text("1 conversa encontrada")).to_be_visible()


async def _customers_write(hotel: Session, channel: dict[str, Any], count: int) -> None:
    """One after another, from "Cliente 000" on."""
    began = datetime.now(UTC) - timedelta(minutes=count)
    messages = [
        a_message(
            phone=f"5511988000{place:03}", name=f"Cliente {place:03}", at=began + timedelta(minutes=place)
        )
        for place in range(count)
    ]
    await arrive(hotel, channel, *messages)


async def _walk_to_the_end(desk: Page, last: str, *, within: float = 60) -> None:
    """Each time the keyboard comes to the end, more is read."""
    await row_of(desk, "Íris Gonçalves").focus()
    stands, deadline = desk.locator("a.row:focus"), time.monotonic() + within
    while last not in await stands.inner_text():
        assert time.monotonic() < deadline, "the end was not reached"
        await desk.keyboard.press("End")
        await asyncio.sleep(0.05)
    await expect(stands.locator("..")).to_have_attribute("aria-posinset", "151")
    await expect(stands.locator("..")).to_have_attribute("aria-setsize", "151")


async def _stays_in_place(desk: Page, hotel: Session, channel: dict[str, Any]) -> None:
    """What is being looked at does not move when a conversation goes from below to the top."""
    await desk.locator(".pane-scroll").evaluate("box => { box.scrollTop = 84 * 70 }")
    looked_at = row_of(desk, "Cliente 075")
    before = await looked_at.bounding_box()
    await arrive(hotel, channel, a_message("De novo eu", phone="5511988000000", name="Cliente 000"))
    await expect(looked_at.locator("..")).to_have_attribute("aria-posinset", "77")
    assert await looked_at.bounding_box() == before


async def test_by_keyboard_alone_and_what_was_typed_stays(url: str, hotel: Session, tmp_path: Path) -> None:
    await a_conversation(hotel, await a_channel(hotel))
    async with browsing(tmp_path) as screens:
        desk = await screens.open(url)
        await sign_in(desk, hotel.user["email"])
        await _command(desk, "joao")
        await expect(bubble(desk, "Olá")).to_be_visible()
        await expect(desk.get_by_label("Mensagem", exact=True)).to_be_focused()
        await desk.keyboard.press("Escape")
        await desk.keyboard.press("c")
        await expect(desk.get_by_role("button", name="Responsável: Você")).to_be_visible()
        await desk.keyboard.press("r")
        await desk.keyboard.type("Bom dia, João. ")

        await desk.reload()
        await is_live(desk)
        box = desk.get_by_label("Mensagem", exact=True)
        await expect(box).to_have_value("Bom dia, João. ")
        other = await desk.context.new_page()
        await other.goto(desk.url)
        await other.get_by_label("Mensagem", exact=True).fill("Bom dia, João. Tudo bem?")
        await expect(box).to_have_value("Bom dia, João. Tudo bem?")
        await desk.bring_to_front()

        await desk.keyboard.press("?")
        keys = desk.get_by_role("dialog", name="Atalhos do teclado")
        await expect(keys.get_by_text("Encerrar conversa")).to_be_visible()
        await desk.keyboard.press("Escape")
        await expect(keys).to_be_hidden()
        await desk.keyboard.press("e")
        await expect(desk.get_by_role("button", name="Reabrir").first).to_be_visible()
        # Nothing is under way any more that the end of the session would refuse.
        await other.close()
        await expect(desk.get_by_role("tab", name="Fechadas")).to_contain_text("1")
        await _command(desk, "sair")
        await expect(desk.get_by_role("button", name="Entrar")).to_be_visible()
        assert "Bom dia" not in await desk.evaluate("JSON.stringify(localStorage)")


async def _command(desk: Page, words: str) -> None:
    await desk.keyboard.press("Control+k")
    await desk.get_by_role("combobox", name="Comandos").fill(words)
    await expect(desk.get_by_role("option", selected=True)).to_be_visible()
    await desk.keyboard.press("Enter")


async def test_colleagues_the_assistant_and_a_reader(url: str, hotel: Session, tmp_path: Path) -> None:
    maria, reader = await hotel.colleague(), await hotel.colleague("VIEWER", name="Léo Leitor")
    channel = await a_channel(hotel)
    await hotel.patch("/api/tenant", {"settings": {"assistant": {"answersCustomers": True}}})
    conversation = await a_conversation(hotel, channel, "Quero cancelar")
    async with hotel.runtime.enter(await tenant_of(hotel)) as ctx:
        await send(ctx, conversation["id"], Text(text="Por quê?"), automatic=Automatic.ASSISTANT)
    async with browsing(tmp_path) as screens:
        pages = [await screens.open(f"{url}#/conversas/{conversation['id']}") for _ in range(3)]
        admins, marias, readers = pages
        for page, who in zip(pages, (hotel, maria, reader), strict=True):
            await sign_in(page, who.user["email"])
            await row_of(page, "João Silva").click()
            await expect(page.get_by_text("Assistente está atendendo")).to_be_visible()
            await expect(bubble(page, "Por quê?")).to_contain_text("Assistente")
        for name in ("Assumir", "Responsável", "Sua situação", "Editar etiquetas"):
            await expect(readers.get_by_role("button", name=name)).to_have_count(0)
            await expect(admins.get_by_role("button", name=name)).to_have_count(1)
        await expect(readers.get_by_label("Mensagem", exact=True)).to_have_count(0)

        await marias.get_by_role("button", name="Sua situação: Disponível").click()
        await marias.get_by_role("menuitemradio", name="Ausente").click()
        await admins.get_by_role("button", name="Responsável: Assistente").click()
        listed = admins.get_by_role("menuitemradio", name="Maria Atendente")
        await expect(listed).to_contain_text("Ausente")
        await expect(listed).to_contain_text("0 conversas abertas")
        await admins.keyboard.press("Escape")

        async with hotel.runtime.enter(await tenant_of(hotel)) as ctx:
            await escalate(ctx, conversation["id"], "O cliente pediu uma pessoa.")
        await expect(marias.get_by_text("Encaminhada pelo assistente").first).to_be_visible()
        await marias.get_by_role("button", name="Ver resumo").click()
        await expect(bubble(marias, "O cliente escreveu:")).to_be_focused()
        await marias.get_by_role("button", name="Assumir").click()
        await expect(admins.get_by_role("button", name="Responsável: Maria Atendente")).to_be_visible()
        history = admins.get_by_role("complementary", name="Dados do contato").locator(".history")
        await expect(history).to_contain_text("assumiu")
