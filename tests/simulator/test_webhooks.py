"""What arrives at the business: exact bytes, order, retries, every inbound kind, statuses (whatsapp.md 1.4, 1.5)."""

import base64
import hashlib
from typing import Any

import pytest

from server.channels.simulator import Simulator
from server.channels.simulator.play import PlayedCustomer, PlayedNumber
from tests.simulator.conftest import JOAO, Graph, Receiver, signed

Json = dict[str, Any]


async def test_the_signature_is_over_the_exact_bytes(
    sim: Simulator, number: PlayedNumber, receiver: Receiver
) -> None:
    joao = number.customer(JOAO, name="João Silva")
    await joao.says("Olá, diária é R$ 350/noite? 🏖️")
    await sim.settled()
    posted = receiver.posted[0]
    assert posted.signature == signed(number.app_secret, posted.body)
    assert posted.body.isascii()
    assert b"Ol\\u00e1, di\\u00e1ria" in posted.body
    assert b"350\\/noite" in posted.body
    assert b"\\ud83c\\udfd6" in posted.body
    assert posted.json["entry"][0]["changes"][0]["value"]["messages"][0]["text"]["body"].endswith("🏖️")


async def test_the_envelope_of_a_text(sim: Simulator, number: PlayedNumber, receiver: Receiver) -> None:
    wamid = await number.customer(JOAO, name="João Silva").says("Olá")
    await sim.settled()
    body = receiver.posted[0].json
    message = body["entry"][0]["changes"][0]["value"]["messages"][0]
    user_id = message["from_user_id"]
    assert user_id.startswith("BR.")
    assert message["timestamp"].isdigit()
    assert body["entry"][0].pop("time") > 1_700_000_000
    value = {
        "messaging_product": "whatsapp",
        "metadata": {
            "display_phone_number": number.display_phone_number.replace("+", "")
            .replace(" ", "")
            .replace("-", ""),
            "phone_number_id": number.phone_number_id,
        },
        "contacts": [{"profile": {"name": "João Silva"}, "wa_id": JOAO, "user_id": user_id}],
        "messages": [
            {
                "from": JOAO,
                "from_user_id": user_id,
                "id": wamid,
                "timestamp": message["timestamp"],
                "type": "text",
                "text": {"body": "Olá"},
            }
        ],
    }
    assert body == {
        "object": "whatsapp_business_account",
        "entry": [{"id": number.waba_id, "changes": [{"value": value, "field": "messages"}]}],
    }


KINDS: list[tuple[str, Json]] = [
    ("location", {"location": {"latitude": -23.5, "longitude": -46.6, "name": "Hotel"}}),
    (
        "contacts",
        {"contacts": [{"name": {"formatted_name": "Ana"}, "phones": [{"phone": "+55 11 98888-7777"}]}]},
    ),
    ("reaction", {"reaction": {"message_id": "wamid.x", "emoji": "👍"}}),
    ("button", {"button": {"payload": "sim", "text": "Sim"}}),
    (
        "interactive",
        {"interactive": {"type": "nfm_reply", "nfm_reply": {"name": "flow", "response_json": "{}"}}},
    ),
    ("order", {"order": {"catalog_id": "1", "text": "", "product_items": []}}),
    ("system", {"system": {"body": "mudou", "type": "user_changed_number", "wa_id": "5511900000001"}}),
    (
        "edit",
        {"edit": {"original_message_id": "wamid.x", "message": {"type": "text", "text": {"body": "novo"}}}},
    ),
    ("revoke", {"revoke": {"original_message_id": "wamid.x"}}),
    ("hologram", {"hologram": {"depth": 3}}),
]


@pytest.mark.parametrize("kind, content", KINDS)
async def test_every_kind_is_passed_on(
    sim: Simulator, number: PlayedNumber, receiver: Receiver, kind: str, content: Json
) -> None:
    await number.customer(JOAO, name="João").sends(kind, **content)
    await sim.settled()
    message = receiver.messages[0]
    assert message["type"] == kind
    assert message[kind] == content[kind]
    assert ("contacts" in receiver.values[0]) == (kind != "system")


@pytest.mark.parametrize(
    "kind, mime_type, extra",
    [
        ("image", "image/png", {}),
        ("video", "video/mp4", {}),
        ("audio", "audio/ogg; codecs=opus", {"voice": True}),
        ("document", "application/pdf", {"filename": "documento.pdf"}),
        ("sticker", "image/webp", {"animated": False}),
    ],
)
async def test_media_comes_with_an_id_that_can_be_fetched(
    *,
    sim: Simulator,
    number: PlayedNumber,
    graph: Graph,
    receiver: Receiver,
    kind: str,
    mime_type: str,
    extra: Json,
) -> None:
    await number.customer(JOAO, name="João").sends(kind, {"caption": "veja"} if kind == "image" else None)
    await sim.settled()
    media = receiver.messages[0][kind]
    assert media["mime_type"] == mime_type
    assert extra.items() <= media.items()
    assert media.get("caption") == ("veja" if kind == "image" else None)
    status, node = await graph.call("GET", media["id"])
    assert (status, node["mime_type"]) == (200, mime_type.partition(";")[0])
    for url in (node["url"], media["url"]):
        async with graph.session.get(url, headers={"Authorization": f"Bearer {graph.token}"}) as answer:
            content = await answer.read()
        assert hashlib.sha256(content).digest() == base64.b64decode(media["sha256"])
        assert hashlib.sha256(content).hexdigest() == node["sha256"]
        assert len(content) == node["file_size"]


