"""Customers whom the assistant answers: once, inside the window, and never beside a person."""

from datetime import timedelta
from typing import Any

import pytest

from server.desk import assistant
from server.desk.assistant import replying, talking
from server.desk.conversations import actions
from server.desk.conversations.models import ConversationClosed
from server.desk.messages.content import Text
from server.desk.messages.models import Kind
from server.desk.messages.sending import send
from tenants.models import Actor, Role
from tests.desk.assistant.conftest import Decide, Talk
from tests.desk.conftest import House

MARIANA = Actor(id="user-1", name="Mariana", role=Role.ADMIN)


@pytest.fixture
async def mariana(house: House) -> Actor:
    await house.db.users.insert(
        {
            "_id": "user-1",
            "number": 1,
            "email": "m@x.com",
            "name": "Mariana",
            "role": "ADMIN",
            "status": "ACTIVE",
        }
    )
    return MARIANA


async def test_one_bubble_in_the_assistants_name(talk: Talk) -> None:
    assert await talk.says("minha internet está lenta")
    [sent] = await talk.messages(direction="OUTBOUND")
    [asked] = await talk.messages(direction="INBOUND")
    assert (sent["automatic"], sent["sent_by_name"], sent["sent_by_id"]) == ("ASSISTANT", "Lia", None)
    assert sent["client_message_id"] == f"assistant:{asked['_id']}"
    conversation = await talk.conversation()
    assert conversation.get("first_response_at") is None


async def test_nothing_is_said_twice(talk: Talk) -> None:
    assert await talk.says("minha internet está lenta")
    assert await talk.replies() == ""
    assert await talk.says("segunda via do boleto")
    assert len(await talk.bubbles()) == 2


async def test_several_messages_get_one_answer(talk: Talk) -> None:
    await talk.writes("oi")
    await talk.writes("tudo bem?")
    await talk.writes("minha internet caiu")
    assert "roteador" in await talk.replies()


async def test_with_the_assistant_nobody_waits(talk: Talk) -> None:
    await talk.says("minha internet está lenta")
    conversation = await talk.conversation()
    assert (conversation["with_assistant"], conversation["queued_at"]) == (True, None)


async def test_handing_over(talk: Talk) -> None:
    """The customer is told, colleagues find a note with the story, and the conversation waits, flagged."""
    await talk.says("minha internet está lenta")
    assert await talk.says("quero cancelar esse plano")
    conversation = await talk.conversation()
    assert conversation["escalated_at"]
    assert conversation["queued_at"]
    assert (conversation["with_assistant"], conversation["priority"]) == (False, "HIGH")
    note = await talk.note()
    assert "Cancelar o contrato" in note
    assert "• minha internet está lenta\n• quero cancelar esse plano" in note
    assert await talk.says("alô?") is None


async def test_it_hands_over_what_it_twice_did_not_understand(talk: Talk) -> None:
    assert "não entendi" in str(await talk.says("blablabla"))
    assert "atendente" in str(await talk.says("xyz"))
    assert (await talk.conversation())["escalated_at"]


async def test_what_cannot_be_read(talk: Talk) -> None:
    said = await talk.says("", kind=Kind.AUDIO)
    assert "só consigo ler textos" in str(said)
    assert "atendente" in str(await talk.says("", kind=Kind.STICKER))


async def test_a_reaction_needs_no_answer(talk: Talk) -> None:
    await talk.says("oi")
    [sent] = await talk.messages(direction="OUTBOUND")
    assert await talk.says("👍", kind=Kind.REACTION, details={"emoji": "👍", "target": sent["_id"]}) is None


async def test_not_after_a_person_spoke(talk: Talk, house: House, mariana: Actor) -> None:
    await talk.says("oi")
    async with house.enter(mariana) as ctx:
        await send(ctx, talk.conversation_id, Text(text="Oi, sou a Mariana"))
    assert await talk.says("minha internet está lenta") is None
    conversation = await talk.conversation()
    assert (conversation["with_assistant"], bool(conversation["queued_at"])) == (False, True)


@pytest.mark.parametrize("way", ["claim", "assign", "transfer", "given back"])
async def test_not_once_somebody_has_it(talk: Talk, house: House, mariana: Actor, way: str) -> None:
    await talk.says("oi")
    await house.db.teams.insert({"_id": "team-1", "number": 1, "name": "Suporte", "name_key": "suporte"})
    async with house.enter(mariana) as ctx:
        if way in {"claim", "given back"}:
            await actions.claim(ctx, talk.conversation_id)
        if way == "assign":
            await actions.assign(ctx, talk.conversation_id, user_id="user-1")
        if way == "transfer":
            await actions.transfer(ctx, talk.conversation_id, team_id="team-1")
        if way == "given back":
            await actions.update(ctx, talk.conversation_id, assigned_to_id=None)
    conversation = await talk.conversation()
    assert conversation["with_assistant"] is False
    assert bool(conversation["queued_at"]) is (way in {"transfer", "given back"})
    assert await talk.says("minha internet está lenta") is None


async def test_a_person_who_is_quicker_is_not_talked_over(
    talk: Talk, house: House, mariana: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """He takes it while the assistant thinks."""
    think = talking.talk

    async def slowly(*args: Any) -> Any:
        async with house.enter(mariana) as ctx:
            await actions.claim(ctx, talk.conversation_id)
        return await think(*args)

    monkeypatch.setattr(replying, "talk", slowly)
    assert await talk.says("minha internet está lenta") is None
    assert (await talk.conversation()).get("escalated_at") is None


async def test_never_outside_the_window(talk: Talk, house: House) -> None:
    await talk.writes("minha internet está lenta")
    past = house.runtime.clock() - timedelta(minutes=1)
    await house.db.conversations.update_all({}, {"$set": {"window_expires_at": past}})
    assert await talk.replies() == ""
    assert (await talk.conversation())["queued_at"]


async def test_not_where_it_is_switched_off(talk: Talk, decide: Decide) -> None:
    """And whoever was with it waits for people from then on."""
    await talk.says("oi")
    await talk.house.db.conversations.update_all({}, {"$set": {"answer_due": False}})
    await decide(assistant={"answers_customers": False})
    await talk.writes("minha internet está lenta")
    assert (await talk.conversation())["answer_due"]
    assert await talk.replies() == ""
    conversation = await talk.conversation()
    assert (conversation["with_assistant"], bool(conversation["queued_at"])) == (False, True)


async def test_two_machines_do_not_talk_for_ever(talk: Talk) -> None:
    await talk.writes("oi")
    await talk.replies()
    await talk.house.db.assistant_memories.update_all({}, {"$set": {"state.answers": 24}})
    assert await talk.says("oi")
    assert (await talk.conversation())["escalated_at"]


async def test_escalating_by_hand(talk: Talk, house: House, mariana: Actor) -> None:
    """Twice is once; a closed conversation is left alone."""
    await talk.says("oi")
    async with house.enter(mariana) as ctx:
        for _ in range(2):
            await assistant.escalate(ctx, talk.conversation_id, "Cliente solicitou atendente humano")
    conversation = await talk.conversation()
    assert conversation["escalation_reason"] == "Cliente solicitou atendente humano"
    assert "Cliente solicitou atendente humano" in await talk.note()
    async with house.enter(mariana) as ctx:
        await actions.close(ctx, talk.conversation_id)
        with pytest.raises(ConversationClosed):
            await assistant.escalate(ctx, talk.conversation_id, "x")
