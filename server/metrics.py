"""Numbers for Prometheus, of the whole house: each process hands what it counts to Redis, and any web process tells it.

So it does not matter which of the web processes that share a port is asked, and workers need no port of their own.
Redis may be emptied: the counters then start anew, which Prometheus knows of any process that starts.
"""

import asyncio
import contextlib
import time
from bisect import bisect_left
from collections import Counter as Tally
from collections.abc import Iterable, Mapping
from itertools import accumulate
from typing import NamedTuple

import orjson
from prometheus_client import CollectorRegistry, Gauge
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector
from redis.asyncio import Redis
from redis.exceptions import RedisError

from tenants.ids import new_id

_FLUSH_SECONDS = 5.0
_PATIENCE = 2.0
_DEAD_AFTER = 4 * _FLUSH_SECONDS
_MICROSECONDS = 1_000_000
_SUM = "sum"
_FAST = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
_SLOW = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30)


class Family(NamedTuple):
    """`buckets`: upper bounds in seconds; those of a counter are none."""

    text: str
    labels: tuple[str, ...] = ()
    buckets: tuple[float, ...] = ()


# What is counted. Seed 003 names the first three and chatbot_responses_total.
FAMILIES = {
    "http_requests_total": Family("HTTP requests", ("method", "route", "status")),
    "http_request_duration_seconds": Family("HTTP request latency", ("method", "route"), _FAST),
    "messages_sent_total": Family("Messages that the provider accepted"),
    "messages_received_total": Family("Messages of customers that were stored"),
    "messages_failed_total": Family("Messages that were refused"),
    "message_send_seconds": Family(
        "From the claim of a message to the provider's answer", ("result",), _SLOW
    ),
    "chatbot_responses_total": Family("Answers of the assistant", ("provider",)),
    "webhook_refusals_total": Family("Webhooks and verifications that were refused", ("reason",)),
    "subscriber_deliveries_total": Family("Attempts to tell a subscriber of an event", ("outcome",)),
    "rate_limit_refusals_total": Family("Requests over a limit", ("rule",)),
}

# What is looked up when somebody asks (server/gauges.py).
registry = CollectorRegistry()
conversations_active = Gauge("conversations_active_total", "Conversations not closed", registry=registry)
conversations_waiting = Gauge(
    "conversations_waiting", "Conversations that nobody has taken", registry=registry
)
conversations_window = Gauge(
    "conversations_window", "Conversations not closed, by their 24-hour window", ["state"], registry=registry
)
journal_waiting = Gauge("webhook_journal_waiting", "Webhooks accepted and not yet applied", registry=registry)
journal_lag = Gauge("webhook_journal_lag_seconds", "Age of the oldest of them", registry=registry)
outbox_waiting = Gauge("outbox_waiting", "Messages on their way to the provider", registry=registry)
outbox_lag = Gauge("outbox_lag_seconds", "How long the oldest of them has been due", registry=registry)
media_waiting = Gauge("media_waiting", "Files of customers not yet downloaded", registry=registry)
subscribers_waiting = Gauge(
    "subscribers_waiting", "Subscribers who are to be told of something", registry=registry
)
subscriber_lag = Gauge(
    "subscriber_lag_seconds", "Age of the oldest event of which one is still to be told", registry=registry
)
kicks_waiting = Gauge("rq_queue_waiting", "Kicks that wait in a worker's queue", ["queue"], registry=registry)
alarms = Gauge("alarms", "Alarms that stand (docs/operate.md)", ["kind", "about"], registry=registry)
process_silence = Gauge(
    "process_silence_seconds",
    "Since a process of this role was heard on the bus",
    ["role"],
    registry=registry,
)

Series = tuple[
    str, ...
]  # the family's name, its labels' values, and of a histogram the bucket's number or _SUM
_fresh: Tally[Series] = Tally()  # not yet handed over
_me = new_id()


class Level:
    """What goes up and down in this process; told as the sum over all processes that live."""

    def __init__(self) -> None:
        self.value = 0

    def inc(self) -> None:
        self.value += 1

    def dec(self) -> None:
        self.value -= 1


sockets = Level()


def count(name: str, amount: int = 1, **labels: object) -> None:
    """Count what happens; `name` is a key of FAMILIES."""
    _fresh[_series(name, labels)] += amount


