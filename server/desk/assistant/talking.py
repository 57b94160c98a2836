"""One answer: who the customer is, then what a model or the rules make of it, then whether a person should go on."""

from dataclasses import replace

from server import metrics
from server.desk import hours
from server.desk.assistant import rules
from server.desk.assistant.answers import Answer
from server.desk.assistant.exchange import Exchange
from server.desk.assistant.identification import identify
from server.desk.assistant.intents import UNKNOWN
from server.desk.assistant.outside import Outside, ProviderFailed, RecordsFailed
from server.desk.assistant.thinking import think

_MOST_MISSES = 2
_MOST_ANSWERS = 25  # two machines may talk to each other for ever
_LET_ME_CALL = "Vou chamar um atendente para ajudar você."


async def talk(x: Exchange, outside: Outside) -> Answer:
    try:
        answer = await identify(x) or await _think(x, outside)
    except RecordsFailed as failed:
        away = Answer(f"Não consegui consultar o sistema agora. {_LET_ME_CALL}", UNKNOWN, 1.0)
        answer = away.handing_over(f"O sistema do provedor não respondeu ({failed.trouble}).")
    metrics.count("chatbot_responses_total", provider=answer.by)
    return _settle(x, answer)


async def _think(x: Exchange, outside: Outside) -> Answer:
    if not outside.providers or not x.readable:
        return await rules.answer(x)
    try:
        return await think(x, outside.providers)
    except ProviderFailed:
        answer = await rules.answer(x)
        return answer if answer.understood else answer.handing_over("A IA não respondeu.", _LET_ME_CALL)


def _settle(x: Exchange, answer: Answer) -> Answer:
    """Count it, and call a person where it leads nowhere."""
    x.state.answers += 1
    x.state.misses = 0 if answer.understood else x.state.misses + 1
    if not answer.should_transfer and x.state.misses >= _MOST_MISSES:
        lost = f"Não consegui entender. {_LET_ME_CALL}"
        answer = answer.handing_over("O assistente não entendeu o cliente.", lost)
    if not answer.should_transfer and x.state.answers >= _MOST_ANSWERS:
        answer = answer.handing_over("A conversa com o assistente ficou longa.")
    return _with_hours(x, answer)


def _with_hours(x: Exchange, answer: Answer) -> Answer:
    """Whoever is promised a person hears when there is one."""
    if not answer.should_transfer or hours.is_open(x.ctx.tenant, x.ctx.now()):
        return answer
    return replace(answer, response=f"{answer.response} {rules.opening_hours(x.ctx.tenant, x.ctx.now())}")
