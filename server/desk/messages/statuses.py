"""What became of a sent message.

Statuses form a total order and only the highest counts, so that any order and any repetition of reports ends in the same
document (docs/protocol.md, Statuses).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import orjson

from server.desk.messages.inbound import StatusReported
from server.desk.messages.models import Delivery, Status
from server.desk.messages.standing import Change, store
from tenants.context import Context, atomic
from tenants.db import Update
from tenants.ids import new_id

Document = dict[str, Any]

# `failed` stands above `sent` and below `delivered`: evidence of delivery beats a notice of failure.
RANK = {"accepted": 2, "sent": 3, "failed": 4, "delivered": 5, "read": 6, "played": 7}
SHOWN = {
    "accepted": Status.SENT, "sent": Status.SENT, "failed": Status.FAILED, "delivered": Status.DELIVERED,
    "read": Status.READ, "played": Status.READ,
}  # fmt: skip


async def record(ctx: Context, reports: Sequence[StatusReported]) -> None:
    """Keep every report, then apply. A report of a message whose `wamid` is not known yet waits in `status_events`."""
    known = [report for report in reports if report.status in RANK]
    if known:
        new = await ctx.db.status_events.insert_new([_kept(report, ctx.now()) for report in known])
        if new < len(known):
            await _add_marks(ctx, known)
        await apply(ctx, list({report.wamid for report in known}))


async def _add_marks(ctx: Context, reports: Sequence[StatusReported]) -> None:
    """The provider's times are whole seconds: a report with our mark may be, but for it, one that was kept without."""
    updates = []
    for report in reports:
        if read_opaque(report.opaque):
            same = report.model_dump(include={"wamid", "status", "at", "recipient"})
            added = {"opaque": report.opaque, "applied": False}
            updates.append(Update({**same, "opaque": None}, {"$set": added}))
    await ctx.db.status_events.bulk(updates)


def _kept(report: StatusReported, now: datetime) -> Document:
    return {
        "_id": new_id(), "wamid": report.wamid, "status": report.status, "at": report.at, "recorded_at": now,
        "recipient": report.recipient, "opaque": report.opaque, "applied": False, "pricing": report.pricing,
        "error": report.error.model_dump() if report.error else None, "conversation": report.conversation,
    }  # fmt: skip


@atomic
async def apply(ctx: Context, wamids: Sequence[str]) -> int:
    """Apply what has not been applied of these messages' reports; returns how many messages changed."""
    # With those that were applied before: what a report means may depend on another that came earlier.
    kept = await ctx.db.status_events.all({"wamid": {"$in": list(wamids)}})
    waiting = [report for report in kept if not report["applied"]]
    if not waiting:
        return 0
    messages = await _subjects(ctx, waiting)
    changes: list[Change] = []
    for wamid, message in messages.items():
        reports = [report for report in kept if report["wamid"] == wamid]
        if news := _news(message, wamid, reports):
            changes.append(Change(message, news))
            if message.get("delivery") != Delivery.ACCEPTED:
                ctx.enqueue("workers.outbound.drain", message["channel_id"])
    await store(ctx, changes)
    await ctx.db.status_events.update_all(
        {"wamid": {"$in": list(messages)}, "applied": False}, {"$set": {"applied": True}}
    )
    return len(changes)


async def _subjects(ctx: Context, reports: Sequence[Document]) -> dict[str, Document]:
    """The message of each report: by its `wamid`, else by what we attached to the send."""
    wamids = {report["wamid"] for report in reports}
    found = {m["wamid"]: m for m in await ctx.db.messages.all({"wamid": {"$in": list(wamids)}})}
    attached = {
        r["wamid"]: opaque
        for r in reports
        if r["wamid"] not in found and (opaque := read_opaque(r["opaque"]))
    }
    by_id = await ctx.db.messages.by_ids([message_id for message_id, _ in attached.values()])
    for wamid, (message_id, attempt) in attached.items():
        message = by_id.get(message_id)
        if message and _may_be(message, attempt):
            found[wamid] = message
    return found


