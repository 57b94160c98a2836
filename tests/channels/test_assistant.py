"""The assistant answers customers on WhatsApp: from the webhook to the bubble, with everything in between."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from server.channels.simulator import Simulator
from server.channels.simulator.play import PlayedCustomer
from server.desk.assistant import replying, talking
from server.desk.conversations.idle import close_idle
from server.jobs import Job
from server.outside import guarded_session
from server.settings import Settings
from tenants.context import Kick
from tests.channels.conftest import House
from tests.channels.test_answering import decided, said, told
from tests.factories import made, tenant_of
from tests.fakes.gemini import FakeGemini
from tests.fakes.models import KEY, Fault, calls, reply
from tests.fakes.serving import served
from tests.fakes.sgp import APP, MARIA_CONTRACT, MARIA_CPF, PIX, TOKEN, FakeSgp
from tests.workers import work_off
from workers import runner

LIA = {"answersCustomers": True, "name": "Lia"}


@pytest.fixture
async def gemini_url(fake_gemini: FakeGemini) -> AsyncIterator[str]:
    async with served(fake_gemini.app()) as url:
        yield url


@pytest.fixture
def settings(settings: Settings, gemini_url: str) -> Settings:
    return settings.model_copy(update={"gemini_api_url": gemini_url})


@pytest.fixture
def maria(house: House) -> PlayedCustomer:
    return house.number.customer("5511999999999", name="Maria Silva")


@pytest.fixture
async def sgp_connected(house: House, fake_sgp: FakeSgp) -> AsyncIterator[FakeSgp]:
    async with served(fake_sgp.app()) as url, guarded_session(own=[url]) as outside:
        house.session.runtime.outside, usual = outside, house.session.runtime.outside
        await made(house.session, "/api/integrations", kind="SGP", key=TOKEN, url=url, app=APP)
        yield fake_sgp
        house.session.runtime.outside = usual


async def conversation_of(house: House) -> dict[str, Any]:
    [found] = await house.session.db.conversations.all()
    return found


async def test_it_answers_once_and_hands_over(
    house: House, simulator: Simulator, maria: PlayedCustomer
) -> None:
    await decided(house, assistant=LIA, replies={"greeting": "Olá! Aqui é da Rede Veloz."})
    heard = await said(house, simulator, maria, "minha internet ta lenta")
    assert [text.startswith("Olá Maria! Vou verificar") for text in heard] == [True]
    assert (await conversation_of(house))["queued_at"] is None
    heard = await said(house, simulator, maria, "quero falar com um atendente")
    assert heard[1:] == ["Claro! Vou transferir você para um atendente."]
    assert (await conversation_of(house))["queued_at"]
    assert await said(house, simulator, maria, "alguém?") == heard


async def test_a_worker_that_died_in_between_repeats_nothing(
    house: House, simulator: Simulator, maria: PlayedCustomer
) -> None:
    await decided(house, assistant=LIA)
    await said(house, simulator, maria, "minha internet ta lenta")
    await house.session.db.conversations.update_all({}, {"$set": {"answer_due": True}})
    await work_off(house.session.runtime)
    assert len(maria.received) == 1


async def test_a_worker_that_died_after_the_answer_says_nothing_else(
    house: House, simulator: Simulator, maria: PlayedCustomer
) -> None:
    """Neither that the house is closed: she has been answered."""
    await decided(house, assistant=LIA, replies={"away": "Voltamos amanhã."}, hours={"weekly": {}})
    [answer] = await said(house, simulator, maria, "minha internet ta lenta")
    await house.session.db.conversations.update_all({}, {"$set": {"answer_due": True}})
    assert await told(house, simulator, maria) == [answer]
    await maria.reacts(maria.received[0].wamid, "👍")
    assert await told(house, simulator, maria) == [answer]


async def test_a_decision_holds_for_the_very_next_answer(
    house: House, simulator: Simulator, maria: PlayedCustomer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is switched off while the same worker, in the same round, has more to answer."""
    think, joao = talking.talk, house.number.customer("5511988887777", name="João")

    async def switched_off_meanwhile(*args: Any) -> Any:
        monkeypatch.setattr(replying, "talk", think)
        await decided(house, assistant={"answersCustomers": False})
        await joao.says("minha internet caiu")
        assert await simulator.settled(30)
        await work_off_inbox(house)
        return await think(*args)

    await decided(house, assistant=LIA)
    answered = await said(house, simulator, joao, "bom dia")
    monkeypatch.setattr(replying, "talk", switched_off_meanwhile)
    assert len(await said(house, simulator, maria, "minha internet ta lenta")) == 1
    assert await told(house, simulator, joao) == answered