def observe(name: str, seconds: float, **labels: object) -> None:
    """How long something took; `name` is a histogram of FAMILIES."""
    series = _series(name, labels)
    _fresh[*series, str(bisect_left(FAMILIES[name].buckets, seconds))] += 1
    _fresh[*series, _SUM] += round(seconds * _MICROSECONDS)


def _series(name: str, labels: Mapping[str, object]) -> Series:
    return (name, *(str(labels.get(label, "")) for label in FAMILIES[name].labels))


async def flush(redis: "Redis", prefix: str) -> bool:
    """Hand what was counted here to Redis. False where it cannot be handed over now: it is kept."""
    going = dict(_fresh)
    _fresh.clear()
    try:
        async with asyncio.timeout(_PATIENCE), redis.pipeline() as pipe:
            for series, amount in going.items():
                pipe.hincrby(f"{prefix}:counters", orjson.dumps(series).decode(), amount)
            pipe.hset(f"{prefix}:sockets", _me, f"{sockets.value} {time.time()}")
            await pipe.execute()
    except (RedisError, OSError, TimeoutError):
        _fresh.update(going)
        return False
    return True


async def keep_flushing(redis: "Redis", prefix: str) -> None:
    while True:
        await asyncio.sleep(_FLUSH_SECONDS)
        await flush(redis, prefix)


class House(Collector):
    """What all processes counted, as last read from Redis, and what could not be handed over since."""

    def __init__(self) -> None:
        self._handed: Tally[Series] = Tally()
        self._sockets = 0

    async def read(self, redis: "Redis", prefix: str) -> bool:
        """False where Redis does not answer."""
        self._sockets = max(self._sockets, sockets.value)
        if not await flush(redis, prefix):
            return False
        with contextlib.suppress(RedisError, OSError, TimeoutError):
            async with asyncio.timeout(_PATIENCE), redis.pipeline(transaction=False) as pipe:
                pipe.hgetall(f"{prefix}:counters")
                pipe.hgetall(f"{prefix}:sockets")
                counters, levels = await pipe.execute()
            self._handed = Tally({_decoded(field): int(value) for field, value in counters.items()})
            self._sockets = await _living(redis, f"{prefix}:sockets", levels)
            return True
        return False

    def collect(self) -> Iterable[Metric]:
        found = self._handed + _fresh
        by_family: dict[str, dict[Series, int]] = {name: {} for name in FAMILIES}
        for (name, *rest), value in found.items():
            by_family.get(name, {})[tuple(rest)] = (
                value  # another release may count what this one does not know
            )
        yield GaugeMetricFamily("websocket_connections_active", "Open sockets", value=self._sockets)
        for name, family in FAMILIES.items():
            told = _histogram if family.buckets else _counter
            yield told(name, family, by_family[name])


def _decoded(field: bytes | str) -> Series:
    try:
        return tuple(str(part) for part in orjson.loads(field))
    except orjson.JSONDecodeError:
        return (field.decode() if isinstance(field, bytes) else field,)  # as an older release wrote it


async def _living(redis: "Redis", key: str, levels: Mapping[bytes, bytes]) -> int:
    """The sum over the processes that have told theirs lately; the others are forgotten."""
    told = {process: text.split() for process, text in levels.items()}
    dead = [process for process, (_, at) in told.items() if float(at) < time.time() - _DEAD_AFTER]
    if dead:
        await redis.hdel(key, *dead)
    return sum(int(value) for process, (value, _) in told.items() if process not in dead)


def _counter(name: str, family: Family, values: Mapping[Series, int]) -> Metric:
    metric = CounterMetricFamily(name, family.text, labels=family.labels)
    for labels, value in (values or ({} if family.labels else {(): 0})).items():
        metric.add_metric(labels, value)
    return metric


def _histogram(name: str, family: Family, values: Mapping[Series, int]) -> Metric:
    metric = HistogramMetricFamily(name, family.text, labels=family.labels)
    bounds = [*(str(bound) for bound in family.buckets), "+Inf"]
    for labels in dict.fromkeys(series[:-1] for series in values):
        counts = accumulate(values.get((*labels, str(place)), 0) for place in range(len(bounds)))
        total = values.get((*labels, _SUM), 0) / _MICROSECONDS
        metric.add_metric(labels, list(zip(bounds, counts, strict=True)), total)
    return metric


house = House()
registry.register(house)
