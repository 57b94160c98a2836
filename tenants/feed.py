"""The tenant's feed: its events numbered 1, 2, 3 … without gaps, each visible only after all before it.

Events are inserted unnumbered, in the transaction that made them true. Any process may number them, any number of
processes at once; the unique index on `(tenant_id, seq)` is the only arbiter (docs/decisions/0003).
"""

from collections.abc import Sequence
from datetime import datetime

from tenants.db import Document, Duplicate, ScopedDatabase, Update

BATCH = 500


async def tail(db: ScopedDatabase) -> int:
    """The highest number given; 0 for an empty feed."""
    newest = await db.events.all({"seq": {"$exists": True}}, sort=[("seq", -1)], limit=1, fields=["seq"])
    return newest[0]["seq"] if newest else 0


async def oldest(db: ScopedDatabase) -> int:
    """The lowest number that is still kept; 0 for an empty feed."""
    first = await db.events.all({"seq": {"$exists": True}}, sort=[("seq", 1)], limit=1, fields=["seq"])
    return first[0]["seq"] if first else 0


async def stamp(db: ScopedDatabase) -> list[Document]:
    """Number the pending events in the order of their ids; returns those this call numbered.

    The tail is read before the pending events. So what another process numbers meanwhile has a number above that tail,
    and a number that is neither taken nor next cannot be given.
    """
    async with db.causally():
        return await _stamp(db)


async def _stamp(db: ScopedDatabase) -> list[Document]:
    stamped: list[Document] = []
    while True:
        last = await tail(db)
        pending = await db.events.all({"pending": True}, sort=[("_id", 1)], limit=BATCH)
        if not pending:
            return stamped
        try:
            await _number(db, pending, last)
        except Duplicate:
            continue
        stamped += [{**event, "seq": last + place} for place, event in enumerate(pending, 1)]
        if len(pending) < BATCH:
            return stamped


async def _number(db: ScopedDatabase, pending: Sequence[Document], last: int) -> None:
    """In order, and stopping at the first number that is taken."""
    await db.events.bulk(
        [
            Update(
                {"_id": event["_id"], "pending": True},
                {"$set": {"seq": last + place}, "$unset": {"pending": ""}},
            )
            for place, event in enumerate(pending, 1)
        ]
    )


async def after(db: ScopedDatabase, seq: int, *, limit: int) -> list[Document]:
    return await db.events.all({"seq": {"$gt": seq}}, sort=[("seq", 1)], limit=limit)


async def trim(db: ScopedDatabase, *, before: datetime) -> int:
    """Forget numbered events older than `before`, but never the newest: it carries the count."""
    last = await tail(db)
    return await db.events.delete_all({"at": {"$lt": before}, "seq": {"$lt": last}})
