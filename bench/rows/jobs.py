"""RQ alone: how many kicks a worker hears, and how soon, beside RQ's own worker that forks for each job."""

import asyncio
import time
from datetime import datetime
from statistics import median

import redis
from rq import Queue
from rq.job import Job
from rq.serializers import JSONSerializer

from bench.house import House, program, python
from bench.size import Size
from bench.table import Row
from server.jobs import Job as JobName
from server.jobs import QueueName, queue_name

NAME = "jobs"
KEPT_SECONDS = 300
ALONE = 20  # jobs given to an idle worker, one at a time
PAUSE_SECONDS = 0.05
_PATIENCE_SECONDS = 120.0


async def measure(house: House, size: Size) -> list[Row]:
    with redis.Redis.from_url(house.settings.redis_url) as connection:
        kicks = Queue(
            queue_name(house.settings.mongo_database, QueueName.INBOUND),
            connection=connection,
            serializer=JSONSerializer,
        )
        async with house.worker(QueueName.INBOUND):
            ours = await _measured(kicks, JobName.DRAIN_INBOX, size.jobs)
        plain = Queue("bench-fork", connection=connection)
        async with program(*python("bench.peers.rq_fork", house.settings.redis_url, plain.name)):
            fork = await _measured(plain, "bench.peers.rq_fork.nothing", max(size.jobs // 10, ALONE))
    return [
        Row("kicks heard by a worker", ours[0], "/s", fork[0], "RQ's fork worker"),
        Row("enqueue → start, idle worker", ours[1], " ms", fork[1], "RQ's fork worker"),
    ]


async def _measured(queue: Queue, name: str, count: int) -> tuple[float, float]:
    """Jobs a second when they are all there, and the median of milliseconds until the start when they come alone."""
    await _done(_give(queue, name, 1))
    alone = []
    for _ in range(ALONE):
        job = _give(queue, name, 1)
        await _done(job)
        alone += job
        await asyncio.sleep(PAUSE_SECONDS)
    together = _give(queue, name, count)
    await _done(together)
    waited = [(_moment(job, "started_at") - _moment(job, "enqueued_at")) * 1000 for job in alone]
    took = max(_moment(job, "ended_at") for job in together) - min(
        _moment(job, "started_at") for job in together
    )
    return count / took, median(waited)


def _give(queue: Queue, name: str, count: int) -> list[Job]:
    """Each for a tenant that does not exist: heard, looked up, and nothing to do."""
    return [
        queue.enqueue_call(name, args=(f"nobody-{turn}",), result_ttl=KEPT_SECONDS) for turn in range(count)
    ]


async def _done(jobs: list[Job]) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while jobs[-1].get_status(refresh=True) != "finished":
        assert time.monotonic() < deadline, "the worker does not work"
        await asyncio.sleep(0.02)
    for job in jobs:
        job.refresh()  # type: ignore[no-untyped-call]


def _moment(job: Job, name: str) -> float:
    moment: datetime = getattr(job, name)
    return moment.timestamp()
