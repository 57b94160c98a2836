"""The supervisor's pages in a real browser: the live board, and the reports with what is behind each figure."""

import csv
import io
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.console import GREETING, is_live, sign_in
from tests.browser.screens import browsing
from tests.conftest import Session
from tests.factories import a_channel, a_conversation, body_of, sent, stored

Json = dict[str, Any]


@pytest.fixture
async def regina(hotel: Session) -> Session:
    return await hotel.colleague("SUPERVISOR", "Regina Prado")


@pytest.fixture
async def maria(hotel: Session) -> Session:
    return await hotel.colleague(name="Maria Atendente")


def waiting(page: Page) -> Locator:
    """The rows of the queue."""
    return page.get_by_role("table", name="Conversas esperando").locator("tbody tr")


def number(page: Page, name: str) -> Locator:
    return page.locator(".tile").filter(has=page.get_by_text(name, exact=True)).locator(".tile-value")


async def check_figures(page: Page, session: Session, count: int) -> None:
    """So many figures lead to as many conversations as they say, a mean to some."""
    links = page.locator('a[href^="#/relatorios/conversas"]')
    await expect(links).to_have_count(count)
    for text, address in await links.evaluate_all(
        "all => all.map(a => [(a.querySelector('.tile-value') ?? a).textContent, a.hash])"
    ):
        query = dict(parse_qsl(address.partition("?")[2]))
        total = (await body_of(await session.get("/api/conversations", params=query)))["pagination"]["total"]
        figure = re.fullmatch(r"(\d+)(/\d+)?", text)
        assert total == int(figure[1]) if figure else total > 0, (text, address)


def agent(page: Page, name: str) -> Locator:
    return page.get_by_role("table", name="Atendentes").get_by_role("row").filter(has_text=name)


async def test_the_board_follows_the_house(
    url: str, hotel: Session, regina: Session, maria: Session, tmp_path: Path
) -> None:
    channel = await a_channel(hotel)
    async with browsing(tmp_path) as screens:
        board = await screens.open(url)
        await sign_in(board, regina.user["email"])
        await board.get_by_role("link", name="Painel").click()
        await expect(board.get_by_role("heading", name="Ninguém esperando")).to_be_visible()

        joao = await a_conversation(hotel, channel, GREETING)
        lia = await a_conversation(hotel, channel, "Oi", phone="5511988887777", name="Lia Castro")
        await expect(waiting(board)).to_have_count(2)
        await expect(waiting(board).first).to_contain_text(re.compile(rf"João Silva.*{GREETING}"))
        await expect(number(board, "Na fila")).to_have_text("2")
        shown = await waiting(board).first.locator("time").inner_text()
        await expect(waiting(board).first.locator("time")).not_to_have_text(shown)

        await expect(agent(board, "Maria Atendente")).to_contain_text("Desconectado")
        await maria.post("/api/presence", {"away": False})
        await expect(agent(board, "Maria Atendente")).to_contain_text("Disponível")
        await maria.post(f"/api/conversations/{joao['id']}/claim")
        await expect(waiting(board)).to_have_count(1)
        await expect(agent(board, "Maria Atendente")).to_contain_text("1/5")
        await expect(number(board, "Em atendimento")).to_have_text("1")
        done = await a_conversation(hotel, channel, "Tchau", phone="5511988886666")
        rated = {"rating": 5, "rated_at": datetime.now(UTC)}
        await hotel.db.conversations.update({"_id": done["id"]}, {"$set": rated})
        await hotel.post(f"/api/conversations/{done['id']}/close", {"resolution": "RESOLVED"})
        await expect(number(board, "Resolvidas hoje")).to_have_text("1")
        await expect(number(board, "Satisfação")).to_have_text("5,0")
        await check_figures(board, regina, 5)

        await board.get_by_role("button", name="Atribuir a conversa com Lia Castro").click()
        await board.get_by_role("menuitem", name="Maria Atendente").click()
        await expect(board.get_by_role("heading", name="Ninguém esperando")).to_be_visible()
        await expect(agent(board, "Maria Atendente")).to_contain_text("2/5")
        assert (await stored(hotel, "conversations", lia["id"]))["assigned_to_id"] == maria.user["id"]
        await agent(board, "Maria Atendente").get_by_role("link", name="2/5").click()
        await expect(behind(board)).to_have_count(2)


