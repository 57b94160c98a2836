"""What a test needs to find in the house: a connected number, customers who have written, a small world of everything."""

import itertools
from datetime import UTC, datetime
from typing import Any

from aiohttp import ClientResponse, FormData

from server.channels import connecting
from server.desk import templates
from server.desk.messages.inbound import Received, Sender
from server.desk.messages.models import Kind
from server.desk.messages.receiving import receive
from tenants import feed, registry
from tenants.ids import new_id
from tenants.models import Tenant
from tests.conftest import Session

Json = dict[str, Any]
_serial = itertools.count(1)
_TOGETHER = 50  # messages in a transaction: the store ends one that lasts too long
CHANNEL_SECRETS = ("accessToken", "appSecret", "verifyToken")
JOAO = "5511999999999"
# Messages as the document shows them, and their keys in its answers.
SEED_MESSAGE = {
    "id", "whatsappMessageId", "direction", "type", "content", "metadata", "status", "sentById", "timestamp", "createdAt",
}  # fmt: skip
BUTTONS: Json = {
    "bodyText": "Escolha uma opção:",
    "buttons": [
        {"id": "opt1", "title": "Nova Reserva"},
        {"id": "opt2", "title": "Ver Reservas"},
        {"id": "opt3", "title": "Falar com Atendente"},
    ],
    "headerText": "Menu Principal",
    "footerText": "Disponível 24/7",
}
LIST: Json = {
    "bodyText": "Escolha o tipo de quarto:",
    "buttonText": "Ver quartos",
    "sections": [
        {
            "title": "Quartos Standard",
            "rows": [
                {"id": "quarto_single", "title": "Single", "description": "Cama de solteiro - R$ 150/noite"},
                {"id": "quarto_double", "title": "Double", "description": "Cama de casal - R$ 200/noite"},
            ],
        },
        {"title": "Quartos Premium", "rows": [{"id": "quarto_suite", "title": "Suite Master"}]},
    ],
}
TEMPLATE = {
    "templateName": "reserva_confirmada",
    "parameters": ["João Silva", "15", "dezembro", "14:00"],
    "languageCode": "pt_BR",
}


async def body_of(answer: ClientResponse, status: int = 200) -> Json:
    """The answer's JSON, which must have come with this status."""
    body: Json = await answer.json()
    assert answer.status == status, body
    return body


async def made(session: Session, path: str, **fields: Any) -> Json:
    """The answer to a POST that creates."""
    return await body_of(await session.post(path, fields), 201)


async def a_channel(session: Session, **fields: Any) -> Json:
    """A number whose provider does not answer: the channel is kept, and stays PENDING."""
    serial = next(_serial)
    draft = {
        "type": "WHATSAPP_CLOUD",
        "name": "Recepção",
        # Of one length, so that none is the beginning of another.
        "phoneNumberId": f"1000{serial:06}",
        "wabaId": f"2000{serial:06}",
        **{name: f"{name}{serial:06}" for name in CHANNEL_SECRETS},
    }
    return await made(session, "/api/channels", **{**draft, **fields})


def a_message(text: str = "Olá", *, phone: str = JOAO, name: str = "João Silva", **fields: Any) -> Received:
    """As a channel hands it to the desk: by default a new text, written now."""
    fallbacks = {
        "wamid": f"wamid.{next(_serial)}",
        "at": datetime.now(UTC),
        "sender": Sender(wa_id=phone, name=name),
        "kind": Kind.TEXT,
        "text": text,
    }
    return Received(**{**fallbacks, **fields})


async def arrive(session: Session, channel: Json, *messages: Received) -> list[Json]:
    """Customers' messages reach the desk; returns the stored documents."""
    tenant = await tenant_of(session)
    stored: list[Json] = []
    for begin in range(0, len(messages), _TOGETHER):
        async with session.runtime.enter(tenant) as ctx:
            stored += await receive(ctx, channel["id"], messages[begin : begin + _TOGETHER])
    return stored


async def tenant_of(session: Session) -> Tenant:
    tenant = await registry.tenant_by_id(session.runtime.database, session.tenant["id"])
    assert tenant
    return tenant


async def a_conversation(session: Session, channel: Json, text: str = "Olá", **sender: Any) -> Json:
    """What `GET /api/conversations/:id` says after a customer wrote."""
    [message] = await arrive(session, channel, a_message(text, **sender))
    return await body_of(await session.get(f"/api/conversations/{message['conversation_id']}"))


async def stored(session: Session, noun: str, id: str) -> Json:
    """The document behind an id."""
    found = await getattr(session.db, noun).by_id(id)
    assert found, f"no {noun} {id}"
    return dict(found)


# As little as a PNG may be: one pixel.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def a_form(name: str = "quarto.png") -> FormData:
    form = FormData()
    form.add_field("file", PIXEL, filename=name, content_type="image/png")
    return form


async def a_file(session: Session, name: str = "quarto.png") -> Json:
    return await body_of(await session.request("POST", "/api/media", data=a_form(name)), 201)


# What else leads to something of a tenant, but may be a part of other words.
NO_SECRET = {"slug", "cursor", "user_number"}


