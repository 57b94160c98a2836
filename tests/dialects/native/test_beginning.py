"""A conversation begun by an agent, with a contact on a channel."""

import asyncio
from typing import Any

from tenants import feed
from tests.conftest import Session
from tests.factories import JOAO, a_channel, a_conversation, a_message, arrive, body_of, made, stored, tallied

Json = dict[str, Any]
ANA = "5511988887777"


async def test_beginning_a_conversation(hotel: Session) -> None:
    channel = await a_channel(hotel)
    ana = await made(hotel, "/api/contacts", phoneNumber=ANA, name="Ana")
    wanted = {"contactId": ana["id"], "channelId": channel["id"]}
    begun = await made(hotel, "/api/conversations", **wanted)
    assert (begun["status"], begun["contact"]["name"], begun["unreadCount"]) == ("OPEN", "Ana", 0)
    assert (begun["lastMessage"], begun["windowExpiresAt"]) == (None, None)
    assert (await stored(hotel, "conversations", begun["id"]))["opened_by"] == "agent"
    again = await hotel.post("/api/conversations", wanted)
    assert (await body_of(again))["id"] == begun["id"]
    kept, counted = await tallied(hotel)
    assert kept == counted
    contact = await body_of(await hotel.get(f"/api/contacts/{ana['id']}"))
    assert contact["conversationsCount"] == 1
    assert contact["lastConversationAt"] == begun["createdAt"]
    [said] = await hotel.db.events.all({"kind": "conversation.opened"})
    assert said["conversation_id"] == begun["id"]
    [answer] = await arrive(hotel, channel, a_message(phone="551188887777"))
    assert answer["conversation_id"] == begun["id"]


async def test_of_many_beginnings_at_once_one_is_new(hotel: Session) -> None:
    channel = await a_channel(hotel)
    ana = await made(hotel, "/api/contacts", phoneNumber=ANA)
    wanted = {"contactId": ana["id"], "channelId": channel["id"]}
    answers = await asyncio.gather(*(hotel.post("/api/conversations", wanted) for _ in range(6)))
    assert sorted(answer.status for answer in answers) == [200] * 5 + [201]
    assert len({(await answer.json())["id"] for answer in answers}) == 1
    assert (await stored(hotel, "contacts", ana["id"]))["conversations_count"] == 1


async def test_a_note_may_be_the_first_word(hotel: Session) -> None:
    channel = await a_channel(hotel)
    ana = await made(hotel, "/api/contacts", phoneNumber=ANA)
    begun = await made(hotel, "/api/conversations", contactId=ana["id"], channelId=channel["id"])
    note = await made(hotel, f"/api/conversations/{begun['id']}/notes", content="Ligar antes das 18h")
    await feed.stamp(hotel.db)
    events = (await body_of(await hotel.get("/api/events")))["events"]
    [added] = [event for event in events if event["kind"] == "message.added"]
    shown = dict(added["frames"])
    assert shown["message:new"]["message"]["id"] == note["id"]
    assert shown["conversation:updated"]["lastMessage"] is None


async def test_a_begun_conversation_remembers_the_window(hotel: Session) -> None:
    channel = await a_channel(hotel)
    first = await a_conversation(hotel, channel)
    await hotel.post(f"/api/conversations/{first['id']}/close")
    second = await made(hotel, "/api/conversations", contactId=first["contactId"], channelId=channel["id"])
    assert second["id"] != first["id"]
    assert second["windowExpiresAt"] == first["windowExpiresAt"]


async def test_what_cannot_begin(hotel: Session, rival: Session) -> None:
    channel, theirs = await a_channel(hotel), await a_channel(rival)
    ana = await made(hotel, "/api/contacts", phoneNumber=ANA)
    numberless = await made(hotel, "/api/contacts", phoneNumber=JOAO)
    await hotel.patch(f"/api/contacts/{numberless['id']}", {"phoneNumber": None})
    foreign = await made(rival, "/api/contacts", phoneNumber=ANA)
    for contact_id, channel_id, field in [
        (ana["id"], "nothing", "channelId"),
        (ana["id"], theirs["id"], "channelId"),
        ("nothing", channel["id"], "contactId"),
        (foreign["id"], channel["id"], "contactId"),
        (numberless["id"], channel["id"], "contactId"),
    ]:
        body = await body_of(
            await hotel.post("/api/conversations", {"contactId": contact_id, "channelId": channel_id}), 400
        )
        assert body["details"][0]["field"] == field
    assert await hotel.db.conversations.count({}) == 0
    assert await rival.db.conversations.count({}) == 0


async def test_a_colleagues_conversation_stays_out_of_sight(hotel: Session) -> None:
    channel = await a_channel(hotel)
    maria, jose = await hotel.colleague(), await hotel.colleague(name="José")
    conversation = await a_conversation(hotel, channel)
    await hotel.post(f"/api/conversations/{conversation['id']}/assign", {"userId": maria.user["id"]})
    await hotel.patch("/api/tenant", {"settings": {"agentVisibility": "OWN"}})
    wanted = {"contactId": conversation["contactId"], "channelId": channel["id"]}
    assert (await maria.post("/api/conversations", wanted)).status == 200
    refused = await body_of(await jose.post("/api/conversations", wanted), 409)
    assert conversation["id"] not in str(refused)
