"""What customers send becomes messages, each once, in order, under the right contact."""

import asyncio
from datetime import timedelta

import pytest

from server.desk.conversations import actions, tallies
from server.desk.conversations.models import ConversationStatus
from server.desk.messages.inbound import Received, Sender
from server.desk.messages.models import Kind
from server.desk.messages.receiving import receive
from tenants import feed, models
from tenants.db import Document, Duplicate
from tests.desk.conftest import CHANNEL, House
from tests.factories import a_message

Rows = list[Document]


async def received(house: House, *messages: Received, channel: str = CHANNEL) -> Rows:
    async with house.enter() as ctx:
        return await receive(ctx, channel, list(messages))


async def conversations(house: House) -> Rows:
    return await house.db.conversations.all(sort=[("_id", 1)])


async def test_a_first_message_opens_a_conversation(house: House) -> None:
    await received(house, a_message("Olá", phone="5511999999999", name="João Silva"))
    (conversation,) = await conversations(house)
    assert conversation["status"] == "OPEN"
    assert conversation["contact"]["name"] == "João Silva"
    assert conversation["unread_count"] == conversation["seq"] == 1
    assert conversation["last_message"]["text"] == "Olá"


async def test_a_batch_keeps_its_order_and_counts(house: House) -> None:
    await received(house, *(a_message(f"m{i}", phone="5511999999999") for i in range(5)))
    await received(house, *(a_message(f"m{i}", phone="5511999999999") for i in range(5, 8)))
    messages = await house.db.messages.all(sort=[("seq", 1)])
    assert [(m["seq"], m["text"]) for m in messages] == [(i + 1, f"m{i}") for i in range(8)]
    (conversation,) = await conversations(house)
    assert conversation["unread_count"] == 8


async def test_the_same_message_again_changes_nothing(house: House) -> None:
    message = a_message("uma vez")
    await received(house, message, message)
    before = await conversations(house)
    assert await received(house, message) == []
    assert await conversations(house) == before
    assert await house.db.messages.count({}) == 1


async def test_the_same_message_in_two_processes_is_stored_once(house: House) -> None:
    messages = [a_message(f"m{i}", phone=f"551199999000{i}") for i in range(6)]

    async def again() -> None:
        for _ in range(10):
            try:
                await received(house, *messages)
            except Duplicate:
                continue
            return
        raise AssertionError("never stored")

    await asyncio.gather(*(again() for _ in range(4)))
    assert await house.db.messages.count({}) == 6
    assert sorted(c["unread_count"] for c in await conversations(house)) == [1] * 6


@pytest.mark.parametrize(
    "first,then",
    [
        ("5511987654321", "551187654321"),
        ("551187654321", "5511987654321"),
        ("556392484773", "5563992484773"),
    ],
)
async def test_brazils_ninth_digit_leads_to_one_contact(house: House, first: str, then: str) -> None:
    await received(house, a_message(phone=first))
    await received(house, a_message(phone=then))
    assert await house.db.contacts.count({}) == 1
    assert len(await conversations(house)) == 1


async def test_a_landline_is_not_taken_for_a_mobile(house: House) -> None:
    await received(house, a_message(phone="551133334444"))
    await received(house, a_message(phone="5511933334444"))
    assert await house.db.contacts.count({}) == 2


async def test_a_customer_without_a_phone_is_known_by_his_id(house: House) -> None:
    hidden = Sender(user_id="BR.1349abc", name="Bia", username="bia")
    await received(house, a_message("oi", sender=hidden))
    await received(house, a_message("sou eu", sender=Sender(user_id="BR.1349abc", wa_id="5511988887777")))
    (contact,) = await house.db.contacts.all()
    assert contact["user_id"] == "BR.1349abc"
    assert contact["wa_id"] == contact["phone"] == "5511988887777"
    await received(house, a_message("pelo telefone", phone="5511988887777"))
    assert await house.db.contacts.count({}) == 1


async def test_a_profile_name_is_followed_until_a_person_renames(house: House) -> None:
    await received(house, a_message(name="João"))
    await received(house, a_message(name="João Silva"))
    (contact,) = await house.db.contacts.all()
    assert contact["name"] == "João Silva"
    await house.db.contacts.update(
        {"_id": contact["_id"]}, {"$set": {"name": "Sr. João", "named_by": "agent"}}
    )
    await received(house, a_message(name="Joãozinho"))
    (conversation,) = await conversations(house)
    assert conversation["contact"]["name"] == "Sr. João"


