"""The assistant without a model."""

import pytest

from server.desk import assistant
from server.desk.assistant.intents import INTENTS
from server.metrics import _fresh
from tests.desk.assistant.conftest import Decide, Talk
from tests.desk.assistant.phrasings import PHRASINGS
from tests.desk.conftest import House


async def test_the_documents_example(talk: Talk) -> None:
    """Seed 003, word for word."""
    answer = await talk.asks("Minha internet está lenta", customer_name="João", customer_plan="100 Mbps")
    assert answer == assistant.Answer(
        response=(
            "Olá João! Vou verificar sua conexão. Você pode me informar se o problema é em todos os dispositivos ou apenas "
            "em um?"
        ),
        intent="suporte_tecnico",
        confidence=0.95,
        should_transfer=False,
        suggested_actions=("verificar_modem", "testar_velocidade"),
    )


@pytest.mark.parametrize("name", [intent.name for intent in INTENTS])
async def test_every_intent_has_an_answer(talk: Talk, name: str) -> None:
    """With the customer's name and plan, and without."""
    for about in ({}, {"customer_name": "Ana Paula", "customer_plan": "500 Mega"}):
        answer = await talk.asks(PHRASINGS[name][0], **about)
        assert answer.intent == name
        assert "{" not in answer.response
        assert 10 < len(answer.response) < 600
        assert len(answer.suggested_actions) == len(set(answer.suggested_actions))


async def test_the_context_is_used(talk: Talk) -> None:
    answer = await talk.asks(
        "qual a velocidade do plano?", customer_plan="300 Mega", customer_name="ana lima"
    )
    assert answer.response.startswith("Olá ana! Para conferir a velocidade de 300 Mega,")
    assert (await talk.asks("oi", customer_name="5511999999999")).response.startswith("Olá! ")


async def test_hello_is_said_once(talk: Talk) -> None:
    await talk.writes("oi")
    assert (await talk.asks("minha internet esta lenta")).response.startswith("Olá Maria! ")
    assert (await talk.asks("minha internet esta lenta")).response.startswith("Vou verificar")


@pytest.mark.parametrize(
    "text", ["quero falar com um atendente", "quero cancelar", "vou no procon", "desbloqueio de confiança"]
)
async def test_some_things_are_for_people(talk: Talk, text: str) -> None:
    answer = await talk.asks(text)
    assert answer.should_transfer
    assert answer.reason


async def test_the_houses_own_greeting(talk: Talk, decide: Decide) -> None:
    await decide(replies={"greeting": "Bem-vindo à Rede Veloz!"})
    assert (await talk.asks("bom dia")).response == "Bem-vindo à Rede Veloz!"


async def test_opening_hours(talk: Talk, decide: Decide) -> None:
    assert "todos os dias" in (await talk.asks("qual o horário de atendimento?")).response
    await decide(hours={"weekly": {}})
    assert "fechados agora" in (await talk.asks("qual o horário de atendimento?")).response
    assert "fechados agora" in (await talk.asks("quero falar com um atendente")).response


async def test_twice_not_understood_is_for_people(talk: Talk) -> None:
    await talk.writes("oi")
    first, second = await talk.asks("blablabla"), await talk.asks("xyz abc")
    assert (first.intent, first.should_transfer) == ("nao_entendido", False)
    assert first.confidence < 0.5
    assert second.should_transfer
    await talk.asks("minha internet esta lenta")
    assert not (await talk.asks("blablabla")).should_transfer


async def test_answers_are_counted(talk: Talk) -> None:
    counted = ("chatbot_responses_total", "rules")
    before = _fresh[counted]
    await talk.asks("oi")
    assert _fresh[counted] == before + 1


async def test_status_and_intents(talk: Talk, house: House) -> None:
    async with house.enter() as ctx:
        assert await assistant.status(ctx, talk.outside) == (True, "Lia", "rules", False, len(INTENTS))
    assert {intent.name for intent in assistant.intents()} == set(PHRASINGS)
