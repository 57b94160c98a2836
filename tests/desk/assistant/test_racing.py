"""What happens while the assistant thinks: each message is answered once, by whoever comes first."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from server.desk import assistant
from server.desk.assistant import Outside, memory, replying, talking
from server.desk.assistant.state import State
from server.desk.conversations import actions
from server.desk.conversations.models import ConversationNotFound
from server.integrations.gemini import Gemini
from tests.desk.assistant.conftest import Decide, Talk
from tests.desk.conftest import House
from tests.fakes.gemini import FakeGemini
from tests.fakes.models import reply

Meanwhile = Callable[[Callable[[], Awaitable[Any]]], None]


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    """`meanwhile(act)`: the next time that the assistant has thought, and before it speaks, `act` happens; once."""
    think = talking.talk

    def meanwhile(act: Callable[[], Awaitable[Any]]) -> None:
        async def interrupted(*args: Any) -> Any:
            monkeypatch.setattr(replying, "talk", think)
            answer = await think(*args)
            await act()
            return answer

        monkeypatch.setattr(replying, "talk", interrupted)

    return meanwhile


async def test_what_is_written_meanwhile_is_answered_too(
    talk: Talk, meanwhile: Meanwhile, gemini: Gemini, fake_gemini: FakeGemini
) -> None:
    """Its answer comes before the second message is known of; the model then sees both, in their order."""
    talk.outside = Outside([gemini])
    fake_gemini.then(reply("Oi!"), reply("Vou ver."))
    await talk.writes("oi")
    meanwhile(lambda: talk.writes("minha internet caiu"))
    assert await talk.replies() == "Oi!"
    assert await talk.replies() == "Vou ver."
    assert [turn["parts"][0]["text"] for turn in fake_gemini.last["contents"]] == [
        "oi", "Oi!", "minha internet caiu",
    ]  # fmt: skip
    assert await talk.replies() == ""


async def test_of_two_who_answer_at_once_one_does(talk: Talk, meanwhile: Meanwhile) -> None:
    await talk.writes("minha internet está lenta")
    meanwhile(talk.replies)
    await talk.replies()
    assert len(await talk.bubbles()) == 1


async def test_who_answers_more_leaves_nothing_for_the_slower(talk: Talk, meanwhile: Meanwhile) -> None:
    """The slower one knows the first message only: under another key, and yet it is the same answer twice."""

    async def more_is_answered() -> None:
        await talk.writes("segunda via do boleto")
        await talk.replies()

    await talk.writes("minha internet está lenta")
    meanwhile(more_is_answered)
    await talk.replies()
    asked = await talk.messages(direction="INBOUND")
    sent = await talk.messages(direction="OUTBOUND")
    assert [message["client_message_id"] for message in sent] == [f"assistant:{asked[1]['_id']}"]


async def test_a_question_of_a_colleague_costs_no_answer(talk: Talk, meanwhile: Meanwhile) -> None:
    """What it has learned by then is thought over."""
    await talk.writes("minha internet está lenta")
    meanwhile(lambda: talk.asks("blablabla"))
    assert await talk.replies()
    kept = await talk.memory()
    assert (kept["state"]["answers"], kept["state"]["answered"], len(await talk.bubbles())) == (2, 1, 1)


async def test_a_conversation_closed_meanwhile_hears_nothing(
    talk: Talk, house: House, meanwhile: Meanwhile
) -> None:
    async def close() -> None:
        async with house.enter() as ctx:
            await actions.close(ctx, talk.conversation_id)

    await talk.writes("minha internet está lenta")
    meanwhile(close)
    assert await talk.replies() == ""
    assert (await talk.conversation())["queued_at"] is None


async def test_the_window_closes_meanwhile(talk: Talk, house: House, meanwhile: Meanwhile) -> None:
    over = {"$set": {"window_expires_at": house.runtime.clock()}}
    await talk.writes("minha internet está lenta")
    meanwhile(lambda: house.db.conversations.update_all({}, over))
    assert await talk.replies() == ""
    assert (await talk.conversation())["queued_at"]


async def test_where_it_never_comes_to_an_end_people_go_on(
    talk: Talk, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody asks it about the conversation again and again."""
    think = talking.talk

    async def disturbed(*args: Any) -> Any:
        answer = await think(*args)
        await talk.asks("oi")
        return answer

    await talk.writes("minha internet está lenta")
    monkeypatch.setattr(replying, "talk", disturbed)
    assert await talk.replies() == ""
    conversation = await talk.conversation()
    assert (conversation["with_assistant"], bool(conversation["queued_at"])) == (False, True)


@pytest.mark.parametrize("why", ["off", "window", "person"])
async def test_nobody_is_asked_where_it_may_not_answer(
    *, talk: Talk, house: House, decide: Decide, gemini: Gemini, fake_gemini: FakeGemini, why: str
) -> None:
    talk.outside = Outside([gemini])
    await talk.writes("oi")
    if why == "off":
        await decide(assistant={"answers_customers": False})
    reached = {"window": "window_expires_at", "person": "first_response_at", "off": "updated_at"}[why]
    await house.db.conversations.update_all({}, {"$set": {reached: house.runtime.clock()}})
    assert await talk.replies() == ""
    assert fake_gemini.asked == []


async def test_what_a_person_opened_again_is_for_people(talk: Talk, house: House) -> None:
    await talk.says("oi")
    async with house.enter() as ctx:
        await actions.close(ctx, talk.conversation_id)
        await actions.reopen(ctx, talk.conversation_id)
    assert (await talk.conversation())["queued_at"]
    assert await talk.says("minha internet está lenta") is None


async def test_what_waits_for_people_is_left_to_them(talk: Talk, house: House, decide: Decide) -> None:
    """It was switched on while the customer was waiting already."""
    await decide(assistant={"answers_customers": False})
    await talk.writes("oi")
    await decide(assistant={"answers_customers": True})
    assert await talk.says("minha internet está lenta") is None


async def test_a_memory_is_kept_whole_and_forgotten_whole(talk: Talk, house: House) -> None:
    await talk.says("oi")
    async with house.enter() as ctx:
        known = await memory.recall(ctx, talk.conversation_id)
        assert await memory.remember(ctx, talk.conversation_id, known)
        assert not await memory.remember(ctx, talk.conversation_id, known)
        await memory.forget(ctx.db, before=ctx.now().replace(year=2020))
        assert (await memory.recall(ctx, talk.conversation_id)).revision == 2
        await memory.forget(ctx.db, before=ctx.now().replace(year=2100))
        assert await memory.recall(ctx, talk.conversation_id) == State()


def test_a_memory_that_cannot_be_read_is_not_quoted() -> None:
    with pytest.raises(ValueError, match="verified") as refused:
        State.model_validate(
            {"document": "52998224725", "verified": {"name": "MARIA CANARIA", "contracts": 7}}
        )
    assert "CANARIA" not in str(refused.value)


async def test_the_rivals_memory_is_not_reached(talk: Talk, house: House) -> None:
    """A conversation's id leads to nothing in another tenant."""
    await talk.says("oi")
    neighbour = house.tenant.model_copy(update={"id": "another"})
    async with house.runtime.enter(neighbour) as ctx:
        assert await memory.recall(ctx, talk.conversation_id) == State()
        with pytest.raises(ConversationNotFound):
            await assistant.answer(ctx, "oi", Outside(), conversation_id=talk.conversation_id)
