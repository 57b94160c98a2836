"""A customer of a provider and its assistant: from the first question to the person who goes on."""

import time
from collections.abc import AsyncIterator
from typing import Any

import pytest

from server.channels.simulator import Simulator
from server.channels.simulator.play import PlayedCustomer
from server.settings import Settings
from tests.conftest import Session
from tests.factories import body_of, made
from tests.fakes.gemini import FakeGemini
from tests.fakes.models import KEY, Fault, calls, reply
from tests.fakes.serving import served
from tests.fakes.sgp import APP, MARIA_CONTRACT, MARIA_CPF, MARIA_PHONE, OLDEST_LINE, PIX, TOKEN, FakeSgp
from tests.journeys.conftest import Provider, eventually

Json = dict[str, Any]


@pytest.fixture
async def sgp_url(fake_sgp: FakeSgp) -> AsyncIterator[str]:
    async with served(fake_sgp.app()) as url:
        yield url


@pytest.fixture
async def gemini_url(fake_gemini: FakeGemini) -> AsyncIterator[str]:
    async with served(fake_gemini.app()) as url:
        yield url


@pytest.fixture
def settings(
    settings: Settings, simulator: Simulator, sgp_url: str, gemini_url: str, monkeypatch: pytest.MonkeyPatch
) -> Settings:
    """A tenant's address may not be of this machine, unless it plays the outside as SIMULATOR_URL does."""
    monkeypatch.setenv("SIMULATOR_URL", sgp_url)
    monkeypatch.setenv("GEMINI_API_URL", gemini_url)
    addresses = {"graph_api_url": simulator.url, "simulator_url": sgp_url, "gemini_api_url": gemini_url}
    return settings.model_copy(update=addresses)


@pytest.fixture
async def maria(provider: Provider, sgp_url: str) -> PlayedCustomer:
    """She writes to a provider whose assistant, model and records are switched on."""
    gemini = await made(provider.owner, "/api/integrations", kind="GEMINI", key=KEY)
    sgp = await made(provider.owner, "/api/integrations", kind="SGP", key=TOKEN, url=sgp_url, app=APP)
    for each in (gemini, sgp):
        checked = await provider.owner.post(f"/api/integrations/{each['id']}/check")
        assert (await body_of(checked))["ok"] is True
    await provider.decides(
        assistant={"answersCustomers": True, "name": "Lia"},
        routing={"distribution": "LEAST_BUSY", "sticky": True, "capacity": 5},
    )
    return provider.number.customer(MARIA_PHONE, name="Maria Silva")


async def told(maria: PlayedCustomer, text: str) -> str:
    """What she is answered."""
    known = len(maria.received)
    await maria.says(text)
    return str((await maria.receives(known + 1, timeout=30))[known].content["body"])


async def test_from_the_bill_to_a_person(
    provider: Provider, maria: PlayedCustomer, fake_gemini: FakeGemini, fake_sgp: FakeSgp
) -> None:
    ana = await provider.hires("Ana")
    fake_gemini.then(
        calls(("segunda_via", {})),
        reply("Me informe o CPF do titular.", intent="segunda_via"),
        calls(("segunda_via", {"contrato": MARIA_CONTRACT})),
        reply(f"PIX: {PIX}\nLinha digitável: {OLDEST_LINE}", intent="segunda_via"),
    )
    assert await told(maria, "quero a segunda via do boleto") == "Me informe o CPF do titular."
    assert fake_sgp.paths() == ["consultacliente"]  # the check of the connection, and nothing of hers
    bill = await told(maria, MARIA_CPF)
    assert PIX in bill
    assert OLDEST_LINE in bill
    assert MARIA_CPF not in str(fake_gemini.asked)
    assert fake_sgp.service_orders == 0
    await the_model_is_away(maria, fake_gemini)
    await a_person_goes_on(provider, maria, ana)


async def the_model_is_away(maria: PlayedCustomer, fake_gemini: FakeGemini) -> None:
    """The rules answer, from the same memory: she need not say again who she is."""
    fake_gemini.then(*[Fault("unavailable")] * 9)
    assert "o seu acesso aparece online" in await told(maria, "estou sem internet")


async def a_person_goes_on(provider: Provider, maria: PlayedCustomer, ana: Session) -> None:
    assert "atendente" in await told(maria, "quero falar com uma pessoa")
    id = (await provider.rows())["Maria Silva"]["id"]
    assert await provider.given(id) == ("Ana", "LEAST_BUSY")
    [note] = [each for each in await provider.thread(id) if each["type"] == "NOTE"]
    assert "MARIA DA SILVA" in note["content"]
    assert "quero falar com uma pessoa" in note["content"]
    said = len(maria.received)
    await provider.written(maria, "quero a segunda via")
    await made(ana, "/api/messages", conversationId=id, content="Oi Maria, aqui é a Ana.")
    heard = [message.content["body"] for message in await maria.receives(said + 1, timeout=30)]
    assert heard[said:] == ["Oi Maria, aqui é a Ana."]
    shown = (await provider.chief.reads(f"/conversations/{id}"))["messages"]
    by_whom = [message["sent_by"] for message in shown if message["direction"] == "outgoing"]
    assert by_whom == ["bot"] * said + ["Ana"]


async def test_outside_the_window_it_is_silent(
    provider: Provider, maria: PlayedCustomer, fake_gemini: FakeGemini
) -> None:
    """A message that WhatsApp brings a day late is answered by nobody but people."""
    old = {"from": MARIA_PHONE, "id": "wamid.late", "timestamp": str(int(time.time()) - 25 * 3600)}
    contact = {"profile": {"name": "Maria Silva"}, "wa_id": MARIA_PHONE}
    text = {"type": "text", "text": {"body": "minha internet ta lenta"}}
    await provider.number.webhook("messages", {"contacts": [contact], "messages": [{**old, **text}]})

    async def waits() -> bool:
        line = (await body_of(await provider.owner.get("/api/queue")))["data"]
        return [place["conversation"]["contact"]["name"] for place in line] == ["Maria Silva"]

    await eventually(waits)
    assert (maria.received, fake_gemini.asked) == ([], [])
    late = (await provider.rows())["Maria Silva"]
    assert [each["direction"] for each in await provider.thread(late["id"])] == ["INBOUND"]
