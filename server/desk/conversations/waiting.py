"""Who waits, since when, and how each wait ended.

A conversation waits while it is open and nobody has it, neither a person nor the assistant.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

from server.desk.conversations.models import Placement, Priority
from server.jobs import Job
from tenants.context import Context
from tenants.settings import Distribution

Document = dict[str, Any]
_ASSIGNMENTS_KEPT = 50


class Reason(StrEnum):
    """Why a conversation came to its agent, or left him."""

    CLAIMED = "CLAIMED"  # he took it
    ANSWERED = "ANSWERED"  # he took it by answering first
    GIVEN = "GIVEN"  # somebody gave it to him, or took it off him
    TRANSFERRED = "TRANSFERRED"
    STICKY = "STICKY"  # he had served the customer before
    LEAST_BUSY = "LEAST_BUSY"
    ROUND_ROBIN = "ROUND_ROBIN"


WAITING = {"queued_at": {"$type": "date"}}
_URGENT_FIRST = {priority: place for place, priority in enumerate(reversed(Priority))}


async def line(ctx: Context) -> list[Document]:
    """All that wait: `{_id, contact_id, team_id, priority, queued_at}`, who has waited longest first."""
    fields = ["contact_id", "team_id", "priority", "queued_at"]
    # Sorted, so that MongoDB takes the index of those who wait, and not one that begins with whom nobody has.
    return await ctx.db.conversations.all(WAITING, sort=[("queued_at", 1)], fields=fields)


def in_turn(rows: Iterable[Document]) -> list[Document]:
    """The urgent first, then whoever has waited longest."""
    return sorted(
        rows, key=lambda row: (_URGENT_FIRST[Priority(row["priority"])], row["queued_at"], row["_id"])
    )


def waits(conversation: Document) -> bool:
    alone = conversation["assigned_to_id"] is None and not conversation.get("with_assistant")
    return bool(conversation["open"]) and alone


def turn(ctx: Context, before: Document, after: Document, *, reason: Reason, now: datetime) -> Document:
    """What else changes where a wait begins or ends, or the conversation changes hands: an update, or {}."""
    changes = _taken_from_assistant(before, after)
    after = {**after, **changes}
    if waits(after) != waits(before):
        changes["queued_at"] = now if waits(after) else None
    moved = after["assigned_to_id"] != before["assigned_to_id"]
    if not moved:
        return {"$set": changes} if changes else {}
    waited = _waited(before, now)
    if after["assigned_to_id"]:
        changes["assigned_at"] = now
    if after["assigned_to_id"] and waited is not None:
        changes |= {"served_at": now, "waited_seconds": waited}
    step = {
        "at": now, "by": ctx.actor.id, "user_id": after["assigned_to_id"], "team_id": after.get("team_id"),
        "reason": reason, "waited_seconds": waited,
    }  # fmt: skip
    return {"$set": changes, "$push": {"assignments": {"$each": [step], "$slice": -_ASSIGNMENTS_KEPT}}}


def _taken_from_assistant(before: Document, after: Document) -> Document:
    """Whoever gives it to a person or a team means people to go on with it."""
    elsewhere = any(after.get(field) != before.get(field) for field in Placement._fields)
    return {"with_assistant": False} if before.get("with_assistant") and elsewhere else {}


def distribution_wanted(ctx: Context) -> None:
    """Somebody waits, or an agent has room again."""
    if ctx.tenant.settings.routing.distribution is not Distribution.MANUAL:
        ctx.enqueue(Job.DISTRIBUTE)


def _waited(before: Document, now: datetime) -> float | None:
    """None for what did not wait: it went from hand to hand."""
    return (now - before["queued_at"]).total_seconds() if before.get("queued_at") else None
