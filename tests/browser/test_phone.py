"""The simulator's phone page in a real browser: several customers side by side, and what is broken on purpose."""

import asyncio
import re
import time
from pathlib import Path
from typing import Any

from playwright.async_api import FilePayload, Locator, Page, expect

from server.channels.simulator.samples import silence
from tests.browser.screens import browsing
from tests.conftest import Session
from tests.factories import made

JOAO, MARIA = "João Silva", "Maria Souza"
ITS_LENGTH_IS_KNOWN = "sound => sound.readyState >= HTMLMediaElement.HAVE_METADATA"


def phone_of(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=f"Telefone de {name}")


async def test_two_customers_side_by_side_and_a_message_that_fails_at_first(
    workers: None, hotel: Session, tmp_path: Path
) -> None:
    channel = await made(hotel, "/api/channels/sandbox", name="Recepção")
    async with browsing(tmp_path) as screens:
        page = await screens.open(channel["phoneUrl"], viewport={"width": 1440, "height": 900})
        await _two_customers(page)
        await _say(page, JOAO, "Tem *vaga* hoje?")
        await _say(page, MARIA, "Aceitam cachorro?")
        conversations = await _conversations(hotel)

        answer = await _answer(hotel, conversations[MARIA], "Aceitamos, Maria!")
        await expect(phone_of(page, MARIA).get_by_role("log")).to_contain_text("Aceitamos, Maria!")
        await expect(phone_of(page, JOAO).get_by_role("log")).not_to_contain_text("Aceitamos")
        await _becomes(hotel, answer, status="READ")

        await phone_of(page, JOAO).get_by_label("Mensagem", exact=True).focus()
        await expect(page.get_by_role("heading", name=f"Telefone de {JOAO}")).to_be_visible()
        closed = page.get_by_role("switch", name="Janela de 24 h fechada")
        # It is on for whoever never wrote, until the page has read again that João did.
        await expect(closed).not_to_be_checked()
        await closed.check()
        await expect(page.get_by_text(f"{JOAO}: Janela de 24 h fechada")).to_be_visible()
        answer = await _answer(hotel, conversations[JOAO], "Temos, João!")
        failed = await _becomes(hotel, answer, status="FAILED")
        assert failed["error"]["code"] == "131047"
        await expect(phone_of(page, JOAO).get_by_role("log")).not_to_contain_text("Temos")

        await page.get_by_role("button", name="Desligar todos").click()
        await expect(page.get_by_text("Tudo funciona")).to_be_visible()
        assert (await hotel.post(f"/api/messages/{answer}/retry")).status == 200
        await expect(phone_of(page, JOAO).get_by_role("log")).to_contain_text("Temos, João!")
        await _becomes(hotel, answer, status="READ")

        await page.reload()
        await expect(phone_of(page, MARIA).get_by_role("log")).to_contain_text("Aceitamos, Maria!")
        await phone_of(page, JOAO).get_by_role("button", name="Fechar telefone").click()
        await page.reload()
        await expect(phone_of(page, MARIA).get_by_role("log")).to_contain_text("Aceitamos, Maria!")
        await expect(phone_of(page, JOAO)).to_have_count(0)


async def _two_customers(page: Page) -> None:
    await page.get_by_role("button", name="Abrir conversa").click()
    await expect(phone_of(page, JOAO)).to_be_visible()
    await page.get_by_role("button", name="Novo cliente").click()
    await page.get_by_role("button", name="Abrir conversa").click()
    await expect(phone_of(page, MARIA)).to_be_visible()
    await expect(phone_of(page, JOAO)).to_be_visible()


async def _say(page: Page, name: str, text: str) -> None:
    box = phone_of(page, name).get_by_label("Mensagem", exact=True)
    await box.fill(text)
    await box.press("Enter")
    await expect(phone_of(page, name).get_by_role("img", name="Entregue ao Balcão")).to_be_visible()


async def _conversations(hotel: Session, *, within: float = 60) -> dict[str, str]:
    """By their customers' names, once both are there."""
    deadline = time.monotonic() + within
    while True:
        found = await (await hotel.get("/api/conversations")).json()
        by_name = {each["contact"]["name"]: each["id"] for each in found["data"]}
        if {JOAO, MARIA} <= by_name.keys():
            return by_name
        assert time.monotonic() < deadline, by_name
        await asyncio.sleep(0.05)


