"""What the house's processes do, as they do it: the code of the web, the workers and the clock.

Each takes its process's runtime last; with the rest bound by `partial` it can be handed to another process.
"""

import asyncio
from collections.abc import Sequence

from server.channels.intake import Intake
from server.channels.journal import Journal
from server.desk.messages import sending
from server.desk.messages.content import Text
from server.jobs import Job
from server.runtime import Runtime
from tenants import feed
from tenants.context import Kick
from tenants.ids import new_id
from tenants.models import Actor, Role
from tests.model.stage import Desk, Letter
from tests.model.story import Written
from workers import outbound, process, runner, sweeps

assert process.JOBS  # imported, so that every job is registered
AGENT = Actor(id=new_id(), name="Maria Atendente", role=Role.AGENT)


async def accept(desk: Desk, letters: Sequence[Letter], runtime: Runtime) -> None:
    """The web process's part; returns when the provider would have its 200 for the last of them."""
    intake = Intake(runtime)
    for letter in letters:
        await intake.accept(letter.raw, signature=letter.signature, slug=desk.tenant.slug)


async def journal(desk: Desk, raw: bytes, runtime: Runtime) -> None:
    """A body that got past the intake although nobody can read it."""
    await Journal(runtime).write(desk.tenant.id, raw)


async def drain(desk: Desk, runtime: Runtime) -> None:
    await runner.WORK[Job.DRAIN_INBOX](runtime, desk.tenant.id)


async def send(desk: Desk, runtime: Runtime) -> None:
    """A process that has just started: it knows of no pause that another was asked for."""
    outbound._paces.clear()
    work = runner.WORK[Job.DRAIN_OUTBOX]
    await work(runtime, desk.tenant.id, desk.channel_id, bell=asyncio.Event())


async def answer(desk: Desk, runtime: Runtime) -> None:
    await runner.WORK[Job.ANSWER](runtime, desk.tenant.id)


async def write(desk: Desk, written: Written, runtime: Runtime) -> None:
    """The agent's client uses the text as its key, so that a repeated request is the same message."""
    text, policy = written.text, written.policy
    async with runtime.enter(desk.tenant, AGENT) as ctx:
        await sending.send(
            ctx, written.conversation_id, Text(text=text), client_message_id=text, policy=policy
        )


async def retry(desk: Desk, message_id: str, runtime: Runtime) -> None:
    async with runtime.enter(desk.tenant, AGENT) as ctx:
        await sending.retry(ctx, message_id)


async def discard(desk: Desk, message_id: str, runtime: Runtime) -> None:
    async with runtime.enter(desk.tenant, AGENT) as ctx:
        await sending.discard(ctx, message_id)


async def sweep(runtime: Runtime) -> list[Kick]:
    return [kick async for kick in sweeps.outbound(runtime)]


async def chores(runtime: Runtime) -> None:
    """What the clock does every few seconds."""
    await sweeps.number_events(runtime)
    await sweeps.apply_statuses(runtime)
    await sweeps.apply_amendments(runtime)
    await sweeps.fold_tallies(runtime)


async def number(desk: Desk, runtime: Runtime) -> None:
    await feed.stamp(runtime.database.scoped(desk.tenant.id))
