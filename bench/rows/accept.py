"""Accepting a webhook: verified, journaled at a majority, kicked, 200; beside a handler that only checks the HMAC."""

from statistics import median

from bench.hotel import APP_SECRET, Hotel
from bench.house import House, free_port, program, python, until_ready
from bench.loading import Seen, load
from bench.size import Size
from bench.table import Row, at_most

NAME = "accept"
CONNECTIONS = 64
STEADY = 300


async def measure(house: House, size: Size) -> list[Row]:
    bare_port = free_port()
    async with house.runtime() as runtime, house.web():
        hotel = await Hotel.found(runtime)
        channel = await hotel.connect()
        async with program(*python("bench.peers.hmac_only", str(bare_port))):
            await until_ready(f"http://127.0.0.1:{bare_port}/")

            async def accept(port: int, run: str, rate: float | None = None, warm: float = 0) -> Seen:
                sender = {
                    "waba_id": channel.waba_id, "phone_number_id": channel.phone_number_id, "secret": APP_SECRET,
                    "customers": 1000, "run": run,
                }  # fmt: skip
                return await load(
                    "webhooks", port, expect=200, seconds=size.seconds, connections=CONNECTIONS, rate=rate,
                    warm=warm, path=hotel.webhook_path, sender=sender,
                )  # fmt: skip

            pairs = [
                (
                    await accept(house.settings.port, f"a{turn}", warm=0.5),
                    await accept(bare_port, f"b{turn}", warm=0.5),
                )
                for turn in range(size.rounds)
            ]
            steady = await accept(house.settings.port, "steady", STEADY)
    ours, bare = median(pair[0].rate for pair in pairs), median(pair[1].rate for pair in pairs)
    return [
        Row("webhook accept, 64 connections", ours, "/s", bare, "bare HMAC handler", goal=0.40),
        Row("  p50 at saturation", pairs[-1][0].ms(50), " ms", pairs[-1][1].ms(50), "bare HMAC handler"),
        at_most(f"  p99 at a steady {STEADY}/s", steady.ms(99), " ms", goal=50),
    ]
