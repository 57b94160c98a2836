"""Who first answers a conversation that nobody has, has it."""

import asyncio
from typing import Any

from tests.conftest import Session
from tests.factories import BUTTONS, TEMPLATE, a_conversation, body_of, made, sent, stored, tallied

Json = dict[str, Any]


async def now(session: Session, conversation: Json) -> Json:
    return await body_of(await session.get(f"/api/conversations/{conversation['id']}"))


async def decides(session: Session, **settings: Any) -> None:
    await body_of(await session.patch("/api/tenant", {"settings": settings}))


async def test_strangers_take_nothing(hotel: Session, conversation: Json) -> None:
    said = {"conversationId": conversation["id"], "content": "Olá!"}
    assert (await hotel.client.post("/api/messages", json=said)).status == 401
    assert (await stored(hotel, "conversations", conversation["id"]))["assigned_to_id"] is None


async def test_the_first_answer_takes_it(hotel: Session, conversation: Json) -> None:
    maria = await hotel.colleague()
    answer = await sent(maria, conversation, "Pois não?")
    row = await now(maria, conversation)
    assert (row["status"], row["assignedToId"]) == ("IN_PROGRESS", maria.user["id"])
    user = await stored(hotel, "users", maria.user["id"])
    kept = await stored(hotel, "conversations", conversation["id"])
    assert kept["assigned_to"] == {
        "id": user["_id"], "number": user["number"], "name": user["name"], "email": user["email"]
    }  # fmt: skip
    assert (kept["queued_at"], kept["first_response_at"]) == (None, kept["assigned_at"])
    [step] = row["assignments"]
    assert (step["reason"], step["by"], step["userId"]) == ("ANSWERED", maria.user["id"], maria.user["id"])
    assert step["waitedSeconds"] == kept["waited_seconds"] >= 0
    assert step["at"] == answer["createdAt"]
    said, counted = await tallied(hotel)
    assert said == counted


async def test_it_is_told_with_the_message(hotel: Session, conversation: Json) -> None:
    """First whose it is, so that whoever loses sight of it by that does not hear the answer."""
    before = await hotel.db.events.count({})
    await sent(hotel, conversation)
    changed, added = (await hotel.db.events.all(sort=[("_id", 1)]))[before:]
    assert (changed["kind"], added["kind"]) == ("conversation.changed", "message.added")
    assert {"assigned_to_id", "assigned_to", "status", "queued_at"} <= set(changed["payload"]["changed"])
    assert changed["payload"]["placed_before"] == {"assigned_to_id": None, "team_id": None}
    shown = added["payload"]["conversation"]
    assert (shown["status"], shown["assigned_to_id"]) == ("IN_PROGRESS", hotel.user["id"])


async def test_whatever_it_is_that_is_said(hotel: Session, channel: Json) -> None:
    for number, (kind, said) in enumerate({"template": TEMPLATE, "buttons": BUTTONS}.items()):
        conversation = await a_conversation(hotel, channel, phone=f"551190000000{number}")
        await made(hotel, f"/api/messages/{kind}", conversationId=conversation["id"], **said)
        assert (await now(hotel, conversation))["assignedToId"] == hotel.user["id"]


async def test_what_somebody_has_stays_his(hotel: Session, conversation: Json) -> None:
    maria = await hotel.colleague()
    await sent(maria, conversation)
    await sent(maria, conversation, "Um momento.")
    await sent(hotel, conversation, "Eu ajudo.")
    row = await now(hotel, conversation)
    assert (row["assignedToId"], len(row["assignments"])) == (maria.user["id"], 1)


async def test_what_he_gave_back_is_taken_by_the_next_answer(hotel: Session, conversation: Json) -> None:
    maria = await hotel.colleague()
    await sent(maria, conversation)
    await hotel.patch(f"/api/conversations/{conversation['id']}", {"assignedToId": None})
    await sent(hotel, conversation)
    row = await now(hotel, conversation)
    assert [step["reason"] for step in row["assignments"]] == ["ANSWERED", "GIVEN", "ANSWERED"]
    assert row["assignedToId"] == hotel.user["id"]


