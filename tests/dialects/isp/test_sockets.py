"""What agents say and hear on the socket of the ISP chat, beside the native one: one desk, two wires."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

from aiohttp.test_utils import TestServer

from server.desk.messages import outbox, statuses
from server.desk.messages.inbound import StatusReported
from server.desk.messages.models import SendError
from server.dialects.isp import sockets
from tenants import models
from tests.conftest import Session
from tests.dialects.isp.writing import customer_writes, ok, place
from tests.factories import tenant_of
from tests.realtime.conftest import PATIENCE, Connect, connect, numbered, second
from tests.realtime.plain import Dial, Plain, dial

__all__ = ["connect", "dial", "second"]
Json = dict[str, Any]


async def joined(dial: Dial, session: Session, conversation_id: str) -> Plain:
    line = await dial(session)
    answer = await line.asks("join_conversation", "conversation_joined", conversation_id=conversation_id)
    assert answer == {"type": "conversation_joined", "conversation_id": conversation_id}
    return line


# Joining, and whom a message reaches


async def test_a_message_reaches_those_who_joined_and_whoever_has_it(dial: Dial, hotel: Session) -> None:
    maria, jose = await hotel.colleague(), await hotel.colleague()
    id = await place(hotel)
    await ok(await hotel.post(f"/api/conversations/{id}/assign", {"userId": maria.user["id"]}))
    present, holding, elsewhere = await joined(dial, hotel, id), await dial(maria), await dial(jose)
    await holding.settles()
    await elsewhere.settles()
    await customer_writes(hotel, "Minha internet está lenta")
    heard = await present.hears("new_message")
    assert heard.keys() == {"type", "conversation_id", "message", "seq"}
    assert heard["conversation_id"] == id
    said = heard["message"]
    assert (said["direction"], said["content"], said["type"]) == (
        "incoming",
        "Minha internet está lenta",
        "text",
    )
    assert datetime.fromisoformat(said["timestamp"]) <= models.now()
    assert await holding.hears("new_message") == heard
    await present.asks("leave_conversation", "conversation_left", conversation_id=id)
    await customer_writes(hotel, "Alô?")
    assert (await holding.hears("new_message", 2))["message"]["content"] == "Alô?"
    for line in (present, elsewhere):
        await line.settles()
    assert (len(present.all("new_message")), elsewhere.all("new_message")) == (1, [])


async def test_what_is_shown_live_is_what_http_shows(dial: Dial, hotel: Session) -> None:
    id = await place(hotel)
    line = await joined(dial, hotel, id)
    sent = await line.asks("send_message", "message_sent", conversation_id=id, content="oi")
    await line.hears("new_message")
    details = await ok(await hotel.get(f"/api/v1/conversations/{id}"))
    assert details["messages"][-1] == sent["message"] == line.all("new_message")[0]["message"]


async def test_what_is_another_tenants_is_not_there(dial: Dial, hotel: Session, rival: Session) -> None:
    id = await place(hotel)
    line = await dial(rival)
    for event, fields in (
        ("join_conversation", {}), ("typing_start", {}), ("send_message", {"content": "oi"}),
    ):  # fmt: skip
        for unknown in (id, "nenhuma"):
            error = await line.asks(event, "error", conversation_id=unknown, **fields)
            assert error.pop("conversation_id") == unknown
            assert error == {
                "type": "error",
                "detail": "Conversa não encontrada.",
                "error_code": "NOT_FOUND",
                "event": event,
            }
    for event in ("leave_conversation", "typing_stop"):
        await line.says(event, conversation_id=id)
    mine = await joined(dial, hotel, id)
    await customer_writes(hotel, "segredo")
    await mine.hears("new_message")
    assert (await line.asks("sync", "sync", after=0))["events"] == []
    await line.settles()
    assert {frame["type"] for frame in line.heard} == {"error", "conversation_left", "sync", "pong"}


def test_every_event_of_the_document_is_heard() -> None:
    """And of what is beside them, `auth` and `sync`, somebody has thought."""
    documented = {
        "join_conversation",
        "leave_conversation",
        "send_message",
        "typing_start",
        "typing_stop",
        "ping",
    }
    assert set(sockets.handlers) == documented | {"auth", "sync"}


# Sending


async def test_a_message_is_sent_once_whatever_is_repeated(dial: Dial, hotel: Session) -> None:
    id = await place(hotel)
    line, colleague = await dial(hotel), await joined(dial, await hotel.colleague(), id)
    said = {"conversation_id": id, "content": "Olá, como posso ajudar?", "message_type": "text"}
    answers = [
        await line.asks("send_message", "message_sent", **said, client_message_id="c-1") for _ in range(2)
    ]
    assert answers[0] == answers[1]
    assert answers[0]["client_message_id"] == "c-1"
    message = answers[0]["message"]
    assert (message["direction"], message["content"], message["sent_by"]) == (
        "outgoing", "Olá, como posso ajudar?", "Admin",
    )  # fmt: skip
    assert (await colleague.hears("new_message"))["message"] == message
    stored = await hotel.db.messages.all({"conversation_id": id, "direction": "OUTBOUND"})
    assert [(m["_id"], m["delivery"], m["sent_by_id"]) for m in stored] == [
        (message["id"], "QUEUED", hotel.user["id"])
    ]


async def test_every_documented_kind_can_be_sent(dial: Dial, hotel: Session) -> None:
    id = await place(hotel)
    line = await dial(hotel)
    dot = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    for kind, content in (
        ("text", "oi"), ("image", "https://example.com/a.png"), ("image", {"url": dot, "caption": "veja"}),
        ("document", {"url": "https://example.com/boleto.pdf", "filename": "boleto.pdf"}), ("template", {"template_name": "boas_vindas"}),
    ):  # fmt: skip
        answer = await line.asks(
            "send_message", "message_sent", conversation_id=id, content=content, message_type=kind
        )
        assert answer["message"]["type"] == kind
    assert not line.all("error")


async def test_what_cannot_be_sent_says_why(dial: Dial, hotel: Session) -> None:
    id = await place(hotel)
    line = await dial(hotel)
    error = await line.asks("send_message", "error", conversation_id=id, content="", client_message_id="c-1")
    assert (error["error_code"], error["event"], error["client_message_id"]) == (
        "VALIDATION_ERROR", "send_message", "c-1",
    )  # fmt: skip
    error = await line.asks("send_message", "error", conversation_id=id, content="oi", message_type="fax")
    assert (error["error_code"], error["field"]) == ("VALIDATION_ERROR", "message_type")
    await ok(await hotel.post(f"/api/conversations/{id}/close"))
    error = await line.asks("send_message", "error", conversation_id=id, content="oi")
    assert error["error_code"] == "CONVERSATION_CLOSED"


async def test_who_only_reads_may_listen_and_say_nothing(dial: Dial, hotel: Session) -> None:
    id, reader = await place(hotel), await hotel.colleague("VIEWER")
    line = await joined(dial, reader, id)
    for event, fields in (("send_message", {"content": "oi"}), ("typing_start", {})):
        error = await line.asks(event, "error", conversation_id=id, **fields)
        assert (error["error_code"], error["event"]) == ("FORBIDDEN", event)
    await customer_writes(hotel)
    await line.hears("new_message")


# What became of it


async def sent_message(session: Session, id: str) -> str:
    """A message of the house, as a worker sends it: at first WhatsApp's answer is lost, then it comes."""
    body = {"conversationId": id, "content": "oi", "clientMessageId": "c-1"}
    sent = await ok(await session.post("/api/messages", body))
    async with session.runtime.enter(await tenant_of(session)) as ctx:
        (channel,) = await ctx.db.channels.all({})
        heads = await outbox.heads(ctx, channel["_id"], busy=set(), limit=1)
        (claimed,) = await outbox.claim(ctx, heads, lease=timedelta(seconds=30))
        lost = SendError(code="TIMEOUT", title="Sem resposta")
        await outbox.record_outcomes(ctx, [outbox.Uncertain(claimed, models.now(), lost)])
        await outbox.record_outcomes(ctx, [outbox.Accepted(claimed, f"wamid.{sent['id']}")])
    return str(sent["id"])


