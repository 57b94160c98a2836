"""Sending (seed 004, Mensagens): every kind, each limit, once; with colleagues about and the window in mind."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp import FormData

from server.desk import templates
from server.desk.messages.models import Kind
from tests.conftest import Session
from tests.factories import (
    BUTTONS,
    LIST,
    SEED_MESSAGE,
    TEMPLATE,
    a_channel,
    a_conversation,
    a_file,
    a_message,
    arrive,
    body_of,
    made,
    sent,
    stored,
    tenant_of,
)

Json = dict[str, Any]


async def test_sending_text(hotel: Session, conversation: Json) -> None:
    answer = await sent(hotel, conversation, "Olá! Como posso ajudá-lo?", type="TEXT")
    assert set(answer) >= SEED_MESSAGE
    assert (answer["status"], answer["deliveryState"], answer["whatsappMessageId"]) == (
        "SENT",
        "QUEUED",
        None,
    )
    assert (answer["type"], answer["content"], answer["metadata"]) == (
        "TEXT",
        "Olá! Como posso ajudá-lo?",
        None,
    )
    assert (answer["seq"], answer["sentById"], answer["conversationId"]) == (
        2,
        hotel.user["id"],
        conversation["id"],
    )
    document = await stored(hotel, "messages", answer["id"])
    assert (document["moving"], document["attempt"], document["delivery"]) == (True, 0, "QUEUED")
    row = await body_of(await hotel.get(f"/api/conversations/{conversation['id']}"))
    assert row["lastMessage"]["id"] == answer["id"]
    assert row["lastMessageAt"] == answer["timestamp"]
    said = await hotel.db.events.all({"kind": "message.added"}, sort=[("_id", 1)])
    assert said[-1]["payload"]["message"]["_id"] == answer["id"]


async def test_sending_from_the_conversations_own_address(hotel: Session, conversation: Json) -> None:
    path = f"/api/conversations/{conversation['id']}/messages"
    answer = await made(hotel, path, type="TEXT", content="Olá!", clientMessageId="c-1")
    again = await body_of(await hotel.post(path, {"content": "Olá!", "clientMessageId": "c-1"}))
    assert again == answer
    refused = await body_of(await hotel.post(path, {"content": "Olá!", "conversationId": "x"}), 400)
    assert refused["details"][0]["field"] == "conversationId"


async def test_sending_a_file_by_its_address(hotel: Session, conversation: Json) -> None:
    url = "https://cdn.exemplo.com/foto.jpg"
    answer = await sent(
        hotel, conversation, url, type="IMAGE", metadata={"caption": "Foto do quarto disponível"}
    )
    assert (answer["type"], answer["content"]) == ("IMAGE", url)
    assert answer["metadata"]["caption"] == "Foto do quarto disponível"
    assert answer["media"]["url"] == url
    row = await body_of(await hotel.get(f"/api/conversations/{conversation['id']}"))
    assert row["lastMessage"]["content"] == url


async def test_sending_a_file_uploaded_before(hotel: Session, conversation: Json) -> None:
    uploaded = await a_file(hotel)
    ways: list[Json] = [
        {"mediaId": uploaded["id"]},
        {"content": uploaded["url"]},
        {"metadata": {"mediaId": uploaded["id"]}},
    ]
    for way in ways:
        answer = await made(hotel, "/api/messages", conversationId=conversation["id"], type="IMAGE", **way)
        assert answer["media"]["id"] == uploaded["id"]
        assert answer["content"] == f"/api/media/{uploaded['id']}"
        assert answer["media"]["mimeType"] == "image/png"
    unknown = {"conversationId": conversation["id"], "type": "IMAGE", "mediaId": "nothing"}
    assert (await body_of(await hotel.post("/api/messages", unknown), 400))["details"][0][
        "field"
    ] == "mediaId"


@pytest.mark.parametrize(
    ("body", "shown", "metadata"),
    [
        (
            {"type": "LOCATION", "metadata": {"latitude": -23.5, "longitude": -46.6, "name": "Hotel ABC"}},
            "Hotel ABC",
            {"latitude": -23.5, "longitude": -46.6, "name": "Hotel ABC"},
        ),
        (
            {
                "type": "CONTACTS",
                "metadata": {
                    "contacts": [
                        {"name": {"formatted_name": "Ana"}, "phones": [{"phone": "+55 11 98888-7777"}]}
                    ]
                },
            },
            "Ana",
            {"contacts": [{"name": {"formattedName": "Ana"}, "phones": [{"phone": "+55 11 98888-7777"}]}]},
        ),
        (
            {"type": "DOCUMENT", "content": "https://x.com/a.pdf", "metadata": {"filename": "Conta.pdf"}},
            "https://x.com/a.pdf",
            {"filename": "Conta.pdf"},
        ),
        (
            {"type": "AUDIO", "content": "https://x.com/a.ogg", "metadata": {"voice": True}},
            "https://x.com/a.ogg",
            None,
        ),
        ({"type": "VIDEO", "content": "https://x.com/a.mp4"}, "https://x.com/a.mp4", None),
        ({"type": "STICKER", "content": "https://x.com/a.webp"}, "https://x.com/a.webp", None),
    ],
)
async def test_sending_other_kinds(
    hotel: Session, conversation: Json, body: Json, shown: str, metadata: Json | None
) -> None:
    answer = await made(hotel, "/api/messages", conversationId=conversation["id"], **body)
    assert (answer["type"], answer["content"]) == (body["type"], shown)
    assert answer["metadata"] == metadata


async def test_reacting_and_replying(hotel: Session, conversation: Json) -> None:
    path = f"/api/conversations/{conversation['id']}/messages"
    theirs = (await body_of(await hotel.get(path)))["data"][0]
    reply = await sent(hotel, conversation, "Claro!", replyToId=theirs["id"])
    assert reply["replyToId"] == theirs["id"]
    assert (await stored(hotel, "messages", reply["id"]))["reply_to_wamid"] == theirs["whatsappMessageId"]
    reaction = await sent(hotel, conversation, "👍", type="REACTION", metadata={"messageId": theirs["id"]})
    assert (reaction["type"], reaction["replyToId"]) == ("REACTION", theirs["id"])
    shown = await body_of(await hotel.get(f"/api/messages/{theirs['id']}"))
    assert shown["reactions"] == [{"emoji": "👍", "by": hotel.user["id"]}]
    await sent(hotel, conversation, "", type="REACTION", metadata={"messageId": theirs["id"], "emoji": ""})
    assert (await body_of(await hotel.get(f"/api/messages/{theirs['id']}")))["reactions"] == []
    # What WhatsApp has not accepted has no id to refer to.
    for wrong, field in [
        ({"content": "x", "replyToId": reply["id"]}, "replyToId"),
        ({"content": "x", "replyToId": "nothing"}, "replyToId"),
        ({"content": "👍", "type": "REACTION", "metadata": {"messageId": reply["id"]}}, "metadata.messageId"),
        ({"content": "👍", "type": "REACTION"}, "metadata.messageId"),
    ]:
        body = await body_of(await hotel.post(path, wrong), 400)
        assert body["details"][0]["field"] == field


async def test_the_house_reacts_as_one(hotel: Session, channel: Json, conversation: Json) -> None:
    """On the customer's phone a colleague's reaction takes the place of the first; the customer's own stays."""
    maria = await hotel.colleague()
    theirs = (await body_of(await hotel.get(f"/api/conversations/{conversation['id']}/messages")))["data"][0]
    target = {"target": theirs["whatsappMessageId"]}

    async def shown() -> list[tuple[str, str]]:
        body = await body_of(await hotel.get(f"/api/messages/{theirs['id']}"))
        assert body["reactions"] == (await stored(hotel, "messages", theirs["id"]))["reactions"]
        return [(one["emoji"], one["by"]) for one in body["reactions"]]

    await arrive(hotel, channel, a_message("😮", kind=Kind.REACTION, details={"emoji": "😮", **target}))
    for agent, emoji in ((hotel, "👍"), (maria, "❤️")):
        await sent(agent, conversation, emoji, type="REACTION", metadata={"messageId": theirs["id"]})
        assert await shown() == [("😮", "customer"), (emoji, agent.user["id"])]
    in_the_app = a_message("🙏", kind=Kind.REACTION, details={"emoji": "🙏", **target}, echo=True)
    await arrive(hotel, channel, in_the_app)
    assert await shown() == [("😮", "customer"), ("🙏", "house")]
    await arrive(hotel, channel, a_message("", kind=Kind.REACTION, details={"emoji": "", **target}))
    await sent(hotel, conversation, "", type="REACTION", metadata={"messageId": theirs["id"], "emoji": ""})
    assert await shown() == []


