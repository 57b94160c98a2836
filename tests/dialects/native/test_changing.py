"""`PATCH /api/conversations/:id` (seed 004): all of it or nothing."""

from typing import Any

import pytest

from tests.conftest import Session
from tests.factories import body_of, made, stored

Json = dict[str, Any]


async def test_changing_everything_at_once(hotel: Session, conversation: Json) -> None:
    maria = await hotel.colleague()
    tags = [await made(hotel, "/api/tags", name=name, color="#4CAF50") for name in ("Reserva", "VIP")]
    path = f"/api/conversations/{conversation['id']}"
    changed = await body_of(
        await hotel.patch(
            path,
            {
                "status": "IN_PROGRESS",
                "priority": "HIGH",
                "assignedToId": maria.user["id"],
                "tagIds": [tags[1]["id"], tags[0]["id"], tags[1]["id"]],
            },
        )
    )
    assert (changed["status"], changed["priority"], changed["assignedToId"]) == (
        "IN_PROGRESS",
        "HIGH",
        maria.user["id"],
    )
    assert changed["assignedTo"] == {
        "id": maria.user["id"],
        "name": "Maria Atendente",
        "email": maria.user["email"],
    }
    assert changed["tags"] == [
        {"id": t["id"], "name": t["name"], "color": "#4CAF50"} for t in (tags[1], tags[0])
    ]
    now = await body_of(await hotel.get(path))
    assert {name: now[name] for name in changed} == changed
    row = await stored(hotel, "conversations", conversation["id"])
    assert (row["status"], row["priority"], row["assigned_to_id"]) == (
        "IN_PROGRESS",
        "HIGH",
        maria.user["id"],
    )
    assert row["tag_ids"] == [tags[1]["id"], tags[0]["id"]]
    await body_of(await hotel.patch(path, {}))
    freed = await body_of(await hotel.patch(path, {"assignedToId": None, "tagIds": []}))
    assert (freed["assignedTo"], freed["status"], freed["tags"]) == (None, "OPEN", [])


async def test_back_to_where_it_was_before_a_transfer(hotel: Session, conversation: Json) -> None:
    """Person and team at once, in one event; without a team where there was none."""
    maria = await hotel.colleague()
    team = await made(hotel, "/api/teams", name="Recepção")
    path = f"/api/conversations/{conversation['id']}"
    await body_of(await hotel.post(f"{path}/assign", {"userId": maria.user["id"]}))
    for place in ({"assignedToId": maria.user["id"], "teamId": None}, {"assignedToId": None, "teamId": None}):
        await body_of(await hotel.post(f"{path}/transfer", {"teamId": team["id"]}))
        told = await hotel.db.events.count({"kind": "conversation.changed"})
        back = await body_of(await hotel.patch(path, place))
        assert {name: back[name] for name in place} == place
        row = await stored(hotel, "conversations", conversation["id"])
        assert (row["assigned_to_id"], row["team_id"]) == (place["assignedToId"], None)
        assert await hotel.db.events.count({"kind": "conversation.changed"}) == told + 1
    moved = await body_of(await hotel.patch(path, {"teamId": team["id"]}))
    assert (moved["teamId"], moved["assignedToId"], moved["status"]) == (team["id"], None, "OPEN")
    await body_of(await hotel.post(f"{path}/close"))
    assert (await body_of(await hotel.patch(path, {"teamId": None}), 409))["error"] == "CONVERSATION_CLOSED"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"colour": "red"}, "colour"),
        ({"unreadCount": 0}, "unreadCount"),
        ({"tenantId": "x"}, "tenantId"),
        ({"status": "DONE"}, "status"),
        ({"status": 1}, "status"),
        ({"priority": "medium"}, "priority"),
        ({"tagIds": ["nothing"]}, "tagIds"),
        ({"tagIds": "x"}, "tagIds"),
        ({"assignedToId": "nobody"}, "assignedToId"),
        ({"assignedToId": {"$ne": None}}, "assignedToId"),
        ({"teamId": "nowhere"}, "teamId"),
    ],
)
async def test_a_wrong_change_changes_nothing(
    hotel: Session, conversation: Json, wrong: Json, field: str
) -> None:
    before = await stored(hotel, "conversations", conversation["id"])
    body = await body_of(
        await hotel.patch(f"/api/conversations/{conversation['id']}", {"priority": "HIGH", **wrong}), 400
    )
    assert body["error"] == "VALIDATION_ERROR"
    assert body["details"][0]["field"].split(".")[0] == field
    assert await stored(hotel, "conversations", conversation["id"]) == before
    assert await hotel.db.events.count({"kind": "conversation.changed"}) == 0