def behind(page: Page) -> Locator:
    """The conversations listed behind a figure."""
    return page.get_by_role("list", name="Conversas por trás do número").get_by_role("link")


async def _a_week(hotel: Session, maria: Session) -> None:
    """Five conversations of today: two are Maria's, answered, and one of these resolved."""
    channel = await a_channel(hotel)
    for place in range(5):
        conversation = await a_conversation(
            hotel, channel, GREETING, phone=f"551198888000{place}", name=f"Cliente {place}"
        )
        if place < 2:
            await maria.post(f"/api/conversations/{conversation['id']}/claim")
            await sent(maria, conversation, "Bom dia!")
        if place == 0:
            closing = {"resolution": "RESOLVED"}
            await body_of(await maria.post(f"/api/conversations/{conversation['id']}/close", closing))


async def test_reports_lead_to_the_conversations_behind_them(
    url: str, hotel: Session, regina: Session, maria: Session, tmp_path: Path
) -> None:
    await _a_week(hotel, maria)
    told = (await body_of(await regina.get("/api/reports/figures", params={"period": "7d"})))["total"]
    assert (told["begun"], told["answered"], told["resolved"]) == (5, 2, 1)
    async with browsing(tmp_path) as screens:
        page = await screens.open(url)
        await sign_in(page, regina.user["email"])
        await page.get_by_role("link", name="Relatórios").click()
        await _says(page, told)
        await check_figures(page, regina, 21)

        await number(page, "Encerradas").click()
        await expect(behind(page)).to_have_count(1)
        await expect(behind(page)).to_contain_text("Cliente 0")
        await page.get_by_role("button", name="Voltar").click()
        await page.get_by_role("link", name="Maria Atendente, Iniciadas: 2: ver conversas").click()
        await expect(behind(page)).to_have_count(2)
        await behind(page).filter(has_text="Cliente 1").click()
        await expect(page.get_by_role("list", name="Mensagens")).to_contain_text(GREETING)
        await page.go_back()
        await expect(behind(page)).to_have_count(2)
        await page.go_back()

        await _today_in_the_chart(page)
        await page.get_by_label("Atendente", exact=True).select_option("Maria Atendente")
        await expect(number(page, "Iniciadas")).to_have_text("2")
        assert {row["Contato"] for row in await _exported(page)} == {"Cliente 0", "Cliente 1"}
        await page.get_by_label("Datas").check()
        await expect(page.get_by_label("De", exact=True)).not_to_have_value("")
        await expect(number(page, "Iniciadas")).to_have_text("2")
        await page.reload()
        await is_live(page)
        await expect(number(page, "Iniciadas")).to_have_text("2")


async def _says(page: Page, told: Json) -> None:
    for name, figure in [("Iniciadas", "begun"), ("Respondidas", "answered"), ("Encerradas", "closed")]:
        await expect(number(page, name)).to_have_text(str(told[figure]))
    await expect(number(page, "Resolvidas")).to_have_text(str(told["resolved"]))
    await expect(number(page, "Primeira resposta")).to_have_text(f"{int(told['secondsToAnswer'] + 0.5)} s")


async def _today_in_the_chart(page: Page) -> None:
    """The last bar, and the last row of the same numbers as a table, lead to the conversations of today."""
    chart = page.get_by_role("figure").filter(has=page.get_by_role("heading", name="Conversas por dia"))
    plot = chart.locator(".u-over")
    await expect(plot).to_be_visible()
    box = await plot.bounding_box()
    assert box
    await plot.click(position={"x": box["width"] * 13 / 14, "y": box["height"] / 2})
    await expect(behind(page)).to_have_count(5)
    await page.get_by_role("button", name="Voltar").click()
    await chart.get_by_role("button", name="Conversas por dia: ver como tabela").click()
    last = chart.get_by_role("row").last
    await expect(last).to_contain_text("5 conversas")
    await last.get_by_role("link").click()
    await expect(behind(page)).to_have_count(5)
    await page.get_by_role("button", name="Voltar").click()


async def _exported(page: Page) -> list[dict[str, str]]:
    async with page.expect_download() as downloading:
        await page.get_by_role("button", name="Exportar CSV").click()
    path = await (await downloading.value).path()
    return _table(path)


def _table(path: Path) -> list[dict[str, str]]:
    text = path.read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))
