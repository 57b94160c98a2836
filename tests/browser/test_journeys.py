"""Longer ways through the console in a real browser: a number of one's own, a closed window, an answer from a phone."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import CDPSession, Locator, Page, expect

from server.channels.simulator import Simulator
from server.channels.simulator.play import PlayedCustomer, PlayedNumber
from tests.browser.console import GREETING, PHONE, bubble, row_of, sign_in, thread_of
from tests.browser.screens import browsing
from tests.conftest import Session
from tests.factories import PIXEL, a_channel, a_conversation, made

TEMPLATE = "confirmacao_reserva"


async def test_a_number_of_ones_own_is_connected(
    workers: None, url: str, hotel: Session, simulator: Simulator, tmp_path: Path
) -> None:
    number = await simulator.add_number(name="Hotel ABC")
    async with browsing(tmp_path) as screens:
        desk = await screens.open(url)
        await sign_in(desk, hotel.user["email"])
        await desk.get_by_role("link", name="Conectar um número").click()
        await _copies_from_meta(desk, number, token="EAAdeoutrapessoa")
        checks = desk.get_by_role("list", name="Verificações").get_by_role("listitem")
        await expect(checks.first).to_contain_text("O que fazer:")
        await desk.get_by_role("button", name="Concluir").click()

        await desk.get_by_role("button", name="Ações: Recepção").click()
        await desk.get_by_role("menuitem", name="Alterar").click()
        form = desk.get_by_role("dialog")
        await form.get_by_label("Token de acesso").fill(number.access_token)
        await form.get_by_role("button", name="Salvar").click()
        await desk.get_by_role("button", name="Verificar", exact=True).click()
        await expect(checks.filter(has_text="Falhou")).to_have_count(0)
        await expect(desk.get_by_text("Conectado", exact=True)).to_be_visible()

        await number.customer("5511999999999", name="João Silva").says(GREETING)
        await desk.get_by_role("link", name="Conversas").click()
        await expect(row_of(desk, "João Silva")).to_contain_text(GREETING)


async def _copies_from_meta(desk: Page, number: PlayedNumber, *, token: str) -> None:
    await desk.get_by_role("button", name="Conectar meu número").click()
    await desk.get_by_role("button", name="Tenho os dados").click()
    for label, text in {
        "Nome do canal": "Recepção",
        "ID do número de telefone": number.phone_number_id,
        "ID da conta do WhatsApp Business": number.waba_id,
        "Token de acesso": token,
        "Chave secreta do aplicativo": number.app_secret,
    }.items():
        await desk.get_by_label(label, exact=True).fill(text)
    await desk.get_by_role("button", name="Conectar", exact=True).click()


@pytest.fixture
async def number(hotel: Session, simulator: Simulator) -> PlayedNumber:
    """The hotel's."""
    channel = await made(hotel, "/api/channels/sandbox", name="Recepção")
    return simulator.number(channel["phoneNumberId"])


@pytest.fixture
def joao(number: PlayedNumber) -> PlayedCustomer:
    return number.customer("5511999999999", name="João Silva")


async def test_a_template_reopens_a_closed_window(
    workers: None, url: str, hotel: Session, joao: PlayedCustomer, tmp_path: Path
) -> None:
    await joao.says(GREETING)
    async with browsing(tmp_path) as screens:
        desk = await screens.open(url)
        await sign_in(desk, hotel.user["email"])
        await row_of(desk, "João Silva").click()
        box = desk.get_by_label("Mensagem", exact=True)
        await expect(box).to_be_focused()
        await _a_day_passes(hotel, joao)
        await desk.keyboard.type("Ainda quer a reserva?")
        await desk.keyboard.press("Enter")
        closed = desk.get_by_role("region", name="Passaram 24 horas desde a última mensagem do cliente")
        await closed.get_by_role("button", name="Escolher modelo").click()
        await _fills_the_template(desk)
        sent = thread_of(desk).locator("[data-message-type=TEMPLATE]")
        await expect(sent).to_contain_text("sua reserva de 10/12 a 14/12 está confirmada")
        await expect(sent.get_by_role("img", name="Entregue")).to_be_visible()
        [received] = await joao.receives(1)
        assert received.type == "template"
        assert received.content["name"] == TEMPLATE

        await joao.says("Quero, sim!")
        await expect(box).to_have_value("Ainda quer a reserva?")
        # The browser's own word on the answer that was refused.
        [refused] = screens.complaints
        assert "409 (Conflict)" in refused
        screens.complaints.clear()


async def test_a_conversation_is_begun_by_the_house(
    workers: None, url: str, hotel: Session, number: PlayedNumber, tmp_path: Path
) -> None:
    async with browsing(tmp_path) as screens:
        desk = await screens.open(url)
        await sign_in(desk, hotel.user["email"])
        await desk.get_by_role("button", name="Nova conversa").click()
        asked = desk.get_by_role("dialog", name="Nova conversa")
        await asked.get_by_label("Telefone").fill("(11) 97654-3210")
        await asked.get_by_label("Nome").fill("Helena Duarte")
        await asked.get_by_role("button", name="Começar").click()
        await expect(desk.get_by_role("button", name="Responsável: Você")).to_be_visible()
        choose = desk.get_by_role("region", name="Este cliente ainda não escreveu").get_by_role("button")
        await expect(choose).to_be_focused()
        await choose.click()
        await _fills_the_template(desk)
        sent = thread_of(desk).locator("[data-message-type=TEMPLATE]")
        await expect(sent.get_by_role("img", name="Entregue")).to_be_visible()
    [received] = await number.customer("5511976543210").receives(1)
    assert received.content["name"] == TEMPLATE


