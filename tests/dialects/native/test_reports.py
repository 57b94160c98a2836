"""Reports: every number equals a recount of the stored conversations."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from server.desk.messages.content import Text
from server.desk.messages.models import Automatic
from server.desk.messages.sending import send
from tenants.db import ScopedCollection
from tenants.models import Actor, Role
from tests.conftest import Client, Session
from tests.factories import a_channel, a_conversation, a_message, arrive, body_of, made, tenant_of

Json = dict[str, Any]
DAYS = {"7d": 7, "30d": 30, "90d": 90, "1y": 365}
# A Wednesday, 22:40 of the day before in São Paulo, 07:10 of the same day in Kathmandu.
NOW = datetime(2026, 3, 11, 1, 40, tzinfo=UTC)
STATUSES = ["OPEN", "IN_PROGRESS", "WAITING", "CLOSED"]


def later(seconds: float) -> Callable[[], datetime]:
    return lambda: NOW + timedelta(seconds=seconds)


@pytest.fixture
def fixed_clock(hotel: Session) -> None:
    """Time stands still once the hotel has signed up."""
    hotel.runtime.clock = later(0)


@pytest.mark.parametrize("report", ["overview", "attendants", "hourly"])
async def test_strangers_and_agents_are_refused(client: Client, hotel: Session, report: str) -> None:
    path = f"/api/reports/{report}"
    stranger = await client.get(path)
    assert stranger.status == 401
    assert (await stranger.json())["error"] == "UNAUTHENTICATED"
    agent, supervisor = await hotel.colleague(), await hotel.colleague("SUPERVISOR")
    assert (await (await agent.get(path)).json())["error"] == "FORBIDDEN"
    assert (await supervisor.get(path)).status == 200
    body = await body_of(await hotel.get(path, params={"period": "2w"}), 400)
    assert body["details"][0]["field"] == "period"


async def test_an_empty_house(hotel: Session) -> None:
    body = await body_of(await hotel.get("/api/reports/overview"))
    assert body == {
        "period": "7d",
        "overview": {
            "totalConversations": 0,
            "conversationsChange": 0.0,
            "averageResponseTime": None,
            "resolutionRate": 0.0,
            "activeAttendants": 0,
            "totalAttendants": 1,
        },
        "statusBreakdown": [{"status": status, "count": 0, "percentage": 0.0} for status in STATUSES],
    }
    hours = await body_of(await hotel.get("/api/reports/hourly"))
    assert hours == {"period": "7d", "hourlyVolume": [{"hour": hour, "count": 0} for hour in range(24)]}


async def a_history(session: Session, people: list[str | None]) -> list[Json]:
    """Two years of conversations, strewn about."""
    dice = random.Random(7)
    channel = await a_channel(session)
    messages = [a_message(phone=f"5511988{place:06}") for place in range(300)]
    for message in await arrive(session, channel, *messages):
        # Half of them lie in the last three weeks, where the short periods begin and end.
        ago = timedelta(days=dice.choice([dice.uniform(0, 21), dice.uniform(0, 730)]))
        begun = (NOW - ago).replace(microsecond=0)
        answered = begun + timedelta(seconds=dice.randint(1, 7200)) if dice.random() < 0.7 else None
        fields = {
            "created_at": begun,
            "status": dice.choice(STATUSES),
            "assigned_to_id": dice.choice(people),
            "opened_by": dice.choice(["customer", "customer", "agent"]),
            "first_response_at": answered,
        }
        await session.db.conversations.update({"_id": message["conversation_id"]}, {"$set": fields})
    return await session.db.conversations.all()


def begun_within(rows: list[Json], zone: str, days: int, *, earlier: int = 0) -> list[Json]:
    """By the calendar of `zone`: today and the days before it, up to this hour."""
    here = ZoneInfo(zone)
    last = NOW.astimezone(here) - timedelta(days=days * earlier)
    first_day = last.date() - timedelta(days=days - 1)
    begun = [(row, row["created_at"].astimezone(here)) for row in rows]
    return [row for row, at in begun if at.date() >= first_day and at <= last]


def average(rows: list[Json]) -> Any:
    waits = [
        (row["first_response_at"] - row["created_at"]).total_seconds()
        for row in rows
        if row["first_response_at"] and row["opened_by"] == "customer"
    ]
    return pytest.approx(sum(waits) / len(waits), abs=0.06) if waits else None


@pytest.mark.parametrize("zone", ["America/Sao_Paulo", "Asia/Kathmandu", "America/Coyhaique"])
async def test_every_number_is_a_recount(hotel: Session, fixed_clock: None, zone: str) -> None:
    await body_of(await hotel.patch("/api/tenant", {"timeZone": zone}))
    maria, jose = await hotel.colleague(name="Maria"), await hotel.colleague(name="José")
    idle, gone = await hotel.colleague(name="Quieta"), await hotel.colleague(name="Ex")
    people = [maria.user["id"], jose.user["id"], gone.user["id"], None]
    await hotel.delete(f"/api/users/{gone.user['id']}")
    rows = await a_history(hotel, people)
    for period, days in DAYS.items():
        now = begun_within(rows, zone, days)
        before = begun_within(rows, zone, days, earlier=1)
        by_status = Counter(row["status"] for row in now)
        load = Counter(row["assigned_to_id"] for row in now)
        query = {"period": period}
        body = await body_of(await hotel.get("/api/reports/overview", params=query))
        assert body["period"] == period
        assert body["overview"] == {
            "totalConversations": len(now),
            "conversationsChange": pytest.approx(100 * (len(now) - len(before)) / len(before), abs=0.06),
            "averageResponseTime": average(now),
            "resolutionRate": pytest.approx(100 * by_status["CLOSED"] / len(now), abs=0.06),
            "activeAttendants": len({maria.user["id"], jose.user["id"]} & load.keys()),
            "totalAttendants": 4,
        }
        assert {row["status"]: row["count"] for row in body["statusBreakdown"]} == {
            status: by_status[status] for status in STATUSES
        }
        for row in body["statusBreakdown"]:
            assert row["percentage"] == pytest.approx(100 * row["count"] / len(now), abs=0.06)
        body = await body_of(await hotel.get("/api/reports/attendants", params=query))
        assert set(body["attendants"][0]) == {"id", "name", "email", "conversationsCount", "satisfactionRate"}
        counts = {row["id"]: row["conversationsCount"] for row in body["attendants"]}
        staff = [hotel.user["id"], idle.user["id"], maria.user["id"], jose.user["id"]]
        expected = {id: load[id] for id in staff}
        assert counts == (
            expected | {gone.user["id"]: load[gone.user["id"]]} if load[gone.user["id"]] else expected
        )
        assert list(counts.values()) == sorted(counts.values(), reverse=True)
        body = await body_of(await hotel.get("/api/reports/hourly", params=query))
        hours = Counter(row["created_at"].astimezone(ZoneInfo(zone)).hour for row in now)
        assert body["hourlyVolume"] == [{"hour": hour, "count": hours[hour]} for hour in range(24)]


async def test_the_day_turns_at_the_tenants_midnight(hotel: Session, fixed_clock: None) -> None:
    """In São Paulo it is still the 10th, so that seven days begin with the 4th."""
    channel = await a_channel(hotel)
    conversation = await a_conversation(hotel, channel)
    midnight = datetime(2026, 3, 4, 3, 0, tzinfo=UTC)
    for begun, counted in [(midnight - timedelta(milliseconds=1), 0), (midnight, 1)]:
        await hotel.db.conversations.update({"_id": conversation["id"]}, {"$set": {"created_at": begun}})
        body = await body_of(await hotel.get("/api/reports/overview"))
        assert body["overview"]["totalConversations"] == counted
    hours = (await body_of(await hotel.get("/api/reports/hourly")))["hourlyVolume"]
    assert [row for row in hours if row["count"]] == [{"hour": 0, "count": 1}]


async def test_the_first_answer_is_timed(hotel: Session, fixed_clock: None) -> None:
    """By the house's clock; a later answer, a note and a conversation that an agent began do not count."""
    channel = await a_channel(hotel)
    conversation = await a_conversation(hotel, channel, at=NOW)
    ana = await made(hotel, "/api/contacts", phoneNumber="5511988887777")
    begun = await made(hotel, "/api/conversations", contactId=ana["id"], channelId=channel["id"])
    path = f"/api/conversations/{conversation['id']}"
    assert (await body_of(await hotel.get("/api/conversations/stats")))["avgResponseTime"] is None
    await body_of(await hotel.post(f"{path}/notes", {"content": "VIP"}), 201)
    for seconds in (90, 300):
        hotel.runtime.clock = later(seconds)
        await body_of(await hotel.post(f"{path}/messages", {"content": "Olá!"}), 201)
    template = {"conversationId": begun["id"], "templateName": "oi"}
    await body_of(await hotel.post("/api/messages/template", template), 201)
    assert (await body_of(await hotel.get("/api/conversations/stats")))["avgResponseTime"] == 90.0
    report = await body_of(await hotel.get("/api/reports/overview"))
    assert report["overview"]["averageResponseTime"] == 90.0
    hotel.runtime.clock = later(40 * 86_400)
    assert (await body_of(await hotel.get("/api/conversations/stats")))["avgResponseTime"] is None


