"""Reports in detail: every figure equals a recount, and leads to the conversations behind it."""

import csv
import io
import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.conftest import Client, Session
from tests.dialects.native.test_reports import NOW, a_history, average, begun_within, later
from tests.factories import a_channel, a_conversation, body_of, made

Json = dict[str, Any]
ZONE = "America/Sao_Paulo"
REPORTS = ["figures", "latency", "conversations.csv"]


@pytest.fixture
def fixed_clock(hotel: Session) -> None:
    hotel.runtime.clock = later(0)


@pytest.mark.parametrize("report", REPORTS)
async def test_strangers_and_agents_are_refused(client: Client, hotel: Session, report: str) -> None:
    path = f"/api/reports/{report}"
    assert (await client.get(path)).status == 401
    agent, supervisor = await hotel.colleague(), await hotel.colleague("SUPERVISOR")
    assert (await (await agent.get(path)).json())["error"] == "FORBIDDEN"
    assert (await supervisor.get(path)).status == 200


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"period": "2w"}, "period"),
        ({"from": "2026-03-01"}, "from"),
        ({"from": "2026-03-02", "to": "2026-03-01"}, "to"),
        ({"from": "2024-01-01", "to": "2026-03-01"}, "to"),
        ({"from": "ontem", "to": "2026-03-01"}, "from"),
        ({"from": "0001-01-01", "to": "0001-01-02"}, "from"),
        ({"from": "9999-12-30", "to": "9999-12-31"}, "from"),
    ],
)
async def test_a_span_must_make_sense(hotel: Session, report: str, query: Json, field: str) -> None:
    body = await body_of(await hotel.get(f"/api/reports/{report}", params=query), 400)
    assert body["details"][0]["field"] == field


def figures_of(rows: list[Json]) -> Json:
    answered = [row for row in rows if row["first_response_at"] and row["opened_by"] == "customer"]
    ratings = [row["rating"] for row in rows if row.get("rating")]
    return {
        "begun": len(rows),
        "answered": len(answered),
        "secondsToAnswer": average(rows),
        "closed": sum(row["status"] == "CLOSED" for row in rows),
        "resolved": sum(row.get("resolution") == "RESOLVED" for row in rows),
        "ratings": len(ratings),
        "rating": pytest.approx(sum(ratings) / len(ratings), abs=0.006) if ratings else None,
    }


async def check_lists(hotel: Session, body: Json) -> None:
    """The conversations behind each figure are as many as it says."""
    span = {"createdFrom": body["start"], "createdTo": body["end"]}
    behind: dict[str, Json] = {
        "begun": {}, "answered": {"answered": "true"}, "closed": {"status": "CLOSED"},
        "resolved": {"resolution": "RESOLVED"}, "ratings": {"rated": "true"},
    }  # fmt: skip
    for figure, filters in behind.items():
        listed = await body_of(await hotel.get("/api/conversations", params={**span, **filters}))
        assert listed["pagination"]["total"] == body["total"][figure], figure
    teamless = next(part["figures"]["begun"] for part in body["teams"] if part["id"] is None)
    listed = await body_of(await hotel.get("/api/conversations", params={**span, "teamId": "none"}))
    assert listed["pagination"]["total"] == teamless


async def test_every_figure_is_a_recount(hotel: Session, fixed_clock: None) -> None:
    await hotel.patch("/api/tenant", {"timeZone": ZONE})
    maria = await hotel.colleague(name="Maria")
    team = await made(hotel, "/api/teams", name="Suporte")
    rows = await a_history(hotel, [maria.user["id"], None])
    dice = random.Random(3)
    for row in rows:
        more = {"team_id": dice.choice([team["id"], None])}
        if row["status"] == "CLOSED":
            more |= {
                "resolution": dice.choice(["RESOLVED", "UNRESOLVED"]),
                "rating": dice.choice([1, 5, None]),
            }
        await hotel.db.conversations.update({"_id": row["_id"]}, {"$set": more})
    rows = begun_within(await hotel.db.conversations.all(), ZONE, 30)
    body = await body_of(await hotel.get("/api/reports/figures", params={"period": "30d"}))
    assert body["total"] == figures_of(rows)
    assert len(body["days"]) == 30
    hours = Counter(row["created_at"].astimezone(ZoneInfo(ZONE)).hour for row in rows)
    assert body["hours"] == [hours[hour] for hour in range(24)]
    await check_lists(hotel, body)
    people = (await body_of(await hotel.get("/api/reports/attendants", params={"period": "30d"})))[
        "attendants"
    ]
    rated = [row["rating"] for row in rows if row.get("rating") and row["assigned_to_id"] == maria.user["id"]]
    [hers_rate] = [person["satisfactionRate"] for person in people if person["id"] == maria.user["id"]]
    assert hers_rate == pytest.approx(100 * rated.count(5) / len(rated), abs=0.06)
    for day in body["days"]:
        then = [row for row in rows if str(row["created_at"].astimezone(ZoneInfo(ZONE)).date()) == day["day"]]
        assert day["figures"] == figures_of(then)
    for name, field, count in [
        ("teams", "team_id", 2),
        ("agents", "assigned_to_id", 2),
        ("channels", "channel_id", 1),
    ]:
        assert len(body[name]) == count
        for slice in body[name]:
            assert slice["figures"] == figures_of([row for row in rows if row[field] == slice["id"]])
    assert {slice["name"] for slice in body["teams"]} == {"Suporte", None}
    hers = [row for row in rows if row["assigned_to_id"] == maria.user["id"] and row["team_id"] == team["id"]]
    query = {"period": "30d", "agentId": maria.user["id"], "teamId": team["id"]}
    narrow = await body_of(await hotel.get("/api/reports/figures", params=query))
    assert narrow["total"] == figures_of(hers)
    listed = await body_of(
        await hotel.get(
            "/api/conversations",
            params={
                "createdFrom": narrow["start"], "createdTo": narrow["end"],
                "assignedToId": maria.user["id"], "teamId": team["id"],
            },
        )
    )  # fmt: skip
    assert listed["pagination"]["total"] == len(hers)


