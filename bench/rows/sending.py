"""Sending: from the outbox through one worker to a provider that takes 200 ms to answer, seen from the provider."""

import asyncio
import json
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from bench.hotel import Hotel
from bench.house import House, free_port, program, python, until_ready
from bench.size import Size
from bench.table import Row, at_least
from server.desk.channels import Channel
from server.desk.messages import actions
from server.desk.messages.content import Text
from server.desk.messages.inbound import Received, Sender
from server.desk.messages.models import Kind
from server.desk.messages.receiving import receive
from server.jobs import QueueName

NAME = "sending"
LATENCY = 0.2
CONVERSATIONS = 60  # of each number
PERMITTED = 80  # a second and number
# By how many numbers send at once: how many a second must leave.
GOALS = {1: 75, 10: 600}
_PATIENCE_SECONDS = 60.0


class Provider:
    """The simulator in a process of its own."""

    def __init__(self, url: str, http: aiohttp.ClientSession) -> None:
        self.url, self._http = url, http

    async def slow_down(self) -> None:
        await self._http.patch(f"{self.url}/simulator/settings", json={"latency": LATENCY, "window": "off"})

    async def number(self) -> dict[str, str]:
        """Without a callback: what becomes of a message is another measurement."""
        async with self._http.post(f"{self.url}/simulator/numbers", json={}) as answer:
            made = await answer.json()
        return {
            "phone_number_id": made["phoneNumberId"], "waba_id": made["wabaId"], "access_token": made["accessToken"],
            "app_secret": made["appSecret"], "verify_token": made["verifyToken"],
        }  # fmt: skip

    async def accepted(self, numbers: set[str]) -> list[dict[str, Any]]:
        async with self._http.get(f"{self.url}/simulator/log") as answer:
            return [one for one in (await answer.json())["data"] if one["phoneNumberId"] in numbers]


@asynccontextmanager
async def provider() -> AsyncIterator[Provider]:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    async with (
        program(*python("server.channels.simulator", "--port", str(port)), quiet=True),
        aiohttp.ClientSession() as http,
    ):
        await until_ready(f"{url}/simulator/health")
        provider = Provider(url, http)
        await provider.slow_down()
        yield provider


async def measure(house: House, size: Size) -> list[Row]:
    async with provider() as graph:
        return [await _row(house.facing(graph.url), graph, numbers, size.sent) for numbers in GOALS]


async def _row(house: House, graph: Provider, numbers: int, messages: int) -> Row:
    async with house.runtime() as runtime:
        hotel = await Hotel.found(runtime)
        channels = [await hotel.connect(**await graph.number()) for _ in range(numbers)]
        queued = [id for channel in channels for id in await _queue(hotel, channel, messages)]
        async with house.worker(QueueName.OUTBOUND):
            accepted = await _all_accepted(graph, {c.phone_number_id for c in channels}, len(queued))
        await _check_order(hotel, accepted)
    rate = _rate(accepted)
    permitted = numbers * PERMITTED
    what = f"send through {numbers} number{'s' if numbers > 1 else ''}, of {permitted}/s permitted"
    return at_least(what, rate, "/s", goal=GOALS[numbers])


async def _queue(hotel: Hotel, channel: Channel, messages: int) -> list[str]:
    async with hotel.enter() as ctx:
        places = await _conversations(hotel, channel)
        # One after the other within a conversation, so that the order of sending is the order of these ids.
        return [
            (await actions.send(ctx, places[turn % len(places)], Text(text=f"Mensagem {turn}"))).message.id
            for turn in range(messages)
        ]


async def _conversations(hotel: Hotel, channel: Channel) -> list[str]:
    """Customers who have just written, so that anything may be answered."""
    async with hotel.enter() as ctx:
        written = [
            Received(
                wamid=f"wamid.{channel.id}.{place}",
                at=ctx.now(),
                sender=Sender(wa_id=f"55118{10_000_000 + place}"),
                kind=Kind.TEXT,
                text="Olá",
            )
            for place in range(5000, 5000 + CONVERSATIONS)
        ]
        return [message["conversation_id"] for message in await receive(ctx, channel.id, written)]


async def _all_accepted(graph: Provider, numbers: set[str], count: int) -> list[dict[str, Any]]:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while len(accepted := await graph.accepted(numbers)) < count:
        assert time.monotonic() < deadline, f"{len(accepted)} of {count} sent in {_PATIENCE_SECONDS} s"
        await asyncio.sleep(0.5)
    assert len(accepted) == count, "sent twice"
    return accepted


async def _check_order(hotel: Hotel, accepted: list[dict[str, Any]]) -> None:
    async with hotel.enter() as ctx:
        stored = await ctx.db.messages.by_ids([_id_of(one) for one in accepted])
    seen: dict[str, list[int]] = defaultdict(list)
    for one in accepted:
        message = stored[_id_of(one)]
        seen[message["conversation_id"]].append(message["seq"])
    assert all(order == sorted(order) for order in seen.values()), "out of order within a conversation"


def _id_of(acceptance: dict[str, Any]) -> str:
    return str(json.loads(acceptance["opaque"])["m"])


def _rate(accepted: list[dict[str, Any]]) -> float:
    """Of the middle: without the first second, in which the bucket's burst is spent, and without the last few."""
    times: list[float] = sorted(one["at"] for one in accepted)
    steady = [at for at in times[: len(times) * 9 // 10] if at > times[0] + 1] or times
    return (len(steady) - 1) / (steady[-1] - steady[0])
