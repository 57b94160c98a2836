"""The journal, worked through: each row applied once, in the order they came, and the poisoned one alone."""

import contextlib
import re
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from itertools import accumulate, takewhile
from typing import Any

import structlog

from server.channels.applying import apply
from server.desk import lanes
from server.desk.events import NotificationRaised
from tenants.context import Context, atomic
from tenants.db import STORE_DOWN, Duplicate

log = structlog.get_logger()
Document = dict[str, Any]
Scope = Callable[[], AbstractAsyncContextManager[Context]]

BATCH = 100
_BATCH_BYTES = 512 * 1024  # so that a batch of full bodies ends before the lane's lease
POISON_AFTER = 8
_LONGEST_WAIT = timedelta(minutes=1)
_NUMBER = re.compile(rb'"phone_number_id"\s*:\s*"(\d{1,32})"')


async def drain(enter: Scope) -> None:
    """Work through the tenant's journal until it is empty. One process at a time, so that a contact's order is kept.

    Each batch has a scope of its own, so that what it says is told when it is done and not when all is.
    """
    async with enter() as ctx, lanes.held(ctx, "inbound") as lane:
        while lane:
            async with enter() as batch:
                rows = await _next_rows(batch)
                if rows:
                    await _process(batch, rows)
            if rows:
                await lane.keep()
            elif await lane.leave():
                return


async def _next_rows(ctx: Context) -> list[Document]:
    """The next batch, counted before it is read: a row that kills its reader is known by its count.

    A row that was in hand when something went wrong is taken alone, so that only the culprit's count goes on growing.
    """
    waiting = {"state": "NEW", "retry_at": {"$not": {"$gt": ctx.now()}}}
    found = await ctx.db.webhook_inbox.lightly.all(waiting, sort=[("_id", 1)], limit=BATCH)
    sizes = accumulate(len(row["raw"]) for row in found)
    few = [row for row, size in zip(found, sizes, strict=True) if size <= _BATCH_BYTES]
    rows = list(takewhile(lambda row: not row["n"], few)) or found[:1]
    if rows:
        ids = [row["_id"] for row in rows]
        try:
            await ctx.db.webhook_inbox.lightly.update_all({"_id": {"$in": ids}}, {"$inc": {"n": 1}})
        except STORE_DOWN:
            await _uncount(ctx, rows)
            raise
    return rows


async def _uncount(ctx: Context, rows: Sequence[Document]) -> None:
    """A store without its majority still counts, and would have good rows buried: the attempt was not theirs to fail."""
    counted = {"_id": {"$in": [row["_id"] for row in rows]}, "state": "NEW", "n": {"$gt": 0}}
    with contextlib.suppress(*STORE_DOWN):
        await ctx.db.webhook_inbox.lightly.update_all(counted, {"$inc": {"n": -1}})


async def _process(ctx: Context, rows: Sequence[Document]) -> None:
    """All at once; if that fails, one by one, so that a poisoned row stops nobody else."""
    if rows[0]["n"] >= POISON_AFTER:
        await _bury(ctx, rows[0], "its readers died")
    elif not await _try(ctx, rows) and len(rows) > 1:
        for row in rows:
            await _try(ctx, [row])


async def _try(ctx: Context, rows: Sequence[Document]) -> bool:
    try:
        await apply(ctx, rows)
    except STORE_DOWN:
        await _uncount(ctx, rows)
        raise
    except Duplicate as race:
        return await _failed(ctx, rows, f"race on {race}")
    except Exception as error:
        log.exception("inbox.failed", rows=len(rows))
        return await _failed(ctx, rows, f"{type(error).__name__}: {error}"[:500])
    done = {"state": "DONE", "done_at": ctx.now()}
    await ctx.db.webhook_inbox.lightly.update_all(
        {"_id": {"$in": [row["_id"] for row in rows]}}, {"$set": done}
    )
    return True


async def _failed(ctx: Context, rows: Sequence[Document], error: str) -> bool:
    """Of a batch nothing is known yet; a single row waits, longer each time, until it counts as poison."""
    if len(rows) == 1:
        row = rows[0]
        if row["n"] + 1 >= POISON_AFTER:
            await _bury(ctx, row, error)
        else:
            wait = min(timedelta(seconds=2 ** row["n"] - 1), _LONGEST_WAIT)
            changes = {"error": error, "retry_at": ctx.now() + wait}
            await ctx.db.webhook_inbox.update({"_id": row["_id"]}, {"$set": changes})
    return False


@atomic
async def _bury(ctx: Context, row: Document, error: str) -> None:
    """Kept as it came, never tried again by itself, and told to someone."""
    dead = {"state": "DEAD", "error": error, "number": _number_in(row["raw"])}
    await ctx.db.webhook_inbox.update({"_id": row["_id"]}, {"$set": dead})
    alert = {
        "type": "inbox.dead",
        "severity": "critical",
        "title": "Um evento do WhatsApp não pôde ser lido e foi guardado para análise.",
    }
    ctx.publish(NotificationRaised(user_id=None, notification=alert))


def _number_in(raw: bytes) -> str | None:
    """Which of our numbers it is about, as far as can be told of what cannot be read."""
    found = _NUMBER.search(raw)
    return found[1].decode() if found else None
