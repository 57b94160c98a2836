"""The house's processes: each does one job, to its end or not."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import NamedTuple

from pymongo.errors import PyMongoError

from tenants.problems import Problem
from tests.model import victim
from tests.model.process import Json, Process, Work
from tests.model.stage import Stage
from tests.model.victim import Point


class Job(NamedTuple):
    """Something a process does, and what the outside knows once it has ended well."""

    work: Work
    ended: Callable[[], None] = lambda: None
    has_deadline: bool = False


@dataclass
class Standing:
    """A process that stands still in the middle of a job."""

    process: Process
    job: Job
    stood: bool = False
    overdue: bool = False  # its sends' own deadlines have passed


class Processes:
    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.standing: list[Standing] = []
        self._left: list[Json] = []  # sessions of those that died or stood still

    async def do(self, job: Job) -> None:
        """In a process of its own, to the end."""
        await self.stop(job, None)

    async def stop(self, job: Job, at: int | None) -> None:
        """Let the process stand still at this suspension, if its job has so many."""
        standing = await self._start(job)
        if await self._ended(standing, standing.process.run(job.work(standing.process.runtime), stop_at=at)):
            await standing.process.close()
        else:
            standing.stood = True
            self.standing.append(standing)
            self._left += standing.process.sessions

    async def crash(self, job: Job, at: int) -> None:
        """Killed at this suspension or, if its job has not so many, right after it."""
        standing = await self._start(job)
        await self._ended(standing, standing.process.run(job.work(standing.process.runtime), stop_at=at))
        await self._kill(standing)

    async def die(self, job: Job, point: Point) -> bool:
        """As `crash`, but a real process dies. True when its job had ended."""
        await self._stage.end_transactions(self._left)
        death = await victim.die(self._stage.settings, job.work, point)
        self._left += death.sessions
        if death.ended:
            job.ended()
        return death.ended

    async def resume(self, standing: Standing) -> None:
        self.standing.remove(standing)
        await self._stage.end_transactions(self._left)
        await self._ended(standing, standing.process.resume())
        await standing.process.close()

    async def kill(self, standing: Standing) -> None:
        self.standing.remove(standing)
        await self._kill(standing)

    async def _start(self, job: Job) -> Standing:
        await self._stage.end_transactions(self._left)
        return Standing(await Process.start(self._stage.settings), job)

    async def _ended(self, standing: Standing, work: Awaitable[bool]) -> bool:
        try:
            ended = await work
        except Problem:  # what the API would answer: nothing was promised
            return True
        except PyMongoError:  # its transaction was ended while it stood still: it fails, and promises nothing
            if not standing.stood:
                raise
            return True
        if ended:
            standing.job.ended()
        return ended

    async def _kill(self, standing: Standing) -> None:
        await standing.process.kill()
        self._left += standing.process.sessions
