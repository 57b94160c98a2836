"""A process of the house that can be stopped in the middle: SIGSTOP and SIGKILL for the coroutines of one runtime.

`Process.run` works until the coroutine ends or, after a chosen number of suspensions, everything of that process stands
still. What it had asked of the stores and the network still happens, as with a real process; nothing more does. It may
then go on (`resume`) or die (`kill`): no `finally` of it reaches a store.
"""

import asyncio
from collections.abc import Callable, Coroutine, Generator
from contextvars import ContextVar, copy_context
from typing import Any, Self

from server.runtime import Runtime
from server.settings import Settings

Work = Callable[[Runtime], Coroutine[Any, Any, Any]]
Json = dict[str, Any]
Outcome = tuple[Callable[..., Any], Any]
_CURRENT: ContextVar["Steps | None"] = ContextVar("process", default=None)
_DYING_BREATHS = 200  # awaits on the way out of all that was begun


class Steps:
    """Counts the suspensions of all tasks of one process, and may hold them all."""

    def __init__(self, at_each: Callable[..., None] | None = None) -> None:
        """`at_each(number of the suspension, resuming=…)` is called right before a task waits and right after it has waited."""
        self.taken = 0
        self.stop_at: int | None = None
        self.dead = False
        self.tasks: set[asyncio.Task[Any]] = set()
        self.still = asyncio.Event()
        self._moving = asyncio.Event()
        self._moving.set()
        self._at_each = at_each

    @property
    def stopped(self) -> bool:
        return not self._moving.is_set()

    def begin_wait(self) -> int:
        """The number of this suspension."""
        self.taken += 1
        self._tell(self.taken, resuming=False)
        if self.stop_at is not None and self.taken >= self.stop_at:
            self.stop_at = None
            self._moving.clear()
            self.still.set()
        return self.taken

    def end_wait(self, number: int) -> None:
        self._tell(number, resuming=True)

    def _tell(self, number: int, *, resuming: bool) -> None:
        if self._at_each:
            self._at_each(number, resuming=resuming)

    def go_on(self) -> None:
        self.still.clear()
        self._moving.set()

    def own(self, task: "asyncio.Task[Any]") -> None:
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    def standing(self) -> Generator[Any, None, bool]:
        """Until the process moves again."""
        return self._moving.wait().__await__()


class _Stepped:
    """A coroutine, driven one suspension at a time under the eyes of its process."""

    def __init__(self, coroutine: Coroutine[Any, Any, Any], steps: Steps) -> None:
        self._coroutine, self._steps = coroutine, steps

    def __await__(self) -> Generator[Any, Any, Any]:
        step: Outcome = (self._coroutine.send, None)
        breaths = 0
        while True:
            try:
                waits_for = step[0](step[1])
            except StopIteration as end:
                return end.value
            if self._steps.dead:
                breaths += 1
                step = self._die(breaths)
            else:
                step = yield from self._wait(waits_for)

    def _die(self, breaths: int) -> Outcome:
        if breaths > _DYING_BREATHS:
            raise RuntimeError("it does not want to die")
        return self._coroutine.throw, asyncio.CancelledError()

    def _wait(self, waits_for: Any) -> Generator[Any, Any, Outcome]:
        number = self._steps.begin_wait()
        step: Outcome
        try:
            step = (self._coroutine.send, (yield waits_for))
        except asyncio.CancelledError as cancelled:
            step = (self._coroutine.throw, cancelled)
        except Exception as failed:  # noqa: BLE001 — it is the coroutine's to judge
            step = (self._coroutine.throw, failed)
        self._steps.end_wait(number)
        while self._steps.stopped:
            try:
                yield from self._steps.standing()
            except asyncio.CancelledError as cancelled:
                step = (self._coroutine.throw, cancelled)
        return (self._coroutine.throw, asyncio.CancelledError()) if self._steps.dead else step


async def stepped(coroutine: Coroutine[Any, Any, Any], steps: Steps) -> Any:
    return await _Stepped(coroutine, steps)


def task_factory(loop: asyncio.AbstractEventLoop, coroutine: Any, **options: Any) -> "asyncio.Task[Any]":
    """For `loop.set_task_factory`: a task that a process begins is that process's."""
    steps = _CURRENT.get()
    if steps is None:
        return asyncio.Task(coroutine, loop=loop, **options)
    task = asyncio.Task(stepped(coroutine, steps), loop=loop, **options)
    steps.own(task)
    return task


def new_loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    loop.set_task_factory(task_factory)
    return loop


class Process:
    """One runtime with all that runs on it."""

    def __init__(
        self, runtime: Runtime, steps: Steps, note_session: Callable[[Json], None] | None = None
    ) -> None:
        """`note_session` is told of each session with the store: a transaction lives in one, and may outlive us."""
        self.runtime, self.steps = runtime, steps
        self.sessions: list[Json] = []
        self._task: asyncio.Task[Any] | None = None
        self._note_session = note_session or self.sessions.append
        self._listen_to_sessions()

    def _listen_to_sessions(self) -> None:
        client = self.runtime.database._client
        start = client.start_session

        async def start_session(**options: Any) -> Any:
            session: Any = await start(**options)
            self._note_session(session.session_id)
            return session

        setattr(client, "start_session", start_session)  # noqa: B010 — mypy knows it as a method

    @classmethod
    async def start(cls, settings: Settings) -> Self:
        return cls(await Runtime.open(settings), Steps())

    async def run(self, work: Coroutine[Any, Any, Any], *, stop_at: int | None = None) -> bool:
        """True when `work` ended (what it raised is raised here), False when the process was stopped before that."""
        self.steps.taken, self.steps.stop_at = 0, stop_at
        self._task = copy_context().run(self._begin, work)
        return await self._until_still()

    def _begin(self, work: Coroutine[Any, Any, Any]) -> "asyncio.Task[Any]":
        _CURRENT.set(self.steps)
        return asyncio.get_running_loop().create_task(work)

    async def resume(self) -> bool:
        """As `run`."""
        self.steps.go_on()
        return await self._until_still()

    async def _until_still(self) -> bool:
        assert self._task
        still = asyncio.ensure_future(self.steps.still.wait())
        await asyncio.wait({self._task, still}, return_when=asyncio.FIRST_COMPLETED)
        still.cancel()
        if not self._task.done():
            return False
        # What it only began in passing may go on.
        self.steps.stop_at = None
        self.steps.go_on()
        self._task.result()
        return True

    async def settle(self) -> None:
        """Let what it began in passing (numbering events, telling others) come to its end."""
        await self.runtime.bus.close()

    async def kill(self) -> None:
        """Cut off from the stores and the network first, so that nothing it does while it ends is seen by anyone."""
        self.steps.dead = True
        self.runtime.database.close()
        for session in (self.runtime.http, self.runtime.outside):
            await session.close()
        self.steps.go_on()
        tasks = list(self.steps.tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.close()

    async def close(self) -> None:
        await self.runtime.close()