async def test_a_note_takes_nothing(hotel: Session, conversation: Json) -> None:
    await made(hotel, f"/api/conversations/{conversation['id']}/notes", content="Cliente antigo")
    row = await now(hotel, conversation)
    assert (row["status"], row["assignedToId"], row["assignments"]) == ("OPEN", None, [])


async def test_a_program_takes_nothing(hotel: Session, conversation: Json) -> None:
    key = (await made(hotel, "/api/api-keys", name="ERP", role="AGENT"))["key"]
    headers = {"Authorization": f"Bearer {key}", "X-Tenant-Slug": hotel.slug}
    said = {"conversationId": conversation["id"], "content": "Sua fatura chegou."}
    answer = await hotel.client.post("/api/messages", json=said, headers=headers)
    assert (await body_of(answer, 201))["sentByKind"] == "API_KEY"
    row = await now(hotel, conversation)
    assert (row["status"], row["assignedToId"]) == ("OPEN", None)


async def test_a_survey_takes_nothing(hotel: Session, conversation: Json) -> None:
    """It goes out in the name of whoever closes; what is closed without an agent stays without one."""
    await decides(hotel, replies={"survey": "Como foi?"})
    await body_of(await hotel.post(f"/api/conversations/{conversation['id']}/close"))
    row = await now(hotel, conversation)
    assert row["lastMessage"]["content"]
    assert (row["status"], row["assignedToId"], row["assignments"]) == ("CLOSED", None, [])


async def test_where_the_account_decides_otherwise(hotel: Session, conversation: Json) -> None:
    await decides(hotel, claimOnAnswer=False)
    await sent(hotel, conversation)
    row = await now(hotel, conversation)
    assert (row["status"], row["assignedToId"]) == ("OPEN", None)
    assert row["lastMessage"]["content"] == "Olá!"


async def test_the_same_key_again_takes_nothing(hotel: Session, conversation: Json) -> None:
    said = {"conversationId": conversation["id"], "content": "Olá!", "clientMessageId": "once"}
    await body_of(await hotel.post("/api/messages", said), 201)
    await hotel.patch(f"/api/conversations/{conversation['id']}", {"assignedToId": None})
    await body_of(await hotel.post("/api/messages", said), 200)
    assert (await now(hotel, conversation))["assignedToId"] is None


async def test_the_assistant_gives_way(hotel: Session, channel: Json) -> None:
    await decides(hotel, assistant={"answersCustomers": True})
    conversation = await a_conversation(hotel, channel, phone="5511900000077")
    assert (await now(hotel, conversation))["withAssistant"]
    await sent(hotel, conversation)
    row = await now(hotel, conversation)
    assert (row["withAssistant"], row["assignedToId"]) == (False, hotel.user["id"])
    assert row["assignments"][0]["waitedSeconds"] is None


async def test_of_those_who_answer_at_once_one_has_it(hotel: Session, channel: Json) -> None:
    """And all that was written stays; a claim that was quicker is left alone."""
    people = [hotel, await hotel.colleague(), await hotel.colleague(name="Rui")]
    for number in range(4):
        conversation = await a_conversation(hotel, channel, phone=f"551190000010{number}")
        claim = f"/api/conversations/{conversation['id']}/claim"
        answers = asyncio.gather(*(sent(person, conversation) for person in people[1:]))
        claimed = await people[0].post(claim)
        await answers
        row = await now(hotel, conversation)
        [step] = row["assignments"]
        assert (step["userId"], step["reason"] == "CLAIMED") == (row["assignedToId"], claimed.status == 200)
        assert (row["assignedToId"] == hotel.user["id"]) == (claimed.status == 200)
        assert (await stored(hotel, "conversations", row["id"]))["seq"] == 3
    said, counted = await tallied(hotel)
    assert said == counted


async def test_a_colleague_loses_sight_of_what_was_taken(hotel: Session, conversation: Json) -> None:
    await decides(hotel, agentVisibility="OWN")
    maria, rui = await hotel.colleague(), await hotel.colleague(name="Rui")
    assert (await now(rui, conversation))["assignedToId"] is None
    await sent(maria, conversation)
    assert (await rui.get(f"/api/conversations/{conversation['id']}")).status == 404
