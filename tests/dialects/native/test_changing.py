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
