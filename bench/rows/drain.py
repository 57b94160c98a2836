"""Draining the journal: what was accepted becomes messages, conversations and numbered events, by one worker."""

import asyncio
import random
import time
from functools import partial

from bench.furnishing import furnished
from bench.hotel import APP_SECRET, Hotel
from bench.house import House
from bench.size import Size
from bench.table import Row, at_least
from bench.webhooks import Sender
from server.channels.drain import drain
from server.channels.journal import Journal
from server.desk.channels import Channel

NAME = "drain"
CUSTOMERS = 300
LARGEST_BURST = 50
GOAL = 1_500


async def measure(house: House, size: Size) -> list[Row]:
    async with furnished(house, size.grown[0]) as (_, life):
        bursts = await _rate(life.hotel, "bursts", messages=size.drained, largest=LARGEST_BURST)
        single = await _rate(life.hotel, "single", messages=size.drained, largest=1)
    return [
        at_least(f"drain, 1 to {LARGEST_BURST} messages a webhook", bursts, "/s", goal=GOAL),
        Row("drain, 1 message a webhook", single, "/s", bursts, "in bursts"),
    ]


async def _rate(hotel: Hotel, run: str, *, messages: int, largest: int) -> float:
    runtime, channel = hotel.runtime, await hotel.connect()
    written = await _journal(hotel, channel, run, messages=messages, largest=largest)
    began = time.monotonic()
    await drain(partial(runtime.enter, hotel.tenant))
    await runtime.bus.close()  # until the events are numbered
    took = time.monotonic() - began
    async with hotel.enter() as ctx:
        stored = await ctx.db.messages.count({"channel_id": channel.id})
        unnumbered = await ctx.db.events.count({"pending": True})
    assert (stored, unnumbered) == (written, 0)
    return written / took


async def _journal(hotel: Hotel, channel: Channel, run: str, *, messages: int, largest: int) -> int:
    chance = random.Random(1)
    body = Sender(channel.waba_id, channel.phone_number_id, APP_SECRET, CUSTOMERS, run).bodies()
    sizes: list[int] = []
    while sum(sizes) < messages:
        sizes.append(chance.randint(1, largest))
    journal = Journal(hotel.runtime)
    await asyncio.gather(
        *(journal.write(hotel.tenant.id, body("Bom dia, tudo bem?", size)) for size in sizes)
    )
    return sum(sizes)
