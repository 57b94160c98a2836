"""All orders and repetitions of a message's statuses, before and after its `wamid` is known, end in one document."""

import itertools
from datetime import timedelta
from typing import Any

import pytest

from server.desk.messages import outbox, sending, statuses
from server.desk.messages.content import Text
from server.desk.messages.inbound import StatusReported
from server.desk.messages.models import SendError
from server.desk.messages.receiving import receive
from tenants import models
from tenants.db import Document
from tests.desk.conftest import CHANNEL, House
from tests.factories import a_message
from workers import sweeps

NOW = models.now()
ORDERS = list(itertools.permutations(["sent", "delivered", "read", "failed"]))


def reported(status: str, wamid: str, opaque: str | None = None) -> StatusReported:
    error = SendError(code="131026", title="Não entregue") if status == "failed" else None
    place = ["sent", "failed", "delivered", "read", "played"].index(status)
    return StatusReported(
        wamid=wamid, status=status, at=NOW + timedelta(seconds=place), opaque=opaque, error=error
    )


async def claimed_message(house: House) -> Document:
    """A message that is on its way."""
    async with house.enter() as ctx:
        (hello,) = await receive(ctx, CHANNEL, [a_message()])
        await sending.send(ctx, hello["conversation_id"], Text(text="oi"))
        heads = await outbox.heads(ctx, CHANNEL, busy=set(), limit=1)
        (claimed,) = await outbox.claim(ctx, heads, lease=timedelta(seconds=30))
    return claimed


async def record(house: House, *reports: StatusReported) -> None:
    async with house.enter() as ctx:
        await statuses.record(ctx, reports)


async def accepted(house: House, message: Document, wamid: str) -> None:
    async with house.enter() as ctx:
        await outbox.record_outcomes(ctx, [outbox.Accepted(message, wamid)])


def shown(message: Document) -> dict[str, Any]:
    return {
        field: message.get(field)
        for field in ("status", "rank", "delivery", "wamid", "error", "moving", "status_at")
    }


async def test_every_order_and_every_moment_of_the_answer_converge(house: House) -> None:
    """24 orders, each with the provider's answer at a different place among them, and each status twice."""
    ends = []
    for number, order in enumerate(ORDERS):
        message = await claimed_message(house)
        wamid = f"sent.{number}"  # not one of the factory's own
        opaque = statuses.opaque(message["_id"], message["attempt"]) if number % 2 else None
        for place, status in enumerate(order):
            if place == number % 4:
                await accepted(house, message, wamid)
            await record(house, reported(status, wamid, opaque), reported(status, wamid, opaque))
        await accepted(house, message, wamid)
        stored = await house.db.messages.by_id(message["_id"])
        assert stored
        ends.append({**shown(stored), "wamid": None})
    assert all(end == ends[0] for end in ends)
    assert ends[0]["status"] == "READ"
    assert ends[0]["delivery"] == "ACCEPTED"
    assert ends[0]["error"] is None
    assert await house.db.status_events.count({"applied": False}) == 0


@pytest.mark.parametrize(
    "seen,status",
    [
        (["sent", "failed"], "FAILED"),
        (["failed", "sent"], "FAILED"),
        (["failed", "delivered"], "DELIVERED"),
        (["delivered", "failed"], "DELIVERED"),
        (["read", "delivered"], "READ"),
        (["played", "read"], "READ"),
    ],
)
async def test_the_highest_status_counts(house: House, seen: list[str], status: str) -> None:
    message = await claimed_message(house)
    await accepted(house, message, "w")
    for one in seen:
        await record(house, reported(one, "w"))
    stored = await house.db.messages.by_id(message["_id"])
    assert stored
    assert stored["status"] == status
    assert (stored["error"] is not None) == (status == "FAILED")


