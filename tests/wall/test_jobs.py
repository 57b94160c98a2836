"""Every job with another tenant's ids in its arguments, from a kick of our own or forged in Redis: nothing moves there."""

import asyncio
import contextlib
import inspect
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from rq import Queue
from rq.job import Job as RqJob
from rq.serializers import JSONSerializer

from server.channels.simulator import Simulator
from server.channels.simulator.play import PlayedCustomer
from server.jobs import QUEUE_OF, Job, QueueName, queue_name
from server.settings import Settings
from tenants import feed
from tenants.context import Kick
from tenants.ids import new_id
from tests.asks.wire import filled
from tests.channels.conftest import connected
from tests.conftest import Session
from tests.factories import a_message, arrive, body_of
from tests.wall.looking import everything_but
from tests.wall.ringing import ring
from workers import runner
from workers.process import KickJob

Json = dict[str, Any]
World = dict[str, str]
# What a job's arguments are, behind the tenant's id.
NOUNS: dict[Job, tuple[str, ...]] = {
    Job.DRAIN_INBOX: (),
    Job.DRAIN_OUTBOX: ("channel",),
    Job.SEND_RECEIPTS: ("channel",),
    Job.SHOW_TYPING: ("conversation",),
    Job.FETCH_MEDIA: (),
    Job.SYNC_TEMPLATES: ("channel",),
    Job.TELL_SUBSCRIBER: ("subscription",),
    Job.DISTRIBUTE: (),
    Job.ANSWER: (),
}


def test_every_job_has_its_row() -> None:
    assert NOUNS.keys() == set(Job) == runner.WORK.keys() == QUEUE_OF.keys()
    for job, nouns in NOUNS.items():
        takes = tuple(inspect.signature(runner.WORK[job]).parameters)
        assert takes[:2] == ("runtime", "tenant_id"), job
        assert [name for name in takes[2:] if name != "bell"] == [f"{noun}_id" for noun in nouns], job


@pytest.fixture
def settings(settings: Settings, simulator: Simulator) -> Settings:
    return settings.model_copy(update={"graph_api_url": simulator.url, "simulator_url": simulator.url})


class Busy:
    """A tenant with something to do for every job."""

    def __init__(self, session: Session, customer: PlayedCustomer, world: World) -> None:
        self.session, self.customer, self.world = session, customer, world

    def kick(self, job: Job) -> Kick:
        return Kick(job, (self.world["tenant"], *(self.world[noun] for noun in NOUNS[job])))


@pytest.fixture
async def busy(hotel: Session, simulator: Simulator) -> Busy:
    number = await simulator.add_number()
    channel, customer = await connected(hotel, number), number.customer("5511999999999", name="João")
    told = {"url": "http://127.0.0.1:9/x", "events": ["message.added"]}
    webhook = await body_of(await hotel.post("/api/webhooks", told), 201)
    with_file = a_message(media={"provider_id": "1234567890", "mime_type": "image/jpeg"})
    [_, message] = await arrive(hotel, channel, with_file, a_message(wamid=await customer.says("Olá")))
    conversation = message["conversation_id"]
    assert (await hotel.post(f"/api/conversations/{conversation}/read")).ok
    sent = await body_of(
        await hotel.post("/api/messages", {"conversationId": conversation, "content": "oi"}), 201
    )
    await simulator.settled()
    await answers_by_itself(hotel)
    await arrive(hotel, channel, a_message(phone="5511988887777"))
    await hotel.db.webhook_inbox.delete_all({})
    row = {"_id": new_id(), "digest": new_id(), "raw": b"{}", "at": hotel.runtime.clock(), "n": 0}
    await hotel.db.webhook_inbox.insert({**row, "state": "NEW"})
    world = {
        "tenant": hotel.tenant["id"], "channel": channel["id"], "conversation": conversation,
        "contact": message["contact_id"], "message": sent["id"], "user": hotel.user["id"],
        "subscription": webhook["id"],
    }  # fmt: skip
    await feed.stamp(hotel.db)
    return Busy(hotel, customer, world)


async def answers_by_itself(session: Session) -> None:
    """It greets customers, and has an agent to whom those who wait are given."""
    settings = {"routing": {"distribution": "LEAST_BUSY"}, "replies": {"greeting": "Bem-vindo!"}}
    assert (await session.patch("/api/tenant", {"settings": settings})).ok
    assert (await (await session.colleague()).post("/api/presence", {"away": False})).ok


DONE: dict[Job, Callable[[Busy], Awaitable[bool]]] = {
    Job.DRAIN_INBOX: lambda busy: busy.session.db.webhook_inbox.lightly.exists({"state": "DONE"}),
    Job.DRAIN_OUTBOX: lambda busy: busy.session.db.messages.exists({"delivery": "ACCEPTED"}),
    Job.SEND_RECEIPTS: lambda busy: busy.session.db.conversations.exists({"receipt.due": False}),
    Job.SHOW_TYPING: lambda busy: _is_true(busy.customer.sees_typing),
    Job.FETCH_MEDIA: lambda busy: busy.session.db.messages.exists({"media.attempts": {"$gt": 0}}),
    Job.SYNC_TEMPLATES: lambda busy: busy.session.db.templates.exists({}),
    Job.TELL_SUBSCRIBER: lambda busy: busy.session.db.deliveries.exists({}),
    Job.DISTRIBUTE: lambda busy: busy.session.db.conversations.exists({"assignments.reason": "LEAST_BUSY"}),
    Job.ANSWER: lambda busy: busy.session.db.messages.exists({"automatic": "GREETING"}),
}


