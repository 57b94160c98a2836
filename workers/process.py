"""A worker process: RQ hears kicks on the main thread, lanes run on an event loop beside it."""

import asyncio
import random
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

import redis
import structlog
import uvloop
from redis.exceptions import RedisError
from rq import Queue, SimpleWorker
from rq.exceptions import StopRequested
from rq.job import Job as RqJob
from rq.serializers import JSONSerializer
from typing_extensions import override

from server import metrics
from server.jobs import QueueName, queue_name
from server.pulse import Pulse
from server.runtime import Runtime
from server.settings import Settings
from tenants.context import Kick
from tenants.db import STORE_DOWN
from workers import answering, inbound, media, outbound, routing, runner, telling, templates
from workers.sweeps import SWEEP_OF

log = structlog.get_logger()
SWEEP_SECONDS = 2.0
STOP_SECONDS = 8.0
JOBS = (answering, inbound, outbound, media, routing, telling, templates)  # imported for their registrations


class KickJob(RqJob):
    """Runs what is registered and nothing else, whatever a queue's entry names; no callbacks."""

    @property
    def func(self) -> Callable[..., Any] | None:
        if self.func_name not in runner.WORK:
            raise PermissionError(f"{self.func_name} is not a job")
        work: Callable[..., Any] | None = super().func
        return work

    success_callback = failure_callback = stopped_callback = None


class KickWorker(SimpleWorker):
    """RQ's own handler of signals is there once it works: who was `asked` to stop before that stops here."""

    def __init__(self, *args: Any, asked: threading.Event, **options: Any) -> None:
        super().__init__(*args, **options)
        self._asked = asked

    @override
    def check_for_suspension(self, burst: bool) -> None:
        if self._asked.is_set():
            raise StopRequested
        super().check_for_suspension(burst)


class LoopThread(threading.Thread):
    """The process's one event loop, with the runtime and the lanes that live on it."""

    def __init__(self, settings: Settings, queue: QueueName) -> None:
        super().__init__(name="lanes", daemon=True)
        self._settings, self._queue = settings, queue
        self._ready = threading.Event()
        self._stopping = asyncio.Event()
        self.loop: asyncio.AbstractEventLoop | None = None
        self.lanes: runner.Lanes | None = None

    def run(self) -> None:
        uvloop.run(self._live())

    async def _live(self) -> None:
        self.loop = asyncio.get_running_loop()
        runtime = await Runtime.open(self._settings)
        self.lanes = runner.Lanes(runtime)
        prefix = self._settings.mongo_database
        besides = [
            asyncio.create_task(self._sweep(runtime, self.lanes)),
            asyncio.create_task(metrics.keep_flushing(runtime.redis, prefix)),
        ]
        self._ready.set()
        await self._stopping.wait()
        for task in besides:
            task.cancel()
        await self.lanes.stop(within=STOP_SECONDS)
        await metrics.flush(runtime.redis, prefix)
        await runtime.close()

    async def _sweep(self, runtime: Runtime, lanes: runner.Lanes) -> None:
        """Look by itself too, so that nothing depends on Redis."""
        pulse = Pulse(runtime, self._queue)
        while True:
            pulse.beat()
            try:
                async for kick in SWEEP_OF[self._queue](runtime):
                    lanes.ring(kick)
            except STORE_DOWN as down:
                log.warning("sweep.store_down", cause=str(down)[:200])
            except Exception:
                log.exception("sweep.failed")
            await asyncio.sleep(SWEEP_SECONDS * random.uniform(0.8, 1.2))  # noqa: S311

    def ring(self, kick: Kick) -> None:
        """From RQ's thread."""
        self._ready.wait()
        assert self.loop
        assert self.lanes
        self.loop.call_soon_threadsafe(self.lanes.ring, kick)

    def stop(self) -> None:
        if self.loop:
            self.loop.call_soon_threadsafe(self._stopping.set)
        else:
            self._stopping.set()
        self.join(STOP_SECONDS + 5)


def work(settings: Settings, queue: QueueName) -> None:
    """Serve one queue until SIGTERM. One queue a process: a worker that dies between two queues loses the job."""
    loop = LoopThread(settings, queue)
    loop.start()
    connection = redis.Redis.from_url(settings.redis_url)
    runner.hear(loop.ring)
    asked = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: asked.set())
    signal.signal(signal.SIGINT, lambda *_: asked.set())
    try:
        while not asked.is_set() and not _hear_kicks(connection, settings, queue, asked):
            time.sleep(1)
    finally:
        loop.stop()


def _hear_kicks(
    connection: "redis.Redis", settings: Settings, queue: QueueName, asked: threading.Event
) -> bool:
    """True when the worker was asked to stop, False when Redis went away."""
    try:
        worker = KickWorker(
            [
                Queue(
                    queue_name(settings.mongo_database, queue),
                    connection=connection,
                    serializer=JSONSerializer,
                )
            ],
            asked=asked,
            connection=connection,
            job_class=KickJob,
            serializer=JSONSerializer,
            maintenance_interval=30,
            worker_ttl=60,
            default_result_ttl=0,
            log_job_description=False,
        )
        worker.work(with_scheduler=False, logging_level="WARNING")
    except (RedisError, OSError) as away:
        log.warning("worker.redis_away", queue=queue, cause=str(away)[:200])
        return False
    return True
