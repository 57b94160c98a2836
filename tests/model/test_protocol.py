"""The protocol as a state machine over the real code: whatever happens in whatever order, the invariants hold.

`pytest tests/model/test_protocol.py` plays a few fixed games; `--hypothesis-profile=long` plays for minutes.
"""

import asyncio
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from typing import Any, ClassVar

from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from structlog.testing import capture_logs

from server.desk.messages.models import Delivery, Policy
from server.settings import Settings
from tests.model import jobs
from tests.model.game import LENGTHS, Game
from tests.model.process import new_loop
from tests.model.processes import Job
from tests.model.stage import PHONES, Stage, stage

PROFILES = ("long", "mutants")
BRANCH = st.sampled_from([0, 0, 0, 1])
PICK = st.integers(0, 11)
CUSTOMER = st.integers(0, len(PHONES) - 1)
POLICY = st.sampled_from([Policy.HOLD, Policy.HOLD, Policy.RESEND])
JOB = st.sampled_from(
    ["accept", "drain", "drain", "send", "send", "send", "write", "retry", "sweep", "chores", "number"]
)
STOP = st.integers(1, 20)  # twentieths of a job
MARKS = st.sampled_from([True, True, True, False])
STATUS = st.sampled_from(["sent", "delivered", "read"])
_LATE = {"seconds": 0.45}  # longer than a send's time-out
FAULT = st.sampled_from(
    [
        None,
        None,
        {"kind": "error", "code": 131026, "status": 400},
        {"kind": "error", "code": 131056, "status": 400},
        {"kind": "http_500"},
        {"kind": "http_429"},
        {"kind": "late", **_LATE},
        {"kind": "reset"},
        {"kind": "accepted_late", **_LATE},
        {"kind": "accepted_reset"},
        {"kind": "accepted_500"},
        {"kind": "status_first"},
    ]
)


