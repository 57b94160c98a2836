"""Runs programs side by side, tells what they say, brings back what dies, and stops them in order.

async with Supervisor(say) as supervisor:
    await supervisor.start(supervisor.program("worker", command, env))
    supervisor.settle()
    await asyncio.Event().wait()
"""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self, TypeVar

from server.processes import PIPE, CannotStart, Process, kill_group, spawn, stop

STOP_SECONDS = 2.0
LAST_WORDS_SECONDS = 0.5
LONGEST_DELAY_SECONDS = 30.0
# What ran this long is thought well again: its next delay is the first one.
HEALTHY_SECONDS = 60.0

T = TypeVar("T")
# Takes the name of who speaks, and the line.
Say = Callable[[str, str], None]


@dataclass(slots=True)
class Program:
    name: str
    start: Callable[[], Awaitable[Process]]
    stop_seconds: float = STOP_SECONDS
    process: Process | None = None


class Supervisor:
    """What it started is stopped when it closes: first the programs named in `stop_first`, in that order, then what was
    started last; what was started together is stopped together.
    """

    def __init__(self, say: Say, *, stop_first: Sequence[str] = (), first_delay: float = 1.0) -> None:
        self._say = say
        self._stop_first = stop_first
        self._first_delay = first_delay
        self._stages: list[Sequence[Program]] = []
        self._watches: set[asyncio.Task[None]] = set()
        self._voices: set[asyncio.Task[None]] = set()
        self._death: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._settled = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for watch in self._watches:
            watch.cancel()
        await asyncio.gather(*self._watches, return_exceptions=True)
        last_first = self._stages[::-1]
        for stage in sorted(last_first, key=self._stop_rank):
            await self._stop(stage)
        if self._voices:
            await asyncio.wait(self._voices, timeout=LAST_WORDS_SECONDS)

    def program(
        self, name: str, command: Sequence[str], env: Mapping[str, str], *, stop_seconds: float = STOP_SECONDS
    ) -> Program:
        """A program whose output is told line by line."""

        async def start() -> Process:
            process = await spawn(command, env=env, stdout=PIPE)
            _background(self._voices, self._tell(name, process))
            return process

        return Program(name, start, stop_seconds)

    async def start(self, *programs: Program) -> None:
        """Start them side by side. Raises CannotStart."""
        self._stages.append(programs)
        try:
            async with asyncio.TaskGroup() as starting:
                for program in programs:
                    starting.create_task(self._start(program))
        except ExceptionGroup as failures:
            raise failures.exceptions[0] from None

    async def unless_one_dies(self, work: Coroutine[Any, Any, T]) -> T:
        """Await `work`; raises CannotStart when a program ends first: to start it again would only repeat it."""
        task = asyncio.create_task(work)
        try:
            await asyncio.wait((task, self._death), return_when=asyncio.FIRST_COMPLETED)
            if not task.done():
                raise CannotStart(self._death.result())
            return task.result()
        finally:
            task.cancel()

    def settle(self) -> None:
        """Everything is up: from now on a program that dies is started again."""
        self._settled = True

    async def _start(self, program: Program) -> None:
        program.process = await program.start()
        _background(self._watches, self._watch(program, program.process))

    async def _watch(self, program: Program, process: Process) -> None:
        loop = asyncio.get_running_loop()
        delays = self._delays()
        while True:
            began = loop.time()
            code = await process.wait()
            kill_group(process)
            if not self._settled:
                return self._report(f"{program.name} terminou com o código {code}")
            delays = self._delays() if loop.time() - began > HEALTHY_SECONDS else delays
            process = program.process = await self._again(program, f"parou com o código {code}", delays)

    async def _again(self, program: Program, reason: str, delays: Iterator[float]) -> Process:
        for delay in delays:
            self._say(program.name, f"{reason}; volta em {delay:g} s")
            await asyncio.sleep(delay)
            try:
                return await program.start()
            except (CannotStart, OSError) as error:
                reason = f"não voltou ({error})"
        raise AssertionError("the delays never end")

    def _delays(self) -> Iterator[float]:
        delay = self._first_delay
        while True:
            yield delay
            delay = min(delay * 2, LONGEST_DELAY_SECONDS)

    def _report(self, death: str) -> None:
        if not self._death.done():
            self._death.set_result(death)

    async def _tell(self, name: str, process: Process) -> None:
        assert process.stdout is not None
        while True:
            try:
                line = await process.stdout.readline()
            except ValueError:
                # Longer than the reader's buffer, which is emptied: that line is lost, the next ones are told.
                continue
            if not line:
                return
            self._say(name, line.decode(errors="replace").rstrip())

    def _stop_rank(self, stage: Sequence[Program]) -> int:
        ranks = (
            self._stop_first.index(program.name) for program in stage if program.name in self._stop_first
        )
        return min(ranks, default=len(self._stop_first))

    async def _stop(self, stage: Sequence[Program]) -> None:
        await asyncio.gather(
            *(stop(program.process, within=program.stop_seconds) for program in stage if program.process)
        )


async def until_asked_to_stop(
    work: Coroutine[Any, Any, None], *, asked: Callable[[], None] = lambda: None
) -> None:
    """Run `work` until it ends or a signal asks for it; `asked` is called then, and `work` is cancelled."""
    task = asyncio.create_task(work)
    stopping = False

    def ask() -> None:
        nonlocal stopping
        # Once: a second Ctrl-C must not interrupt the stopping, which is bounded anyway.
        if not stopping:
            stopping = True
            task.cancel()
            asked()

    for request in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(request, ask)
    try:
        await task
    except asyncio.CancelledError:
        if not stopping:
            raise


def _background(tasks: set[asyncio.Task[None]], work: Coroutine[Any, Any, None]) -> None:
    task = asyncio.create_task(work)
    tasks.add(task)
    task.add_done_callback(tasks.discard)
