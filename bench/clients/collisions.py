"""Agents who reach for the same conversations at the same moment: one of them has it, one of them has answered."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import aiohttp

from bench.clients.people import a_house
from bench.clients.stage import opened_runtime, staged
from server.desk.messages.models import Direction
from server.settings import Settings
from tenants.db import ScopedDatabase

# Conversations that are fought for at the same time.
AT_ONCE = 8


class Agent(NamedTuple):
    id: str
    token: str
    slug: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", "X-Tenant-Slug": self.slug}


class Answer(NamedTuple):
    agent: Agent
    status: int
    body: dict[str, Any]


@dataclass(slots=True)
class Race:
    """By conversation id, what each of its rivals was answered. `clashes`: whatever is not as it should be."""

    claims: dict[str, list[Answer]] = field(default_factory=dict)
    replies: dict[str, list[Answer]] = field(default_factory=dict)
    seconds: float = 0.0
    clashes: list[str] = field(default_factory=list)

    def statuses(self, answers: dict[str, list[Answer]]) -> Counter[int]:
        return Counter(answer.status for found in answers.values() for answer in found)


async def collide(settings: Settings, *, agents: int, conversations: int, rivals: int) -> Race:
    """On two web processes and the MongoDB of `settings`."""
    async with staged(settings) as stage, opened_runtime(stage.settings) as runtime:
        house = await a_house(runtime)
        people = [
            Agent(runtime.keys.tokens.read(token).sub, token, house.slug)
            for token in await house.hotel.tokens(agents)
        ]
        places = [await house.open_conversation() for _ in range(conversations)]
        found = await race(stage.urls, people, places, rivals=rivals)
        await examine(found, runtime.database.scoped(house.hotel.tenant.id))
        return found


async def race(
    urls: Sequence[str], agents: Sequence[Agent], conversations: Sequence[str], *, rivals: int
) -> Race:
    """Each conversation is claimed, and then answered, by so many agents at once, each through any of the `urls`.

    Who has lost the claim answers all the same.
    """
    found, began = Race(), time.monotonic()
    waiting = iter(conversations)
    async with aiohttp.ClientSession() as http:

        async def contest() -> None:
            for place in waiting:
                those = random.sample(agents, rivals)
                # What everyone has seen is the customer's first message; what came since, nobody has.
                reply = {"conversationId": place, "content": "Olá!", "lastSeenSeq": 1}
                found.claims[place] = await _at_once(http, urls, those, f"/api/conversations/{place}/claim")
                found.replies[place] = await _at_once(http, urls, those, "/api/messages", reply)

        await asyncio.gather(*(contest() for _ in range(AT_ONCE)))
    found.seconds = time.monotonic() - began
    return found


async def _at_once(
    http: aiohttp.ClientSession, urls: Sequence[str], agents: Sequence[Agent], path: str, body: Any = None
) -> list[Answer]:
    return await asyncio.gather(*(_ask(http, agent, random.choice(urls) + path, body) for agent in agents))


async def _ask(http: aiohttp.ClientSession, agent: Agent, url: str, body: Any) -> Answer:
    async with http.post(url, json=body, headers=agent.headers) as answer:
        return Answer(agent, answer.status, await answer.json())


async def examine(race: Race, db: ScopedDatabase) -> None:
    """Finds the clashes: what was answered beside what is stored and what was told."""
    for place in race.claims:
        race.clashes += [f"{place}: {clash}" for clash in await _clashes(race, db, place)]


async def _clashes(race: Race, db: ScopedDatabase, place: str) -> list[str]:
    row = await db.conversations.by_id(place) or {}
    outbound = {"conversation_id": place, "direction": Direction.OUTBOUND}
    sent = [message["_id"] for message in await db.messages.all(outbound)]
    told = {"conversation_id": place, "payload.changed": "assigned_to_id"}
    expected = {
        "one claim is won, by who has it": [row["assigned_to_id"]] == _winners(race.claims[place], 200),
        "who lost it is told who has it": _told(race.claims[place], "assignedTo") == {row["assigned_to_id"]},
        "it is told once": await db.events.count(told) == 1,
        "one reply is sent": len(sent) == 1 == len(_winners(race.replies[place], 201)),
        "the others are warned of it": _warned(race.replies[place]) == set(sent),
    }
    return [rule for rule, holds in expected.items() if not holds]


def _winners(answers: list[Answer], status: int) -> list[str]:
    return [answer.agent.id for answer in answers if answer.status == status]


def _told(answers: list[Answer], key: str) -> set[str | None]:
    return {answer.body.get(key, {}).get("id") for answer in answers if answer.status != 200}


def _warned(answers: list[Answer]) -> set[str | None]:
    """The messages that those who were too late are shown; None stands for an answer of another kind."""
    late = [answer for answer in answers if answer.status != 201]
    shown = {message["id"] for answer in late for message in answer.body.get("messages", [])}
    warned = all(a.status == 409 and a.body.get("error") == "ANSWERED_MEANWHILE" for a in late)
    return shown if warned else {None}