async def a_world(session: Session, mark: str = "segredo", area: str = "11") -> dict[str, str]:
    """One of everything that a tenant may have, by noun: its ids, and what else leads to it.

    `mark` is in all that was written there, so that it can be seen wherever it should not be.
    """
    secrets = {name: f"{mark}-{name}-{area}" for name in CHANNEL_SECRETS}
    for _ in range(int(area)):  # people's numbers are each tenant's own: no number of one world is another's
        await session.db.next_number("users")
    channel, colleague = await a_channel(session, name=mark, **secrets), await session.colleague(name=mark)
    async with session.runtime.enter(await tenant_of(session)) as ctx:
        await connecting.hold(ctx, session.runtime, channel["id"])
    tag = await made(session, "/api/tags", name=mark)
    team = await made(session, "/api/teams", name=mark)
    response = await made(session, "/api/canned-responses", shortcut=mark, content=mark)
    view = await made(session, "/api/views", name=mark, filters={"search": mark}, shared=True)
    file = await a_file(session, f"{mark}.png")
    key = f"{mark}-key-{area}"
    records = {"kind": "SGP", "url": "http://127.0.0.1:9", "app": mark}
    integration = await made(session, "/api/integrations", **records, key=key)
    api_key = await made(session, "/api/api-keys", name=mark, role="ADMIN")
    phone, other_phone = f"55{area}999999999", f"55{area}988887777"
    conversation = await a_conversation(session, channel, mark, phone=phone, name=mark)
    other = await a_conversation(session, channel, mark, phone=other_phone, name=mark)
    email = f"{mark}@{area}.exemplo.com"
    await session.patch(f"/api/contacts/{conversation['contactId']}", {"email": email})
    [message] = await session.db.messages.all({"conversation_id": conversation["id"]})
    sent = await made(session, "/api/messages", conversationId=other["id"], content=mark)
    outcome = {"status": "FAILED", "delivery": "FAILED", "moving": False}
    await session.db.messages.update({"_id": sent["id"]}, {"$set": outcome})
    listed = {"name": mark, "language": "pt_BR", "status": "APPROVED", "components": []}
    async with session.runtime.enter(await tenant_of(session)) as ctx:
        await templates.sync(ctx, channel["id"], [listed])
    await feed.stamp(session.db)
    template, event = await session.db.templates.one({}), await session.db.events.one({})
    user = await session.db.users.by_id(colleague.user["id"])
    assert template
    assert event
    assert user
    address = {"url": f"http://127.0.0.1:9/{mark}", "events": ["message.added"]}
    webhook = await made(session, "/api/webhooks", **address)
    delivery = {
        "_id": new_id(), "subscription_id": webhook["id"], "event_id": event["_id"], "event": event["kind"], "attempt": 1,
        "occasion": "EVENT", "ok": False, "status": 500, "milliseconds": 1, "error": mark, "at": session.runtime.clock(),
    }  # fmt: skip
    await session.db.deliveries.insert(delivery)
    dead, other_dead = [await _a_dead_letter(session, mark) for _ in range(2)]
    page = await body_of(await session.get("/api/conversations", params={"limit": 1}))
    return {
        "tenant": session.tenant["id"], "slug": session.slug, "session": session.refresh_token.split(".")[1],
        "channel": channel["id"], "phone_number_id": channel["phoneNumberId"], "waba_id": channel["wabaId"],
        "app_secret": secrets["appSecret"], "verify_token": secrets["verifyToken"], "user": user["_id"],
        "user_number": str(user["number"]), "user_email": user["email"],
        "tag": tag["id"], "team": team["id"], "canned_response": response["id"], "media": file["id"],
        "contact": conversation["contactId"], "other_contact": other["contactId"], "phone": phone, "email": email,
        "conversation": conversation["id"], "message": message["_id"], "wamid": message["wamid"],
        "failed_message": sent["id"], "template": template["_id"], "event": event["_id"], "cursor": page["nextCursor"],
        "integration": integration["id"], "integration_key": key, "view": view["id"],
        "api_key": api_key["id"], "api_key_itself": api_key["key"],
        "webhook": webhook["id"], "webhook_secret": webhook["secret"], "delivery": delivery["_id"],
        "dead_letter": dead, "other_dead_letter": other_dead,
    }  # fmt: skip


async def _a_dead_letter(session: Session, mark: str) -> str:
    id = new_id()
    row = {"_id": id, "digest": id, "raw": mark.encode(), "state": "DEAD", "n": 8, "error": mark}
    await session.db.webhook_inbox.insert({**row, "at": session.runtime.clock()})
    return id


async def sent(session: Session, conversation: Json, content: str = "Olá!", **fields: Any) -> Json:
    return await made(session, "/api/messages", conversationId=conversation["id"], content=content, **fields)


async def tallied(session: Session) -> tuple[Json, Json]:
    """The kept counts of conversations, and the same counted now."""
    stats = await body_of(await session.get("/api/conversations/stats"))
    rows = await session.db.conversations.all()
    counted = {status: sum(r["status"] == status for r in rows) for status in stats["byStatus"]}
    return (
        {"total": stats["total"], "unread": stats["unreadMessages"], **stats["byStatus"]},
        {"total": len(rows), "unread": sum(r["unread_count"] for r in rows), **counted},
    )