async def test_given_media_context_and_referral(
    sim: Simulator, number: PlayedNumber, receiver: Receiver
) -> None:
    joao = number.customer(JOAO, name="João")
    photo: Json = {"content": b"\x89PNG praia", "mime_type": "image/png"}
    first = await joao.sends("image", photo)
    await joao.says("essa", context={"id": first})
    await joao.says("vi o anúncio", referral={"source_id": "AD1", "source_type": "ad", "ctwa_clid": "c1"})
    await joao.says("passe adiante", context={"forwarded": True})
    await sim.settled()
    image, reply, referred, forwarded = receiver.messages
    assert image["image"]["sha256"] == base64.b64encode(hashlib.sha256(photo["content"]).digest()).decode()
    assert reply["context"] == {"from": number.number.phone, "id": first}
    assert referred["referral"]["ctwa_clid"] == "c1"
    assert forwarded["context"] == {"forwarded": True}


async def test_an_unsupported_message_says_why(
    sim: Simulator, number: PlayedNumber, receiver: Receiver
) -> None:
    await number.customer(JOAO).sends("unsupported", unsupported={"type": "poll"})
    await sim.settled()
    assert receiver.messages[0]["errors"][0]["code"] == 131051


async def test_a_customer_who_hides_the_phone(
    sim: Simulator, number: PlayedNumber, receiver: Receiver
) -> None:
    await number.customer("BR.77", name="Ana", username="ana.lima").says("Oi")
    await sim.settled()
    value = receiver.values[0]
    assert value["contacts"] == [{"profile": {"name": "Ana", "username": "ana.lima"}, "user_id": "BR.77"}]
    assert "from" not in value["messages"][0]
    assert value["messages"][0]["from_user_id"] == "BR.77"


async def test_taps_on_buttons_rows_and_quick_replies(
    sim: Simulator, graph: Graph, joao: PlayedCustomer, receiver: Receiver
) -> None:
    reply = {"type": "reply", "reply": {"id": "sim", "title": "Sim, quero"}}
    rows = [{"id": "q1", "title": "Suíte", "description": "Mar"}, {"id": "q2", "title": "Simples"}]
    await graph.send("interactive", {"type": "button", "body": {"text": "?"}, "action": {"buttons": [reply]}})
    await graph.send(
        "interactive",
        {"type": "list", "body": {"text": "?"}, "action": {"button": "Ver", "sections": [{"rows": rows}]}},
    )
    parameters = [{"type": "text", "text": "João"}]
    body = {"type": "body", "parameters": parameters}
    await graph.send("template", {"name": "boas_vindas", "language": {"code": "pt_BR"}, "components": [body]})
    buttons, rows_of, template = joao.received
    await joao.taps(buttons.wamid, "sim")
    await joao.taps(rows_of.wamid, "q1")
    await joao.taps(rows_of.wamid, "Simples")
    await joao.taps(template.wamid, "Fazer reserva")
    with pytest.raises(ValueError, match="offers no 'talvez'"):
        await joao.taps(buttons.wamid, "talvez")
    await sim.settled()
    first, second, third, fourth = receiver.messages
    assert first["interactive"] == {
        "type": "button_reply",
        "button_reply": {"id": "sim", "title": "Sim, quero"},
    }
    assert first["context"]["id"] == buttons.wamid
    assert second["interactive"]["list_reply"] == {"id": "q1", "title": "Suíte", "description": "Mar"}
    assert third["interactive"]["list_reply"] == {"id": "q2", "title": "Simples"}
    assert (fourth["type"], fourth["button"]) == (
        "button",
        {"payload": "Fazer reserva", "text": "Fazer reserva"},
    )
    assert fourth["context"]["id"] == template.wamid


async def test_statuses_come_by_themselves(
    sim: Simulator, graph: Graph, joao: PlayedCustomer, receiver: Receiver
) -> None:
    wamid = await graph.sends(biz_opaque_callback_data='{"m":"1","a":1}')
    await sim.settled()
    sent, delivered = receiver.statuses
    assert sent == {
        "id": wamid,
        "status": "sent",
        "timestamp": sent["timestamp"],
        "recipient_id": JOAO,
        "recipient_user_id": joao.customer.user_id,
        "biz_opaque_callback_data": '{"m":"1","a":1}',
        "pricing": {"billable": True, "pricing_model": "PMP", "type": "regular", "category": "service"},
    }
    assert delivered["status"] == "delivered"
    assert await joao.reads() == 1
    await sim.settled()
    assert receiver.statuses[-1]["status"] == "read"
    assert receiver.statuses[-1]["biz_opaque_callback_data"] == '{"m":"1","a":1}'
    assert receiver.values[-1]["contacts"][0]["wa_id"] == JOAO


