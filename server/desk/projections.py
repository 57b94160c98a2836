"""What is kept so that it need not be worked out, worked out again from what it is made of, and mended where it differs.

A message's status comes from the kept reports, a conversation's row from its messages, a contact's count from its
conversations, the tallies too. Nothing is announced: clients read what was mended with their next page.
"""

from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from server.desk.conversations import tallies
from server.desk.messages import statuses
from server.desk.messages.documents import last_message
from server.desk.messages.models import Direction
from tenants.context import Context, atomic
from tenants.db import Update

Document = dict[str, Any]
_PAGE = 100  # small: a transaction each, which live traffic may make start again
_OF_A_ROW = (
    "conversation_id", "seq", "direction", "read_at", "timestamp", "created_at", "text", "media.link", "kind", "status",
    "automatic",
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
    return {c["_id"]: _row(c, thread[c["_id"]]) for c in kept if thread[c["_id"]]}


def _row(conversation: Document, thread: list[Document]) -> Document:
    settled = conversation.get("settled_seq") or 0
    unread = [
        m for m in thread if m["direction"] == Direction.INBOUND and not m["read_at"] and m["seq"] > settled
    ]
    row: Document = {"seq": thread[-1]["seq"], "unread_count": len(unread) if conversation["open"] else 0}
    if written := [m for m in thread if m["direction"] != Direction.INTERNAL]:
        at = [min(m["timestamp"], m["created_at"]) for m in written]
        begun = [conversation["created_at"]] if thread[0]["direction"] == Direction.INTERNAL else []
        row |= {"last_message": last_message(written[-1]), "last_message_at": max(at + begun)}
    if answers := [m for m in thread if m["direction"] == Direction.OUTBOUND and not m.get("automatic")]:
        row["first_response_at"] = answers[0]["created_at"]
    return row


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
