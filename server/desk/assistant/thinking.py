"""The assistant with a model: it is asked, its tools are run, and it is asked again, until it writes an answer."""

import asyncio

import structlog

from server.desk.assistant import prompt, tools
from server.desk.assistant.answers import Answer
from server.desk.assistant.documents import masked
from server.desk.assistant.exchange import Exchange
from server.desk.assistant.outside import (
    Asked,
    Prompt,
    Provider,
    ProviderFailed,
    Said,
    Told,
    Trouble,
    Turn,
)

log = structlog.get_logger()
_MOST_ROUNDS = 5
_PATIENCE = 50.0  # seconds, for all rounds together


async def think(x: Exchange, providers: list[Provider]) -> Answer:
    """The first provider's that has one. Raises ProviderFailed when none has."""
    failed = ProviderFailed(Trouble.UNREACHABLE, "no provider")
    for provider in providers:
        try:
            async with asyncio.timeout(_PATIENCE):
                return await _answer(x, provider)
        except TimeoutError:
            failed = ProviderFailed(Trouble.TIMEOUT, "too many slow rounds")
        except ProviderFailed as trouble:
            failed = trouble
        log.warning("assistant.provider_failed", provider=provider.name, cause=str(failed)[:200])
    raise failed


async def _answer(x: Exchange, provider: Provider) -> Answer:
    turns: list[Turn] = [Said(said.by_customer, masked(said.text)) for said in x.history]
    turns.append(Said(by_customer=True, text=masked(x.text)))
    for _ in range(_MOST_ROUNDS):
        offered = tools.TOOLS if x.records and x.conversation_id else []
        made = await provider.ask(Prompt(prompt.instructions(x), turns, offered))
        if not isinstance(made, Asked):
            return _as_answer(prompt.read(made.text, codes=x.state.codes), provider.name)
        results = [(call, await tools.run(x, call.name, call.arguments)) for call in made.calls]
        turns += [made, Told(results)]
    raise ProviderFailed(Trouble.MALFORMED, "it only ever asks for tools")


def _as_answer(reply: prompt.Reply, by: str) -> Answer:
    return Answer(
        reply.response, reply.intent, reply.confidence, should_transfer=reply.should_transfer,
        suggested_actions=tuple(reply.suggested_actions), by=by,
        reason="O assistente pediu um atendente." if reply.should_transfer else None,
    )  # fmt: skip
