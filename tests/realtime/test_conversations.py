"""What clients say in a conversation: joining, typing, reading. Every event answers its callback and by its own event."""

from typing import Any

import pytest
from aiohttp.test_utils import TestServer

from server.jobs import Job
from tenants.context import Kick
from tests.conftest import Session
from tests.realtime.conftest import Connect, Ear, customer_writes


async def joined(ear: Ear, message: dict[str, Any]) -> str:
    answer = await ear.asks("conversation:join", message["conversation_id"])
    assert "error" not in answer, answer
    return str(message["conversation_id"])


@pytest.fixture(autouse=True)
def quick_typing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.realtime.typists.FORGOTTEN_AFTER", 0.3)


@pytest.mark.parametrize("bare", [True, False])
async def test_join_and_leave(connect: Connect, hotel: Session, bare: bool) -> None:
    place = (await customer_writes(hotel))["conversation_id"]
    said = place if bare else {"conversationId": place}
    ear = await connect(hotel)
    assert await ear.asks("conversation:join", said) == {"conversationId": place}
    assert await ear.hears("conversation:joined") == {"conversationId": place}
    await customer_writes(hotel, "Boa noite")
    new = await ear.hears("message:new")
    assert new["conversationId"] == place
    assert new["message"]["content"] == "Boa noite"
    assert new["message"]["contact"] == {
        "id": (await hotel.db.contacts.distinct("_id"))[0],
        "phoneNumber": "5511999999999",
        "name": "João Silva",
    }
    assert new["seq"] == 3

    assert await ear.asks("conversation:leave", said) == {"conversationId": place}
    assert await ear.hears("conversation:left") == {"conversationId": place}
    await customer_writes(hotel, "Alô?")
    await ear.hears("conversation:updated", 2)
    assert len(ear.all("message:new")) == 1


async def test_the_tenant_hears_of_new_and_changed_conversations(connect: Connect, hotel: Session) -> None:
    ear = await connect(hotel)
    message = await customer_writes(hotel)
    new = await ear.hears("conversation:new")
    assert new["conversation"]["id"] == message["conversation_id"]
    assert new["conversation"]["contact"]["name"] == "João Silva"
    updated = await ear.hears("conversation:updated")
    assert updated["conversationId"] == message["conversation_id"]
    assert updated["lastMessage"]["content"] == "Olá"
    assert updated["unreadCount"] == 1
    assert updated["status"] == "OPEN"
    assert updated["windowExpiresAt"].endswith("Z")
    changed = await hotel.patch(f"/api/conversations/{message['conversation_id']}", {"priority": "HIGH"})
    assert changed.status == 200
    updated = await ear.hears("conversation:updated", 2)
    assert updated == {
        "conversationId": message["conversation_id"],
        "updates": {"priority": "HIGH"},
        "seq": 3,
    }


async def test_an_answer_reaches_the_room_with_its_sender(connect: Connect, hotel: Session) -> None:
    message = await customer_writes(hotel)
    ear = await connect(hotel)
    await joined(ear, message)
    sent = await hotel.post(f"/api/conversations/{message['conversation_id']}/notes", {"content": "VIP"})
    new = await ear.hears("message:new")
    assert new["message"]["id"] == (await sent.json())["id"]
    assert new["message"]["sentById"] == hotel.user["id"]


async def test_what_is_another_tenants_cannot_be_joined(
    connect: Connect, hotel: Session, rival: Session
) -> None:
    place = (await customer_writes(rival))["conversation_id"]
    ear = await connect(hotel)
    for said in (place, {"conversationId": place}, "nenhuma"):
        assert (await ear.asks("conversation:join", said))["error"] == "NOT_FOUND"
    assert await ear.hears("error", 3) == {"code": "NOT_FOUND", "message": "Conversa não encontrada."}
    typing = {"conversationId": place, "isTyping": True}
    assert (await ear.asks("conversation:typing", typing))["error"] == "NOT_FOUND"
    read = {"messageIds": [(await customer_writes(rival))["_id"]]}
    assert await ear.asks("messages:mark-read", read) == {"messageIds": []}
    await customer_writes(rival, "segredo")
    await ear.settles()
    assert not ear.all("message:new") + ear.all("conversation:updated")


