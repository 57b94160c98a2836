"""The journal again: nothing doubled, what was lost is back, and what is derived is what its sources say."""

from typing import Any

import pytest

from server.channels.simulator import Simulator
from server.desk.conversations import tallies
from tenants.db import Document
from tests.channels.conftest import House
from tests.channels.test_answering import decided, said
from tests.factories import body_of, tenant_of
from tests.workers import work_off
from workers import replay, sweeps

PHONES = [f"551199999{i:04}" for i in range(5, 11)]
DERIVED = {
    "messages": ("status", "rank", "status_at"),
    "conversations": (
        "seq", "unread_count", "last_message", "last_message_at", "first_response_at", "notes_count", "window_expires_at",
        "queued_at", "assigned_at", "served_at", "waited_seconds",
    ),
    "contacts": ("conversations_count",),
}  # fmt: skip


async def replayed(house: House, *arguments: str) -> int:
    settings = house.session.runtime.settings
    return await replay.run(settings, replay.arguments([house.session.slug, *arguments]))


async def derived(house: House) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for noun, fields in DERIVED.items():
        rows: list[Document] = await getattr(house.session.db, noun).all(sort=[("_id", 1)])
        found[noun] = {row["_id"]: [row.get(field) for field in fields] for row in rows}
    async with house.session.runtime.enter(await tenant_of(house.session)) as ctx:
        return {**found, "tallies": await tallies.sums(ctx)}


@pytest.fixture
async def busy(house: House, simulator: Simulator) -> House:
    """Six customers; answers, reads, a note, a closed and reopened conversation, a failed and a doubtful message."""
    session = house.session
    customers = [house.number.customer(phone, name=f"Cliente {phone[-2:]}") for phone in PHONES]
    for customer in customers:
        await customer.says("Olá")
        await customer.says("Tudo bem?")
    await simulator.settled()
    await work_off(session.runtime)
    rows = (await body_of(await session.get("/api/conversations")))["data"]
    for row in rows[:4]:
        await session.post("/api/messages", {"conversationId": row["id"], "content": "Oi"})
    simulator.faults.add("error", count=1, code=131026, status=400)
    await session.post("/api/messages", {"conversationId": rows[4]["id"], "content": "falha"})
    for _ in range(3):
        await work_off(session.runtime)
        await simulator.settled()
    await customers[0].reads()
    await session.post(f"/api/conversations/{rows[0]['id']}/read")
    await session.post(f"/api/conversations/{rows[1]['id']}/notes", {"content": "nota"})
    for verb in ("close", "reopen"):
        await session.post(f"/api/conversations/{rows[2]['id']}/{verb}")
    await session.post(f"/api/conversations/{rows[3]['id']}/close")
    for customer in customers:
        await customer.says("Obrigado")
    for _ in range(3):
        await simulator.settled()
        await work_off(session.runtime)
    await sweeps.apply_statuses(session.runtime)
    await sweeps.fold_tallies(session.runtime)
    return house


@pytest.fixture
async def served(house: House, simulator: Simulator) -> House:
    """Six customers and all that may become of them: the assistant, its handing over, a greeting, word that the house is
    closed, agents who take, are given, hand on, give back, answer, close and open again, in the line and out of it.
    """
    session, ana = house.session, await house.session.colleague(name="Ana")
    people = [house.number.customer(phone, name=f"Cliente {phone[-2:]}") for phone in PHONES]
    await decided(
        house, assistant={"answersCustomers": True}, replies={"greeting": "Olá!", "away": "Até logo."}
    )
    await said(house, simulator, people[0], "minha internet está lenta")
    await said(house, simulator, people[1], "quero falar com um atendente")
    await decided(house, assistant={"answersCustomers": False})
    for customer in people[2:5]:
        await said(house, simulator, customer, "bom dia")
    await decided(house, hours={"weekly": {}})
    await said(house, simulator, people[5], "alguém?")
    rows = await session.db.conversations.all(sort=[("number", 1)])
    given, taken, returned, closed, kept = (f"/api/conversations/{row['_id']}" for row in rows[1:])
    for who, method, path, body in (
        (session, "POST", f"{given}/assign", {"userId": ana.user["id"]}), (ana, "POST", f"{taken}/claim", None),
        (ana, "POST", f"{taken}/transfer", {"userId": session.user["id"], "reason": "férias"}),
        (ana, "POST", f"{taken}/notes", {"content": "nota"}), (ana, "POST", f"{given}/messages", {"content": "Oi!"}),
        (ana, "POST", f"{returned}/claim", None), (session, "PATCH", returned, {"assignedToId": None}),
        (ana, "POST", f"{closed}/claim", None), (ana, "POST", f"{closed}/close", None),
        (ana, "POST", f"{closed}/reopen", None), (ana, "POST", f"{kept}/notes", {"content": "nota"}),
    ):  # fmt: skip
        answer = await who.request(method, path, json=body)
        assert answer.status < 300, (path, await answer.text())
    for customer in people[1:4]:
        await said(house, simulator, customer, "e agora?")
    await sweeps.apply_statuses(session.runtime)
    return house


