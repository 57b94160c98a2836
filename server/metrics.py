"""Numbers for Prometheus. Each web process has its own; what workers count reaches everyone through Redis."""

import asyncio
import contextlib
from collections import Counter as Tally

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.core import CounterMetricFamily
from prometheus_client.registry import Collector
from redis.asyncio import Redis
from redis.exceptions import RedisError

# Names as seed 003 lists them.
registry = CollectorRegistry()
requests = Counter("http_requests_total", "HTTP requests", ["method", "route", "status"], registry=registry)
request_seconds = Histogram(
    "http_request_duration_seconds",
    "HTTP request latency",
    ["method", "route"],
    registry=registry,
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
sockets = Gauge("websocket_connections_active", "Open sockets", registry=registry)
conversations_active = Gauge("conversations_active_total", "Conversations not closed", registry=registry)
journal_waiting = Gauge("webhook_journal_waiting", "Webhooks accepted and not yet applied", registry=registry)
outbox_waiting = Gauge("outbox_waiting", "Messages on their way to the provider", registry=registry)
alarms = Gauge("alarms", "Alarms that stand (docs/operate.md)", ["kind", "about"], registry=registry)
process_silence = Gauge(
    "process_silence_seconds",
    "Since a process of this role was heard on the bus",
    ["role"],
    registry=registry,
)

_FLUSH_SECONDS = 5.0
_counted: Tally[str] = Tally()
HELP = {
    "messages_sent_total": "Messages that the provider accepted",
    "messages_received_total": "Messages of customers that were stored",
    "messages_failed_total": "Messages that were refused",
}


def count(name: str, amount: int = 1) -> None:
    """Count what happens in any process of the house; `name` is a key of HELP."""
    _counted[name] += amount


async def flush(redis: "Redis", prefix: str) -> None:
    """Hand what was counted here to Redis; what cannot be handed over now is kept."""
    for name, amount in list(_counted.items()):
        with contextlib.suppress(RedisError, OSError):
            await redis.hincrby(f"{prefix}:counters", name, amount)
            _counted[name] -= amount
    for name in [name for name, amount in _counted.items() if not amount]:
        del _counted[name]


async def keep_flushing(redis: "Redis", prefix: str) -> None:
    while True:
        await asyncio.sleep(_FLUSH_SECONDS)
        await flush(redis, prefix)


class HouseCounters(Collector):
    """What all processes counted, as last read from Redis."""

    def __init__(self) -> None:
        self.values: dict[str, int] = {}

    async def read(self, redis: "Redis", prefix: str) -> None:
        with contextlib.suppress(RedisError, OSError):
            found = await redis.hgetall(f"{prefix}:counters")
            self.values = {_text(name): int(value) for name, value in found.items()}

    def collect(self) -> list[CounterMetricFamily]:
        return [
            CounterMetricFamily(name, text, value=self.values.get(name, 0)) for name, text in HELP.items()
        ]


def _text(name: bytes | str) -> str:
    return name.decode() if isinstance(name, bytes) else name


house = HouseCounters()
registry.register(house)