async def test_gemini_with_tools(
    house: House, simulator: Simulator, maria: PlayedCustomer, fake_gemini: FakeGemini, sgp_connected: FakeSgp
) -> None:
    """The tenant's own key; the customer verified by document and telephone; the code from the records, word for word."""
    await decided(house, assistant=LIA)
    await made(house.session, "/api/integrations", kind="GEMINI", key=KEY, model="gemini-x")
    fake_gemini.then(
        calls(("segunda_via", {})),
        reply("Para consultar, me informe o CPF do titular.", intent="segunda_via"),
        calls(("listar_contratos", {})),
        calls(("segunda_via", {"contrato": MARIA_CONTRACT})),
        reply(f"Aqui está: {PIX}", intent="segunda_via"),
    )
    assert await said(house, simulator, maria, "boleto") == ["Para consultar, me informe o CPF do titular."]
    heard = await said(house, simulator, maria, MARIA_CPF)
    assert heard[1:] == [f"Aqui está: {PIX}"]
    assert sgp_connected.service_orders == 0
    assert fake_gemini.headers[0]["path"].endswith("/models/gemini-x:generateContent")


async def test_the_houses_key_serves_who_has_none(
    house: House, simulator: Simulator, maria: PlayedCustomer, fake_gemini: FakeGemini
) -> None:
    runtime = house.session.runtime
    runtime.settings = runtime.settings.model_copy(update={"gemini_api_key": KEY})
    await decided(house, assistant=LIA)
    fake_gemini.then(reply("Do modelo da casa"))
    assert await said(house, simulator, maria, "oi") == ["Do modelo da casa"]
    gemini = await made(house.session, "/api/integrations", kind="GEMINI", key="a-propria-chave")
    await said(house, simulator, maria, "minha internet ta lenta")
    assert fake_gemini.headers[-1]["x-goog-api-key"] == "a-propria-chave"
    await house.session.patch(f"/api/integrations/{gemini['id']}", {"enabled": False})
    await said(house, simulator, maria, "oi")
    assert fake_gemini.headers[-1]["x-goog-api-key"] == KEY


async def test_a_slow_model_holds_up_nobody_else(
    house: House, simulator: Simulator, maria: PlayedCustomer, fake_gemini: FakeGemini
) -> None:
    """And a worker that stops while it waits has said nothing, and owes the answer still."""
    await decided(house, assistant=LIA)
    await made(house.session, "/api/integrations", kind="GEMINI", key=KEY)
    fake_gemini.then(Fault("slow"), reply("Para o João"), reply("Para a Maria"))
    joao = house.number.customer("5511988887777", name="João")
    await maria.says("oi")
    assert await simulator.settled(30)
    await work_off_inbox(house)
    lanes = runner.Lanes(house.session.runtime)
    lanes.ring(Kick(Job.ANSWER, (house.session.tenant["id"],)))
    while not fake_gemini.asked:
        await asyncio.sleep(0.02)
    await joao.says("oi")
    assert await simulator.settled(30)
    await work_off_inbox(house)
    async with asyncio.timeout(30):
        while not await house.session.db.messages.all({"automatic": "ASSISTANT"}):
            await asyncio.sleep(0.05)
    await lanes.stop(within=0)
    [message] = await house.session.db.messages.all({"automatic": "ASSISTANT"})
    assert message["text"] == "Para o João"
    [owed] = await house.session.db.conversations.all({"answer_due": True})
    assert owed["contact"]["name"] == "Maria Silva"
    await house.session.db.lanes.update_all({}, {"$set": {"owner": None, "rung": False}})


async def work_off_inbox(house: House) -> None:
    lanes = runner.Lanes(house.session.runtime)
    lanes.ring(Kick(Job.DRAIN_INBOX, (house.session.tenant["id"],)))
    await lanes.settled()


async def test_whatever_breaks_it_leaves_the_customer_to_people(
    house: House, simulator: Simulator, maria: PlayedCustomer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(replying, "talk", broken)
    await decided(house, assistant=LIA)
    assert await said(house, simulator, maria, "minha internet ta lenta") == []
    conversation = await conversation_of(house)
    assert (conversation["answer_due"], bool(conversation["queued_at"])) == (False, True)


async def test_a_call_for_people_is_seen_by_the_distribution(
    house: House, simulator: Simulator, maria: PlayedCustomer
) -> None:
    """While the assistant talks nobody is given the conversation; then somebody is, at once."""
    await decided(house, assistant=LIA, routing={"distribution": "LEAST_BUSY", "sticky": True, "capacity": 5})
    agent = await house.session.colleague("AGENT", "Ana")
    assert (await agent.post("/api/presence", {"away": False})).status == 200
    await said(house, simulator, maria, "minha internet ta lenta")
    await distributed(house)
    assert (await conversation_of(house))["assigned_to_id"] is None
    await said(house, simulator, maria, "quero falar com um atendente")
    await distributed(house)
    assert (await conversation_of(house))["assigned_to_id"] == agent.user["id"]


async def distributed(house: House) -> None:
    lanes = runner.Lanes(house.session.runtime)
    lanes.ring(Kick(Job.DISTRIBUTE, (house.session.tenant["id"],)))
    await lanes.settled()


async def test_what_only_the_assistant_answered_is_closed_when_idle(
    house: House, simulator: Simulator, maria: PlayedCustomer
) -> None:
    await decided(house, assistant=LIA, closeIdleAfter=10)
    await said(house, simulator, maria, "minha internet ta lenta")
    runtime = house.session.runtime
    now = runtime.clock()
    runtime.clock = lambda: now + timedelta(minutes=11)
    async with runtime.enter(await tenant_of(house.session)) as ctx:
        assert await close_idle(ctx) == 1
