"""One run of the model: two tenants, their customers and agents, and processes that work, stand still and die."""

import contextlib
import random
from functools import partial
from typing import Any, Self

from server.desk.messages.models import Delivery, Policy
from server.runtime import Runtime
from tests.model import jobs
from tests.model.acts import Acts
from tests.model.eventually import AT_REST
from tests.model.invariants import ALWAYS
from tests.model.processes import Job, Processes
from tests.model.sight import Sight
from tests.model.stage import Branch, Letter, Stage
from tests.model.story import Story
from tests.model.time_passing import Time
from tests.model.victim import Point

# How many suspensions a job has, about.
LENGTHS = {
    "accept": 8,
    "drain": 40,
    "send": 30,
    "write": 16,
    "retry": 14,
    "sweep": 10,
    "chores": 12,
    "number": 6,
}
_ROUNDS = 40  # until all is at rest; a back-off of 12 attempts is the longest way there
_NOUNS = ("messages", "webhook_inbox", "status_events", "amendments", "events", "conversations")


class Game:
    def __init__(self, stage: Stage, branches: list[Branch]) -> None:
        self.stage, self.branches = stage, branches
        self.stories = [Story(branch) for branch in branches]
        self.processes = Processes(stage)
        self.time = Time(self.stories, self.processes)
        self.acts = Acts(stage, self.stories)

    @classmethod
    async def begin(cls, stage: Stage) -> Self:
        """Customers have written: there is someone to answer."""
        game = cls(stage, [await stage.branch(), await stage.branch()])
        for place, customer in ((0, 0), (0, 2), (1, 0)):
            await game.acts.customer_writes(place, customer)
        for place in range(len(game.branches)):
            await game.hear(place)
        return game

    async def do(self, job: Job) -> None:
        await self.processes.do(job)

    async def die(self, job: Job, point: Point) -> bool:
        """A real process is killed there. True when its job had ended before."""
        ended = await self.processes.die(job, point)
        await self.acts.letters_arrive()
        return ended

    async def any_job(self, name: str, place: int, pick: int) -> Job:
        """One that may be stopped or killed, with something to do; `pick` chooses what it is about."""
        branch, story = self.branches[place], self.stories[place]
        if name in {"accept", "drain"} and not branch.waiting:
            await self.acts.customer_writes(place, pick)
        if name == "accept":
            return self.acts.accepting(place, branch.waiting[pick % len(branch.waiting)])
        if name == "drain":
            await self.accept_all(place)
            return self.acts.draining(place)
        if name == "write":
            return self.acts.writing(place, pick, Policy.HOLD)
        if name == "send":
            await self.do(self.acts.writing(place, story.free_conversation(pick), Policy.HOLD))
        done = story.ids_of(Delivery.FAILED, Delivery.UNCONFIRMED)
        if name == "retry" and done:
            return self.acts.retrying(place, done[pick % len(done)])
        works = {"send": self.acts.sending, "number": self.acts.numbering}
        return works[name](place) if name in works else Job({"sweep": jobs.sweep}.get(name, jobs.chores))

    async def accept_all(self, place: int, order: int = 0) -> None:
        """What waits, in any order."""
        if waiting := self.branches[place].waiting:
            random.Random(order).shuffle(waiting)
            await self.do(self.acts.accepting(place, *waiting))

    async def hear(self, place: int) -> None:
        """All that the provider has to say comes in."""
        await self.accept_all(place)
        await self.do(self.acts.draining(place))
        await self.check()

    async def write(self, place: int, pick: int, policy: Policy = Policy.HOLD) -> None:
        await self.do(self.acts.writing(place, pick, policy))

    async def misdeliver(self, pick: int) -> None:
        """What is about the first branch's number, signed and sent by the second's app."""
        one, other = self.branches
        letter = other.sign(one.letters[pick % len(one.letters)].raw)
        await self.do(Job(partial(jobs.accept, other.desk, [letter])))

    async def poison(self, place: int) -> None:
        """Once: each goes through eight attempts."""
        if self.stories[place].poison:
            return
        raw = b"\xff" + str(len(self.stories[place].poison)).encode()
        self.stories[place].poison.append(raw)
        await self.do(Job(partial(jobs.journal, self.branches[place].desk, raw)))

    async def send(self, place: int, fault: dict[str, Any] | None, *, marks: bool = True) -> None:
        """A round of the sender; with `status_first` the webhooks are applied before the answer comes."""
        branch = self.branches[place]
        if (fault or {}).get("kind") == "status_first":
            self.let_statuses_overtake(place, count=1)
        elif fault:
            self.stage.simulator.faults.add(count=1, number=branch.number.phone_number_id, **fault)
        branch.marks = marks
        await self.do(self.acts.sending(place))
        await self.acts.letters_arrive()
        branch.pass_on, branch.marks = None, True

    def let_statuses_overtake(self, place: int, *, count: int) -> None:
        """Of the next `count` sends the statuses are applied before the provider answers."""
        branch = self.branches[place]
        self.stage.simulator.faults.add("status_first", count=count, number=branch.number.phone_number_id)
        branch.pass_on = partial(self._overtake, place)

    async def _overtake(self, place: int, letter: Letter) -> None:
        await self.do(self.acts.accepting(place, letter))
        await self.do(self.acts.draining(place))

    # What the house is held against.

    async def check(self) -> None:
        for story in self.stories:
            sight = story.sight = await Sight.of(story.branch.db)
            story.given_up |= {m["text"] for m in sight.outbound if m["delivery"] == Delivery.UNCONFIRMED}
            for invariant in ALWAYS:
                invariant(story, sight)

    async def come_to_rest(self, *, resume: bool) -> None:
        """First without another word from outside; then those that stood still wake up; then all letters are delivered."""
        self.stage.simulator.faults.clear()
        for branch in self.branches:
            branch.pass_on = None
        await self._work_until_quiet()
        late = bool(self.processes.standing)
        for standing in list(self.processes.standing):
            await (self.processes.resume(standing) if resume else self.processes.kill(standing))
            await self.check()
        for place, branch in enumerate(self.branches):
            late = late or bool(branch.waiting)
            await self.accept_all(place)
        if late:
            await self._work_until_quiet()
        for story in self.stories:
            for invariant in AT_REST:
                invariant(story, await Sight.of(story.branch.db))

    async def _work_until_quiet(self) -> None:
        for _ in range(_ROUNDS):
            await self.time.back_off_passes()
            await self.time.lease_passes()
            await self.time.w_passes()
            await self.do(Job(self._round))
            await self.acts.letters_arrive()
            await self.check()
            if await self._is_quiet():
                return

    async def _round(self, runtime: Runtime) -> None:
        """What all processes do, one after the other."""
        await jobs.sweep(runtime)
        for branch in self.branches:
            await jobs.drain(branch.desk, runtime)
            await jobs.send(branch.desk, runtime)
        await jobs.chores(runtime)

    async def _is_quiet(self) -> bool:
        for branch in self.branches:
            waits = await branch.db.webhook_inbox.exists({"state": "NEW"})
            if waits or await branch.db.messages.exists({"moving": True}):
                return False
        return True

    async def forget(self) -> None:
        """Nothing of a game that ended badly is there for the next one's sweeps."""
        for standing in list(self.processes.standing):
            with contextlib.suppress(Exception):
                await self.processes.kill(standing)
        for branch in self.branches:
            for noun in _NOUNS:
                await getattr(branch.db, noun).lightly.delete_all({})