async def test_a_socket_joins_so_many_conversations_and_no_more(
    connect: Connect, hotel: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.realtime.connection.MAX_CONVERSATIONS", 1)
    one = await customer_writes(hotel)
    other = await customer_writes(hotel, phone="5511888888888")
    ear = await connect(hotel)
    await joined(ear, one)
    assert (await ear.asks("conversation:join", other["conversation_id"]))[
        "error"
    ] == "TOO_MANY_CONVERSATIONS"
    await joined(ear, one)
    await ear.asks("conversation:leave", one["conversation_id"])
    await joined(ear, other)


@pytest.mark.parametrize("word", ["conversation:typing", "user:typing"])
async def test_others_see_who_is_typing(connect: Connect, hotel: Session, word: str) -> None:
    message = await customer_writes(hotel)
    maria = await hotel.colleague(name="Maria")
    writer, reader, elsewhere = await connect(maria), await connect(hotel), await connect(hotel)
    place = await joined(writer, message)
    await joined(reader, message)
    assert await writer.asks(word, {"conversationId": place, "isTyping": True}) == {
        "conversationId": place,
        "isTyping": True,
    }
    said = {"conversationId": place, "userId": maria.user["id"], "userName": "Maria", "isTyping": True}
    assert await reader.hears("conversation:typing") == said
    assert await reader.hears("user:typing") == said
    await writer.asks(word, {"conversationId": place, "isTyping": False})
    assert await reader.hears("conversation:typing", 2) == {**said, "isTyping": False}
    await elsewhere.settles()
    assert not writer.all("conversation:typing") + elsewhere.all("conversation:typing")


async def test_others_see_who_has_it_before_him(connect: Connect, hotel: Session, rival: Session) -> None:
    message = await customer_writes(hotel)
    maria = await hotel.colleague("VIEWER", name="Maria")
    looker, reader, elsewhere = await connect(maria), await connect(hotel), await connect(hotel)
    place = await joined(reader, message)
    for viewing in (True, False):
        said = {"conversationId": place, "isViewing": viewing}
        assert await looker.asks("conversation:viewing", said) == said
        heard = await reader.hears("conversation:viewing", 1 if viewing else 2)
        assert heard == {**said, "userId": maria.user["id"], "userName": "Maria"}
    stranger = await connect(rival)
    refusal = await stranger.asks("conversation:viewing", {"conversationId": place})
    assert refusal["error"] == "NOT_FOUND"
    await elsewhere.settles()
    assert not looker.all("conversation:viewing") + elsewhere.all("conversation:viewing")
    assert len(reader.all("conversation:viewing")) == 2


async def test_typing_ends_by_itself(connect: Connect, hotel: Session) -> None:
    message = await customer_writes(hotel)
    writer, reader = await connect(hotel), await connect(hotel)
    place = await joined(writer, message)
    await joined(reader, message)
    typing = {"conversationId": place, "isTyping": True}
    await writer.asks("conversation:typing", typing)
    assert (await reader.hears("conversation:typing", 2))["isTyping"] is False
    # Renewed, it lasts; with the connection it ends at once.
    await writer.asks("conversation:typing", typing)
    await writer.client.disconnect()
    assert (await reader.hears("conversation:typing", 4))["isTyping"] is False


async def test_the_customer_is_shown_it_too_but_not_at_every_key(connect: Connect, hotel: Session) -> None:
    message = await customer_writes(hotel)
    ear = await connect(hotel)
    place = await joined(ear, message)
    kicked: list[Kick] = []
    hotel.runtime.jobs.kick = kicked.append  # type: ignore[method-assign, assignment]  # the queue's end of the wire
    for _ in range(3):
        await ear.asks("conversation:typing", {"conversationId": place, "isTyping": True})
    assert kicked == [Kick(Job.SHOW_TYPING, (hotel.tenant["id"], place))]


async def test_marking_as_read(connect: Connect, hotel: Session) -> None:
    one, two = await customer_writes(hotel), await customer_writes(hotel, "Alô?")
    ear = await connect(hotel)
    ids = [one["_id"], two["_id"]]
    assert await ear.asks("messages:mark-read", {"messageIds": [*ids, "nenhuma"]}) == {"messageIds": ids}
    assert await ear.hears("messages:marked-read") == {"messageIds": ids}
    assert (await ear.hears("conversation:updated"))["updates"] == {"unreadCount": 0}
    kept = await hotel.db.messages.by_ids(ids)
    assert all(kept[id]["read_at"] for id in ids)


async def test_ping(connect: Connect, hotel: Session) -> None:
    ear = await connect(hotel)
    assert await ear.asks("ping") == {}
    assert await ear.hears("pong") is None


async def test_join_tenant_is_checked(connect: Connect, hotel: Session, rival: Session) -> None:
    ear = await connect(hotel)
    assert await ear.asks("join-tenant", {"tenantSlug": hotel.slug}) == {"tenantSlug": hotel.slug}
    assert (await ear.asks("join-tenant", {"tenantSlug": rival.slug}))["error"] == "TENANT_MISMATCH"


async def test_an_agent_of_a_closed_house_joins_what_is_his(connect: Connect, hotel: Session) -> None:
    await hotel.patch("/api/tenant", {"settings": {"agentVisibility": "OWN"}})
    maria, jose = await hotel.colleague(name="Maria"), await hotel.colleague(name="José")
    message = await customer_writes(hotel)
    place = f"/api/conversations/{message['conversation_id']}"
    hers, his = await connect(maria), await connect(jose)
    await joined(hers, message)
    await joined(his, message)
    assert (await hotel.post(f"{place}/assign", {"userId": maria.user["id"]})).status == 200
    assert (await hers.hears("notification"))["conversationId"] == message["conversation_id"]
    assert (await his.asks("conversation:join", message["conversation_id"]))["error"] == "NOT_FOUND"
    await hotel.post(f"{place}/notes", {"content": "só para Maria"})
    assert (await hers.hears("message:new"))["message"]["content"] == "só para Maria"
    await his.settles()
    assert not his.all("message:new") + his.all("notification") + his.all("conversation:updated")


async def test_processes_share_messages_and_typing(
    connect: Connect, hotel: Session, second: TestServer
) -> None:
    message = await customer_writes(hotel)
    here, there = await connect(hotel), await connect(hotel, at=str(second.make_url("/")))
    place = await joined(here, message)
    await joined(there, message)
    await customer_writes(hotel, "Oi")
    assert (await here.hears("message:new"))["message"]["content"] == "Oi"
    assert await there.hears("message:new") == await here.hears("message:new")
    await there.asks("conversation:typing", {"conversationId": place, "isTyping": True})
    assert (await here.hears("conversation:typing"))["isTyping"] is True
    assert not there.all("conversation:typing")
