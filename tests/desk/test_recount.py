"""The dashboard's numbers are those that somebody would count who looked on and read every message."""

from collections import Counter
from datetime import datetime, timedelta
from statistics import mean
from typing import Any

import pytest

from server.desk import dashboard, presence, queue, reports
from server.desk.conversations.models import Priority
from server.desk.dashboard import Standing
from server.desk.periods import Period
from tenants.context import Context
from tests.desk.conftest import House
from tests.desk.traffic import AGENTS, END, HERE, SUPERVISOR, Traffic

Json = dict[str, Any]


def of_today(moment: datetime | None) -> bool:
    return moment is not None and moment.astimezone(HERE).date() == END.date()


class Recount:
    """What the documents say: every message and every conversation, read one by one."""

    def __init__(self, traffic: Traffic, conversations: list[Json], messages: list[Json]) -> None:
        self.traffic, self.rows = traffic, conversations
        self.live = [row for row in conversations if row["open"]]
        self.waiting = traffic.onlooker.since
        self.answered: dict[str, datetime] = {}
        for message in sorted(messages, key=lambda message: message["seq"]):
            if message["direction"] == "OUTBOUND" and not message.get("automatic"):
                self.answered.setdefault(message["conversation_id"], message["created_at"])

    def seconds_to_answer(self, rows: list[Json]) -> float | None:
        found = [
            (self.answered[row["_id"]] - row["created_at"]).total_seconds()
            for row in rows
            if row["_id"] in self.answered and row["_id"] not in self.traffic.begun_by_us
        ]
        return round(mean(found), 1) if found else None

    def begun_today(self) -> list[Json]:
        return [row for row in self.rows if of_today(row["created_at"])]

    def resolved_today(self) -> list[float]:
        """How many minutes each took."""
        found = [
            row for row in self.rows if row.get("resolution") == "RESOLVED" and of_today(row["closed_at"])
        ]
        return [(row["closed_at"] - row["created_at"]).total_seconds() / 60 for row in found]

    def line(self) -> list[str]:
        urgent = {row["_id"]: list(Priority).index(row["priority"]) for row in self.rows}
        return sorted(self.waiting, key=lambda row: (-urgent[row], self.waiting[row], row))

    def load(self) -> Counter[str]:
        return Counter(row["assigned_to_id"] for row in self.live)


@pytest.mark.parametrize("seed", [3, 8])
async def test_the_numbers_equal_a_recount_after_any_traffic(house: House, seed: int) -> None:
    traffic = Traffic(house, seed)
    await traffic.play(120)
    async with house.enter(traffic.people[3]) as ctx:
        await presence.choose(ctx, away=True)
    await presence.gone(house.db, ["cid"])
    messages = await house.db.messages.all()
    recount = Recount(traffic, await house.db.conversations.all(), messages)
    # All kinds of things have happened, or the numbers would prove little.
    assert len(recount.waiting) > 3
    assert traffic.onlooker.served_lately(traffic.now) >= 3
    assert {message.get("automatic") for message in messages} == {"ASSISTANT", "GREETING", None}
    async with house.enter(SUPERVISOR) as ctx:
        await check_the_numbers(ctx, recount)
        await check_the_agents(ctx, recount)
        await check_the_line(ctx, recount)
        await check_the_reports(ctx, recount)


async def check_the_numbers(ctx: Context, recount: Recount) -> None:
    told, took = await dashboard.metrics(ctx), recount.resolved_today()
    rated = [row["rating"] for row in recount.rows if row.get("rating")]
    assert (told.active, told.in_queue, told.resolved_today) == (
        len(recount.live) - len(recount.waiting), len(recount.waiting), len(took),
    )  # fmt: skip
    assert told.seconds_to_answer == recount.seconds_to_answer(recount.begun_today())
    assert told.minutes_to_resolve == (round(mean(took), 1) if took else None)
    assert told.satisfaction == (round(mean(rated), 1) if rated else None)


async def check_the_agents(ctx: Context, recount: Recount) -> None:
    told, people = await dashboard.metrics(ctx), {agent.name: agent for agent in await dashboard.agents(ctx)}
    assert people.keys() == set(AGENTS)
    for agent in people.values():
        own = [row for row in recount.begun_today() if row["assigned_to_id"] == agent.id]
        expected = recount.load()[agent.id], recount.seconds_to_answer(own)
        assert (agent.load, agent.seconds_to_answer) == expected
    full = {name: people[name].load >= people[name].capacity for name in ("ana", "bia")}
    assert {name: agent.standing for name, agent in people.items()} == {
        **{name: Standing.BUSY if full[name] else Standing.AVAILABLE for name in full},
        "cid": Standing.OFFLINE, "davi": Standing.AWAY,
    }  # fmt: skip
    assert (told.online, told.busy, told.available) == (2, sum(full.values()), 2 - sum(full.values()))


async def check_the_line(ctx: Context, recount: Recount) -> None:
    line, now, waiting = await queue.line(ctx), recount.traffic.now, recount.waiting
    assert [(p.position, p.conversation.id) for p in line.places] == list(enumerate(recount.line(), 1))
    waited = {place.conversation.id: place.waited for place in line.places}
    assert waited == {id: now - since for id, since in waiting.items()}
    pace = timedelta(hours=1) / recount.traffic.onlooker.served_lately(now)
    assert [place.estimate for place in line.places] == [pace * place.position for place in line.places]
    assert line.total == len(waiting)
    assert abs(line.average_wait - sum(waited.values(), timedelta()) / len(waited)) < timedelta(
        milliseconds=1
    )


async def check_the_reports(ctx: Context, recount: Recount) -> None:
    told, attendants = await reports.overview(ctx, Period.WEEK), await reports.attendants(ctx, Period.WEEK)
    load = Counter(row["assigned_to_id"] for row in recount.rows)
    assert told.average_response_time == recount.seconds_to_answer(recount.rows)
    assert told.total_conversations == len(recount.rows)
    assert told.total_attendants == len(AGENTS)  # neither who only reads nor who is not in the house
    assert told.active_attendants == sum(load[name] > 0 for name in AGENTS)
    assert {each.id: each.conversations_count for each in attendants} == {name: load[name] for name in AGENTS}