async def test_phones_that_are_off_or_look(
    sim: Simulator, graph: Graph, joao: PlayedCustomer, receiver: Receiver
) -> None:
    joao.changes(online=False)
    await graph.sends()
    await sim.settled()
    assert [status["status"] for status in receiver.statuses] == ["sent"]
    joao.changes(online=True)
    await sim.settled()
    joao.changes(opened=True)
    await sim.settled()
    await graph.sends()
    await sim.settled()
    assert [s["status"] for s in receiver.statuses] == ["sent", "delivered", "read"] * 2


async def test_conversation_objects_by_version_and_entry_point(
    sim: Simulator, number: PlayedNumber, graph: Graph, joao: PlayedCustomer, receiver: Receiver
) -> None:
    number.configure(webhookVersion=23)
    await graph.sends()
    await sim.settled()
    sent, delivered = receiver.statuses
    assert sent["conversation"]["origin"] == {"type": "service"}
    assert sent["conversation"]["expiration_timestamp"].isdigit()
    assert "expiration_timestamp" not in delivered["conversation"]
    number.configure(webhookVersion=26)
    await joao.says("vi o anúncio", referral={"source_id": "AD1"})
    await graph.sends()
    await sim.settled()
    free = receiver.statuses[-1]
    assert free["conversation"]["origin"] == {"type": "referral_conversion"}
    assert (free["pricing"]["billable"], free["pricing"]["type"]) == (False, "free_entry_point")


async def test_retries_until_200_in_the_customers_order(
    sim: Simulator, number: PlayedNumber, receiver: Receiver
) -> None:
    receiver.answers = [500, 403, 302, 204]
    joao = number.customer(JOAO)
    wamids = [await joao.says(str(n)) for n in range(3)]
    assert await sim.settled()
    ids = [message["id"] for message in receiver.messages]
    assert ids == [wamids[0]] * 5 + wamids[1:]
    assert len({posted.body for posted in receiver.posted}) == 3
    assert all(entry.acknowledged_at for entry in sim.inbound)
    gaps = [b.at - a.at for a, b in zip(receiver.posted, receiver.posted[1:5], strict=False)]
    assert gaps[2] > gaps[0]


async def test_one_customers_trouble_stops_no_other(
    sim: Simulator, number: PlayedNumber, receiver: Receiver
) -> None:
    receiver.answers = [500] * 3
    number.configure(retryFirst=0.3)
    await number.customer(JOAO).says("primeira")
    await receiver.waits_for(1)
    receiver.answers = []
    await number.customer("5511988887777").says("segunda")
    await receiver.waits_for(2)
    assert receiver.messages[1]["text"]["body"] == "segunda"
    assert await sim.settled()


async def test_raw_webhooks_of_any_field(sim: Simulator, number: PlayedNumber, receiver: Receiver) -> None:
    await number.webhook("account_update", {"event": "ACCOUNT_RESTRICTION"})
    await number.webhook("messages", {"errors": [{"code": 130429, "title": "Rate limit hit"}]})
    await number.reviews_template("boas_vindas", "PAUSED", "LOW_QUALITY")
    await sim.settled()
    account, errors, template = receiver.posted
    assert account.json["entry"][0]["changes"] == [
        {"value": {"event": "ACCOUNT_RESTRICTION"}, "field": "account_update"}
    ]
    assert errors.values[0]["metadata"]["phone_number_id"] == number.phone_number_id
    change = template.json["entry"][0]["changes"][0]
    assert change["field"] == "message_template_status_update"
    assert (change["value"]["event"], change["value"]["reason"]) == ("PAUSED", "LOW_QUALITY")
    assert all(posted.signature == signed(number.app_secret, posted.body) for posted in receiver.posted)


async def test_a_status_can_be_forced(
    sim: Simulator, number: PlayedNumber, graph: Graph, joao: PlayedCustomer, receiver: Receiver
) -> None:
    wamid = await graph.sends()
    await sim.settled()
    for status in ("sent", "read", "played"):
        await number.sends_status(wamid, status)
    await sim.settled()
    assert [s["status"] for s in receiver.statuses] == ["sent", "delivered", "sent", "read", "played"]


async def test_a_burst_counts_each_customers_messages(
    sim: Simulator, number: PlayedNumber, receiver: Receiver
) -> None:
    sent = await number.burst(customers=4, messages=40, batch=20)
    assert await sim.settled()
    assert len(receiver.posted) < 40
    assert [message["id"] for message in receiver.messages] == sent.wamids
    texts = [m["text"]["body"] for m in receiver.messages if m["from"] == receiver.messages[0]["from"]]
    assert texts == [f"Mensagem {n} de Cliente 1" for n in range(1, 11)]


async def test_a_burst_keeps_its_rate(number: PlayedNumber) -> None:
    sent = await number.burst(customers=2, messages=60, per_second=200)
    assert len(sent.wamids) == 60
    assert sent.seconds > 0.25