async def _a_day_passes(hotel: Session, joao: PlayedCustomer) -> None:
    """For WhatsApp and for the house; the open page has not heard of it."""
    joao.changes(windowOpen=False)
    past = hotel.runtime.clock() - timedelta(hours=1)
    await hotel.db.conversations.update_all({}, {"$set": {"window_expires_at": past}})


async def _fills_the_template(desk: Page) -> None:
    picker = desk.get_by_role("dialog", name="Enviar modelo")
    await picker.get_by_label("Buscar modelo").fill("reserva")
    await picker.get_by_role("button", name=TEMPLATE).click()
    preview = picker.get_by_role("region", name="Como o cliente vê")
    await expect(preview).to_contain_text("sua reserva de {{2}} a {{3}}")
    fields = await picker.get_by_role("textbox").all()
    for field, text in zip(fields, ("H-2042", "João", "10/12", "14/12"), strict=True):
        await field.fill(text)
    await expect(preview).to_contain_text("Reserva H-2042")
    await expect(preview).to_contain_text("Olá João, sua reserva de 10/12 a 14/12 está confirmada")
    await picker.get_by_role("button", name="Enviar").click()
    await expect(picker).to_be_hidden()


async def test_a_phone_in_the_hand(
    workers: None, url: str, hotel: Session, joao: PlayedCustomer, tmp_path: Path
) -> None:
    await a_conversation(hotel, await a_channel(hotel), "Oi", phone="5511988887777", name="Lia Castro")
    joao.changes(opened=True)
    await joao.says(GREETING)
    picture = tmp_path / "quarto.png"
    picture.write_bytes(PIXEL)
    async with browsing(tmp_path) as screens:
        desk = await screens.open(url, viewport=PHONE, has_touch=True, is_mobile=True)
        await sign_in(desk, hotel.user["email"])
        await _a_resting_finger_chooses(desk)
        await row_of(desk, "João Silva").tap()
        await expect(bubble(desk, GREETING)).to_be_visible()
        await expect(row_of(desk, "João Silva")).to_be_hidden()
        # A keyboard that came up by itself would hide what there is to read.
        await expect(desk.get_by_label("Mensagem", exact=True)).not_to_be_focused()
        await _fits(desk)
        await _answers_with_a_picture(desk, picture)
        await _fits(desk)
        [answer, photo] = await joao.receives(2)
        assert answer.content["body"] == "Bom dia! Este é o quarto:"
        assert (photo.type, photo.content["caption"]) == ("image", "Com vista")
        await _looks_at_the_card_and_goes_back(desk)
        await expect(row_of(desk, "João Silva")).to_contain_text("Com vista")
        await expect(row_of(desk, "João Silva")).not_to_contain_text("não lida")


async def _a_resting_finger_chooses(desk: Page) -> None:
    fingers = await desk.context.new_cdp_session(desk)
    chosen = desk.get_by_role("toolbar")
    await expect(row_of(desk, "João Silva")).to_be_visible()
    await _touch(fingers, row_of(desk, "Lia Castro"), "touchStart")
    await expect(chosen).to_contain_text("1 selecionada")
    # The bar that has come up has moved another row under the finger.
    await fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    await expect(desk.get_by_label("Selecionar conversa com Lia Castro")).to_be_checked()
    await _fits(desk)
    # Until all are let go a tap chooses, and opens nothing.
    await row_of(desk, "João Silva").tap()
    await expect(chosen).to_contain_text("2 selecionadas")
    await chosen.get_by_role("button", name="Soltar seleção").tap()
    await expect(chosen).to_be_hidden()


async def _touch(fingers: CDPSession, on: Locator, kind: str) -> None:
    box = await on.bounding_box()
    assert box
    point = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    await fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})


async def _answers_with_a_picture(desk: Page, picture: Path) -> None:
    await desk.get_by_label("Mensagem", exact=True).tap()
    await desk.keyboard.type("Bom dia! Este é o quarto:")
    await desk.get_by_role("button", name="Enviar").tap()
    await expect(bubble(desk, "Este é o quarto").get_by_role("img", name="Lida")).to_be_visible()
    async with desk.expect_file_chooser() as choosing:
        await desk.get_by_role("button", name="Anexar arquivo").tap()
    await (await choosing.value).set_files(picture)
    files = desk.get_by_role("dialog")
    await files.get_by_label("Legenda", exact=True).fill("Com vista")
    await _fits(desk)
    await files.get_by_role("button", name="Enviar").tap()
    await expect(bubble(desk, "Com vista").get_by_role("img", name="Lida")).to_be_visible()


async def _looks_at_the_card_and_goes_back(desk: Page) -> None:
    await desk.get_by_role("button", name="Dados do contato: João Silva").tap()
    card = desk.get_by_role("complementary", name="Dados do contato")
    await expect(card).to_contain_text("+55 11 99999-9999")
    await _fits(desk)
    await card.get_by_role("link", name="Voltar").tap()
    await desk.get_by_role("main").get_by_role("link", name="Voltar").tap()


async def _fits(desk: Page) -> None:
    assert await desk.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
