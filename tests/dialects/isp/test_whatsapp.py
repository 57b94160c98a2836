"""WhatsApp in the ISP dialect: the webhook, and writing to a telephone number."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from server.channels.simulator import Simulator
from server.channels.simulator.play import PlayedNumber
from server.settings import Settings
from tests.conftest import Client, Session
from tests.examples.scene import connection, documents_number, signature
from tests.factories import JOAO, a_channel, a_conversation, body_of, made
from tests.isp import ROOT, Person, refusal
from tests.workers import work_off

Json = dict[str, Any]
WEBHOOK = f"{ROOT}/whatsapp/webhook"
NEWCOMER = "+5511977776666"


@pytest.fixture
def settings(settings: Settings, simulator: Simulator) -> Settings:
    return settings.model_copy(update={"graph_api_url": simulator.url, "simulator_url": simulator.url})


@pytest.fixture
async def number(simulator: Simulator, hotel: Session) -> AsyncIterator[PlayedNumber]:
    number = await documents_number(simulator)
    await made(hotel, "/api/channels", **connection(number))
    yield number
    await simulator.settled()


async def test_the_handshake(client: Client, number: PlayedNumber) -> None:
    asked = {"hub.mode": "subscribe", "hub.verify_token": number.verify_token, "hub.challenge": "1158"}
    answer = await client.get(WEBHOOK, params=asked)
    assert (answer.status, await answer.text(), answer.content_type) == (200, "1158", "text/plain")
    wrong = await client.get(WEBHOOK, params={**asked, "hub.verify_token": "x"})
    await refusal(wrong, 403, "VERIFICATION_REFUSED")
    await refusal(await client.get(WEBHOOK, params={**asked, "hub.mode": "x"}), 403, "FORBIDDEN")
    missing = {"hub.mode": "subscribe", "hub.challenge": "1"}
    await refusal(await client.get(WEBHOOK, params=missing), 400, "VALIDATION_ERROR", "hub.verify_token")


async def test_only_what_is_signed_is_accepted(client: Client, number: PlayedNumber, hotel: Session) -> None:
    raw = (
        b'{"object":"whatsapp_business_account","entry":[{"id":"WHATSAPP_BUSINESS_ACCOUNT_ID","changes":[]}]}'
    )
    raw = raw.replace(
        b'"changes":[]',
        b'"changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"PHONE_NUMBER_ID"}}}]',
    )
    for bad in ("", "sha256=00", signature(number, raw + b" ")):
        answer = await client.post(WEBHOOK, data=raw, headers={"X-Hub-Signature-256": bad})
        await refusal(answer, 403, "INVALID_SIGNATURE")
    await refusal(await client.post(WEBHOOK, data=b"{"), 400, "INVALID_JSON")
    await refusal(await client.post(WEBHOOK, data=b"{}"), 404, "NOT_FOUND")
    await refusal(await client.post(WEBHOOK, data=bytes(3 * 1024 * 1024 + 1)), 413, "PAYLOAD_TOO_LARGE")
    zipped = await client.post(WEBHOOK, data=raw, headers={"Content-Encoding": "br"})
    assert zipped.status in {400, 415}
    assert await hotel.db.webhook_inbox.count({}) == 0
    answer = await client.post(WEBHOOK, data=raw, headers={"X-Hub-Signature-256": signature(number, raw)})
    assert (answer.status, await answer.text()) == (200, "EVENT_RECEIVED")
    assert await hotel.db.webhook_inbox.count({}) == 1


async def test_a_text_goes_to_the_open_conversation(
    simulator: Simulator, number: PlayedNumber, agent: Person, hotel: Session
) -> None:
    joao = number.customer(JOAO, name="João Silva")
    await joao.says("Minha internet caiu")
    await simulator.settled()
    await work_off(hotel.runtime)
    [conversation] = (await agent.reads("/conversations"))["conversations"]
    # However it is written.
    for to in ("+5511999999999", "(11) 99999-9999", "551199999999"):
        body = await body_of(
            await agent.post("/whatsapp/send", {"to": to, "type": "text", "content": to}), 201
        )
        assert body["conversation_id"] == conversation["id"]
    await work_off(hotel.runtime)
    assert [message.content["body"] for message in await joao.receives(3)] == [
        "+5511999999999",
        "(11) 99999-9999",
        "551199999999",
    ]
    assert await hotel.db.conversations.count({}) == await hotel.db.contacts.count({}) == 1


async def test_to_a_newcomer_only_a_template_goes(
    simulator: Simulator, number: PlayedNumber, agent: Person, hotel: Session
) -> None:
    text = {"to": NEWCOMER, "type": "text", "content": "Olá"}
    await refusal(await agent.post("/whatsapp/send", text), 409, "WINDOW_CLOSED")
    for noun in ("contacts", "contact_identities", "conversations", "messages", "tallies", "events"):
        where = {"kind": {"$ne": "user.changed"}} if noun == "events" else {}
        found = await getattr(hotel.db, noun).all(where)
        assert not [row for row in found if "channel" not in row.get("kind", "")], noun
    template = {
        "to": NEWCOMER,
        "template_name": "reserva_confirmada",
        "components": _filled("A", "B", "C", "D"),
    }
    body = await body_of(await agent.post("/whatsapp/send-template", template), 201)
    assert (body["type"], body["direction"]) == ("template", "outgoing")
    [row] = (await agent.reads("/conversations"))["conversations"]
    assert (row["id"], row["customer_phone"], row["messages_count"]) == (body["conversation_id"], NEWCOMER, 1)
    await work_off(hotel.runtime)
    [received] = simulator.log
    assert received.type == "template"
    await refusal(await agent.post("/whatsapp/send", text), 409, "WINDOW_CLOSED")
    assert (await body_of(await agent.post("/whatsapp/send-template", template), 201))[
        "conversation_id"
    ] == row["id"]


def _filled(*texts: str) -> list[Json]:
    return [{"type": "body", "parameters": [{"type": "text", "text": text} for text in texts]}]


async def test_two_who_write_to_a_newcomer_at_once_meet_in_one_conversation(
    number: PlayedNumber, agent: Person, admin: Person, hotel: Session
) -> None:
    template = {"to": NEWCOMER, "template_name": "boas_vindas"}
    answers = await asyncio.gather(*(p.post("/whatsapp/send-template", template) for p in (agent, admin) * 3))
    bodies = [await body_of(answer, 201) for answer in answers]
    assert len({body["conversation_id"] for body in bodies}) == 1
    assert await hotel.db.contacts.count({}) == await hotel.db.conversations.count({}) == 1
    assert await hotel.db.messages.count({}) == 6


async def test_the_same_key_writes_once(number: PlayedNumber, agent: Person, hotel: Session) -> None:
    template, key = {"to": NEWCOMER, "template_name": "boas_vindas"}, {"Idempotency-Key": "uma-vez"}
    answers = await asyncio.gather(
        *(agent.post("/whatsapp/send-template", template, headers=key) for _ in range(3))
    )
    assert sorted(answer.status for answer in answers) == [200, 200, 201]
    assert await hotel.db.messages.count({}) == 1


async def test_somebody_elses_conversation_is_not_written_into(
    hotel: Session, agent: Person, admin: Person
) -> None:
    """Where agents see only their own: told at once, and nothing is begun beside it."""
    channel = await a_channel(hotel)
    conversation = await a_conversation(hotel, channel)
    await hotel.patch("/api/tenant", {"settings": {"agentVisibility": "OWN"}})
    hotel.runtime.access.forget(hotel.tenant["id"])
    await admin.post(f"/conversations/{conversation['id']}/transfer", {"to_agent_id": 1})
    async with asyncio.timeout(30):
        refused = await agent.post("/whatsapp/send", {"to": f"+{JOAO}", "content": "x"})
    await refusal(refused, 409, "CONFLICT")
    assert await hotel.db.messages.count({"direction": "OUTBOUND"}) == 0
    assert (await admin.post("/whatsapp/send", {"to": f"+{JOAO}", "content": "x"})).status == 201


async def test_which_number_it_leaves_by(hotel: Session, agent: Person) -> None:
    template = {"to": NEWCOMER, "template_name": "boas_vindas"}
    await refusal(await agent.post("/whatsapp/send-template", template), 409, "NO_CHANNEL")
    first, second, third = [await a_channel(hotel) for _ in range(3)]
    await hotel.db.channels.update({"_id": second["id"]}, {"$set": {"status": "CONNECTED"}})
    sent = await body_of(await agent.post("/whatsapp/send-template", template), 201)
    kept = await hotel.db.messages.by_id(sent["id"])
    assert kept
    assert kept["channel_id"] == second["id"]
    # Where he is already spoken with.
    there = await a_conversation(hotel, third, phone="5511966665555")
    sent = await body_of(await agent.post("/whatsapp/send", {"to": "+5511966665555", "content": "x"}), 201)
    assert sent["conversation_id"] == there["id"]
    assert first["id"] not in {row["channel_id"] for row in await hotel.db.messages.all()}


async def test_another_tenants_customer_is_a_newcomer(
    hotel: Session, rival: Session, stranger: Person
) -> None:
    await a_conversation(hotel, await a_channel(hotel))
    await a_channel(rival)
    before = await hotel.db.messages.count({})
    await refusal(
        await stranger.post("/whatsapp/send", {"to": f"+{JOAO}", "content": "x"}), 409, "WINDOW_CLOSED"
    )
    template = {"to": f"+{JOAO}", "template_name": "boas_vindas"}
    assert (await stranger.post("/whatsapp/send-template", template)).status == 201
    assert await hotel.db.messages.count({}) == before
    assert await rival.db.contacts.count({}) == 1


_WRONG: list[tuple[str, Json, str]] = [
    ("send", {"to": "x"}, "to"),
    ("send", {"to": None}, "to"),
    ("send", {"to": "+55119"}, "to"),
    ("send", {"type": "x"}, "type"),
    ("send", {"content": ""}, "content"),
    ("send-template", {"template_name": "Nome Errado"}, "template_name"),
    ("send-template", {"template_name": None}, "template_name"),
    ("send-template", {"language": ""}, "language"),
    ("send-template", {"components": "x"}, "components"),
    ("send-template", {"components": [1]}, "components.0"),
    ("send-template", {"content": "x"}, "content"),
]


async def test_what_is_wrong_is_named(agent: Person, hotel: Session) -> None:
    right: Json = {"send": {"content": "x"}, "send-template": {"template_name": "x"}}
    for path, wrong, field in _WRONG:
        answer = await agent.post(f"/whatsapp/{path}", {"to": NEWCOMER, **right[path], **wrong})
        await refusal(answer, 400, "VALIDATION_ERROR", field)
    assert await hotel.db.contacts.count({}) == 0