async def test_sending_a_template(hotel: Session, conversation: Json) -> None:
    answer = await made(hotel, "/api/messages/template", conversationId=conversation["id"], **TEMPLATE)
    assert (answer["type"], answer["content"]) == ("TEMPLATE", "Template: reserva_confirmada")
    assert answer["metadata"] == TEMPLATE
    assert answer["status"] == "SENT"


async def test_sending_buttons(hotel: Session, conversation: Json) -> None:
    answer = await made(hotel, "/api/messages/buttons", conversationId=conversation["id"], **BUTTONS)
    assert (answer["type"], answer["content"]) == ("INTERACTIVE", "Escolha uma opção:")
    assert {
        name: answer["metadata"][name] for name in ("interactiveType", "buttons", "headerText", "footerText")
    } == {
        "interactiveType": "button",
        "buttons": BUTTONS["buttons"],
        "headerText": "Menu Principal",
        "footerText": "Disponível 24/7",
    }


async def test_sending_a_list(hotel: Session, conversation: Json) -> None:
    answer = await made(hotel, "/api/messages/list", conversationId=conversation["id"], **LIST)
    assert (answer["type"], answer["content"]) == ("INTERACTIVE", "Escolha o tipo de quarto:")
    metadata = answer["metadata"]
    assert (metadata["interactiveType"], metadata["buttonText"]) == ("list", "Ver quartos")
    assert metadata["sections"] == LIST["sections"]


