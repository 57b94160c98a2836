"""The composer's tools in a real browser: files dropped, reactions, canned responses, templates, voice messages."""

import re
from pathlib import Path
from typing import Any

from playwright.async_api import FilePayload, Page, expect

from server.desk import templates
from tests.browser.console import GREETING, bubble, row_of, sign_in, thread_of
from tests.browser.screens import browsing
from tests.conftest import Session
from tests.factories import PIXEL, a_channel, a_conversation, made, stored, tenant_of

Json = dict[str, Any]

DROP = """(bytes) => {
    const held = new DataTransfer();
    for (const name of ["quarto.png", "piscina.png"])
        held.items.add(new File([new Uint8Array(bytes)], name, { type: "image/png" }));
    for (const kind of ["dragover", "drop"])
        document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: held, bubbles: true, cancelable: true }));
}"""


async def test_files_reactions_and_canned_responses(url: str, hotel: Session, tmp_path: Path) -> None:
    channel = await a_channel(hotel)
    conversation = await a_conversation(hotel, channel, GREETING)
    await _approve_a_template(hotel, channel)
    content = "{{saudacao}}, {{primeiro_nome}}! Protocolo {{protocolo}}."
    await made(hotel, "/api/canned-responses", shortcut="boas", content=content)
    async with browsing(tmp_path) as screens:
        desk = await screens.open(url)
        await sign_in(desk, hotel.user["email"])
        await row_of(desk, "João Silva").click()
        await _drop_two_files(desk)
        await _react_to_the_greeting(desk)
        await _answer_by_a_canned_response(desk)
        await _head_a_template_with_a_picture(desk)
        await _speak(desk)

    sent = await hotel.db.messages.all({"conversation_id": conversation["id"], "direction": "OUTBOUND"})
    first, second, reaction, answer, offer, spoken = sorted(sent, key=lambda message: message["seq"])
    assert (offer["kind"], offer["media"]["filename"]) == ("TEMPLATE", "praia.png")
    assert (spoken["kind"], spoken["media"]["voice"]) == ("AUDIO", True)
    assert (await hotel.db.files.read(spoken["media"]["id"])).startswith(b"OggS")
    assert offer["details"] == {"template_name": "oferta", "language_code": "pt_BR", "parameters": ["João"]}
    assert [first["kind"], second["kind"], reaction["kind"]] == ["IMAGE", "IMAGE", "REACTION"]
    assert [first["text"], second["text"]] == ["", "A piscina"]
    assert first["media"]["id"] != second["media"]["id"]
    assert answer["text"].endswith(", João! Protocolo 1234.")
    greeting = await stored(hotel, "messages", reaction["reply_to_id"])
    assert greeting["text"] == GREETING
    assert greeting["reactions"] == [{"emoji": "👍", "by": hotel.user["id"]}]


async def _approve_a_template(hotel: Session, channel: Json) -> None:
    parts = [{"type": "HEADER", "format": "IMAGE"}, {"type": "BODY", "text": "Verão, {{1}}!"}]
    offer = {"name": "oferta", "language": "pt_BR", "category": "MARKETING", "components": parts}
    async with hotel.runtime.enter(await tenant_of(hotel)) as ctx:
        await templates.sync(ctx, channel["id"], [{**offer, "body": "Verão, {{1}}!", "status": "APPROVED"}])


async def _head_a_template_with_a_picture(desk: Page) -> None:
    await desk.get_by_role("button", name="Mensagem interativa").click()
    await desk.get_by_role("menuitem", name="Modelo").click()
    dialog = desk.get_by_role("dialog", name="Enviar modelo")
    await dialog.get_by_role("button", name="oferta").click()
    send = dialog.get_by_role("button", name="Enviar", exact=True)
    await expect(send).to_be_disabled()
    for name, kind in (("manual.pdf", "application/pdf"), ("praia.png", "image/png")):
        async with desk.expect_file_chooser() as choosing:
            await dialog.get_by_role("button", name="Anexar arquivo").click()
        file: FilePayload = {"name": name, "mimeType": kind, "buffer": PIXEL}
        await (await choosing.value).set_files(file)
        if kind == "application/pdf":
            await expect(dialog.get_by_text("Este modelo pede outro tipo de arquivo.")).to_be_visible()
    await expect(dialog.locator(".builder-preview img")).to_have_attribute("src", re.compile("^blob:"))
    await dialog.get_by_label("Variável 1").fill("João")
    async with desk.expect_response("**/api/messages/template") as answer:
        await send.click()
    assert (await answer.value).status == 201
    await expect(bubble(desk, "Verão, João!").locator("img")).to_have_attribute("src", re.compile("^blob:"))


async def _speak(desk: Page) -> None:
    await desk.get_by_role("button", name="Gravar mensagem de voz").click()
    await expect(desk.get_by_role("timer")).to_have_text(re.compile(r"0:(?!00)\d\d"))
    await desk.get_by_role("button", name="Parar e ouvir").click()
    await expect(desk.get_by_role("button", name="Reproduzir: Mensagem de voz gravada")).to_be_visible()
    async with desk.expect_response("**/api/messages") as answer:
        await desk.get_by_role("button", name="Enviar", exact=True).click()
    assert (await answer.value).status == 201


async def _drop_two_files(desk: Page) -> None:
    await expect(bubble(desk, GREETING)).to_be_visible()
    await desk.evaluate(DROP, list(PIXEL))
    files = desk.get_by_role("dialog", name="Enviar 2 arquivos")
    await files.get_by_label("Legenda de piscina.png").fill("A piscina")
    await files.get_by_role("button", name="Enviar").click()
    await expect(thread_of(desk).locator("[data-message-type=IMAGE]")).to_have_count(2)
    # They are in the thread before the server has them, and a reaction does not wait for its turn behind them.
    await expect(row_of(desk, "João Silva")).to_contain_text("A piscina")


async def _react_to_the_greeting(desk: Page) -> None:
    greeting = bubble(desk, GREETING)
    await greeting.hover()
    await greeting.get_by_role("button", name="Opções da mensagem").click()
    await desk.get_by_role("menuitemradio", name="Reagir com 👍").click()
    await expect(greeting.get_by_role("button", name="Tirar reação 👍")).to_be_visible()
    await expect(row_of(desk, "João Silva")).to_contain_text("Reagiu com 👍")
    await expect(thread_of(desk).locator("[data-message-type=REACTION]")).to_have_count(0)


async def _answer_by_a_canned_response(desk: Page) -> None:
    box = desk.get_by_label("Mensagem", exact=True)
    await box.fill("/boas")
    await expect(desk.get_by_role("option", name="/boas")).to_contain_text("João")
    await desk.keyboard.press("Enter")
    await expect(desk.get_by_text("Complete antes de enviar:")).to_be_visible()
    # Not sent with a variable in it: the cursor is put on it instead.
    await desk.keyboard.press("Enter")
    await desk.keyboard.type("1234")
    await desk.keyboard.press("Enter")
    await expect(box).to_have_value("")
    await expect(bubble(desk, "Protocolo 1234.")).to_be_visible()