async def test_days_of_the_calendar(hotel: Session, fixed_clock: None) -> None:
    """Both ends are in it, from midnight to midnight of the tenant's clock."""
    await hotel.patch("/api/tenant", {"timeZone": ZONE})
    conversation = await a_conversation(hotel, await a_channel(hotel))
    query = {"from": "2026-03-04", "to": "2026-03-05"}
    midnight = datetime(2026, 3, 4, 3, 0, tzinfo=UTC)
    tick, two_days = timedelta(milliseconds=1), timedelta(days=2)
    for begun, counted in [
        (midnight - tick, 0), (midnight, 1), (midnight + two_days - tick, 1), (midnight + two_days, 0)
    ]:  # fmt: skip
        await hotel.db.conversations.update({"_id": conversation["id"]}, {"$set": {"created_at": begun}})
        body = await body_of(await hotel.get("/api/reports/figures", params=query))
        assert (body["total"]["begun"], len(body["days"])) == (counted, 2)


async def test_how_long_messages_take(hotel: Session, fixed_clock: None) -> None:
    channel = await a_channel(hotel)
    conversation = await a_conversation(hotel, channel, at=NOW)
    [inbound] = await hotel.db.messages.all()
    path = f"/api/conversations/{conversation['id']}/messages"
    sent = [await body_of(await hotel.post(path, {"content": "oi"}), 201) for _ in range(10)]
    took = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 6.0, 9.5]
    for message, seconds in zip(sent, took, strict=True):
        accepted = NOW + timedelta(seconds=seconds)
        await hotel.db.messages.update({"_id": message["id"]}, {"$set": {"stages.accepted": accepted}})
    body = await body_of(await hotel.get("/api/reports/latency"))
    assert body["slowSeconds"] == 5
    into, out = body["directions"]
    assert into == {
        "direction": "INBOUND", "messages": 1, "p50": 0.0, "p95": 0.0, "p99": 0.0, "slowest": 0.0, "slow": 0
    }  # fmt: skip
    assert out == {
        "direction": "OUTBOUND", "messages": 10, "p50": 0.5, "p95": 9.5, "p99": 9.5, "slowest": 9.5, "slow": 2
    }  # fmt: skip
    slow = {row["messageId"]: row["seconds"] for row in body["slowest"]}
    assert slow == {sent[8]["id"]: 6.0, sent[9]["id"]: 9.5}
    assert {(row["conversationId"], row["contactName"]) for row in body["slowest"]} == {
        (conversation["id"], "João Silva")
    }
    await hotel.db.messages.update({"_id": inbound["_id"]}, {"$set": {"details.history": True}})
    query = {"channelId": channel["id"]}
    [into, out] = (await body_of(await hotel.get("/api/reports/latency", params=query)))["directions"]
    assert (into["messages"], into["p50"], out["messages"]) == (0, None, 10)


async def test_a_table_to_take_away(
    hotel: Session, fixed_clock: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many pages it takes, each conversation is in it once, in order, and none of it is a formula."""
    monkeypatch.setattr("server.desk.exports.PAGE", 7)
    rows = begun_within(await a_history(hotel, [None]), "America/Sao_Paulo", 30)
    await hotel.db.contacts.update_all({}, {"$set": {"name": "=cmd"}})
    await hotel.db.conversations.update_all({}, {"$set": {"contact.name": '=HYPERLINK("http://x")'}})
    answer = await hotel.get("/api/reports/conversations.csv", params={"period": "30d"})
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    text = (await answer.read()).decode("utf-8-sig")
    header, *table = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    assert header[:2] == ["Número", "Início"]
    assert [int(row[0]) for row in table] == [
        row["number"] for row in sorted(rows, key=lambda row: (row["created_at"], row["_id"]))
    ]
    assert {row[5] for row in table} == {'\'=HYPERLINK("http://x")'}
    assert table[0][1].endswith("Z")