def rows(count: int) -> list[Json]:
    return [{"id": str(place), "title": f"Item {place}"} for place in range(count)]


def buttons(count: int) -> list[Json]:
    return [{"id": str(place), "title": f"Botão {place}"} for place in range(count)]


AT_THE_LIMIT: list[tuple[str, Json]] = [
    ("", {"content": "x" * 4096}),
    ("", {"type": "IMAGE", "content": "https://x.com/a", "metadata": {"caption": "x" * 1024}}),
    ("/buttons", {**BUTTONS, "buttons": buttons(1)}),
    ("/buttons", {**BUTTONS, "buttons": [{"id": "x" * 256, "title": "x" * 20}]}),
    ("/buttons", {**BUTTONS, "headerText": "x" * 60, "footerText": "x" * 60, "bodyText": "x" * 1024}),
    ("/list", {**LIST, "sections": [{"rows": rows(10)}]}),
    (
        "/list",
        {**LIST, "sections": [{"title": str(p), "rows": [{"id": str(p), "title": "x"}]} for p in range(10)]},
    ),
    ("/list", {**LIST, "buttonText": "x" * 20, "bodyText": "x" * 4096}),
    ("/list", {**LIST, "sections": [{"rows": [{"id": "1", "title": "x" * 24, "description": "x" * 72}]}]}),
]
BEYOND_IT: list[tuple[str, Json, str]] = [
    ("", {"content": ""}, "content"),
    ("", {"content": " \n"}, "content"),
    ("", {"content": "x" * 4097}, "content"),
    ("", {"content": "x" * 20_001}, "content"),
    ("", {"content": "x", "type": "TEMPLATE"}, "type"),
    ("", {"content": "x", "type": "NOTE"}, "type"),
    ("", {"content": "x", "type": "FAX"}, "type"),
    ("", {"content": "x", "to": "5511"}, "to"),
    ("", {"content": "x", "lastSeenSeq": -1}, "lastSeenSeq"),
    ("", {"content": "x", "clientMessageId": "x" * 129}, "clientMessageId"),
    ("", {"content": "x", "metadata": "x"}, "metadata"),
    ("", {"content": "ftp://x.com/a", "type": "IMAGE"}, "content"),
    ("", {"content": "foto.jpg", "type": "IMAGE"}, "content"),
    ("", {"content": "https://x.com/a", "type": "IMAGE", "metadata": {"caption": "x" * 1025}}, "caption"),
    ("", {"content": "https://x.com/a", "type": "STICKER", "metadata": {"caption": "x"}}, "body"),
    ("", {"type": "IMAGE"}, "body"),
    ("", {"type": "LOCATION", "metadata": {"latitude": 91, "longitude": 0}}, "latitude"),
    ("", {"type": "LOCATION"}, "latitude"),
    ("", {"type": "CONTACTS", "metadata": {"contacts": []}}, "contacts"),
    ("", {"type": "CONTACTS", "metadata": {"contacts": [{"name": {}}]}}, "contacts"),
    ("/template", {"templateName": ""}, "templateName"),
    ("/template", {"templateName": "Com Espaço"}, "templateName"),
    ("/template", {}, "templateName"),
    ("/template", {"templateName": "oi", "languageCode": "português"}, "languageCode"),
    ("/template", {"templateName": "oi", "parameters": [""]}, "parameters"),
    ("/template", {"templateName": "oi", "parameters": "x"}, "parameters"),
    ("/template", {"templateName": "oi", "mediaId": "x"}, "mediaId"),
    ("/template", {"templateName": "oi", "mediaId": "x", "components": [{"type": "HEADER"}]}, "body"),
    ("/buttons", {**BUTTONS, "buttons": []}, "buttons"),
    ("/buttons", {**BUTTONS, "buttons": buttons(4)}, "buttons"),
    ("/buttons", {**BUTTONS, "buttons": [{"id": "1", "title": "x" * 21}]}, "buttons"),
    ("/buttons", {**BUTTONS, "buttons": [{"id": "1", "title": " "}]}, "buttons"),
    ("/buttons", {**BUTTONS, "buttons": [{"id": "x" * 257, "title": "x"}]}, "buttons"),
    ("/buttons", {**BUTTONS, "buttons": [{"id": "1", "title": "a"}, {"id": "1", "title": "b"}]}, "body"),
    ("/buttons", {**BUTTONS, "buttons": [{"id": "1", "title": "a"}, {"id": "2", "title": "a"}]}, "body"),
    ("/buttons", {**BUTTONS, "headerText": "x" * 61}, "headerText"),
    ("/buttons", {**BUTTONS, "footerText": "x" * 61}, "footerText"),
    ("/buttons", {**BUTTONS, "bodyText": "x" * 1025}, "bodyText"),
    ("/buttons", {**BUTTONS, "bodyText": ""}, "bodyText"),
    ("/list", {**LIST, "sections": []}, "sections"),
    ("/list", {**LIST, "sections": [{"rows": rows(11)}]}, "sections"),
    (
        "/list",
        {**LIST, "sections": [{"title": "a", "rows": rows(6)}, {"title": "b", "rows": rows(11)[6:]}]},
        "body",
    ),
    (
        "/list",
        {**LIST, "sections": [{"title": "a", "rows": rows(1)}, {"title": "b", "rows": rows(1)}]},
        "body",
    ),
    ("/list", {**LIST, "sections": [{"rows": rows(1)}, {"rows": rows(2)[1:]}]}, "body"),
    ("/list", {**LIST, "sections": [{"title": "x" * 25, "rows": rows(1)}]}, "sections"),
    ("/list", {**LIST, "sections": [{"rows": [{"id": "1", "title": "x" * 25}]}]}, "sections"),
    (
        "/list",
        {**LIST, "sections": [{"rows": [{"id": "1", "title": "x", "description": "x" * 73}]}]},
        "sections",
    ),
    ("/list", {**LIST, "buttonText": "x" * 21}, "buttonText"),
    ("/list", {**LIST, "bodyText": "x" * 4097}, "bodyText"),
]


