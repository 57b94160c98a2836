"""From the webhook to the browser's frame: web process, worker, desk, feed and socket, at a steady rate."""

import asyncio
import time
from typing import Any

from bench.browser import listening
from bench.hotel import APP_SECRET, Hotel
from bench.house import House
from bench.loading import load, percentile
from bench.size import Size
from bench.table import Row, at_most
from server.desk.channels import Channel
from server.jobs import QueueName

NAME = "latency"
CUSTOMERS = 200
CONNECTIONS = 16
WARM_RATE = 100
# By rate: the goals for p50 and p99, in milliseconds.
GOALS: dict[int, tuple[float, float]] = {100: (20, 60), 500: (75, 150)}
_PATIENCE_SECONDS = 20.0


class Stopwatch:
    """How long each message took to get here."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def hear(self, event: dict[str, Any]) -> None:
        now = time.monotonic_ns()
        for name, payload in event.get("frames", []):
            if name == "message:new":
                # The text is the time at which the webhook was made.
                self.seconds.append((now - int(payload["message"]["content"][1:])) / 1e9)

    async def heard(self, count: int) -> list[float]:
        """Sorted, once there are so many."""
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while len(self.seconds) < count:
                await asyncio.sleep(0.02)
        assert len(self.seconds) == count, "heard twice"
        return sorted(self.seconds)


async def measure(house: House, size: Size) -> list[Row]:
    async with house.runtime() as runtime, house.web(), house.worker(QueueName.INBOUND):
        hotel = await Hotel.found(runtime)
        channel = await hotel.connect()

        async def arrive(rate: int, seconds: float) -> list[float]:
            stopwatch = Stopwatch()
            async with listening(house.url, hotel.token, stopwatch.hear):
                sent = await _write(house, hotel, channel, rate, seconds)
                return await stopwatch.heard(sent)

        # Every customer writes once before it counts: in the steady state conversations are open.
        await arrive(WARM_RATE, CUSTOMERS / WARM_RATE)
        return [row for rate in GOALS for row in _rows(rate, await arrive(rate, size.seconds * 2))]


async def _write(house: House, hotel: Hotel, channel: Channel, rate: int, seconds: float) -> int:
    sender = {
        "waba_id": channel.waba_id, "phone_number_id": channel.phone_number_id, "secret": APP_SECRET,
        "customers": CUSTOMERS, "run": f"latency{time.monotonic_ns()}",
    }  # fmt: skip
    seen = await load(
        "webhooks", house.settings.port, expect=200, seconds=seconds, connections=CONNECTIONS, rate=rate,
        path=hotel.webhook_path, sender=sender,
    )  # fmt: skip
    return len(seen.seconds)


def _rows(rate: int, seconds: list[float]) -> list[Row]:
    median, worst = (percentile(seconds, percent) * 1000 for percent in (50, 99))
    return [
        at_most(f"webhook → browser frame at {rate}/s, p50", median, " ms", goal=GOALS[rate][0]),
        at_most(f"webhook → browser frame at {rate}/s, p99", worst, " ms", goal=GOALS[rate][1]),
    ]