async def reported(session: Session, sent_id: str, status: str, error: SendError | None = None) -> None:
    async with session.runtime.enter(await tenant_of(session)) as ctx:
        report = StatusReported(wamid=f"wamid.{sent_id}", status=status, at=models.now(), error=error)
        await statuses.record(ctx, [report])


async def test_a_status_is_told_when_it_is_true(dial: Dial, hotel: Session) -> None:
    """What waits or is in doubt is not sent: nothing is said before WhatsApp has it."""
    maria, id = await hotel.colleague(), await place(hotel)
    await ok(await hotel.post(f"/api/conversations/{id}/assign", {"userId": maria.user["id"]}))
    present, holding = await joined(dial, hotel, id), await dial(maria)
    await holding.settles()
    sent_id = await sent_message(hotel, id)
    for status in ("delivered", "read"):
        await reported(hotel, sent_id, status)
    for line in (present, holding):
        await line.hears("message_status", 3)
        told = [{**frame} for frame in line.all("message_status")]
        assert all(isinstance(frame.pop("seq"), int) for frame in told)
        assert told == [
            {
                "type": "message_status", "conversation_id": id, "message_id": sent_id, "client_message_id": "c-1",
                "status": status,
            }
            for status in ("sent", "delivered", "read")
        ]  # fmt: skip


