"""Draining the journal: what was accepted becomes messages, conversations and numbered events, by one worker."""

import asyncio
import random
import time
from functools import partial

from bench.hotel import APP_SECRET, Hotel
from bench.house import House
from bench.size import Size
from bench.table import Row, at_least
from bench.webhooks import Sender
from server.channels.drain import drain
from server.channels.journal import Journal
from server.desk.channels import Channel
from server.runtime import Runtime

NAME = "drain"
CUSTOMERS = 300
LARGEST_BURST = 50
GOAL = 1_500


async def measure(house: House, size: Size) -> list[Row]:
    rows = []
    for what, largest in ((f"1 to {LARGEST_BURST} a webhook", LARGEST_BURST), ("1 a webhook", 1)):
        async with house.runtime() as runtime:
            rate = await _rate(runtime, messages=size.drained, largest=largest)
        rows.append(at_least(f"drain, {what}", rate, " messages/s", goal=GOAL))
    return rows


async def _rate(runtime: Runtime, *, messages: int, largest: int) -> float:
    hotel = await Hotel.found(runtime)
    channel = await hotel.connect()
    written = await _journal(runtime, hotel, channel, messages=messages, largest=largest)
    began = time.monotonic()
    await drain(partial(runtime.enter, hotel.tenant))
    await runtime.bus.close()  # until the events are numbered
    took = time.monotonic() - began
    async with hotel.enter() as ctx:
        stored, numbered = await ctx.db.messages.count({}), await ctx.db.events.count({"seq": {"$gt": 0}})
    assert stored == written <= numbered
    return written / took


async def _journal(runtime: Runtime, hotel: Hotel, channel: Channel, *, messages: int, largest: int) -> int:
    chance = random.Random(1)
    body = Sender(channel.waba_id, channel.phone_number_id, APP_SECRET, CUSTOMERS, "drain").bodies()
    sizes: list[int] = []
    while sum(sizes) < messages:
        sizes.append(chance.randint(1, largest))
    journal = Journal(runtime)
    await asyncio.gather(
        *(journal.write(hotel.tenant.id, body("Bom dia, tudo bem?", size)) for size in sizes)
    )
    return sum(sizes)