async def test_everything_at_its_limit_passes(hotel: Session, conversation: Json) -> None:
    for end, body in AT_THE_LIMIT:
        answer = await hotel.post(f"/api/messages{end}", {"conversationId": conversation["id"], **body})
        assert answer.status == 201, (end, body, await answer.text())


async def test_everything_beyond_its_limit_is_refused_and_named(hotel: Session, conversation: Json) -> None:
    for end, body, field in BEYOND_IT:
        answer = await hotel.post(f"/api/messages{end}", {"conversationId": conversation["id"], **body})
        refused = await answer.json()
        assert (answer.status, refused["error"]) == (400, "VALIDATION_ERROR"), (end, body, refused)
        named = refused["details"][0]["field"]
        assert named.removeprefix("metadata.").split(".")[0] == field, (end, body, refused)
    assert await hotel.db.messages.count({"direction": "OUTBOUND"}) == 0
    assert (await stored(hotel, "conversations", conversation["id"]))["seq"] == 1


# Once


async def test_the_same_key_sends_once(hotel: Session, channel: Json, conversation: Json) -> None:
    body = {"conversationId": conversation["id"], "content": "Olá!"}
    first = await body_of(await hotel.post("/api/messages", {**body, "clientMessageId": "chave-1"}), 201)
    assert first["clientMessageId"] == "chave-1"
    header = {"Idempotency-Key": "chave-1"}
    again = [
        await hotel.post("/api/messages", {**body, "clientMessageId": "chave-1"}),
        await hotel.post("/api/messages", body, headers=header),
        await hotel.post(
            "/api/messages/buttons", {"conversationId": conversation["id"], **BUTTONS}, headers=header
        ),
    ]
    for answer in again:
        assert await body_of(answer) == first
    # Also when a new message could not be sent any more.
    await hotel.post(f"/api/conversations/{conversation['id']}/close")
    assert (await hotel.post("/api/messages", body, headers=header)).status == 200
    assert await hotel.db.messages.count({"direction": "OUTBOUND"}) == 1
    other = await a_conversation(hotel, channel, phone="5511988887777")
    elsewhere = await hotel.post("/api/messages", {**body, "conversationId": other["id"]}, headers=header)
    assert (await body_of(elsewhere, 409))["error"] == "CONFLICT"


