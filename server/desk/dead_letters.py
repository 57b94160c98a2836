"""What the provider has sent and nobody could apply: kept as it came, until someone looks at it.

A whole body that cannot be read is a row of the journal (`DEAD`); of one that can, the part that must not or cannot be
applied is in `quarantine`.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple, Self

from server.desk.events import CatalogChanged
from server.jobs import Job
from tenants.audit import Action, Target
from tenants.context import Context, atomic
from tenants.db import ScopedCollection
from tenants.models import Document
from tenants.permissions import Permission, requires
from tenants.problems import Conflict, NotFound

_EDITING = requires(Permission.TENANT_EDIT)
_DEAD = {"state": "DEAD"}
# One attempt less than the others: a row that has been in hand is taken alone.
_REOPENED = {"state": "NEW", "n": 1, "error": None}


class Cause(StrEnum):
    UNREADABLE = "unreadable"  # the body
    FOREIGN_NUMBER = "foreign_number"  # it is about a number that is not connected here
    UNKNOWN_FIELD = "unknown_field"  # it says what this version does not know


class DeadLetter(Document):
    """`size` in bytes. `number`: the phone number id that it is about; `inbox_id`: the journal's row it stood in."""

    at: datetime
    reason: Cause
    size: int
    error: str | None = None
    number: str | None = None
    inbox_id: str | None = None
    channel: dict[str, str] | None = None

    @classmethod
    def about(cls, found: dict[str, Any], channels: dict[str, dict[str, str]]) -> Self:
        """`channels`: id and name by phone number id."""
        return cls.of(
            {"reason": Cause.UNREADABLE, **found, "channel": channels.get(found.get("number") or "")}
        )


class Place(NamedTuple):
    """Where they are kept, and which field holds what came."""

    noun: str
    content: str
    where: dict[str, Any]


_BODIES, _PARTS = Place("webhook_inbox", "raw", _DEAD), Place("quarantine", "change", {})
_SHOWN = ("at", "reason", "error", "number", "inbox_id")


class DeadLetterNotFound(NotFound):
    message = "Evento não encontrado."


class OriginalForgotten(Conflict):
    message = "O corpo em que este evento veio não é mais guardado; ele não pode ser aplicado de novo."


class Page(NamedTuple):
    """`counts`: how many there are for each reason."""

    letters: list[DeadLetter]
    more: bool
    counts: dict[Cause, int]


@_EDITING
async def page(ctx: Context, *, limit: int, below: tuple[datetime, str] | None = None) -> Page:
    """Newest first, without what is in them. `below`: moment and id of the last one of the page before."""
    bodies, parts = [await _listed(ctx, place, limit + 1, below) for place in (_BODIES, _PARTS)]
    found = sorted([*bodies, *parts], key=lambda each: (each["at"], each["_id"]), reverse=True)
    named = await _channels(ctx)
    letters = [DeadLetter.about(each, named) for each in found[:limit]]
    return Page(letters, len(found) > limit, await _counts(ctx))


async def _listed(
    ctx: Context, place: Place, limit: int, below: tuple[datetime, str] | None
) -> list[dict[str, Any]]:
    """The store measures what is in them, so that it need not come here."""
    query, size = dict(place.where), {"size": {"$binarySize": f"${place.content}"}}
    if below:
        at, id = below
        query["$or"] = [{"at": {"$lt": at}}, {"at": at, "_id": {"$lt": id}}]
    noun: ScopedCollection = getattr(ctx.db, place.noun)
    return await noun.aggregate(
        [
            {"$match": query},
            {"$sort": {"at": -1, "_id": -1}},
            {"$limit": limit},
            {"$project": dict.fromkeys(_SHOWN, 1) | size},
        ]
    )


async def _channels(ctx: Context) -> dict[str, dict[str, str]]:
    connected = await ctx.db.channels.all({"deleted": False}, fields=["address", "name"])
    return {each["address"]: {"id": each["_id"], "name": each["name"]} for each in connected}


async def _counts(ctx: Context) -> dict[Cause, int]:
    counts = {reason: await ctx.db.quarantine.count({"reason": reason}) for reason in Cause}
    return {**counts, Cause.UNREADABLE: await ctx.db.webhook_inbox.count(_DEAD)}


class Opened(NamedTuple):
    """`content`: as it came."""

    letter: DeadLetter
    content: bytes


@_EDITING
async def opened(ctx: Context, id: str) -> Opened:
    found = await _found(ctx, id)
    content = bytes(found.get("raw") or found.get("change") or b"")
    return Opened(DeadLetter.about({**found, "size": len(content)}, await _channels(ctx)), content)


async def _found(ctx: Context, id: str) -> dict[str, Any]:
    body = await ctx.db.webhook_inbox.one({"_id": id, **_DEAD})
    found = body or await ctx.db.quarantine.by_id(id)
    if found is None:
        raise DeadLetterNotFound
    return found


@_EDITING
@atomic
async def replay(ctx: Context, id: str) -> None:
    """Its body goes through the journal once more: what was applied of it already is a no-op.

    By the workers, as anything of the journal: a body that kills its reader must not take a web process along.
    Raises OriginalForgotten.
    """
    found = await _found(ctx, id)
    # With a time to retry it is nobody's silence (`server/detector/journal.py`).
    again = {"$set": {**_REOPENED, "retry_at": ctx.now()}}
    if not await ctx.db.webhook_inbox.update({"_id": found.get("inbox_id") or id}, again):
        raise OriginalForgotten
    await ctx.db.quarantine.delete({"_id": id})
    _announce(ctx, Action.DEAD_LETTER_REPLAYED, id)
    ctx.enqueue(Job.DRAIN_INBOX)


@_EDITING
@atomic
async def remove(ctx: Context, id: str) -> None:
    """Nobody will ever know what was in it."""
    await _found(ctx, id)
    await ctx.db.webhook_inbox.delete({"_id": id, **_DEAD})
    await ctx.db.quarantine.delete({"_id": id})
    _announce(ctx, Action.DEAD_LETTER_REMOVED, id)


def _announce(ctx: Context, action: Action, id: str) -> None:
    ctx.record(action, Target("dead_letters", id))
    ctx.publish(CatalogChanged(noun="dead_letters", id=id))
