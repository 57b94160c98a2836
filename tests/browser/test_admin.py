"""The settings in a real browser: a new house is set up, and each page does what it says."""

import json
from pathlib import Path
from typing import Any

from playwright.async_api import Page, expect

from tests.browser.console import is_live, sign_in
from tests.browser.screens import Screens, browsing
from tests.conftest import Session
from tests.factories import PIXEL, body_of, made

YELLOW = "#ffd000"
META = {
    "Nome do canal": "Recepção",
    "ID do número de telefone": "555000111",
    "ID da conta do WhatsApp Business": "555000222",
    "Token de acesso": "EAAinvalido",
    "Chave secreta do aplicativo": "segredo",
}


async def open_settings(page: Page, name: str) -> None:
    await page.get_by_role("navigation", name="Ajustes").get_by_role("link", name=name).click()
    await expect(page.get_by_role("heading", name=name, level=1)).to_be_focused()


async def settings_of(hotel: Session) -> Any:
    return (await body_of(await hotel.get("/api/tenant")))["settings"]


async def test_a_new_house_is_set_up(url: str, hotel: Session, tmp_path: Path) -> None:
    async with browsing(tmp_path) as screens:
        desk = await screens.open(url)
        await sign_in(desk, hotel.user["email"])
        await desk.get_by_role("link", name="Ajustes").click()
        steps = desk.get_by_role("region", name="Primeiros passos")
        await expect(steps).to_contain_text("0 de 4")

        await desk.get_by_role("button", name="Usar número de teste").click()
        await expect(desk.get_by_text("Conectado", exact=True)).to_be_visible()
        await steps.get_by_role("link", name="Chame a equipe").click()
        password = await _invite(desk)
        await steps.get_by_role("link", name="Defina os horários").click()
        await _set_hours(desk)
        await expect(steps).to_contain_text("3 de 4")
        await steps.get_by_role("link", name="Escreva uma resposta pronta").click()
        await _write_response(desk)
        await expect(steps).to_be_hidden()

        colleague = await screens.open(url)
        await colleague.get_by_label("E-mail").fill("maria@hotel.com")
        await colleague.get_by_label("Senha", exact=True).fill(password)
        await colleague.get_by_role("button", name="Entrar").click()
        await is_live(colleague)
        await expect(colleague.get_by_role("link", name="Ajustes")).to_have_count(0)
    hours = (await settings_of(hotel))["hours"]
    assert hours["weekly"]["MONDAY"] == [
        {"opens": "08:00", "closes": "18:00"},
        {"opens": "19:00", "closes": "24:00"},
    ]
    assert [day["name"] for day in hours["holidays"]].count("Natal") == 1


async def _invite(desk: Page) -> str:
    """Returns the password that is to be handed over."""
    await desk.get_by_role("button", name="Convidar pessoa").click()
    form = desk.get_by_role("dialog", name="Convidar pessoa")
    await form.get_by_label("Nome").fill("Maria Lima")
    await form.get_by_label("E-mail").fill("maria@hotel.com")
    await form.get_by_role("button", name="Criar acesso").click()
    access = desk.get_by_role("dialog", name="Acesso criado")
    password = await access.locator("code").last.inner_text()
    await access.get_by_role("button", name="Pronto").click()
    await expect(desk.get_by_role("row", name="Maria Lima")).to_contain_text("Atendente")
    return password


async def _set_hours(desk: Page) -> None:
    await desk.get_by_label("Em horários definidos").check()
    await desk.get_by_role("button", name="Segunda: mais um período").click()
    opens, closes = (
        desk.get_by_label("Segunda, período 2: abre"),
        desk.get_by_label("Segunda, período 2: fecha"),
    )
    await opens.fill("17:00")
    await closes.fill("00:00")
    await expect(desk.get_by_role("alert")).to_contain_text("não podem se sobrepor")
    await expect(desk.get_by_role("button", name="Salvar")).to_be_disabled()
    await opens.fill("19:00")
    await desk.get_by_role("button", name="Feriados nacionais").first.click()
    await desk.get_by_role("button", name="Salvar").click()
    await expect(desk.get_by_role("button", name="Salvar")).to_be_hidden()


async def _write_response(desk: Page) -> None:
    await desk.get_by_role("button", name="Nova resposta").click()
    await desk.get_by_label("Atalho").fill("/Endereco")
    await desk.get_by_label("Texto").fill("Rua da Praia, 120")
    await desk.get_by_role("button", name="Criar resposta").click()
    await expect(desk.get_by_role("main")).to_contain_text("/endereco")


