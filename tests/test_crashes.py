"""`kill -9` in the middle of the traffic: afterwards everything is there once, in order, or honestly unconfirmed.

The checks read the provider's own log and the database, nothing that the house says of itself.
"""

import asyncio
import contextlib
import time
from collections import Counter, defaultdict
from typing import Any

import aiohttp
import orjson
import pytest

from server.channels.simulator import Simulator
from server.channels.simulator.play import PlayedNumber
from server.settings import Settings
from tenants.db import Database, Document
from tests.house import House, whole_house

INBOUND, OUTBOUND, CUSTOMERS = 1000, 200, 20


@pytest.fixture
def settings(settings: Settings, simulator: Simulator) -> Settings:
    return settings.model_copy(
        update={
            "graph_api_url": simulator.url,
            "simulator_url": simulator.url,
            "send_timeout": 2.0,
            "send_lease": 3.0,
            "unconfirmed_after": 4.0,
        }
    )


class Agent:
    """Sends as a careful client does: the same key again until it has an answer."""

    def __init__(self, house: House, session: aiohttp.ClientSession) -> None:
        self._house, self._session = house, session
        self.headers: dict[str, str] = {}
        self.tenant_id = ""

    async def sign_up(self) -> str:
        """Registers a tenant, connects a number; returns its phone number id."""
        admin = {
            "tenantName": "Hotel",
            "tenantSlug": "hotel-crash",
            "userName": "Ana",
            "email": "ana@hotel.com",
            "password": "senha123",
        }
        registered = await self._post("/auth/register", admin)
        self.tenant_id = registered["tenant"]["id"]
        self.headers = {"Authorization": f"Bearer {registered['token']}", "X-Tenant-Slug": "hotel-crash"}
        return str((await self._post("/api/channels/sandbox", {"name": "Recepção"}))["phoneNumberId"])

    async def send(self, conversation_id: str, key: str) -> None:
        body = {"conversationId": conversation_id, "type": "TEXT", "content": key, "clientMessageId": key}
        while True:
            with contextlib.suppress(aiohttp.ClientError, TimeoutError):
                await self._post("/api/messages", body)
                return
            await asyncio.sleep(0.1)

    async def _post(self, path: str, body: Any) -> Any:
        async with self._session.post(self._house.url + path, json=body, headers=self.headers) as answer:
            if answer.status >= 500:
                raise aiohttp.ClientError(await answer.text())
            assert answer.status < 300, await answer.text()
            return await answer.json()


async def test_nothing_is_lost_or_doubled_by_kill_9(simulator: Simulator, settings: Settings) -> None:
    database = Database(settings.mongo_url, settings.mongo_database)
    async with whole_house(settings) as house, aiohttp.ClientSession() as session:
        agent = Agent(house, session)
        number = simulator.number(await agent.sign_up())
        await number.burst(customers=CUSTOMERS, messages=CUSTOMERS)
        db = database.scoped(agent.tenant_id)
        conversations = await _until(db.conversations.all, lambda rows: len(rows) == CUSTOMERS)

        traffic = asyncio.create_task(_traffic(number, agent, [row["_id"] for row in conversations]))
        for victims in (["outbound"], ["web"], ["inbound", "outbound"], ["web", "media"]):
            await asyncio.sleep(0.7)
            await house.kill(*victims)
            await house.start(*victims)
        await traffic
        await _until(lambda: db.messages.all({"moving": True}), lambda rows: not rows, within=120)
        await simulator.settled(120)
        total = CUSTOMERS + INBOUND
        inbound = await _until(
            lambda: db.messages.all({"direction": "INBOUND"}), lambda rows: len(rows) >= total, within=120
        )
        outbound = await db.messages.all({"direction": "OUTBOUND"}, sort=[("seq", 1)])
        _check_inbound(simulator, inbound)
        _check_outbound(simulator, outbound)
        # In one look: late statuses may still be adding to it.
        feed = await _until(
            lambda: db.events.all({}, sort=[("seq", 1)]), lambda rows: all("seq" in row for row in rows)
        )
        _check_feed(feed)
    database.close()


async def _traffic(number: PlayedNumber, agent: Agent, conversations: list[str]) -> None:
    burst = asyncio.create_task(
        number.burst(customers=CUSTOMERS, messages=INBOUND, per_second=300)  # ~3 s of it
    )
    keys = [(conversations[i % CUSTOMERS], f"k{i:03}") for i in range(OUTBOUND)]
    for start in range(0, OUTBOUND, 10):
        # One after the other within a conversation: the order of sending is the order of the keys.
        await asyncio.gather(*(agent.send(*key) for key in keys[start : start + 10]))
    await burst


async def _until(look: Any, enough: Any, *, within: float = 60) -> Any:
    deadline = time.monotonic() + within
    while not enough(seen := await look()):
        assert time.monotonic() < deadline, f"still {len(seen)} after {within} s"
        await asyncio.sleep(0.1)
    return seen


def _check_inbound(simulator: Simulator, stored: list[Document]) -> None:
    said = {utterance.wamid for utterance in simulator.inbound}
    assert Counter(message["wamid"] for message in stored) == Counter(said)
    order = {utterance.wamid: place for place, utterance in enumerate(simulator.inbound)}
    for messages in _by_conversation(stored).values():
        places = [order[message["wamid"]] for message in messages]
        assert places == sorted(places)


def _check_outbound(simulator: Simulator, stored: list[Document]) -> None:
    assert sorted(message["client_message_id"] for message in stored) == [f"k{i:03}" for i in range(OUTBOUND)]
    accepted: dict[str, list[int]] = defaultdict(list)
    for place, acceptance in enumerate(simulator.log):
        accepted[orjson.loads(acceptance.opaque or "{}")["m"]].append(place)
    for message in stored:
        times = len(accepted[message["_id"]])
        assert times <= 1, "sent twice"
        assert message["delivery"] == ("ACCEPTED" if times else "UNCONFIRMED"), message
    for messages in _by_conversation(stored).values():
        places = [accepted[m["_id"]][0] for m in messages if accepted[m["_id"]]]
        assert places == sorted(places)


def _check_feed(events: list[Document]) -> None:
    assert [event.get("seq") for event in events] == list(range(1, len(events) + 1))


def _by_conversation(messages: list[Document]) -> dict[str, list[Document]]:
    grouped: dict[str, list[Document]] = defaultdict(list)
    for message in sorted(messages, key=lambda message: message["seq"]):
        grouped[message["conversation_id"]].append(message)
    return grouped