async def test_a_failure_says_why(dial: Dial, hotel: Session) -> None:
    id = await place(hotel)
    line = await joined(dial, hotel, id)
    sent_id = await sent_message(hotel, id)
    await reported(hotel, sent_id, "failed", SendError(code="131026", title="Não entregue"))
    failed = await line.hears("message_status", 2)
    assert (failed["status"], failed["error_code"], failed["detail"]) == ("failed", "131026", "Não entregue")


# Both wires


async def test_typing_is_seen_on_both_wires(connect: Connect, dial: Dial, hotel: Session) -> None:
    maria, id = await hotel.colleague(), await place(hotel)
    line, other, ear = await joined(dial, maria, id), await joined(dial, hotel, id), await connect(hotel)
    await ear.asks("conversation:join", id)
    for event, is_typing in (("typing_start", True), ("typing_stop", False)):
        await line.says(event, conversation_id=id)
        count = 1 if is_typing else 2
        seen = await other.hears("agent_typing", count)
        assert seen == {
            "type": "agent_typing", "conversation_id": id, "agent_id": await number_of(maria),
            "agent_name": "Maria Atendente", "is_typing": is_typing,
        }  # fmt: skip
        assert (await ear.hears("conversation:typing", count))["isTyping"] is is_typing
    await ear.asks("conversation:typing", {"conversationId": id, "isTyping": True})
    assert (await line.hears("agent_typing"))["agent_id"] == await number_of(hotel)
    await line.settles()
    assert len(line.all("agent_typing")) == 1


async def number_of(session: Session) -> int:
    found = await session.db.users.by_id(session.user["id"])
    assert found
    return int(found["number"])


async def test_one_conversation_live_on_both_wires(connect: Connect, dial: Dial, hotel: Session) -> None:
    """Begun by a customer, answered from each wire, transferred and closed: each hears of all of it."""
    maria, id = await hotel.colleague(), await place(hotel)
    line, ear = await joined(dial, hotel, id), await connect(maria)
    await ear.asks("conversation:join", id)
    await line.says("send_message", conversation_id=id, content="do balcão ISP")
    assert (await ear.hears("message:new"))["message"]["content"] == "do balcão ISP"
    await ok(await maria.post("/api/messages", {"conversationId": id, "content": "do nativo"}))
    assert (await line.hears("new_message", 2))["message"]["content"] == "do nativo"
    assert (await line.hears("conversation_assigned"))["assigned_to"] == await number_of(hotel)
    await ok(await hotel.post(f"/api/conversations/{id}/transfer", {"userId": maria.user["id"]}))
    assigned = await line.hears("conversation_assigned", 2)
    assert assigned.pop("seq")
    assert assigned == {
        "type": "conversation_assigned", "conversation_id": id, "assigned_to": await number_of(maria),
        "agent_name": "Maria Atendente", "customer_phone": "+5511999999999", "customer_name": "João Silva",
    }  # fmt: skip
    closing = {"resolution": "resolved", "notes": "reset do modem"}
    await ok(await hotel.post(f"/api/v1/conversations/{id}/close", closing))
    closed = await line.hears("conversation_closed")
    assert (closed["conversation_id"], closed["status"], closed["resolution"]) == (id, "resolved", "resolved")
    assert datetime.fromisoformat(closed["closed_at"]) <= models.now()
    async with asyncio.timeout(PATIENCE):
        while {"CLOSED"} != {c["updates"].get("status") for c in ear.all("conversation:updated")[-1:]}:
            await asyncio.sleep(0.02)


