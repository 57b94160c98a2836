"""SIGSTOP at each await, longer than every lease and than W: others take over, and it harms nothing when the first wakes up.

Some of the points by default; `--crash-points=all` tries each of them.
"""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from server.desk.messages.models import Delivery, Policy
from server.settings import Settings
from tests.model import jobs
from tests.model.game import Game
from tests.model.points import MOST, runs, stride
from tests.model.process import task_factory
from tests.model.processes import Job
from tests.model.stage import Stage, stage

GAME = 20  # points; then a new one begins, so that there is never much in the database
HERE, THERE = 0, 1  # two conversations

Act = Callable[[Game], Awaitable[None]]


async def others_take_over(game: Game) -> None:
    """Leases pass and W passes; reports of another message show that the provider's webhooks do come."""
    await game.time.lease_passes()
    await game.do(Job(jobs.sweep))
    await game.write(0, THERE)
    await game.send(0, None)
    await game.hear(0)
    await game.time.w_passes()
    await game.do(Job(jobs.sweep))
    await game.send(0, None)
    await game.hear(0)


async def an_agent_retries(game: Game) -> None:
    """What is in doubt, after everything has passed that could have told; no webhook comes."""
    await game.time.lease_passes()
    await game.do(Job(jobs.sweep))
    await game.time.w_passes()
    await game.do(Job(jobs.sweep))
    await game.check()
    for id in game.stories[0].ids_of(Delivery.UNCONFIRMED):
        await game.do(game.acts.retrying(0, id))
    await game.send(0, None)


async def the_client_repeats(game: Game) -> None:
    """The answer to its POST does not come."""
    *_, written = game.stories[0].written.values()
    await game.do(game.acts.asking(0, written))


async def others_number(game: Game) -> None:
    await game.write(0, HERE)
    await game.do(game.acts.numbering(0))


async def a_send(game: Game) -> Job:
    await game.write(0, HERE)
    return game.acts.sending(0)


async def a_resend(game: Game) -> Job:
    await game.write(0, HERE, Policy.RESEND)
    return game.acts.sending(0)


async def a_drain(game: Game) -> Job:
    await game.acts.customer_writes(0, HERE)
    await game.acts.customer_edits(0, 0)
    await game.accept_all(0)
    return game.acts.draining(0)


async def a_write(game: Game) -> Job:
    return game.acts.writing(0, HERE, Policy.HOLD)


async def a_numbering(game: Game) -> Job:
    """Of an event that a killed process has left."""
    await game.processes.crash(game.acts.writing(0, HERE, Policy.HOLD), MOST)
    return game.acts.numbering(0)


STALLS = {
    "a sender, then another": (a_send, others_take_over),
    "a sender, then an agent": (a_send, an_agent_retries),
    "a sender that may send again": (a_resend, others_take_over),
    "a drain": (a_drain, others_take_over),
    "a POST": (a_write, the_client_repeats),
    "a numbering": (a_numbering, others_number),
}


@pytest.mark.parametrize("name", STALLS)
async def test_who_stood_still_harms_nothing(
    name: str, settings: Settings, request: pytest.FixtureRequest
) -> None:
    asyncio.get_running_loop().set_task_factory(task_factory)
    async with stage(settings) as playing:
        tried = await _sweep(playing, name, stride(request.config, 7))
    print(f"{name}: stood still at {tried} points")
    assert tried


async def _sweep(playing: Stage, name: str, each: int) -> int:
    prepare, meanwhile = STALLS[name]
    game, ended_in_a_row = await Game.begin(playing), 0
    for tried, at in enumerate(range(1, MOST, each)):
        if tried and tried % GAME == 0:
            game = await Game.begin(playing)
        await game.processes.stop(await prepare(game), at)
        ended_in_a_row = 0 if game.processes.standing else ended_in_a_row + 1
        if ended_in_a_row == runs(each):
            return tried
        for standing in list(game.processes.standing):
            await meanwhile(game)
            await game.check()
            await game.processes.resume(standing)
        await game.check()
        await game.come_to_rest(resume=True)
    raise AssertionError("the job has no end")
