"""The dashboard's numbers are those that somebody would count who read every conversation."""

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, time, timedelta
from statistics import mean
from typing import Any
from zoneinfo import ZoneInfo

import pymongo
import pytest

from server.desk import dashboard, presence, queue, ratings
from server.desk.conversations import actions
from server.desk.conversations.models import ConversationOpen, Priority, Resolution
from server.desk.dashboard import Standing
from server.desk.messages import actions as messages
from server.desk.messages.content import Text
from server.desk.messages.receiving import receive
from server.desk.presence import Presence
from tenants.models import Actor, Role
from tenants.problems import Forbidden, Invalid, Problem
from tests.desk.conftest import CHANNEL, House
from tests.desk.test_distribution import an_agent, customers
from tests.factories import a_message

Json = dict[str, Any]
HERE = ZoneInfo("America/Manaus")
AGENTS = ("ana", "bia", "cid", "davi")
SUPERVISOR = Actor(id="sonia", role=Role.SUPERVISOR)


class Traffic:
    """Two days of a busy house, ending at noon by the tenant's clock."""

    def __init__(self, house: House, seed: int) -> None:
        self.house, self.dice = house, random.Random(seed)
        self.now = datetime(2026, 3, 9, 20, 0, tzinfo=HERE).astimezone(UTC)
        house.tenant = house.tenant.model_copy(update={"time_zone": HERE.key})
        house.runtime.clock = lambda: self.now
        self.people: list[Actor] = []
        self.conversations: list[str] = []

    async def play(self, steps: int) -> None:
        self.people = [
            await an_agent(self.house, name, capacity=self.dice.choice([None, 1, 3])) for name in AGENTS
        ]
        await self.write()
        every = (datetime(2026, 3, 10, 12, 0, tzinfo=HERE).astimezone(UTC) - self.now) / steps
        for _ in range(steps):
            self.now += every
            act = self.dice.choices(
                [self.write, self.claim, self.answer, self.hand_on, self.close, self.reopen, self.rate],
                [6, 5, 5, 2, 4, 1, 2],
            )[0]
            # Whatever cannot be done to this conversation just now is refused, and changes nothing.
            with suppress(Problem):
                await act()

    def any_of(self, things: list[Any]) -> Any:
        return self.dice.choice(things)

    async def write(self) -> None:
        said = a_message(phone=f"55119{self.dice.randrange(90000000, 90000025)}", at=self.now)
        async with self.house.enter() as ctx:
            [message] = await receive(ctx, CHANNEL, [said])
        self.conversations.append(message["conversation_id"])

    async def claim(self) -> None:
        async with self.house.enter(self.any_of(self.people)) as ctx:
            await actions.claim(ctx, self.any_of(self.conversations))

    async def answer(self) -> None:
        async with self.house.enter(self.any_of(self.people)) as ctx:
            await messages.send(ctx, self.any_of(self.conversations), Text(text="Olá!"))

    async def hand_on(self) -> None:
        to = self.any_of([None, *AGENTS])
        async with self.house.enter(SUPERVISOR) as ctx:
            await actions.update(
                ctx, self.any_of(self.conversations), assigned_to_id=to, priority=self.any_of(list(Priority))
            )

    async def close(self) -> None:
        async with self.house.enter(SUPERVISOR) as ctx:
            how = self.any_of([None, Resolution.RESOLVED, Resolution.RESOLVED, Resolution.ABANDONED])
            await actions.close(ctx, self.any_of(self.conversations), resolution=how)

    async def reopen(self) -> None:
        async with self.house.enter(SUPERVISOR) as ctx:
            await actions.reopen(ctx, self.any_of(self.conversations))

    async def rate(self) -> None:
        async with self.house.enter(SUPERVISOR) as ctx:
            await ratings.rate(ctx, self.any_of(self.conversations), rating=self.dice.randint(1, 5))


def average(numbers: list[float]) -> float | None:
    return mean(numbers) if numbers else None


def seconds(rows: list[Json]) -> float | None:
    midnight = datetime.combine(datetime(2026, 3, 10, tzinfo=UTC), time.min, HERE)
    found = average(
        [
            (row["first_response_at"] - row["created_at"]).total_seconds()
            for row in rows
            if row["created_at"] >= midnight
            and row.get("first_response_at")
            and row["opened_by"] == "customer"
        ]
    )
    return found and round(found, 1)


def of_today(moment: datetime | None) -> bool:
    return moment is not None and moment.astimezone(HERE).date() == datetime(2026, 3, 10, tzinfo=UTC).date()


@pytest.mark.parametrize("seed", [3, 8])
async def test_the_numbers_equal_a_recount_after_any_traffic(house: House, seed: int) -> None:
    traffic = Traffic(house, seed)
    await traffic.play(90)
    async with house.enter(traffic.people[3]) as ctx:
        await presence.choose(ctx, away=True)
    await presence.gone(house.db, ["cid"])
    async with house.enter(SUPERVISOR) as ctx:
        told, people, line = await dashboard.metrics(ctx), await dashboard.agents(ctx), await queue.line(ctx)

    rows = await house.db.conversations.all()
    live = [row for row in rows if row["status"] != "CLOSED"]
    queued = [row for row in live if row["assigned_to_id"] is None]
    resolved = [row for row in rows if row.get("resolution") == "RESOLVED" and of_today(row["closed_at"])]
    assert resolved
    assert queued
    assert (told.active, told.in_queue, told.resolved_today) == (
        len(live) - len(queued), len(queued), len(resolved),
    )  # fmt: skip
    assert told.seconds_to_answer == seconds(rows)
    took = [(row["closed_at"] - row["created_at"]).total_seconds() / 60 for row in resolved]
    assert told.minutes_to_resolve == round(mean(took), 1)
    rated = [row["rating"] for row in rows if row.get("rating")]
    assert told.satisfaction == round(mean(rated), 1)

    load = {name: sum(row["assigned_to_id"] == name for row in live) for name in AGENTS}
    assert {agent.name: agent.load for agent in people} == load
    for agent in people:
        assert agent.seconds_to_answer == seconds([r for r in rows if r["assigned_to_id"] == agent.id])
    standing = {agent.name: agent.standing for agent in people}
    assert (standing["cid"], standing["davi"]) == (Standing.OFFLINE, Standing.AWAY)
    full = {agent.name: agent.load >= agent.capacity for agent in people}
    assert [standing[name] == Standing.BUSY for name in ("ana", "bia")] == [full["ana"], full["bia"]]
    assert (told.online, told.busy) == (2, full["ana"] + full["bia"])
    assert told.available == told.online - told.busy

    order = sorted(queued, key=lambda r: (-list(Priority).index(r["priority"]), r["queued_at"], r["_id"]))
    assert [place.conversation.id for place in line.places] == [row["_id"] for row in order]
    assert line.total == len(queued)
    waits = [traffic.now - row["queued_at"] for row in queued]
    assert abs(line.average_wait - sum(waits, timedelta()) / len(waits)) < timedelta(milliseconds=1)


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


def test_every_presence_is_a_standing() -> None:
    assert {Standing(state) for state in Presence if state is not Presence.ONLINE} == {
        Standing.AWAY, Standing.OFFLINE,
    }  # fmt: skip
