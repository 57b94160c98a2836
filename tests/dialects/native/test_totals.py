"""Totals are kept, never counted: whatever happens, they equal a recount."""

import asyncio
import random
from collections import Counter
from typing import Any

import pytest

from tests.conftest import Session
from tests.factories import a_message, arrive, body_of, made

Json = dict[str, Any]


async def recount(session: Session) -> Json:
    """What the totals must be, counted row by row."""
    rows = await session.db.conversations.all()
    by_status, by_priority = Counter(r["status"] for r in rows), Counter(r["priority"] for r in rows)
    live = [row for row in rows if row["status"] != "CLOSED"]
    return {
        "total": len(rows),
        "open": by_status["OPEN"],
        "inProgress": by_status["IN_PROGRESS"],
        "waiting": by_status["WAITING"],
        "closed": by_status["CLOSED"],
        "resolved": by_status["CLOSED"],
        "unassigned": sum(row["assigned_to_id"] is None for row in live),
        "mine": sum(row["assigned_to_id"] == session.user["id"] for row in live),
        "unreadMessages": sum(row["unread_count"] for row in rows),
        "byStatus": {name: by_status[name] for name in ("OPEN", "IN_PROGRESS", "WAITING", "CLOSED")},
        "byPriority": {name: by_priority[name] for name in ("LOW", "MEDIUM", "HIGH", "URGENT")},
    }


async def one_step(dice: random.Random, sessions: list[Session], channel: Json, teams: list[str]) -> None:
    """Someone does something, sensible or not."""
    session, who = dice.choice(sessions), dice.choice(sessions).user["id"]
    rows = await session.db.conversations.all(fields=["contact_id"])
    act = dice.choice(
        ["write", "write", "patch", "assign", "claim", "transfer", "close", "reopen", "read", "merge", "send"]
    )
    if act == "write" or not rows:
        phones = [f"55119880000{dice.randint(10, 21)}" for _ in range(dice.randint(1, 3))]
        await arrive(session, channel, *(a_message(phone=phone) for phone in phones))
        return
    row = dice.choice(rows)
    body: dict[str, Json] = {
        "patch": {
            "status": dice.choice(["OPEN", "IN_PROGRESS", "WAITING", "CLOSED"]),
            "priority": dice.choice(["LOW", "HIGH", "URGENT"]),
        },
        "assign": {"userId": who},
        "transfer": dice.choice([{"userId": who}, {"teamId": dice.choice(teams)}]),
        "merge": {"intoId": dice.choice(rows)["contact_id"]},
        "send": {"content": "Olá"},
    }
    path = f"/api/conversations/{row['_id']}"
    places = {"patch": path, "merge": f"/api/contacts/{row['contact_id']}/merge", "send": f"{path}/messages"}
    method = "PATCH" if act == "patch" else "POST"
    answer = await session.request(method, places.get(act, f"{path}/{act}"), json=body.get(act))
    assert answer.status < 500, await answer.text()


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_totals_equal_a_recount_whatever_happens(hotel: Session, channel: Json, seed: int) -> None:
    dice = random.Random(seed)
    sessions = [hotel, await hotel.colleague(), await hotel.colleague("SUPERVISOR", "Rui")]
    teams = [(await made(hotel, "/api/teams", name=name))["id"] for name in ("Recepção", "Eventos")]
    for _ in range(12):
        await asyncio.gather(*(one_step(dice, sessions, channel, teams) for _ in range(5)))
        for session in sessions:
            stats = await body_of(await session.get("/api/conversations/stats"))
            assert {name: stats[name] for name in await recount(session)} == await recount(session)
    rows = await hotel.db.conversations.all()
    for query in (
        {},
        {"status": "OPEN,WAITING"},
        {"assignedToId": "none"},
        {"priority": "HIGH"},
        {"teamId": teams[0]},
    ):
        page = await body_of(await hotel.get("/api/conversations", params={**query, "limit": 100}))
        assert page["pagination"]["total"] == len(page["data"]) <= len(rows)
    open_ones = Counter((row["channel_id"], row["contact_id"]) for row in rows if row["open"])
    assert set(open_ones.values()) <= {1}
    for contact in await hotel.db.contacts.all():
        assert contact["conversations_count"] == sum(row["contact_id"] == contact["_id"] for row in rows)


async def test_stats_have_the_documents_keys(hotel: Session, conversation: Json) -> None:
    stats = await body_of(await hotel.get("/api/conversations/stats"))
    assert set(stats) >= {
        "total", "open", "inProgress", "waiting", "resolved", "unassigned", "unreadMessages", "avgResponseTime", "byStatus",
        "byPriority", "lastUpdated",
    }  # fmt: skip
    assert (stats["total"], stats["open"], stats["unassigned"], stats["unreadMessages"]) == (1, 1, 1, 1)