async def test_a_status_with_our_mark_proves_the_acceptance(house: House) -> None:
    """The answer was lost; the webhook says it was accepted after all."""
    message = await claimed_message(house)
    async with house.enter() as ctx:
        error = SendError(code="NO_ANSWER", title="Sem resposta")
        await outbox.record_outcomes(
            ctx, [outbox.Uncertain(message, ctx.now() - timedelta(seconds=1), error)]
        )
        await outbox.expire(ctx, patience=timedelta(seconds=60))
    stored = await house.db.messages.by_id(message["_id"])
    assert stored
    assert stored["delivery"] == "UNCONFIRMED"
    await record(house, reported("sent", "w9", statuses.opaque(message["_id"], 1)))
    stored = await house.db.messages.by_id(message["_id"])
    assert stored
    assert (stored["delivery"], stored["wamid"], stored["error"]) == ("ACCEPTED", "w9", None)


async def test_a_strangers_mark_is_ignored(house: House) -> None:
    message = await claimed_message(house)
    await record(house, reported("sent", "w1", "not json"), reported("read", "w2", '{"m": "nobody", "a": 1}'))
    await record(house, reported("read", "w3", statuses.opaque(message["_id"], 7)))
    stored = await house.db.messages.by_id(message["_id"])
    assert stored
    assert stored["delivery"] == "SENDING"
    assert await house.db.status_events.count({"applied": False}) == 3


async def test_after_a_retry_only_delivery_brings_the_old_attempt_back(house: House) -> None:
    message = await claimed_message(house)
    await accepted(house, message, "old")
    await record(house, reported("failed", "old"))
    async with house.enter() as ctx:
        await sending.retry(ctx, message["_id"])
    mark = statuses.opaque(message["_id"], 1)
    await record(house, reported("sent", "old", mark))
    stored = await house.db.messages.by_id(message["_id"])
    assert stored
    assert (stored["delivery"], stored.get("wamid")) == ("QUEUED", None)
    await record(house, reported("delivered", "old", mark))
    stored = await house.db.messages.by_id(message["_id"])
    assert stored
    assert (stored["delivery"], stored["wamid"], stored["status"]) == ("ACCEPTED", "old", "DELIVERED")


async def test_a_late_failure_of_an_unconfirmed_attempt_does_not_end_the_next_one(house: House) -> None:
    """Nobody knew the first attempt's `wamid` when the agent sent the message again."""
    message = await claimed_message(house)
    async with house.enter() as ctx:
        error = SendError(code="NO_ANSWER", title="Sem resposta")
        past = ctx.now() - timedelta(seconds=1)
        await outbox.record_outcomes(ctx, [outbox.Uncertain(message, past, error)])
        await outbox.expire(ctx, patience=timedelta(seconds=60))
        await sending.retry(ctx, message["_id"])
    await record(house, reported("failed", "old", statuses.opaque(message["_id"], 1)))
    stored = await house.db.messages.by_id(message["_id"])
    assert stored
    assert (stored["delivery"], stored["moving"], stored.get("wamid")) == ("QUEUED", True, None)
    await record(house, reported("sent", "old", statuses.opaque(message["_id"], 1)))
    stored = await house.db.messages.by_id(message["_id"])
    assert stored
    assert (stored["delivery"], stored["status"]) == ("ACCEPTED", "SENT")


async def test_statuses_that_are_nobodys_hide_none_that_waits(house: House) -> None:
    """Hundreds of another application's; the one behind them is found by the clock."""
    message = await claimed_message(house)
    foreign = [reported("sent", f"foreign.{i}") for i in range(600)]
    await record(house, *foreign, reported("read", "late"))
    await house.db.messages.update({"_id": message["_id"]}, {"$set": {"wamid": "late", "moving": False}})
    old = {"recorded_at": NOW - timedelta(minutes=1)}
    await house.db.status_events.update_all({}, {"$set": old})
    await sweeps.apply_statuses(house.runtime)
    stored = await house.db.messages.by_id(message["_id"])
    assert stored
    assert stored["status"] == "READ"
