"""The dashboard's numbers are those that somebody would count who read every conversation."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pymongo
import pytest

from server.desk import dashboard, presence, queue, ratings
from server.desk.conversations import actions, queries
from server.desk.conversations.models import ConversationOpen, Resolution
from server.desk.conversations.queries import Sieve
from server.desk.dashboard import Standing
from server.desk.presence import Presence
from tenants.models import Actor, Role
from tenants.problems import Forbidden, Invalid
from tests.desk.conftest import House
from tests.desk.test_distribution import an_agent, customers

Json = dict[str, Any]
HERE = ZoneInfo("America/Manaus")
AGENTS = ("ana", "bia", "cid", "davi")
SUPERVISOR = Actor(id="sonia", role=Role.SUPERVISOR)


async def test_an_empty_house_knows_nothing_and_says_so(house: House) -> None:
    async with house.enter(SUPERVISOR) as ctx:
        assert await dashboard.metrics(ctx) == (0, 0, 0, 0, 0, 0, None, None, None)
        assert await dashboard.agents(ctx) == []


async def test_each_change_is_seen_at_the_next_look(house: House) -> None:
    ana = await an_agent(house, "ana", capacity=1, online=False)

    async def look() -> tuple[int, ...]:
        async with house.enter(SUPERVISOR) as ctx:
            return (await dashboard.metrics(ctx))[:6]

    (conversation,) = await customers(house, 1)
    assert await look() == (0, 1, 0, 0, 0, 0)
    await presence.seen(house.db, ["ana"], lasts=presence.WORK_LASTS)
    assert await look() == (0, 1, 0, 1, 0, 1)
    async with house.enter(ana) as ctx:
        await actions.claim(ctx, conversation)
        assert await look() == (1, 0, 0, 1, 1, 0)
        await presence.choose(ctx, away=True)
        assert await look() == (1, 0, 0, 0, 0, 0)
        await actions.close(ctx, conversation, resolution=Resolution.RESOLVED)
        assert await look() == (0, 0, 1, 0, 0, 0)
        await actions.reopen(ctx, conversation)
    assert await look() == (1, 0, 0, 0, 0, 0)


async def test_today_begins_at_the_tenants_midnight(house: House) -> None:
    house.tenant = house.tenant.model_copy(update={"time_zone": "Pacific/Auckland"})
    midnight = datetime(2026, 3, 10, tzinfo=ZoneInfo("Pacific/Auckland")).astimezone(UTC)
    ids = await customers(house, 2)
    for id, moment in zip(ids, (midnight - timedelta(milliseconds=1), midnight), strict=True):
        house.runtime.clock = lambda moment=moment: moment  # type: ignore[misc]
        async with house.enter(SUPERVISOR) as ctx:
            await actions.close(ctx, id, resolution=Resolution.RESOLVED)
    house.runtime.clock = lambda: midnight + timedelta(hours=23, minutes=59)
    async with house.enter(SUPERVISOR) as ctx:
        assert (await dashboard.metrics(ctx)).resolved_today == 1


async def test_who_has_conversations_is_among_those_who_answer(house: House) -> None:
    boss = await an_agent(house, "boss", role="ADMIN")
    await an_agent(house, "viewer", role="VIEWER", team_ids=["finance"])
    await an_agent(house, "left", status="INACTIVE")
    (conversation,) = await customers(house, 1)
    async with house.enter(boss) as ctx:
        assert await dashboard.agents(ctx) == []
        await actions.claim(ctx, conversation)
        assert [agent.name for agent in await dashboard.agents(ctx)] == ["boss"]


@pytest.mark.parametrize("role", [Role.AGENT, Role.VIEWER])
async def test_the_numbers_are_for_those_who_run_the_place(house: House, role: Role) -> None:
    async with house.enter(Actor(id="someone", role=role)) as ctx:
        for verb in (dashboard.metrics, dashboard.agents, ratings.average):
            with pytest.raises(Forbidden):
                await verb(ctx)
        assert (await queue.line(ctx)).total == 0


async def test_a_closed_conversation_is_rated_and_rated_anew(house: House) -> None:
    one, other = await customers(house, 2)
    async with house.enter(SUPERVISOR) as ctx:
        assert await ratings.average(ctx) is None
        with pytest.raises(ConversationOpen):
            await ratings.rate(ctx, one, rating=5)
        for id in (one, other):
            await actions.close(ctx, id)
        for wrong in (0, 6):
            with pytest.raises(Invalid):
                await ratings.rate(ctx, one, rating=wrong)
        await ratings.rate(ctx, one, rating=1)
        assert (await ratings.rate(ctx, one, rating=4)).rating == 4
        await ratings.rate(ctx, other, rating=5)
        assert await ratings.average(ctx) == 4.5
        await house.db.conversations.update(
            {"_id": one}, {"$set": {"rated_at": ctx.now() - timedelta(days=31)}}
        )
        assert await ratings.average(ctx) == 5.0


async def test_a_rating_is_for_those_who_work(house: House) -> None:
    (id,) = await customers(house, 1)
    async with house.enter(Actor(id="someone", role=Role.VIEWER)) as ctx:
        with pytest.raises(Forbidden):
            await ratings.rate(ctx, id, rating=5)


@asynccontextmanager
async def watched(house: House) -> AsyncIterator[list[Json]]:
    """What MongoDB did meanwhile, as its own profiler tells it."""
    done: list[Json] = []
    settings = house.runtime.settings
    with pymongo.MongoClient[Json](settings.mongo_url) as client:
        database = client[settings.mongo_database]
        database.command("profile", 2)
        try:
            yield done
        finally:
            database.command("profile", 0)
            done += database["system.profile"].find({"ns": {"$regex": "(conversations|tallies)$"}})
            database.drop_collection("system.profile")


async def test_nothing_scans_the_conversations(house: House) -> None:
    async with house.enter(SUPERVISOR) as ctx:
        for id in await customers(house, 40):
            await actions.close(ctx, id, resolution=Resolution.RESOLVED)
            await ratings.rate(ctx, id, rating=4)
    await house.db.conversations.update_all({}, {"$set": {"assigned_to_id": "ana"}})
    (id,) = await customers(house, 1, first=100)
    one = await house.db.conversations.by_id(id)
    # So many that MongoDB's trial of the indexes ends before it comes to the others.
    crowd = [{**(one or {}), "_id": f"c{n}", "contact_id": f"c{n}", "number": 1000 + n} for n in range(150)]
    await house.db.conversations.insert_all(crowd)
    async with house.enter(SUPERVISOR) as ctx, watched(house) as done:
        await dashboard.metrics(ctx)
        await dashboard.agents(ctx)
        await queue.line(ctx)
    conversations = [work for work in done if work["ns"].endswith("conversations")]
    assert conversations
    assert not [work["planSummary"] for work in done if "COLLSCAN" in work["planSummary"]]
    # What is summed is summed in an index; documents are read of those who wait alone.
    summed = [work for work in conversations if work["command"].get("pipeline")]
    assert max(work["docsExamined"] for work in summed) == 0
    assert sum(work["docsExamined"] for work in conversations) <= 151 + queue.SHOWN


async def test_what_is_behind_a_figure_is_counted_along_its_index(house: House) -> None:
    async with house.enter(SUPERVISOR) as ctx:
        for id in await customers(house, 4):
            await actions.close(ctx, id)
            await ratings.rate(ctx, id, rating=4)
    (id,) = await customers(house, 1, first=100)
    one = await house.db.conversations.by_id(id)
    crowd = [{**(one or {}), "_id": f"c{n}", "contact_id": f"c{n}", "number": 1000 + n} for n in range(150)]
    await house.db.conversations.insert_all([{**row, "queued_at": None} for row in crowd])
    since = datetime.now(UTC) - timedelta(hours=1)
    sieves = [Sieve(closed_since=since), Sieve(rated_since=since), Sieve(in_queue=True)]
    async with house.enter(SUPERVISOR) as ctx, watched(house) as done:
        totals = [(await queries.page(ctx, sieve, limit=20)).total for sieve in sieves]
    assert totals == [4, 4, 1]
    counted = [work for work in done if work["command"].get("pipeline")]
    assert len(counted) == len(totals)
    for work, total in zip(counted, totals, strict=True):
        assert (work["docsExamined"], work["keysExamined"] <= total + 1) == (0, True), work["planSummary"]


def test_every_presence_is_a_standing() -> None:
    assert {Standing(state) for state in Presence if state is not Presence.ONLINE} == {
        Standing.AWAY, Standing.OFFLINE,
    }  # fmt: skip