async def test_the_same_key_of_another_tenant_is_another(
    hotel: Session, rival: Session, conversation: Json
) -> None:
    theirs = await a_conversation(rival, await a_channel(rival))
    mine = await sent(hotel, conversation, clientMessageId="k")
    assert (await sent(rival, theirs, clientMessageId="k"))["id"] != mine["id"]


async def test_twenty_at_once_with_one_key_send_once(hotel: Session, conversation: Json) -> None:
    body = {"conversationId": conversation["id"], "content": "Olá!", "clientMessageId": "k"}
    answers = await asyncio.gather(*(hotel.post("/api/messages", body) for _ in range(20)))
    assert Counter(answer.status for answer in answers) == {201: 1, 200: 19}
    assert len({(await answer.json())["id"] for answer in answers}) == 1
    assert await hotel.db.messages.count({"direction": "OUTBOUND"}) == 1
    assert (await stored(hotel, "conversations", conversation["id"]))["seq"] == 2


async def test_twenty_at_once_keep_their_places(hotel: Session, conversation: Json) -> None:
    answers = await asyncio.gather(*(sent(hotel, conversation, str(place)) for place in range(20)))
    assert sorted(answer["seq"] for answer in answers) == list(range(2, 22))
    assert len({answer["number"] for answer in answers}) == 20


# Colleagues and the window


async def test_an_answer_that_a_colleague_forestalled(hotel: Session, conversation: Json) -> None:
    maria = await hotel.colleague()
    body = {"conversationId": conversation["id"], "content": "Sim, temos quartos.", "lastSeenSeq": 1}
    first = await body_of(await maria.post("/api/messages", body), 201)
    refused = await body_of(await hotel.post("/api/messages", body), 409)
    assert refused["error"] == "ANSWERED_MEANWHILE"
    assert refused["messages"] == [first]
    assert (await maria.post("/api/messages", body)).status == 201  # his own are no surprise
    assert (await hotel.post("/api/messages", {**body, "force": True})).status == 201
    assert (await hotel.post("/api/messages", {**body, "lastSeenSeq": 4})).status == 201
    await body_of(
        await maria.post(f"/api/conversations/{conversation['id']}/notes", {"content": "Nota"}), 201
    )
    assert (await hotel.post("/api/messages", {**body, "lastSeenSeq": 5})).status == 201


async def test_of_five_who_answer_at_once_one_does(hotel: Session, conversation: Json) -> None:
    agents = [await hotel.colleague(name=f"Agente {place}") for place in range(5)]
    body = {"conversationId": conversation["id"], "content": "Olá!", "lastSeenSeq": 1}
    answers = await asyncio.gather(*(agent.post("/api/messages", body) for agent in agents))
    assert Counter(answer.status for answer in answers) == {201: 1, 409: 4}
    assert await hotel.db.messages.count({"direction": "OUTBOUND"}) == 1


