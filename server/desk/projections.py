"""What is kept so that it need not be worked out, worked out again from what it is made of, and mended where it differs.

A message's status comes from the kept reports; a conversation's row from its messages, and its waits from its assignments
and from whether it waits now; a contact's count from its conversations, the tallies too. Nothing is announced: clients read
what was mended with their next page.

What people or the clock decided is its own source: status, assignments, escalation, ratings, who closed it and how, since
when it waits (only that it does is known otherwise), and up to where unread messages were settled by closing.
"""

from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from server.desk import window
from server.desk.conversations import tallies
from server.desk.conversations.waiting import waits
from server.desk.messages import statuses
from server.desk.messages.documents import last_message
from server.desk.messages.models import Direction, Kind
from tenants.context import Context, atomic
from tenants.db import Update

Document = dict[str, Any]
_PAGE = 100  # small: a transaction each, which live traffic may make start again
_OF_A_ROW = (
    "conversation_id", "seq", "direction", "read_at", "timestamp", "created_at", "text", "media.link", "kind", "status",
    "automatic", "details.referral", "details.history",
)  # fmt: skip


class Difference(NamedTuple):
    noun: str
    id: str
    field: str
    kept: Any
    rebuilt: Any


Found = list[Difference]
Work = Callable[[Context, list[Document]], Coroutine[Any, Any, dict[str, Document]]]


async def rebuild(ctx: Context, *, since: datetime, mend: bool) -> AsyncIterator[Difference]:
    """Every difference; with `mend` the sources win. Of messages, those from `since` on: older reports are forgotten."""
    sent = {"direction": Direction.OUTBOUND, "wamid": {"$gt": ""}, "created_at": {"$gte": since}}
    for noun, where, work in (
        ("messages", {**sent, "past_attempts": None}, _messages),
        ("conversations", {}, _conversations),
        ("contacts", {}, _contacts),
    ):
        last = ""
        while ids := await _ids(ctx, noun, {**where, "_id": {"$gt": last}}):
            for difference in await _page(ctx, noun, ids, work, mend=mend):
                yield difference
            last = ids[-1]
    for difference in await _tallies(ctx, mend=mend):
        yield difference


async def _ids(ctx: Context, noun: str, where: Document) -> list[str]:
    rows = await getattr(ctx.db, noun).all(where, sort=[("_id", 1)], limit=_PAGE, fields=["_id"])
    return [row["_id"] for row in rows]


@atomic
async def _page(ctx: Context, noun: str, ids: Sequence[str], work: Work, *, mend: bool) -> Found:
    """In one transaction, so that what is read belongs together."""
    collection = getattr(ctx.db, noun)
    kept = await collection.by_ids(ids)
    rebuilt = await work(ctx, list(kept.values()))
    found = [d for id, fields in rebuilt.items() for d in _differences(noun, kept[id], fields)]
    if mend:
        await collection.bulk([Update({"_id": d.id}, {"$set": {d.field: d.rebuilt}}) for d in found])
    return found


def _differences(noun: str, kept: Document, rebuilt: Document) -> Iterator[Difference]:
    for field, value in rebuilt.items():
        if kept.get(field) != value:
            yield Difference(noun, kept["_id"], field, kept.get(field), value)


async def _messages(ctx: Context, kept: list[Document]) -> dict[str, Document]:
    reports: dict[str, list[Document]] = defaultdict(list)
    for report in await ctx.db.status_events.all({"wamid": {"$in": [m["wamid"] for m in kept]}}):
        reports[report["wamid"]].append(report)
    return {m["_id"]: statuses.rebuilt(m, reports[m["wamid"]]) for m in kept}


async def _conversations(ctx: Context, kept: list[Document]) -> dict[str, Document]:
    thread: dict[str, list[Document]] = defaultdict(list)
    here = {"conversation_id": {"$in": [c["_id"] for c in kept]}}
    for message in await ctx.db.messages.all(here, sort=[("seq", 1)], fields=_OF_A_ROW):
        thread[message["conversation_id"]].append(message)
    return {c["_id"]: {**_row(c, thread[c["_id"]]), **_waits(c)} for c in kept}


def _row(conversation: Document, thread: list[Document]) -> Document:
    if not thread:
        return {}
    answers = [m for m in thread if m["direction"] == Direction.OUTBOUND and not m.get("automatic")]
    row: Document = {
        "seq": thread[-1]["seq"],
        "unread_count": _unread(conversation, thread),
        "first_response_at": answers[0]["created_at"] if answers else None,
    }
    notes = sum(m["direction"] == Direction.INTERNAL for m in thread)
    if notes or conversation.get("notes_count"):
        row["notes_count"] = notes
    return row | _last(conversation, thread) | _window(conversation, thread)


def _unread(conversation: Document, thread: list[Document]) -> int:
    if not conversation["open"]:
        return 0
    settled = conversation.get("settled_seq") or 0
    return sum(
        m["direction"] == Direction.INBOUND and not m["read_at"] and m["seq"] > settled for m in thread
    )


def _last(conversation: Document, thread: list[Document]) -> Document:
    written = [m for m in thread if m["direction"] != Direction.INTERNAL]
    if not written:
        return {}
    at = [min(m["timestamp"], m["created_at"]) for m in written]
    begun = [conversation["created_at"]] if thread[0]["direction"] == Direction.INTERNAL else []
    return {"last_message": last_message(written[-1]), "last_message_at": max(at + begun)}


def _window(conversation: Document, thread: list[Document]) -> Document:
    """At least what these messages opened; an earlier conversation's may last longer."""
    kept = conversation.get("window_expires_at")
    opened = [
        window.expiry(m["timestamp"], m["details"], received_at=m["created_at"])
        for m in thread
        if m["direction"] == Direction.INBOUND
        and m["kind"] != Kind.SYSTEM
        and not m["details"].get("history")
    ]
    return {"window_expires_at": max([*opened, kept] if kept else opened)} if opened else {}


def _waits(conversation: Document) -> Document:
    steps = conversation.get("assignments", [])
    since = [conversation["created_at"], conversation.get("escalated_at"), *(step["at"] for step in steps)]
    kept = conversation.get("queued_at") or max(moment for moment in since if moment)
    found: Document = {"queued_at": kept if waits(conversation) else None}
    if given := [step for step in steps if step["user_id"]]:
        found["assigned_at"] = given[-1]["at"]
    if served := [step for step in given if step["waited_seconds"] is not None]:
        found |= {"served_at": served[-1]["at"], "waited_seconds": served[-1]["waited_seconds"]}
    return found


async def _contacts(ctx: Context, kept: list[Document]) -> dict[str, Document]:
    counted = await ctx.db.conversations.aggregate(
        [
            {"$match": {"contact_id": {"$in": [contact["_id"] for contact in kept]}}},
            {"$group": {"_id": "$contact_id", "count": {"$sum": 1}}},
        ]
    )
    count = {row["_id"]: row["count"] for row in counted}
    return {
        c["_id"]: {"conversations_count": count.get(c["_id"], 0)} for c in kept if not c.get("deleted_at")
    }


@atomic
async def _tallies(ctx: Context, *, mend: bool) -> Found:
    kept, counted = await tallies.sums(ctx), await tallies.counted(ctx)
    wrong = {cell: (kept[cell], counted[cell]) for cell in kept | counted if kept[cell] != counted[cell]}
    if mend:
        await tallies.correct(ctx, wrong)
    return [Difference("tallies", str(cell), "count, unread", was, now) for cell, (was, now) in wrong.items()]