async def _answer(hotel: Session, conversation_id: str, text: str) -> str:
    return str((await made(hotel, "/api/messages", conversationId=conversation_id, content=text))["id"])


async def _becomes(hotel: Session, message_id: str, *, status: str, within: float = 60) -> dict[str, Any]:
    """What is stored of the message."""
    deadline = time.monotonic() + within
    while True:
        [stored] = await hotel.db.messages.all({"_id": message_id})
        if stored["status"] == status:
            return dict(stored)
        assert time.monotonic() < deadline, stored
        await asyncio.sleep(0.05)


async def test_a_customer_speaks_into_the_phone(workers: None, hotel: Session, tmp_path: Path) -> None:
    channel = await made(hotel, "/api/channels/sandbox", name="Recepção")
    async with browsing(tmp_path) as screens:
        page = await screens.open(channel["phoneUrl"], viewport={"width": 1440, "height": 900})
        await page.get_by_role("button", name="Abrir conversa").click()
        phone = phone_of(page, JOAO)

        await _speak(phone)
        await phone.get_by_role("button", name="Descartar gravação").click()
        await expect(phone.get_by_label("Mensagem", exact=True)).to_be_focused()

        await _speak(phone)
        await phone.get_by_role("button", name="Enviar").click()
        await expect(phone.get_by_role("img", name="Entregue ao Balcão")).to_be_visible()
        await expect(phone.locator(".entry")).to_have_count(1)
        await expect(phone.get_by_label("Mensagem", exact=True)).to_be_focused()
        said = phone.get_by_label("Mensagem de voz", exact=True)
        await page.wait_for_function(ITS_LENGTH_IS_KNOWN, arg=await said.element_handle())
        seconds = await said.evaluate("sound => sound.duration")
        assert seconds > 0.5
        await expect(phone.locator(".voice-length")).to_have_text(f"0:{int(seconds):02}")

        await phone.get_by_role("button", name="Anexar").click()
        song: FilePayload = {"name": "canção.ogg", "mimeType": "audio/ogg", "buffer": silence(1)}
        await phone.locator("input[type=file]").set_input_files(song)
        await expect(phone.locator(".entry")).to_have_count(2)
    spoken, attached = await _sounds(hotel, 2)
    assert (spoken["kind"], spoken["voice"], spoken["mime_type"]) == ("AUDIO", True, "audio/ogg")
    assert (await hotel.db.files.read(spoken["id"])).startswith(b"OggS")
    assert (attached["kind"], attached["voice"]) == ("AUDIO", False)


async def test_without_a_microphone_there_is_nothing_to_speak_into(hotel: Session, tmp_path: Path) -> None:
    channel = await made(hotel, "/api/channels/sandbox", name="Recepção")
    async with browsing(tmp_path) as screens:
        page = await screens.open("about:blank")
        await page.add_init_script("delete window.MediaRecorder")
        await page.goto(channel["phoneUrl"])
        await page.get_by_role("button", name="Abrir conversa").click()
        phone = phone_of(page, JOAO)
        await expect(phone.get_by_role("button", name="Anexar")).to_be_visible()
        await expect(phone.get_by_role("button", name="Gravar mensagem de voz")).to_have_count(0)


async def _speak(phone: Locator) -> None:
    """For a second at least."""
    await phone.get_by_role("button", name="Gravar mensagem de voz").click()
    await expect(phone.get_by_role("timer")).to_have_text(re.compile(r"0:(?!00)\d\d"))


async def _sounds(hotel: Session, count: int, *, within: float = 60) -> list[dict[str, Any]]:
    """What is stored of these messages, once their files are."""
    deadline = time.monotonic() + within
    while True:
        stored = await hotel.db.messages.all({}, sort=[("seq", 1)])
        sounds = [{"kind": message["kind"]} | (message["media"] or {}) for message in stored]
        if len([sound for sound in sounds if sound.get("id")]) == count:
            return sounds
        assert time.monotonic() < deadline, stored
        await asyncio.sleep(0.05)
