"""All orders and repetitions of a message's statuses, before and after its `wamid` is known, end in one document."""

import itertools
from datetime import timedelta
from typing import Any, NamedTuple

import pytest

from server.desk.messages import outbox, sending, statuses
from server.desk.messages.content import Text
from server.desk.messages.inbound import StatusReported
from server.desk.messages.models import SendError
from server.desk.messages.receiving import receive
from tenants import models
from tenants.db import Document
from tenants.ids import new_id
from tests.desk.conftest import CHANNEL, House
from tests.factories import a_message
from workers import sweeps

NOW = models.now()


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


class Course(NamedTuple):
    """How the reports of one message come: in this order, `answered` of them before the answer to its send is stored."""

    statuses: tuple[str, ...]
    answered: int
    marked: bool
    together: bool = False  # in one body

    def reports(self, wamid: str, message: Document) -> list[StatusReported]:
        mark = statuses.opaque(message["_id"], 1) if self.marked else None
        return [reported(status, wamid, mark) for status in self.statuses]


EACH = ("sent", "delivered", "read", "failed")
ORDERS = [order for size in range(1, len(EACH) + 1) for order in itertools.permutations(EACH, size)]
AFTER_AN_ANSWER = [
    Course(order, answered, marked, together)
    for order in ORDERS
    for answered in range(len(order) + 1)
    for marked in (True, False)
    for together in ((False, True) if answered in {0, len(order)} else (False,))
]
# The wamid of an earlier attempt is found by our mark alone.
WITHOUT_AN_ANSWER = [Course(order, -1, marked=True, together=t) for order in ORDERS for t in (False, True)]


async def sending_again(house: House, message: Document, *, failed: bool) -> None:
    """The first attempt failed, or nothing confirmed it; an agent has sent the message again."""
    changes = {"delivery": "FAILED", "status": "FAILED", "moving": False, "wamid": f"w.{message['_id']}"}
    if not failed:
        changes = {"delivery": "UNCONFIRMED", "moving": False}
    await house.db.messages.update({"_id": message["_id"]}, {"$set": changes})
    async with house.enter() as ctx:
        await sending.retry(ctx, message["_id"])


async def side_by_side(house: House, message: Document, number: int) -> list[Document]:
    """As many messages that stand as this one does."""
    stored = await house.db.messages.by_id(message["_id"])
    assert stored
    copies = [{**stored, "_id": new_id(), "seq": 1_000 + i, "number": 1_000 + i} for i in range(number)]
    for copy in copies:
        if copy.get("past_attempts"):
            copy["past_attempts"] = [
                {**p, "wamid": p["wamid"] and f"w.{copy['_id']}"} for p in copy["past_attempts"]
            ]
    await house.db.messages.insert_all(copies)
    return copies


@pytest.mark.parametrize("situation", ["sent", "failed, sent again", "unconfirmed, sent again"])
async def test_every_order_and_repetition_converge(house: House, situation: str) -> None:
    """All orders of all reports, the answer at every place among them, with our mark and without, one by one and
    together, and then all of them again: what is stored depends only on which reports there were.
    """
    message = await claimed_message(house)
    courses = AFTER_AN_ANSWER
    if situation != "sent":
        courses = WITHOUT_AN_ANSWER
        await sending_again(house, message, failed=situation.startswith("failed"))
    messages = await side_by_side(house, message, len(courses))
    cast = [
        (course, copy, course.reports(f"w.{copy['_id']}", copy))
        for course, copy in zip(courses, messages, strict=True)
    ]
    for step in range(len(EACH) + 1):
        answers = [
            outbox.Accepted(copy, f"w.{copy['_id']}") for course, copy, _ in cast if course.answered == step
        ]
        async with house.enter() as ctx:
            await outbox.record_outcomes(ctx, answers)
        told = [
            reports if course.together and not step else reports[step : step + 1]
            for course, _, reports in cast
        ]
        await record(house, *itertools.chain(*told))
    await record(house, *itertools.chain(*(reversed(reports) for _, _, reports in cast)))
    ends: dict[frozenset[str], dict[Any, list[Course]]] = {}
    stored = await house.db.messages.by_ids([copy["_id"] for copy in messages])
    for course, copy, _ in cast:
        seen = shown(stored[copy["_id"]])
        end = str({**seen, "status_at": sorted(seen["status_at"].items())}).replace(copy["_id"], "…")
        ends.setdefault(frozenset(course.statuses), {}).setdefault(end, []).append(course)
    for reports, different in ends.items():
        assert len(different) == 1, f"{set(reports)} may end as {different}"
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


@pytest.mark.parametrize("course", ["one by one", "together", "after it was let go"])
async def test_a_mark_counts_where_its_report_was_kept_without(house: House, course: str) -> None:
    """Two reports of one second, but for the mark the same."""
    message = await claimed_message(house)
    bare, marked = reported("sent", "w9"), reported("sent", "w9", statuses.opaque(message["_id"], 1))
    if course == "together":
        await record(house, bare, marked)
    else:
        await record(house, bare)
        if course == "after it was let go":
            await house.db.status_events.update_all({}, {"$set": {"applied": True, "orphan": True}})
        await record(house, marked)
    stored = await house.db.messages.by_id(message["_id"])
    assert stored
    assert (stored["delivery"], stored.get("wamid"), stored["rank"]) == ("ACCEPTED", "w9", 3)
    assert await house.db.status_events.count({"applied": True}) == 1


@pytest.mark.parametrize("delivery", ["UNCERTAIN", "UNCONFIRMED"])
async def test_an_answer_counts_after_its_lease_was_given_up_on(house: House, delivery: str) -> None:
    message = await claimed_message(house)
    await house.db.messages.update({"_id": message["_id"]}, {"$set": {"delivery": delivery}})
    await accepted(house, message, "w")
    stored = await house.db.messages.by_id(message["_id"])
    assert stored
    assert (stored["delivery"], stored.get("wamid")) == ("ACCEPTED", "w")


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
    assert (stored["delivery"], stored["status"]) == ("ACCEPTED", "FAILED"), "both count, as if in order"


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