async def test_processes_share_what_happens(dial: Dial, hotel: Session, second: TestServer) -> None:
    id = await place(hotel)
    there = await dial(hotel, at=str(second.make_url("")).rstrip("/"))
    await there.asks("join_conversation", "conversation_joined", conversation_id=id)
    here = await joined(dial, hotel, id)
    await here.says("typing_start", conversation_id=id)
    await there.hears("agent_typing")
    await here.says("send_message", conversation_id=id, content="oi")
    assert (await there.hears("new_message"))["message"]["content"] == "oi"


# Who sees what


async def test_an_agent_of_a_closed_house_hears_of_what_he_may_see(dial: Dial, hotel: Session) -> None:
    maria, jose = await hotel.colleague(), await hotel.colleague()
    await ok(await hotel.patch("/api/tenant", {"settings": {"agentVisibility": "OWN"}}))
    id = await place(hotel)
    hers, his = await joined(dial, maria, id), await joined(dial, jose, id)
    await ok(await hotel.post(f"/api/conversations/{id}/assign", {"userId": maria.user["id"]}))
    await hers.hears("conversation_assigned")
    await customer_writes(hotel, "segredo")
    assert (await hers.hears("new_message"))["message"]["content"] == "segredo"
    await ok(await hotel.post(f"/api/conversations/{id}/close"))
    await hers.hears("conversation_closed")
    error = await his.asks("join_conversation", "error", conversation_id=id)
    assert error["error_code"] == "NOT_FOUND"
    assert {frame["type"] for frame in his.heard} <= {"conversation_joined", "error", "queue_update"}


async def test_a_note_stays_in_the_house(dial: Dial, hotel: Session) -> None:
    id = await place(hotel)
    line = await joined(dial, hotel, id)
    await ok(await hotel.post(f"/api/conversations/{id}/notes", {"content": "só entre nós"}))
    await customer_writes(hotel, "Alô?")
    assert (await line.hears("new_message"))["message"]["content"] == "Alô?"


# The rest


async def test_ping(dial: Dial, hotel: Session) -> None:
    line = await dial(hotel)
    assert await line.asks("ping", "pong") == {"type": "pong"}


async def test_what_was_missed_can_be_asked_for(dial: Dial, hotel: Session) -> None:
    """The same frames, in order, each with its place; and another tenant's are never among them."""
    id = await place(hotel)
    line = await joined(dial, hotel, id)
    await customer_writes(hotel, "um")
    seen = (await line.hears("new_message"))["seq"]
    await line.hangs_up()
    await customer_writes(hotel, "dois")
    await ok(await hotel.post(f"/api/conversations/{id}/close"))
    await numbered(hotel)
    again = await dial(hotel)
    answer = await again.asks("sync", "sync", after=seen)
    assert [(e["type"], e["conversation_id"]) for e in answer["events"]] == [
        ("new_message", id),
        ("conversation_closed", id),
    ]
    assert answer["events"][0]["message"]["content"] == "dois"
    assert all(event["seq"] > seen for event in answer["events"])
    assert (answer["more"], answer["reset"]) == (False, False)
    page = await again.asks("sync", "sync", after=0, limit=1)
    assert page["more"] is True
    assert (await again.asks("sync", "sync", after=10_000))["reset"] is True
    begin = await again.asks("sync", "sync")
    assert begin == {
        "type": "sync",
        "events": [],
        "through": answer["through"],
        "more": False,
        "reset": False,
    }
