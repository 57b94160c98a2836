"""`kill -9` at each await of accept, drain and send: a process that comes after finds everything and doubles nothing.

Some of the points by default; `pytest tests/model/test_crash_points.py --crash-points=all` tries each of them.
"""

from collections.abc import Awaitable, Callable

import pytest

from server.desk.messages.models import Policy
from server.settings import Settings
from tests.model.game import Game
from tests.model.points import points, runs, stride
from tests.model.processes import Job
from tests.model.stage import Stage, stage

GAME = 25  # points; then a new one begins, so that there is never much in the database

Prepare = Callable[[Game], Awaitable[Job]]


async def an_accept(game: Game) -> Job:
    """Of a customer's message."""
    await game.acts.customer_writes(0, 0)
    return game.acts.accepting(0, game.branches[0].waiting[0])


async def a_drain(game: Game) -> Job:
    """Two customers' messages and an edit, and statuses of what was sent."""
    await game.do(game.acts.writing(0, 0, Policy.HOLD))
    await game.send(0, None)
    await game.acts.customer_writes(0, 0)
    await game.acts.customer_writes(0, 2)
    await game.acts.customer_edits(0, 0)
    await game.accept_all(0)
    return game.acts.draining(0)


async def a_drain_of_early_statuses(game: Game) -> Job:
    """Of a message whose sender died before it had stored the answer: only our mark in them tells whose they are."""
    await game.do(game.acts.writing(0, 0, Policy.HOLD))
    await game.send(0, {"kind": "accepted_reset"})
    await game.accept_all(0)
    return game.acts.draining(0)


async def a_send(game: Game) -> Job:
    """Two messages to one customer and one to another."""
    for pick in (0, 0, 1):
        await game.do(game.acts.writing(0, pick, Policy.HOLD))
    return game.acts.sending(0)


async def a_send_of_what_was_reported(game: Game) -> Job:
    """The statuses are applied before the provider answers."""
    job = await a_send(game)
    game.let_statuses_overtake(0, count=3)
    return job


JOBS = [an_accept, a_drain, a_drain_of_early_statuses, a_send, a_send_of_what_was_reported]


@pytest.mark.parametrize("prepare", JOBS, ids=lambda job: job.__name__)
async def test_a_death_at_any_await_harms_nothing(
    prepare: Prepare, settings: Settings, request: pytest.FixtureRequest
) -> None:
    async with stage(settings) as playing:
        tried = await _sweep(playing, prepare, stride(request.config, 11))
    print(f"{prepare.__name__}: killed at {tried} points")
    assert tried


async def _sweep(playing: Stage, prepare: Prepare, each: int) -> int:
    game, ended_in_a_row = await Game.begin(playing), 0
    for tried, point in enumerate(points(each)):
        if tried and tried % GAME == 0:
            game = await Game.begin(playing)
        ended = await game.die(await prepare(game), point)
        await game.check()
        await game.come_to_rest(resume=False)
        # Not every wait is over before another task ends the job.
        if not point.after:
            ended_in_a_row = ended_in_a_row + 1 if ended else 0
        if ended_in_a_row == runs(each):
            return tried
    raise AssertionError("the job has no end")