async def test_a_number_a_key_and_the_colour_of_the_house(url: str, hotel: Session, tmp_path: Path) -> None:
    await made(hotel, "/api/webhooks", url="http://127.0.0.1:9/hook", events=["message.added"])
    logo = tmp_path / "logo.png"
    logo.write_bytes(PIXEL)
    async with browsing(tmp_path) as screens:
        desk = await screens.open(url)
        await sign_in(desk, hotel.user["email"])
        await desk.goto(f"{url}#/canais")
        pasted = await _connect_step_by_step(desk)
        await _a_key_is_shown_once(desk, hotel)
        await _its_history_stays(desk)
        await _dress(desk, hotel, logo)
        await _is_dressed_for_everybody(screens, url, hotel, desk)
    [channel] = (await body_of(await hotel.get("/api/channels")))["data"]
    address, token, fields = pasted
    assert (address, fields) == (channel["webhookUrl"], "messages")
    # The server shows its end alone: it was shown whole once.
    assert channel["verifyToken"].endswith(token[-4:])
    assert channel["verifyToken"] != token
    assert (await settings_of(hotel))["branding"]["color"] == YELLOW


async def _connect_step_by_step(desk: Page) -> list[str]:
    """Returns what is to be pasted into Meta."""
    await desk.get_by_role("button", name="Conectar meu número").click()
    await desk.get_by_role("button", name="Tenho os dados").click()
    for label, text in META.items():
        await desk.get_by_label(label, exact=True).fill(text)
    await desk.get_by_role("button", name="Conectar", exact=True).click()
    guide = desk.get_by_role("main").locator(".guide")
    checks = guide.get_by_role("list", name="Verificações")
    await expect(checks.get_by_role("listitem").first).to_contain_text("O que fazer:")
    await guide.get_by_text("Colar na Meta, se ela pedir").click()
    pasted = await guide.locator("code").all_inner_texts()
    await desk.get_by_role("button", name="Concluir").click()
    await expect(desk.get_by_role("button", name="Ações: Recepção")).to_be_visible()
    return pasted


async def _a_key_is_shown_once(desk: Page, hotel: Session) -> None:
    await open_settings(desk, "Chaves de API")
    await desk.get_by_role("button", name="Nova chave").click()
    await desk.get_by_label("Nome").fill("Site")
    await desk.get_by_role("button", name="Criar chave").click()
    once = desk.get_by_role("dialog", name="Chave “Site” criada")
    key = await once.locator("code").inner_text()
    await once.get_by_role("button", name="Já guardei").click()
    await expect(desk.get_by_text(key)).to_have_count(0)
    headers = {"Authorization": f"Bearer {key}", "X-Tenant-Slug": hotel.slug}
    assert (await hotel.client.get("/api/tags", headers=headers)).status == 200


async def _its_history_stays(desk: Page) -> None:
    await open_settings(desk, "Webhooks")
    await desk.get_by_role("button", name="Enviar teste").click()
    await desk.get_by_role("button", name="Entregas", exact=True).click()
    await expect(desk.get_by_role("table", name="Entregas")).to_contain_text("sem resposta")
    await open_settings(desk, "Auditoria")
    await desk.get_by_label("O quê").select_option(label="Criou a chave de API")
    await expect(desk.get_by_role("row")).to_have_count(2)
    await expect(desk.get_by_role("row").last).to_contain_text("Site")


async def _dress(desk: Page, hotel: Session, logo: Path) -> None:
    await open_settings(desk, "Marca")
    await desk.get_by_label("Outra cor").fill(YELLOW)
    await expect(desk.get_by_text("Sobre branco esta cor tem contraste 1,5:1")).to_be_visible()
    await desk.get_by_label("Escolher imagem").set_input_files(logo)
    await expect(desk.get_by_role("img", name="Logotipo")).to_be_visible()
    await desk.get_by_role("button", name="Salvar").click()
    await expect(desk.get_by_role("banner").get_by_role("img", name=hotel.tenant["name"])).to_be_visible()


async def _is_dressed_for_everybody(screens: Screens, url: str, hotel: Session, desk: Page) -> None:
    maria = await hotel.colleague()
    hers = await screens.open(url)
    await sign_in(hers, maria.user["email"])
    await expect(hers.get_by_role("banner").get_by_role("img", name=hotel.tenant["name"])).to_be_visible()
    accent = "getComputedStyle(document.documentElement).getPropertyValue('--accent')"
    assert await hers.evaluate(accent) == await desk.evaluate(accent) != ""
    # It can be read, which yellow cannot.
    link = hers.get_by_role("banner").get_by_role("link", name="Conversas")
    red, green, blue = json.loads(
        await link.evaluate("e => '[' + getComputedStyle(e).color.match(/\\d+/g).slice(0, 3) + ']'")
    )
    assert max(red, green) < 140
    assert blue < red
