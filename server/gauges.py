"""What `/metrics` looks up at each scrape: the house's queues, over all tenants and without saying whose."""

import asyncio
from datetime import datetime
from math import nan

from prometheus_client import Gauge
from redis.exceptions import RedisError

from server import metrics
from server.desk.conversations.waiting import WAITING
from server.detector.house import HouseWatch
from server.jobs import QueueName, queue_name
from server.runtime import Runtime
from tenants.db import STORE_DOWN, Backlog

_PATIENCE = 2.0
_OPEN = {"open": {"$eq": True}}


async def look(runtime: Runtime, watch: HouseWatch) -> None:
    await asyncio.gather(_look_at_store(runtime), _look_at_redis(runtime))
    metrics.alarms.clear()
    for kind, count in watch.of_tenants.items():
        metrics.alarms.labels(kind, "").set(count)
    for alarm in watch.alarms:
        metrics.alarms.labels(alarm.kind, alarm.about or "").set(1)
    for role, seconds in watch.silences.items():
        metrics.process_silence.labels(role).set(seconds)


async def _look_at_store(runtime: Runtime) -> None:
    try:
        async with asyncio.timeout(_PATIENCE):
            await _read_store(runtime)
    except (*STORE_DOWN, TimeoutError):
        _forget_store()


def _forget_store() -> None:
    """Rather unknown than what was so: whoever scrapes still hears the rest, most of all the alarms."""
    for gauge in (
        metrics.conversations_active, metrics.conversations_waiting, metrics.media_waiting,
        metrics.journal_waiting, metrics.journal_lag, metrics.outbox_waiting, metrics.outbox_lag,
        metrics.subscribers_waiting, metrics.subscriber_lag,
    ):  # fmt: skip
        gauge.set(nan)
    metrics.conversations_window.clear()


async def _read_store(runtime: Runtime) -> None:
    database, now = runtime.database, runtime.clock()
    journal, outbox, windows, active, waiting, media = await asyncio.gather(
        database.backlog_everywhere("webhook_inbox", {"state": "NEW"}, moment="at", now=now),
        database.backlog_everywhere("messages", {"moving": True}, moment="due_at", now=now),
        database.backlog_everywhere("conversations", _OPEN, moment="window_expires_at", now=now),
        database.total_everywhere("tallies", {"status": {"$ne": "CLOSED"}}, of="count"),
        database.total_everywhere("conversations", WAITING),
        database.total_everywhere("messages", {"media.pending": True}),
    )
    metrics.conversations_active.set(active)
    metrics.conversations_waiting.set(waiting)
    metrics.conversations_window.labels("open").set(windows.coming)
    metrics.conversations_window.labels("closed").set(max(active - windows.coming, 0))
    metrics.media_waiting.set(media)
    _show(journal, metrics.journal_waiting, metrics.journal_lag, now)
    _show(outbox, metrics.outbox_waiting, metrics.outbox_lag, now)
    subscribers = await database.behind_everywhere("subscriptions", {"enabled": True})
    _show(subscribers, metrics.subscribers_waiting, metrics.subscriber_lag, now)


def _show(backlog: Backlog, waiting: Gauge, lag: Gauge, now: datetime) -> None:
    waiting.set(backlog.total)
    lag.set(max((now - backlog.oldest).total_seconds(), 0) if backlog.oldest else 0)


async def _look_at_redis(runtime: Runtime) -> None:
    prefix = runtime.settings.mongo_database
    if not await metrics.house.read(runtime.redis, prefix):
        metrics.kicks_waiting.clear()
        return
    try:
        async with asyncio.timeout(_PATIENCE), runtime.redis.pipeline(transaction=False) as pipe:
            for queue in QueueName:
                pipe.llen(f"rq:queue:{queue_name(prefix, queue)}")
            lengths = await pipe.execute()
    except (RedisError, OSError, TimeoutError):
        metrics.kicks_waiting.clear()
        return
    for queue, length in zip(QueueName, lengths, strict=True):
        metrics.kicks_waiting.labels(queue).set(length)