def _may_be(message: Document, attempt: int) -> bool:
    """An attempt of ours that has no `wamid` yet. A newer one that already left is not undone by an older's news."""
    return not message.get("wamid") and attempt <= message.get("attempt", 0)


def _news(message: Document, wamid: str, reports: Sequence[Document]) -> Document:
    earliest_first = sorted(reports, key=lambda report: report["at"])
    highest = max(earliest_first, key=lambda report: RANK[report["status"]])
    if _was_tried_again(message, wamid) and RANK[highest["status"]] <= RANK["failed"]:
        return {}
    if _all_failed(reports) and _is_of_an_earlier_attempt(message, reports):
        return {}
    changes: Document = {}
    if not message.get("wamid"):
        changes |= {"wamid": wamid, "delivery": Delivery.ACCEPTED, "moving": False, "error": None}
        changes["rank"], changes["status"] = RANK["accepted"], Status.SENT
    changes |= _particulars(message, reports)
    if RANK[highest["status"]] > max(message.get("rank", 0), changes.get("rank", 0)):
        changes["rank"], changes["status"] = RANK[highest["status"]], SHOWN[highest["status"]]
        changes["error"] = highest["error"] if highest["status"] == "failed" else None
    elif _failed_earlier(message, highest):
        changes["error"] = highest["error"]
    return changes


def rebuilt(message: Document, reports: Sequence[Document]) -> Document:
    """What all reports of an accepted message make of it, whatever it says of itself: `status`, `rank`, `status_at`."""
    rank = RANK["accepted"] if message.get("delivery") == Delivery.ACCEPTED else 0
    told = {"status": Status.SENT, "rank": rank}
    if reports:
        told |= _news({**message, **told, "status_at": {}, "pricing": None}, message["wamid"], reports)
    times = {
        name.removeprefix("status_at."): at for name, at in told.items() if name.startswith("status_at.")
    }
    return {"status": told["status"], "rank": told["rank"], "status_at": times}


def _failed_earlier(message: Document, report: Document) -> bool:
    """Of two failures that are told of one attempt, the first is the cause."""
    known = message.get("status_at", {}).get("failed")
    return bool(
        report["status"] == "failed" and message["status"] == Status.FAILED and known and report["at"] < known
    )


def _particulars(message: Document, reports: Sequence[Document]) -> Document:
    """Of several reports of one status the earliest time counts; of several prices the same one, whichever came first."""
    known = dict(message.get("status_at") or {})
    for report in reports:
        status = report["status"]
        known[status] = min(report["at"], known.get(status, report["at"]))
    prices = [price for r in [message, *reports] if (price := r.get("pricing"))]
    pricing = {"pricing": max(prices, key=_canonical)} if prices else {}
    return {f"status_at.{status}": at for status, at in known.items()} | pricing


def _canonical(price: Document) -> bytes:
    return orjson.dumps(price, option=orjson.OPT_SORT_KEYS)


def _all_failed(reports: Sequence[Document]) -> bool:
    return all(report["status"] == "failed" for report in reports)


def _was_tried_again(message: Document, wamid: str) -> bool:
    """An agent sent it again after this attempt failed: only proof of delivery brings the old attempt back."""
    return any(past["wamid"] == wamid for past in message.get("past_attempts", []))


def _is_of_an_earlier_attempt(message: Document, reports: Sequence[Document]) -> bool:
    """Of one that nothing confirmed, so that it has no `wamid` to be known by. Its failure does not end the next one."""
    marks = [mark for report in reports if (mark := read_opaque(report["opaque"]))]
    past = {attempt["attempt"] for attempt in message.get("past_attempts", [])}
    return not message.get("wamid") and any(attempt in past for _, attempt in marks)


def opaque(message_id: str, attempt: int) -> str:
    """What we attach to a send and WhatsApp echoes in every status of it: below 60 bytes."""
    return orjson.dumps({"m": message_id, "a": attempt}).decode()


def read_opaque(text: str | None) -> tuple[str, int] | None:
    """(message id, attempt), or None for what is not ours."""
    try:
        value = orjson.loads(text or "")
        return str(value["m"]), int(value["a"])
    except (ValueError, TypeError, KeyError):
        return None
