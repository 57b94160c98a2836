"""Contacts: found, added, changed, joined, forgotten; and conversations begun with them."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from server.desk.messages.inbound import Sender
from tests.conftest import Client, Session
from tests.factories import JOAO, a_channel, a_conversation, a_message, arrive, body_of, made, stored

Json = dict[str, Any]
ROW = {
    "id", "name", "phoneNumber", "email", "profilePictureUrl", "tags", "notes", "customAttributes", "createdAt",
    "updatedAt", "conversationsCount", "lastConversationAt",
}  # fmt: skip
ANA = "5511988887777"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/contacts"),
        ("POST", "/api/contacts"),
        ("GET", "/api/contacts/stats"),
        ("GET", "/api/contacts/phone/5511999999999"),
        ("GET", "/api/contacts/x"),
        ("PATCH", "/api/contacts/x"),
        ("DELETE", "/api/contacts/x"),
        ("POST", "/api/contacts/x/merge"),
        ("POST", "/api/conversations"),
    ],
)
async def test_strangers_are_refused(client: Client, method: str, path: str) -> None:
    answer = await client.request(method, path)
    assert answer.status == 401
    assert (await answer.json())["error"] == "UNAUTHENTICATED"


async def test_agents_edit_and_supervisors_remove(hotel: Session) -> None:
    agent, supervisor = await hotel.colleague(), await hotel.colleague("SUPERVISOR")
    ana = await made(agent, "/api/contacts", phoneNumber=ANA)
    joao = await made(agent, "/api/contacts", phoneNumber=JOAO)
    path = f"/api/contacts/{ana['id']}"
    assert (await agent.patch(path, {"notes": "x"})).status == 200
    assert (await agent.post(f"{path}/merge", {"intoId": joao["id"]})).status == 403
    assert (await agent.delete(path)).status == 403
    assert (await supervisor.delete(path)).status == 204


async def test_another_tenants_does_not_exist(hotel: Session, rival: Session) -> None:
    theirs = await made(rival, "/api/contacts", phoneNumber=ANA)
    mine = await made(hotel, "/api/contacts", phoneNumber=ANA)
    for id in (theirs["id"], "nothing"):
        path = f"/api/contacts/{id}"
        assert (await hotel.get(path)).status == 404
        assert (await hotel.patch(path, {"name": "x"})).status == 404
        assert (await hotel.delete(path)).status == 404
        assert (await hotel.post(f"{path}/merge", {"intoId": mine["id"]})).status == 404
        assert (await hotel.post(f"/api/contacts/{mine['id']}/merge", {"intoId": id})).status == 400
    assert [row["id"] for row in (await body_of(await hotel.get("/api/contacts")))["data"]] == [mine["id"]]
    assert await body_of(await rival.get(f"/api/contacts/{theirs['id']}")) == theirs


# Adding and changing


async def test_adding_one(hotel: Session) -> None:
    tag = await made(hotel, "/api/tags", name="VIP", color="#FF0000")
    contact = await made(
        hotel, "/api/contacts", phoneNumber="(11) 98888-7777", name="Ana Souza", email="Ana@Site.com", notes="Alérgica",
        profilePictureUrl="https://cdn.exemplo.com/ana.jpg", tagIds=[tag["id"]], customAttributes={"quarto": 12, "vip": True},
    )  # fmt: skip
    assert set(contact) == ROW
    assert contact["phoneNumber"] == ANA
    assert contact["email"] == "ana@site.com"
    assert contact["tags"] == [{"id": tag["id"], "name": "VIP", "color": "#FF0000"}]
    assert contact["customAttributes"] == {"quarto": 12, "vip": True}
    assert (contact["conversationsCount"], contact["lastConversationAt"]) == (0, None)
    assert await body_of(await hotel.get(f"/api/contacts/{contact['id']}")) == contact
    document = await stored(hotel, "contacts", contact["id"])
    assert (document["number"], document["named_by"]) == (1, "person")
    [identity] = await hotel.db.contact_identities.all()
    assert (identity["value"], identity["contact_id"]) == ("551188887777", contact["id"])
    [said] = await hotel.db.events.all({"kind": "contact.changed"})
    assert said["payload"]["contact"]["_id"] == contact["id"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({}, "phoneNumber"),
        ({"phoneNumber": None}, "phoneNumber"),
        ({"phoneNumber": "190"}, "phoneNumber"),
        ({"phoneNumber": "João"}, "phoneNumber"),
        ({"phoneNumber": "+1 555 123 4567"}, "phoneNumber"),
        ({"phoneNumber": ANA, "email": "ana"}, "email"),
        ({"phoneNumber": ANA, "name": "x" * 121}, "name"),
        ({"phoneNumber": ANA, "profilePictureUrl": "javascript:alert(1)"}, "profilePictureUrl"),
        ({"phoneNumber": ANA, "tagIds": ["nothing"]}, "tagIds"),
        ({"phoneNumber": ANA, "customAttributes": {"a": [1]}}, "customAttributes"),
        ({"phoneNumber": ANA, "customAttributes": {"x" * 65: 1}}, "customAttributes"),
        ({"phoneNumber": ANA, "conversationsCount": 9}, "conversationsCount"),
    ],
)
async def test_bad_bodies_name_their_field(hotel: Session, wrong: Json, field: str) -> None:
    body = await body_of(await hotel.post("/api/contacts", wrong), 400)
    assert body["error"] == "VALIDATION_ERROR"
    assert body["details"][0]["field"].split(".")[0] == field
    assert await hotel.db.contacts.count({}) == 0
    assert await hotel.db.contact_identities.count({}) == 0


async def test_a_number_belongs_to_one_contact(hotel: Session) -> None:
    """In whichever of its two Brazilian forms it is written."""
    ana = await made(hotel, "/api/contacts", phoneNumber=ANA)
    joao = await made(hotel, "/api/contacts", phoneNumber=JOAO)
    refused = [
        await hotel.post("/api/contacts", {"phoneNumber": "+55 11 8888-7777"}),
        await hotel.patch(f"/api/contacts/{joao['id']}", {"phoneNumber": "11 98888 7777"}),
    ]
    for answer in refused:
        body = await body_of(answer, 409)
        assert (body["error"], body["contactId"]) == ("CONFLICT", ana["id"])
    assert await hotel.db.contacts.count({}) == 2
    at_once = await asyncio.gather(
        *(hotel.post("/api/contacts", {"phoneNumber": "1133224455"}) for _ in range(5))
    )
    assert sorted(answer.status for answer in at_once) == [201, 409, 409, 409, 409]
    assert await hotel.db.contacts.count({}) == 3


async def test_without_a_name_the_number_shows_until_the_profile_tells_one(hotel: Session) -> None:
    channel = await a_channel(hotel)
    contact = await made(hotel, "/api/contacts", phoneNumber=JOAO)
    assert contact["name"] == JOAO
    await arrive(hotel, channel, a_message(phone="551199999999", name="João Silva"))
    named = await body_of(await hotel.get(f"/api/contacts/{contact['id']}"))
    assert (named["name"], named["phoneNumber"], named["conversationsCount"]) == ("João Silva", JOAO, 1)
    await hotel.patch(f"/api/contacts/{contact['id']}", {"name": "Seu João"})
    await arrive(hotel, channel, a_message(phone="551199999999", name="Joãozinho"))
    assert (await stored(hotel, "contacts", contact["id"]))["name"] == "Seu João"


async def test_a_change_shows_on_its_conversations(hotel: Session) -> None:
    channel = await a_channel(hotel)
    conversation = await a_conversation(hotel, channel)
    path = f"/api/contacts/{conversation['contactId']}"
    changed = await body_of(await hotel.patch(path, {"name": "José Conceição", "email": "jose@site.com"}))
    assert (changed["name"], changed["email"], changed["phoneNumber"]) == (
        "José Conceição",
        "jose@site.com",
        JOAO,
    )
    shown = await body_of(await hotel.get(f"/api/conversations/{conversation['id']}"))
    assert (shown["contact"]["name"], shown["contact"]["email"]) == ("José Conceição", "jose@site.com")
    found = await body_of(await hotel.get("/api/conversations", params={"search": "CONCEICAO"}))
    assert [row["id"] for row in found["data"]] == [conversation["id"]]
    cleared = await body_of(await hotel.patch(path, {"name": None, "email": None}))
    assert (cleared["name"], cleared["email"]) == (JOAO, None)


async def test_a_new_number_loses_what_was_known_of_the_old_one(hotel: Session) -> None:
    channel = await a_channel(hotel)
    conversation = await a_conversation(hotel, channel)
    path = f"/api/contacts/{conversation['contactId']}"
    same = await body_of(await hotel.patch(path, {"phoneNumber": "11 9999-9999"}))
    assert same["phoneNumber"] == "551199999999"
    assert (await stored(hotel, "conversations", conversation["id"]))["window_expires_at"]
    await body_of(await hotel.patch(path, {"phoneNumber": ANA}))
    row = await stored(hotel, "conversations", conversation["id"])
    assert (row["contact"]["phone"], row["contact"]["wa_id"], row["window_expires_at"]) == (ANA, None, None)
    assert (await hotel.get(f"/api/contacts/phone/{JOAO}")).status == 404
    assert (await hotel.get(f"/api/contacts/phone/{ANA}")).status == 200
    await body_of(await hotel.patch(path, {"phoneNumber": None}))
    assert await hotel.db.contact_identities.count({}) == 0


# Finding


async def test_pages_by_name_as_people_sort_them(hotel: Session) -> None:
    names = ["Zeca", "Álvaro", "bruna", "Ana", "Édson"]
    for place, name in enumerate(names):
        await made(hotel, "/api/contacts", phoneNumber=f"551198888000{place}", name=name)
    pages = [
        await body_of(await hotel.get("/api/contacts", params={"page": page, "limit": 2}))
        for page in (1, 2, 3, 4)
    ]
    assert [[row["name"] for row in page["data"]] for page in pages] == [
        ["Álvaro", "Ana"],
        ["bruna", "Édson"],
        ["Zeca"],
        [],
    ]
    assert pages[1]["pagination"] == {"page": 2, "limit": 2, "total": 5, "pages": 3, "totalPages": 3}
    assert set(pages[0]["data"][0]) == ROW
    for wrong in ({"page": 0}, {"limit": 101}, {"limit": "x"}):
        assert (await hotel.get("/api/contacts", params=wrong)).status == 400


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("joao", ["João Silva"]),
        ("SILVA jo", ["João Silva"]),
        ("conceicao", ["Maria Conceição"]),
        ("maria@site", ["Maria Conceição"]),
        ("5511999999999", ["João Silva"]),
        ("99999-9999", ["João Silva"]),
        ("+55 (11) 99999", ["João Silva"]),
        ("1199999999", ["João Silva"]),  # as WhatsApp writes it
        ("11 98888 7777", ["Maria Conceição"]),
        ("7777", ["Maria Conceição"]),
        ("11", ["João Silva", "Maria Conceição"]),
        (".*", []),
        ("nobody", []),
        ("", ["João Silva", "Maria Conceição"]),
    ],
)
async def test_search_folds_accents_and_knows_numbers(hotel: Session, search: str, found: list[str]) -> None:
    await made(hotel, "/api/contacts", phoneNumber=JOAO, name="João Silva")
    await made(
        hotel, "/api/contacts", phoneNumber="551188887777", name="Maria Conceição", email="maria@site.com"
    )
    page = await body_of(await hotel.get("/api/contacts", params={"search": search}))
    assert [row["name"] for row in page["data"]] == found
    assert page["pagination"]["total"] == len(found)


@pytest.mark.parametrize("kept", [JOAO, "551199999999"])
async def test_by_phone_in_either_form(hotel: Session, kept: str) -> None:
    channel = await a_channel(hotel)
    conversation = await a_conversation(hotel, channel, phone=kept)
    for written in (JOAO, "551199999999", "+55 11 99999-9999", "(11) 9999-9999"):
        found = await body_of(await hotel.get(f"/api/contacts/phone/{written.replace('+', '%2B')}"))
        assert found["id"] == conversation["contactId"]
        assert set(found) == ROW
    for unknown in ("5511999999998", "abc", "0"):
        assert (await hotel.get(f"/api/contacts/phone/{unknown}")).status == 404


async def test_stats_count_who_has_conversations(hotel: Session) -> None:
    channel = await a_channel(hotel)
    for place in range(3):
        await made(hotel, "/api/contacts", phoneNumber=f"551198888000{place}", name=f"Calado {place}")
    early = await a_conversation(hotel, channel, phone=ANA, name="Ana")
    late = await a_conversation(hotel, channel, phone=JOAO)
    stats = await body_of(await hotel.get("/api/contacts/stats"))
    assert set(stats) == {"total", "withConversations", "withoutConversations", "recentContacts"}
    assert (stats["total"], stats["withConversations"], stats["withoutConversations"]) == (5, 2, 3)
    assert [c["id"] for c in stats["recentContacts"][:2]] == [late["contactId"], early["contactId"]]
    assert all(set(contact) == ROW for contact in stats["recentContacts"])
    await hotel.delete(f"/api/contacts/{late['contactId']}")
    stats = await body_of(await hotel.get("/api/contacts/stats"))
    assert (stats["total"], stats["withConversations"]) == (4, 1)


async def test_rows_show_their_tags_as_they_are_now(hotel: Session) -> None:
    tag = await made(hotel, "/api/tags", name="VIP", color="#FF0000")
    contact = await made(hotel, "/api/contacts", phoneNumber=ANA, tagIds=[tag["id"], tag["id"]])
    assert len(contact["tags"]) == 1
    await hotel.patch(f"/api/tags/{tag['id']}", {"name": "Ouro"})
    [row] = (await body_of(await hotel.get("/api/contacts")))["data"]
    assert [t["name"] for t in row["tags"]] == ["Ouro"]
    await hotel.delete(f"/api/tags/{tag['id']}")
    [row] = (await body_of(await hotel.get("/api/contacts")))["data"]
    assert row["tags"] == []


# Removing


async def test_removing_one_without_conversations(hotel: Session) -> None:
    ana = await made(hotel, "/api/contacts", phoneNumber=ANA)
    answer = await hotel.delete(f"/api/contacts/{ana['id']}")
    assert (answer.status, await answer.read()) == (204, b"")
    assert await hotel.db.contacts.count({}) == 0
    assert await hotel.db.contact_identities.count({}) == 0
    assert await hotel.db.events.count({"kind": "contact.changed"}) == 2
    assert (await hotel.delete(f"/api/contacts/{ana['id']}")).status == 404


async def test_removing_one_with_conversations_forgets_who_it_was(hotel: Session) -> None:
    channel = await a_channel(hotel)
    [message] = await arrive(
        hotel, channel, a_message(sender=Sender(wa_id=JOAO, name="João Silva", user_id="BR.1"))
    )
    id, conversation_id = message["contact_id"], message["conversation_id"]
    await hotel.patch(
        f"/api/contacts/{id}", {"email": "joao@site.com", "notes": "x", "customAttributes": {"cpf": "1"}}
    )
    before = await body_of(await hotel.get("/api/conversations/stats"))
    assert (await hotel.delete(f"/api/contacts/{id}")).status == 204
    document = await stored(hotel, "contacts", id)
    assert document["name"] == "Contato excluído"
    personal = ("phone", "wa_id", "user_id", "username", "email", "profile_picture_url", "notes")
    assert [document.get(field) for field in personal] == [None] * len(personal)
    assert (document["attributes"], document["tag_ids"]) == ({}, [])
    assert await hotel.db.contact_identities.count({}) == 0
    row = await body_of(await hotel.get(f"/api/conversations/{conversation_id}"))
    assert (row["status"], row["contact"]["name"], row["contact"]["phoneNumber"]) == (
        "CLOSED",
        "Contato excluído",
        None,
    )
    assert (await body_of(await hotel.get("/api/conversations/stats")))["total"] == before["total"]
    for search in ("joao", JOAO, "site"):
        assert (await body_of(await hotel.get("/api/conversations", params={"search": search})))["data"] == []
    assert (await body_of(await hotel.get("/api/contacts")))["data"] == []
    assert (await hotel.get(f"/api/contacts/{id}")).status == 404
    assert (await hotel.patch(f"/api/contacts/{id}", {"name": "x"})).status == 404
    [again] = await arrive(hotel, channel, a_message())
    assert again["contact_id"] != id


async def test_a_customer_answered_yesterday_reads_as_such(hotel: Session) -> None:
    """`lastConversationAt` is when the house heard of it, whatever the provider's clock says."""
    channel = await a_channel(hotel)
    before = datetime.now(UTC)
    conversation = await a_conversation(hotel, channel, at=before - timedelta(days=1))
    contact = await body_of(await hotel.get(f"/api/contacts/{conversation['contactId']}"))
    assert datetime.fromisoformat(contact["lastConversationAt"]) >= before - timedelta(milliseconds=1)