class Protocol(RuleBasedStateMachine):
    loop: ClassVar[asyncio.AbstractEventLoop]
    stage: ClassVar[Stage]
    game: Game
    resumes = True

    def play(self, work: Coroutine[Any, Any, Any]) -> None:
        self.loop.run_until_complete(work)

    @initialize(resumes=st.booleans())
    def begin(self, resumes: bool) -> None:
        """`resumes`: what stands still in the end wakes up, or never does."""
        self.game, self.resumes = self.loop.run_until_complete(Game.begin(self.stage)), resumes

    # The provider and its customers.

    @rule(place=BRANCH, customer=CUSTOMER)
    def customer_writes(self, place: int, customer: int) -> None:
        self.play(self.game.acts.customer_writes(place, customer))

    @rule(place=BRANCH, pick=PICK)
    def customer_edits(self, place: int, pick: int) -> None:
        self.play(self.game.acts.customer_edits(place, pick))

    @rule(place=BRANCH, pick=PICK)
    def webhook_delivered(self, place: int, pick: int) -> None:
        """Any of those that wait: the others are held back."""
        if waiting := self.game.branches[place].waiting:
            self.play(self.game.do(self.game.acts.accepting(place, waiting[pick % len(waiting)])))

    @rule(place=BRANCH, order=st.integers(0, 99))
    def webhooks_delivered(self, place: int, order: int) -> None:
        """All, in any order, and drained."""
        self.play(self.game.accept_all(place, order))
        self.play(self.game.do(self.game.acts.draining(place)))

    @rule(
        place=BRANCH, pick=PICK, other=PICK, what=st.sampled_from(["redelivered", "repacked", "misdelivered"])
    )
    def webhook_repeated(self, place: int, pick: int, other: int, what: str) -> None:
        """In the same bytes, in others, or to the wrong tenant; acknowledged before or not."""
        letters = self.game.branches[place].letters
        if what == "redelivered":
            self.play(self.game.do(self.game.acts.accepting(place, letters[pick % len(letters)])))
        elif what == "repacked":
            self.play(self.game.acts.repack(place, pick, other))
        else:
            self.play(self.game.misdeliver(pick))

    @rule(place=BRANCH, pick=PICK, status=STATUS)
    def status_repeated(self, place: int, pick: int, status: str) -> None:
        """Of anything ever accepted, whatever was said of it before."""
        self.play(self.game.acts.status_told(place, pick, status))

    # Agents.

    @rule(place=BRANCH, pick=PICK, policy=POLICY)
    def agent_writes(self, place: int, pick: int, policy: Policy) -> None:
        self.play(self.game.do(self.game.acts.writing(place, pick, policy)))

    @rule(place=BRANCH, pick=PICK, what=st.sampled_from(["repeats", "retries", "discards"]))
    def agent_insists(self, place: int, pick: int, what: str) -> None:
        """His client repeats a request whose answer it did not hear; or he decides about what failed or is in doubt."""
        story, game = self.game.stories[place], self.game
        doubtful = story.ids_of(Delivery.FAILED, Delivery.UNCONFIRMED, Delivery.ACCEPTED)
        if what == "repeats" and (written := list(story.written.values())):
            self.play(game.do(game.acts.asking(place, written[pick % len(written)])))
        elif what == "retries" and doubtful:
            self.play(game.do(game.acts.retrying(place, doubtful[pick % len(doubtful)])))
        elif unsent := story.ids_of(Delivery.QUEUED, Delivery.UNCONFIRMED):
            self.play(game.do(game.acts.discarding(place, unsent[pick % len(unsent)])))

    # The house's processes.

    @rule(place=BRANCH)
    def journal_drained(self, place: int) -> None:
        self.play(self.game.do(self.game.acts.draining(place)))

    @rule(place=BRANCH, fault=FAULT, marks=MARKS)
    def outbox_sent(self, place: int, fault: dict[str, Any] | None, marks: bool) -> None:
        self.play(self.game.send(place, fault, marks=marks))

    @rule(place=BRANCH, pick=PICK, policy=POLICY, fault=FAULT, marks=MARKS)
    def message_sent(
        self, place: int, pick: int, policy: Policy, fault: dict[str, Any] | None, marks: bool
    ) -> None:
        """Written and tried at once."""
        self.play(self.game.do(self.game.acts.writing(place, pick, policy)))
        self.play(self.game.send(place, fault, marks=marks))

    @rule(name=JOB, place=BRANCH, pick=PICK, at=STOP)
    def process_killed(self, name: str, place: int, pick: int, at: int) -> None:
        self.play(self._in_any_job(self.game.processes.crash, name, place, pick, at))

    @rule(name=JOB, place=BRANCH, pick=PICK, at=STOP)
    def process_stands_still(self, name: str, place: int, pick: int, at: int) -> None:
        self.play(self._in_any_job(self.game.processes.stop, name, place, pick, at))

    async def _in_any_job(self, end: Any, name: str, place: int, pick: int, at: int) -> None:
        await end(await self.game.any_job(name, place, pick), 1 + at * LENGTHS[name] // 20)

    @rule(pick=PICK)
    def process_goes_on(self, pick: int) -> None:
        if standing := self.game.processes.standing:
            self.play(self.game.processes.resume(standing[pick % len(standing)]))

    @rule(what=st.sampled_from(["lease", "w", "back-off"]))
    def time_passes(self, what: str) -> None:
        """Longer than a lease, than W, than any back-off; and the sweep of the workers comes by."""
        passes = {"lease": self.game.time.lease_passes, "w": self.game.time.w_passes}.get(
            what, self.game.time.back_off_passes
        )
        self.play(passes())
        self.play(self.game.do(Job(jobs.sweep)))

    @rule(place=BRANCH, what=st.sampled_from(["clock", "redis", "poison"]))
    def something_happens(self, place: int, what: str) -> None:
        """The clock ticks, Redis loses everything, a body comes that nobody can read."""
        if what == "clock":
            self.play(self.game.do(Job(jobs.chores)))
        elif what == "redis":
            self.play(self.stage.forget_redis())
        else:
            self.play(self.game.poison(place))

    # What must be true.

    @invariant()
    def invariants_hold(self) -> None:
        self.play(self.game.check())

    def teardown(self) -> None:
        if hasattr(self, "game"):
            try:
                self.play(self.game.come_to_rest(resume=self.resumes))
            finally:
                self.play(self.game.forget())


def test_whatever_happens_the_invariants_hold(settings: Settings) -> None:
    chosen = hypothesis_settings.get_current_profile_name()
    profile = hypothesis_settings.get_profile(chosen if chosen in PROFILES else "model")
    # Unrendered: what a drain says of poison would be most of the work.
    with capture_logs(), asyncio.Runner(loop_factory=new_loop) as runner:
        opened = AsyncExitStack()
        Protocol.loop = runner.get_loop()
        Protocol.stage = runner.run(opened.enter_async_context(stage(settings)))
        try:
            run_state_machine_as_test(Protocol, settings=profile)
        finally:
            runner.run(opened.aclose())
