"""Two contacts become one, and nothing of either is lost."""

import asyncio
from typing import Any

from tests.conftest import Session
from tests.factories import JOAO, a_channel, a_conversation, a_message, arrive, body_of, made, stored, tallied

Json = dict[str, Any]
ANA = "5511988887777"


async def test_merging_moves_everything(hotel: Session) -> None:
    channel, other = await a_channel(hotel), await a_channel(hotel, name="Eventos")
    vip = await made(hotel, "/api/tags", name="VIP")
    older = await a_conversation(hotel, channel, "Primeira", phone=ANA, name="Ana")
    elsewhere = await a_conversation(hotel, other, "Festa", phone=ANA, name="Ana")
    newer = await a_conversation(hotel, channel, "Segunda", phone=JOAO, name="Ana S.")
    source, target = older["contactId"], newer["contactId"]
    await hotel.patch(
        f"/api/contacts/{source}",
        {
            "name": "Ana Souza",
            "email": "ana@site.com",
            "notes": "A",
            "tagIds": [vip["id"]],
            "customAttributes": {"a": 1, "b": 1},
        },
    )
    await hotel.patch(f"/api/contacts/{target}", {"notes": "B", "customAttributes": {"b": 2}})
    merged = await body_of(await hotel.post(f"/api/contacts/{source}/merge", {"intoId": target}))
    assert (merged["id"], merged["name"], merged["email"], merged["notes"]) == (
        target, "Ana Souza", "ana@site.com", "B\n\nA",
    )  # fmt: skip
    assert merged["customAttributes"] == {"a": 1, "b": 2}
    assert [tag["name"] for tag in merged["tags"]] == ["VIP"]
    assert merged["conversationsCount"] == 3
    assert (await hotel.get(f"/api/contacts/{source}")).status == 404
    assert await hotel.db.contacts.count({}) == 1
    for phone in (ANA, JOAO):
        assert (await body_of(await hotel.get(f"/api/contacts/phone/{phone}")))["id"] == target
    statuses = {}
    for conversation in (older, elsewhere, newer):
        row = await stored(hotel, "conversations", conversation["id"])
        statuses[conversation["id"]] = row["status"]
        assert (row["contact_id"], row["contact"]["id"], row["contact"]["name"]) == (
            target,
            target,
            "Ana Souza",
        )
    assert statuses == {older["id"]: "CLOSED", elsewhere["id"]: "OPEN", newer["id"]: "OPEN"}
    assert await hotel.db.messages.count({"contact_id": target}) == 3
    kept, counted = await tallied(hotel)
    assert kept == counted == {
        "total": 3, "unread": 2, "OPEN": 2, "IN_PROGRESS": 0, "WAITING": 0, "CLOSED": 1,
    }  # fmt: skip
    said = [
        e["payload"]["contact"]["_id"]
        for e in await hotel.db.events.all({"kind": "contact.changed"}, sort=[("_id", 1)])
    ]
    assert said[-2:] == [target, source]


async def test_after_merging_both_numbers_lead_to_the_same_conversation(hotel: Session) -> None:
    channel = await a_channel(hotel)
    ana = await a_conversation(hotel, channel, phone=ANA, name="Ana")
    joao = await a_conversation(hotel, channel, phone=JOAO)
    await body_of(await hotel.post(f"/api/contacts/{joao['contactId']}/merge", {"intoId": ana["contactId"]}))
    arrived = await arrive(hotel, channel, a_message(phone=ANA), a_message(phone=JOAO))
    assert {message["conversation_id"] for message in arrived} == {joao["id"]}
    assert {message["contact_id"] for message in arrived} == {ana["contactId"]}
    # The answer goes to where the last message came from.
    assert (await stored(hotel, "conversations", joao["id"]))["contact"]["wa_id"] == JOAO


async def test_merging_into_itself_or_nobody_changes_nothing(hotel: Session) -> None:
    ana = await made(hotel, "/api/contacts", phoneNumber=ANA)
    for wrong in ({"intoId": ana["id"]}, {"intoId": "nothing"}, {}, {"intoId": None}):
        body = await body_of(await hotel.post(f"/api/contacts/{ana['id']}/merge", wrong), 400)
        assert body["details"][0]["field"] == "intoId"
    assert await body_of(await hotel.get(f"/api/contacts/{ana['id']}")) == ana


async def test_a_message_during_a_merge_finds_its_way(hotel: Session) -> None:
    """Whichever comes first, no conversation is left with a contact that is gone."""
    channel = await a_channel(hotel)
    for place in range(4):
        ana, joao = f"551198888{place}001", f"551198888{place}002"
        source = await made(hotel, "/api/contacts", phoneNumber=ana)
        target = await made(hotel, "/api/contacts", phoneNumber=joao)
        merging = hotel.post(f"/api/contacts/{source['id']}/merge", {"intoId": target["id"]})
        merged, arrived = await asyncio.gather(merging, arrive(hotel, channel, a_message(phone=ana)))
        assert merged.status == 200
        assert await hotel.db.conversations.count({"contact_id": source["id"]}) == 0
        row = await stored(hotel, "conversations", arrived[0]["conversation_id"])
        assert row["contact_id"] == target["id"]
        assert (await stored(hotel, "contacts", target["id"]))["conversations_count"] == 1