async def test_a_closed_conversation_is_not_reopened_by_a_message(house: House) -> None:
    await received(house, a_message("primeira"))
    (first,) = await conversations(house)
    async with house.enter() as ctx:
        await actions.close(ctx, first["_id"])
    await received(house, a_message("segunda"))
    old, new = await conversations(house)
    assert (old["status"], new["status"]) == ("CLOSED", "OPEN")
    assert new["contact_id"] == old["contact_id"]


async def test_a_message_ends_the_waiting(house: House) -> None:
    await received(house, a_message("oi"))
    (conversation,) = await conversations(house)
    async with house.enter() as ctx:
        await actions.update(ctx, conversation["_id"], status=ConversationStatus.WAITING)
    await received(house, a_message("voltei"))
    (conversation,) = await conversations(house)
    assert conversation["status"] == "OPEN"


async def test_the_window_follows_the_newest_message(house: House) -> None:
    now = models.now()
    await received(house, a_message(at=now - timedelta(hours=2)))
    await received(house, a_message(at=now - timedelta(hours=5)))
    (conversation,) = await conversations(house)
    assert conversation["window_expires_at"] == now + timedelta(hours=22)
    await received(house, a_message(at=now, details={"referral": {"source_type": "ad"}}))
    (conversation,) = await conversations(house)
    assert conversation["window_expires_at"] == now + timedelta(hours=72)


async def test_a_time_that_cannot_be_counts_from_the_receipt(house: House) -> None:
    """Seed 004's own example says November 2023; its reader sends an answer next."""
    await received(house, a_message(at=models.now() - timedelta(days=1000)))
    await received(house, a_message(phone="5511988887777", at=models.now() - timedelta(days=3)))
    example, late = await conversations(house)
    assert example["window_expires_at"] > models.now() + timedelta(hours=23)
    assert late["window_expires_at"] < models.now()


async def test_a_system_note_opens_no_window(house: House) -> None:
    await received(house, a_message("mudou de número", kind=Kind.SYSTEM))
    (conversation,) = await conversations(house)
    assert conversation["window_expires_at"] is None
    assert conversation["unread_count"] == 0


async def test_a_reaction_shows_on_its_message_and_goes(house: House) -> None:
    message = a_message("gostei do quarto")
    await received(house, message)

    def react(emoji: str) -> Received:
        details = {"emoji": emoji, "target": message.wamid}
        return a_message(emoji, kind=Kind.REACTION, details=details)

    await received(house, react("👍"))
    await received(house, react("❤️"))
    (target,) = await house.db.messages.all({"wamid": message.wamid})
    assert target["reactions"] == [{"emoji": "❤️", "by": "customer"}]
    await received(house, react(""))
    (target,) = await house.db.messages.all({"wamid": message.wamid})
    assert target["reactions"] == []


async def test_a_reply_in_the_same_batch_finds_what_it_answers(house: House) -> None:
    first = a_message("pergunta")
    await received(house, first, a_message("resposta", reply_to=first.wamid))
    question, answer = await house.db.messages.all(sort=[("seq", 1)])
    assert answer["reply_to_id"] == question["_id"]


async def test_totals_equal_a_recount(house: House) -> None:
    for i in range(12):
        await received(house, *(a_message(phone=f"55119999900{i % 5:02}") for _ in range(i % 3 + 1)))
    async with house.enter() as ctx:
        assert await tallies.total(ctx, {}) == len(await conversations(house)) == 5
        unread = sum(cell["unread"] for cell in await tallies.by_cell(ctx))
        assert unread == await house.db.messages.count({})
        before = await tallies.by_cell(ctx)
        await tallies.fold(ctx)
        assert await tallies.by_cell(ctx) == before
    assert await house.db.tallies.count({}) == 1


async def test_every_message_is_told_once_in_the_feed(house: House) -> None:
    await received(house, a_message("a"), a_message("b"))
    await house.runtime.bus.close()
    told = await feed.after(house.db, 0, limit=100)
    assert [event["kind"] for event in told] == ["conversation.opened", "message.added", "message.added"]
    assert [event["seq"] for event in told] == [1, 2, 3]
    assert [event["payload"]["message"]["text"] for event in told[1:]] == ["a", "b"]