async def test_an_answer_from_the_phone_app_is_an_answer(hotel: Session, fixed_clock: None) -> None:
    channel = await a_channel(hotel)
    await a_conversation(hotel, channel, at=NOW)
    hotel.runtime.clock = later(30)
    await arrive(
        hotel, channel, a_message("Já respondo", echo=True), a_message(phone="5511988887777", echo=True)
    )
    assert (await body_of(await hotel.get("/api/conversations/stats")))["avgResponseTime"] == 30.0
    begun_by_us = await hotel.db.conversations.one({"opened_by": "agent"})
    assert begun_by_us
    assert begun_by_us["contact"]["phone"] == "5511988887777"


async def test_an_agents_average_is_of_what_he_sees(hotel: Session) -> None:
    channel = await a_channel(hotel)
    maria, jose = await hotel.colleague(), await hotel.colleague(name="José")
    hers, his = (
        await a_conversation(hotel, channel),
        await a_conversation(hotel, channel, phone="5511988887777"),
    )
    for row, owner, seconds in ((hers, maria, 10), (his, jose, 50)):
        at = datetime.fromisoformat(row["createdAt"]) + timedelta(seconds=seconds)
        fields = {"assigned_to_id": owner.user["id"], "first_response_at": at}
        await hotel.db.conversations.update({"_id": row["id"]}, {"$set": fields})
    await hotel.patch("/api/tenant", {"settings": {"agentVisibility": "OWN"}})
    averages = [
        (await body_of(await who.get("/api/conversations/stats")))["avgResponseTime"]
        for who in (hotel, maria, jose)
    ]
    assert averages == [30.0, 10.0, 50.0]


