"""The simulator's phone page in a real browser: several customers side by side, and what is broken on purpose."""

import asyncio
import time
from pathlib import Path
from typing import Any

from playwright.async_api import Locator, Page, expect

from tests.browser.screens import browsing
from tests.conftest import Session
from tests.factories import made

JOAO, MARIA = "João Silva", "Maria Souza"


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


async def _conversations(hotel: Session, *, within: float = 20) -> dict[str, str]:
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


async def _becomes(hotel: Session, message_id: str, *, status: str, within: float = 20) -> dict[str, Any]:
    """What is stored of the message."""
    deadline = time.monotonic() + within
    while True:
        [stored] = await hotel.db.messages.all({"_id": message_id})
        if stored["status"] == status:
            return dict(stored)
        assert time.monotonic() < deadline, stored
        await asyncio.sleep(0.05)
