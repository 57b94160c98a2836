"""Ringing the workers' bells. A job is a kick: "look at this lane"; MongoDB holds what there is to do."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum

import structlog
from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from rq.serializers import JSONSerializer

from tenants.context import Kick

log = structlog.get_logger()


class Job(StrEnum):
    """The dotted name of each function that a worker may be asked to call. Nothing else is run."""

    DRAIN_INBOX = "workers.inbound.drain"
    DRAIN_OUTBOX = "workers.outbound.drain"
    SEND_RECEIPTS = "workers.outbound.pass_receipts"
    SHOW_TYPING = "workers.outbound.show_typing"
    FETCH_MEDIA = "workers.media.fetch"
    SYNC_TEMPLATES = "workers.templates.sync"
    DISTRIBUTE = "workers.routing.distribute"
    ANSWER = "workers.answering.answer"
    TELL_SUBSCRIBER = "workers.telling.tell"


class QueueName(StrEnum):
    INBOUND = "inbound"
    OUTBOUND = "outbound"
    MEDIA = "media"


QUEUE_OF: dict[Job, QueueName] = {
    Job.DRAIN_INBOX: QueueName.INBOUND,
    Job.DRAIN_OUTBOX: QueueName.OUTBOUND,
    Job.SEND_RECEIPTS: QueueName.OUTBOUND,
    Job.SHOW_TYPING: QueueName.OUTBOUND,
    Job.FETCH_MEDIA: QueueName.MEDIA,
    Job.SYNC_TEMPLATES: QueueName.MEDIA,
    Job.DISTRIBUTE: QueueName.INBOUND,
    Job.ANSWER: QueueName.INBOUND,
    Job.TELL_SUBSCRIBER: QueueName.OUTBOUND,
}

# While a kick waits in its queue, the same kick need not wait there twice. Should its job be lost, the next one
# after this many milliseconds is rung again.
_WAITING_MS = 2_000


def queue_name(prefix: str, queue: QueueName) -> str:
    return f"{prefix}-{queue}"


def waiting_key(prefix: str, kick: Kick) -> str:
    return f"{prefix}:kick:{kick.job}:{':'.join(kick.ids)}"


class Jobs:
    """Enqueues kicks from a thread of its own, so that a slow Redis never holds up a request."""

    def __init__(self, redis: "Redis", *, prefix: str) -> None:
        self._redis = redis
        self._prefix = prefix
        self._queues = {
            name: Queue(queue_name(prefix, name), connection=redis, serializer=JSONSerializer)
            for name in QueueName
        }
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="kick")
        self._asked: set[Kick] = set()

    def kick(self, kick: Kick) -> None:
        """Fire and forget: if it fails, the sweeper rings again within seconds."""
        if kick not in self._asked:
            self._asked.add(kick)
            asyncio.get_running_loop().run_in_executor(self._thread, self._enqueue, kick)

    def _enqueue(self, kick: Kick) -> None:
        self._asked.discard(kick)
        try:
            if self._redis.set(waiting_key(self._prefix, kick), 1, nx=True, px=_WAITING_MS):
                self._queues[QUEUE_OF[Job(kick.job)]].enqueue_call(
                    kick.job, args=kick.ids, result_ttl=0, failure_ttl=3600
                )
        except (RedisError, OSError) as away:
            log.warning("job.kick_lost", job=kick.job, cause=str(away)[:200])

    def close(self) -> None:
        self._thread.shutdown(wait=True)