async def test_reports_read_an_index_and_no_document(
    hotel: Session, fixed_clock: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[Json]] = []
    aggregate = ScopedCollection.aggregate

    async def overheard(self: ScopedCollection, pipeline: Sequence[Json]) -> list[Json]:
        asked.append([{"$match": {"tenant_id": hotel.tenant["id"]}}, *pipeline])
        return await aggregate(self, pipeline)

    await a_history(hotel, [None])
    await hotel.db.conversations.update_all({"status": "CLOSED"}, {"$set": {"rating": 5, "rated_at": NOW}})
    monkeypatch.setattr(ScopedCollection, "aggregate", overheard)
    for report in ("overview", "attendants", "hourly"):
        await body_of(await hotel.get(f"/api/reports/{report}", params={"period": "90d"}))
    conversations = hotel.db.conversations._collection
    for pipeline in asked:
        command = {"aggregate": conversations.name, "pipeline": pipeline, "cursor": {}}
        plan = await conversations.database.command("explain", command, verbosity="executionStats")
        stats = plan.get("executionStats") or plan["stages"][0]["$cursor"]["executionStats"]
        assert (stats["totalDocsExamined"], stats["totalKeysExamined"] > 0) == (0, True)
    assert len(asked) == 5


async def test_who_only_reads_is_no_attendant(hotel: Session) -> None:
    """Not even with a conversation from the time when he was an agent; who has left is among the rows, not counted."""
    channel = await a_channel(hotel)
    was, left = await hotel.colleague(name="Era"), await hotel.colleague(name="Foi")
    await hotel.colleague("VIEWER", name="Olha")
    for who, phone in ((was, "5511988887777"), (left, "5511988886666")):
        row = await a_conversation(hotel, channel, phone=phone)
        assert (await who.post(f"/api/conversations/{row['id']}/claim")).status == 200
    await body_of(await hotel.patch(f"/api/users/{was.user['id']}", {"role": "VIEWER"}))
    await hotel.delete(f"/api/users/{left.user['id']}")
    overview = (await body_of(await hotel.get("/api/reports/overview")))["overview"]
    assert (overview["totalConversations"], overview["activeAttendants"], overview["totalAttendants"]) == (
        2,
        0,
        1,
    )
    rows = (await body_of(await hotel.get("/api/reports/attendants")))["attendants"]
    assert {row["name"]: row["conversationsCount"] for row in rows} == {"Foi": 1, "Admin": 0}


async def test_what_the_house_says_by_itself_is_no_answer(hotel: Session, fixed_clock: None) -> None:
    """A greeting after 5 seconds, the assistant after 10; a person after 60."""
    conversation = await a_conversation(hotel, await a_channel(hotel), at=NOW)
    for seconds, automatic in ((5, Automatic.GREETING), (10, Automatic.ASSISTANT), (60, None)):
        hotel.runtime.clock = later(seconds)
        actor = Actor() if automatic else Actor(id=hotel.user["id"], name="Ana", role=Role.ADMIN)
        async with hotel.runtime.enter(await tenant_of(hotel), actor) as ctx:
            await send(ctx, conversation["id"], Text(text="Olá!"), automatic=automatic)
        told = (await body_of(await hotel.get("/api/conversations/stats")))["avgResponseTime"]
        assert told == (None if automatic else 60.0)