async def _is_true(seen: bool) -> bool:
    return seen


@pytest.mark.parametrize("job", Job)
async def test_its_own_kick_does_the_work(busy: Busy, job: Job) -> None:
    """So that what stays undone below is the wall's doing."""
    assert not await DONE[job](busy)
    await ring(busy.session.runtime, busy.kick(job))
    assert await DONE[job](busy)


def foreign_kicks(rival: Session, busy: Busy) -> Iterator[Kick]:
    """Each of the hotel's ids, and one that nobody has, in each place behind our own tenant's id; and no tenant at all."""
    own, ids = rival.tenant["id"], [*busy.world.values(), new_id()]
    for job, nouns in NOUNS.items():
        if not nouns:
            yield Kick(job, (own,))
        for id in ids if nouns else ():
            yield Kick(job, (own, *(id for _ in nouns)))
        for nobody in {*ids} - {busy.world["tenant"]}:
            yield Kick(job, (nobody, *(busy.world[noun] for noun in nouns)))


async def test_no_job_moves_anything_of_anothers(rival: Session, busy: Busy, simulator: Simulator) -> None:
    await work_off_own(rival, simulator)
    before, log = await everything_but(rival), list(simulator.log)
    await ring(rival.runtime, *foreign_kicks(rival, busy))
    assert await everything_but(rival) == before
    assert simulator.log == log
    assert not [job for job in Job if await DONE[job](busy)]


async def work_off_own(rival: Session, simulator: Simulator) -> None:
    """The rival is somebody too: with a number, a customer and an answer that has left."""
    number = await simulator.add_number()
    await answers_by_itself(rival)
    [message] = await arrive(rival, await connected(rival, number), a_message())
    body = {"conversationId": message["conversation_id"], "content": "oi"}
    assert (await rival.post("/api/messages", body)).status == 201
    await ring(rival.runtime, Kick(Job.DRAIN_OUTBOX, (rival.tenant["id"], message["channel_id"])))


OPERATOR = {"$gt": ""}
FORGED: list[tuple[str, list[Any], Json]] = [
    ("os.mkdir", ["$trap"], {}),
    ("server.desk.channels.remove", ["$tenant", "$channel"], {}),
    ("workers.runner.hear", ["$tenant"], {}),
    *((job, [OPERATOR] * (1 + len(nouns)), {}) for job, nouns in NOUNS.items()),
    *((job, ["@tenant", *[OPERATOR] * len(nouns)], {}) for job, nouns in NOUNS.items() if nouns),
    *((job, [["$tenant"], None, 7][: 1 + len(nouns)], {}) for job, nouns in NOUNS.items()),
    *((job, ["@tenant", "$channel", "$conversation", "$tenant"], {}) for job in NOUNS),
    *((job, [], {"tenant_id": "$tenant"}) for job in NOUNS),
    *((job, ["@tenant"], {"channel_id": "$channel", "bell": "$channel"}) for job in NOUNS),
]


def refusal_of(job: RqJob) -> type[Exception] | None:
    try:
        job.perform()
    except Exception as refused:  # noqa: BLE001 — which one is looked at
        return type(refused)
    return None


def sprung(directory: Path) -> bool:
    return (directory / "sprung").exists()


async def test_what_is_forged_in_redis_moves_nothing(
    rival: Session, busy: Busy, settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Whoever can write there can ring bells of lanes that there are, and nothing else."""
    ids = {**busy.world, "trap": str(tmp_path / "sprung")}
    before, heard = await everything_but(rival), list[Kick]()
    monkeypatch.setattr(runner, "_ears", [heard.append])
    with redis.Redis.from_url(settings.redis_url) as connection:
        queue = Queue(
            queue_name(settings.mongo_database, QueueName.INBOUND), connection, serializer=JSONSerializer
        )
        for name, said, named in FORGED:
            arguments = filled({"args": said, "kwargs": named}, ids, {"tenant": rival.tenant["id"]})
            entry = queue.enqueue_call(name, args=tuple(arguments["args"]), kwargs=arguments["kwargs"])
            job = KickJob.fetch(entry.id, connection, serializer=JSONSerializer)
            assert (refusal_of(job) is PermissionError) is (name not in NOUNS), name
    assert not sprung(tmp_path)
    assert {kick.job for kick in heard} <= set(NOUNS)
    assert all(type(id) is str for kick in heard for id in kick.ids)
    await ring(rival.runtime, *heard)
    assert await everything_but(rival) == before


async def test_a_kick_that_waits_holds_up_no_other_tenants(
    hotel: Session, rival: Session, settings: Settings
) -> None:
    for session in (hotel, rival, hotel):
        session.runtime.jobs.kick(Kick(Job.FETCH_MEDIA, (session.tenant["id"],)))
    waiting = f"rq:queue:{queue_name(settings.mongo_database, QUEUE_OF[Job.FETCH_MEDIA])}"
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(30):
            while await hotel.runtime.redis.llen(waiting) < 2:
                await asyncio.sleep(0.01)
    assert await hotel.runtime.redis.llen(waiting) == 2