async def test_what_the_house_did_by_itself_is_rebuilt_as_it_is(
    served: House, capsys: pytest.CaptureFixture[str]
) -> None:
    before, db = await derived(served), served.session.db
    sent = [message.get("automatic") for message in await db.messages.all({"direction": "OUTBOUND"})]
    assert set(sent) == {"ASSISTANT", "GREETING", "AWAY", None}
    assert await replayed(served, "--check") == 0, capsys.readouterr().out

    waits = {"queued_at": {"$type": "date"}}
    waiting = {row["_id"]: row["queued_at"] for row in await db.conversations.all(waits)}
    for row in await db.conversations.all():
        wrong: Document = {field: None for field in DERIVED["conversations"] if row.get(field) is not None}
        wrong |= {field: 7 for field in ("notes_count", "waited_seconds") if row.get(field)}
        # Since when somebody waits is known of himself only; that he waits is known otherwise.
        since = row["queued_at"] or row["created_at"]
        await db.conversations.update({"_id": row["_id"]}, {"$set": {**wrong, "queued_at": since}})
    assert await replayed(served, "--check") == 1
    assert await replayed(served) == 0
    assert await derived(served) == before
    assert len(waiting) >= 2

    await db.conversations.update_all(waits, {"$set": {"queued_at": None}})
    assert await replayed(served) == 0
    mended = await db.conversations.all({"_id": {"$in": list(waiting)}})
    assert all(row["created_at"] <= row["queued_at"] <= waiting[row["_id"]] for row in mended)
    assert await replayed(served, "--check") == 0


async def test_again_changes_nothing(busy: House, capsys: pytest.CaptureFixture[str]) -> None:
    before = await derived(busy)
    assert await replayed(busy, "--check") == 0, capsys.readouterr().out
    assert await replayed(busy) == 0
    said = capsys.readouterr().out
    assert " 0 new messages, 0 failed" in said
    assert "0 differences" in said
    assert await derived(busy) == before


async def test_what_is_derived_is_mended(busy: House, capsys: pytest.CaptureFixture[str]) -> None:
    before, db = await derived(busy), busy.session.db
    accepted = {"direction": "OUTBOUND", "delivery": "ACCEPTED"}
    await db.messages.update_all(accepted, {"$set": {"status": "SENT", "rank": 2, "status_at": {}}})
    await db.conversations.update_all(
        {}, {"$set": {"unread_count": 77, "last_message": None}, "$inc": {"seq": 1}}
    )
    await db.contacts.update_all({}, {"$set": {"conversations_count": 9}})
    await db.tallies.delete_all({})
    assert await replayed(busy, "--check") == 1
    assert "unread_count: 77 →" in capsys.readouterr().out
    assert await replayed(busy) == 0
    assert await derived(busy) == before
    assert await replayed(busy, "--check") == 0


async def test_lost_messages_come_back_from_the_journal(
    busy: House, capsys: pytest.CaptureFixture[str]
) -> None:
    db = busy.session.db
    said = {"direction": "INBOUND", "text": {"$in": ["Olá", "Tudo bem?"]}}
    lost = {message["wamid"]: message["text"] for message in await db.messages.all(said)}
    await db.messages.delete_all(said)
    assert await replayed(busy) == 0
    assert f"{len(lost)} new messages" in capsys.readouterr().out
    assert {m["wamid"]: m["text"] for m in await db.messages.all(said)} == lost
    assert await replayed(busy) == 0
    assert " 0 new messages" in capsys.readouterr().out


async def test_everything_from_the_journal_alone(busy: House) -> None:
    """Of what customers did, the journal is enough: the same messages by the same people, in the same order."""
    db = busy.session.db

    async def threads() -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for message in await db.messages.all({"direction": "INBOUND"}, sort=[("_id", 1)]):
            contact = await db.contacts.by_id(message["contact_id"])
            assert contact
            found.setdefault(contact["phone"], []).append(message["wamid"])
        return found

    before = await threads()
    for noun in ("messages", "conversations", "contacts", "contact_identities", "tallies", "events"):
        await getattr(db, noun).delete_all({})
    assert await replayed(busy) == 0
    assert await threads() == before
    assert await replayed(busy, "--check") == 0


async def test_the_quarantined_are_tried_again_on_request(
    busy: House, capsys: pytest.CaptureFixture[str]
) -> None:
    (row, *_) = await busy.journaled()
    await busy.session.db.webhook_inbox.update({"_id": row["_id"]}, {"$set": {"state": "DEAD", "error": "x"}})
    broken = {"_id": "0", "digest": "0", "raw": b"\xff", "state": "DEAD", "n": 8, "at": row["at"]}
    await busy.session.db.webhook_inbox.insert(broken)
    assert await replayed(busy, "--dead") == 1
    assert "1 failed" in capsys.readouterr().out
    states = {kept["_id"]: kept["state"] for kept in await busy.journaled()}
    assert (states[row["_id"]], states["0"]) == ("DONE", "DEAD")


async def test_an_unknown_slug_is_said(busy: House) -> None:
    settings = busy.session.runtime.settings
    with pytest.raises(SystemExit, match="nobody-here"):
        await replay.run(settings, replay.arguments(["nobody-here"]))