async def test_no_template_is_headed_by_a_sound(hotel: Session, conversation: Json) -> None:
    form = FormData()
    form.add_field("file", b"ID3\x03" + b"\0" * 64, filename="aviso.mp3", content_type="audio/mpeg")
    sound = await body_of(await hotel.request("POST", "/api/media", data=form), 201)
    message = {"conversationId": conversation["id"], "templateName": "oi", "mediaId": sound["id"]}
    body = await body_of(await hotel.post("/api/messages/template", message), 400)
    assert [detail["field"] for detail in body["details"]] == ["mediaId"]
    assert await hotel.db.messages.count({"direction": "OUTBOUND"}) == 0


async def test_outside_the_window_only_templates_leave(hotel: Session, channel: Json) -> None:
    yesterday = datetime.now(UTC) - timedelta(hours=24, minutes=1)
    conversation = await a_conversation(hotel, channel, at=yesterday)
    wanted = {"name": "reserva_confirmada", "language": "pt_BR", "category": "UTILITY"}
    async with hotel.runtime.enter(await tenant_of(hotel)) as ctx:
        listed = [{**wanted, "status": "APPROVED"}, {**wanted, "name": "outra", "status": "PENDING"}]
        await templates.sync(ctx, channel["id"], listed)
    free: list[tuple[str, Json]] = [("", {"content": "Olá"}), ("/buttons", BUTTONS), ("/list", LIST)]
    for end, body in free:
        refused = await body_of(
            await hotel.post(f"/api/messages{end}", {"conversationId": conversation["id"], **body}), 409
        )
        assert refused["error"] == "WINDOW_CLOSED"
        assert refused["templates"] == [wanted]
    assert await hotel.db.messages.count({"direction": "OUTBOUND"}) == 0
    await made(hotel, "/api/messages/template", conversationId=conversation["id"], **TEMPLATE)
    await arrive(hotel, channel, a_message("Oi"))
    await sent(hotel, conversation)


async def test_an_advert_opens_the_window_for_three_days(hotel: Session, channel: Json) -> None:
    at = datetime.now(UTC) - timedelta(hours=71)
    conversation = await a_conversation(hotel, channel, at=at, details={"referral": {"source_id": "1"}})
    await sent(hotel, conversation)
    expires = datetime.fromisoformat(conversation["windowExpiresAt"])
    assert abs(expires - at - timedelta(hours=72)) < timedelta(milliseconds=1)


@pytest.mark.parametrize(
    "header, told",
    [
        ({"type": "HEADER", "format": "VIDEO"}, "O cabeçalho deste modelo leva um vídeo."),
        ({"type": "HEADER", "format": "DOCUMENT"}, "O cabeçalho deste modelo leva um documento."),
        ({"type": "HEADER", "format": "TEXT", "text": "Oi"}, "O cabeçalho deste modelo não leva arquivo."),
        ({"type": "FOOTER", "text": "Até logo"}, "O cabeçalho deste modelo não leva arquivo."),
        ({"type": "HEADER", "format": "IMAGE"}, None),
        ({"type": "HEADER", "format": "NEWER"}, None),
    ],
)
async def test_a_template_is_headed_by_what_it_asks_for(
    hotel: Session, channel: Json, conversation: Json, header: Json, told: str | None
) -> None:
    async with hotel.runtime.enter(await tenant_of(hotel)) as ctx:
        oferta = {"name": "oferta", "language": "pt_BR", "status": "APPROVED"}
        elsewhere = {**oferta, "language": "en", "components": [{"type": "HEADER", "format": "VIDEO"}]}
        listed = [{**oferta, "components": [header, {"type": "BODY", "text": "Olá"}]}, elsewhere]
        await templates.sync(ctx, channel["id"], listed)
    picture = await a_file(hotel)
    message = {"conversationId": conversation["id"], "templateName": "oferta", "mediaId": picture["id"]}
    answer = await hotel.post("/api/messages/template", message)
    if told is None:
        assert (await body_of(answer, 201))["media"]["id"] == picture["id"]
        return
    [detail] = (await body_of(answer, 400))["details"]
    assert (detail["field"], detail["message"]) == ("mediaId", told)
    assert await hotel.db.messages.count({"direction": "OUTBOUND"}) == 0
