"""Both clients of language models, through real servers that check what they are asked."""

import aiohttp
import pytest

from server.desk.assistant.outside import (
    Asked,
    Prompt,
    Provider,
    ProviderFailed,
    Said,
    Told,
    Tool,
    Trouble,
    Turn,
    Wrote,
)
from server.integrations.gemini import Gemini
from server.integrations.openai_compatible import OpenAICompatible
from server.outside import guarded_session
from tests.fakes.gemini import FakeGemini
from tests.fakes.models import KEY, Fault, Script, calls, reply
from tests.fakes.openai import FakeOpenAI
from tests.fakes.serving import served

TOOLS = [
    Tool("listar_contratos", "Lista.", {"type": "object", "properties": {}}),
    Tool("segunda_via", "Copia.", {"type": "object", "properties": {"contrato": {"type": "string"}}}),
]
HELLO: list[Turn] = [Said(by_customer=True, text="Olá")]


def asking(turns: list[Turn] | None = None) -> Prompt:
    return Prompt("Você é a Lia.", turns or HELLO, TOOLS)


@pytest.fixture(params=["gemini", "openai"])
def pair(request: pytest.FixtureRequest) -> tuple[Provider, Script]:
    return request.getfixturevalue(request.param), request.getfixturevalue(f"fake_{request.param}")


async def test_it_writes(pair: tuple[Provider, Script]) -> None:
    provider, fake = pair
    fake.then(reply("Oi, João!"))
    assert await provider.ask(asking()) == Wrote(reply("Oi, João!"))
    assert "Você é a Lia." in str(fake.last)


async def test_tools_go_there_and_back(pair: tuple[Provider, Script]) -> None:
    """Two at once, then one more: what the model said comes back word for word, or the fakes refuse it."""
    provider, fake = pair
    fake.then(
        calls(("listar_contratos", {}), ("segunda_via", {"contrato": "1001"})),
        calls(("listar_contratos", {})),
        "ok",
    )
    turns = list(HELLO)
    for _ in range(2):
        asked = await provider.ask(asking(turns))
        assert isinstance(asked, Asked)
        turns += [asked, Told([(call, {"visto": call.name}) for call in asked.calls])]
    assert [(c.name, c.arguments) for c in turns[1].calls] == [  # type: ignore[union-attr]
        ("listar_contratos", {}), ("segunda_via", {"contrato": "1001"}),
    ]  # fmt: skip
    assert await provider.ask(asking(turns)) == Wrote("ok")


async def test_a_signature_that_is_lost_is_refused(gemini: Gemini, fake_gemini: FakeGemini) -> None:
    """So that the test above shows that it is not."""
    fake_gemini.then(calls(("listar_contratos", {})))
    asked = await gemini.ask(asking())
    assert isinstance(asked, Asked)
    bare = {
        **asked.raw,
        "parts": [{k: v for k, v in p.items() if k != "thoughtSignature"} for p in asked.raw["parts"]],
    }
    told = Told([(call, {}) for call in asked.calls])
    with pytest.raises(ProviderFailed, match="thought_signature"):
        await gemini.ask(asking([*HELLO, asked._replace(raw=bare), told]))


async def test_what_one_side_says_in_a_row_is_one_turn(pair: tuple[Provider, Script]) -> None:
    provider, fake = pair
    mine, yours = Said(by_customer=True, text="a"), Said(by_customer=False, text="b")
    await provider.ask(asking([mine, mine, yours, yours, mine]))
    assert "a\\na" in str(fake.last)


@pytest.mark.parametrize("kind", ["limited", "unavailable"])
async def test_it_is_asked_once_more_when_it_has_no_time(pair: tuple[Provider, Script], kind: str) -> None:
    provider, fake = pair
    fake.then(Fault(kind, {"Retry-After": "0"}), "ok")
    assert await provider.ask(asking()) == Wrote("ok")
    fake.then(Fault(kind, {"Retry-After": "0"}), Fault(kind, {"Retry-After": "0"}), "late")
    await _fails(provider, Trouble.LIMITED)


async def test_nobody_waits_for_an_hour(pair: tuple[Provider, Script]) -> None:
    provider, fake = pair
    fake.then(Fault("limited", {"Retry-After": "3600"}))
    await _fails(provider, Trouble.LIMITED)
    assert len(fake.asked) == 1


@pytest.mark.parametrize(
    "kind, trouble",
    [
        ("slow", Trouble.TIMEOUT), ("garbage", Trouble.MALFORMED), ("list", Trouble.MALFORMED), ("empty", Trouble.MALFORMED),
        ("nonsense", Trouble.MALFORMED), ("blocked", Trouble.BLOCKED), ("refused", Trouble.REFUSED), ("broken", Trouble.UNREACHABLE),
    ],
)  # fmt: skip
async def test_what_goes_wrong_has_a_name(pair: tuple[Provider, Script], kind: str, trouble: Trouble) -> None:
    provider, fake = pair
    fake.then(Fault(kind))
    await _fails(provider, trouble)


@pytest.mark.parametrize("kind, trouble", [("unsafe", Trouble.BLOCKED), ("cut", Trouble.MALFORMED)])
async def test_gemini_ends_early(
    gemini: Gemini, fake_gemini: FakeGemini, kind: str, trouble: Trouble
) -> None:
    fake_gemini.then(Fault(kind))
    await _fails(gemini, trouble)


@pytest.mark.parametrize(
    "kind, trouble", [("refusal", Trouble.BLOCKED), ("bad_arguments", Trouble.MALFORMED)]
)
async def test_openai_answers_oddly(
    openai: OpenAICompatible, fake_openai: FakeOpenAI, kind: str, trouble: Trouble
) -> None:
    fake_openai.then(Fault(kind))
    await _fails(openai, trouble)


async def test_a_wrong_key(http: aiohttp.ClientSession, fake_gemini: FakeGemini) -> None:
    async with served(fake_gemini.app()) as url:
        stranger = Gemini(http, url, "outra-chave")
        await _fails(stranger, Trouble.REFUSED)
        with pytest.raises(ProviderFailed):
            await stranger.check()
        await Gemini(http, url, KEY).check()


async def test_the_key_is_not_in_the_address(gemini: Gemini, fake_gemini: FakeGemini) -> None:
    await gemini.ask(asking())
    assert KEY not in fake_gemini.headers[0]["path"] + fake_gemini.headers[0]["query"]


async def test_a_tenants_address_does_not_lead_inside(fake_openai: FakeOpenAI) -> None:
    async with served(fake_openai.app()) as url, guarded_session() as outside:
        await _fails(OpenAICompatible(outside, f"{url}/v1", KEY, model="x"), Trouble.UNREACHABLE)
    assert fake_openai.asked == []


async def test_a_redirect_does_not_take_the_key_along(
    openai: OpenAICompatible, fake_openai: FakeOpenAI
) -> None:
    fake_openai.then(Fault("redirect", {"Location": "/v1/chat/completions"}))
    await _fails(openai, Trouble.REFUSED)
    assert len(fake_openai.asked) == 1


async def _fails(provider: Provider, trouble: Trouble) -> None:
    with pytest.raises(ProviderFailed) as failed:
        await provider.ask(asking())
    assert failed.value.trouble is trouble
    assert KEY not in str(failed.value)
