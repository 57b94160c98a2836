"""The feed is numbered 1, 2, 3 … whoever numbers it, however many do, and whenever they are stopped."""

import asyncio
import random
from datetime import UTC, datetime, timedelta
from typing import Any

from tenants import feed
from tenants.db import Database, ScopedDatabase
from tenants.ids import new_id


def pending() -> dict[str, Any]:
    return {"_id": new_id(), "kind": "tested", "pending": True, "at": datetime.now(UTC), "payload": {}}


async def numbers(db: ScopedDatabase) -> list[int]:
    return [event["seq"] for event in await feed.after(db, 0, limit=10_000)]


async def test_many_numberers_and_many_writers_leave_no_gap(database: Database) -> None:
    writing = True

    async def write() -> None:
        db = database.scoped("t")
        for _ in range(30):
            await db.events.insert_all([pending() for _ in range(random.randint(1, 5))])

    async def number() -> None:
        db = database.scoped("t")
        while writing:
            await feed.stamp(db)
            await asyncio.sleep(0)

    async def read() -> None:
        """What is visible is always a prefix: whoever sees n has seen all before n."""
        db = database.scoped("t")
        while writing:
            seen = await numbers(db)
            assert seen == list(range(1, len(seen) + 1))

    others = [asyncio.create_task(work()) for work in (number, number, number, number, read)]
    await asyncio.gather(*(write() for _ in range(6)))
    writing = False
    await asyncio.gather(*others)
    db = database.scoped("t")
    await feed.stamp(db)
    total = await db.events.count({})
    assert await numbers(db) == list(range(1, total + 1))


async def test_a_numberer_stopped_in_the_middle_leaves_no_gap(ours: ScopedDatabase) -> None:
    for _ in range(20):
        await ours.events.insert_all([pending() for _ in range(20)])
        work = asyncio.create_task(feed.stamp(ours))
        await asyncio.sleep(random.random() * 0.004)
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
    await asyncio.sleep(0.1)
    await feed.stamp(ours)
    assert await numbers(ours) == list(range(1, 401))


async def test_events_keep_the_order_in_which_they_were_said(ours: ScopedDatabase) -> None:
    said = [pending() for _ in range(50)]
    await ours.events.insert_all(said)
    await feed.stamp(ours)
    assert [e["_id"] for e in await feed.after(ours, 0, limit=100)] == [e["_id"] for e in said]


async def test_trimming_never_forgets_where_the_count_stands(ours: ScopedDatabase) -> None:
    await ours.events.insert_all([pending() for _ in range(3)])
    await feed.stamp(ours)
    await feed.trim(ours, before=datetime.now(UTC) + timedelta(days=1))
    assert await feed.tail(ours) == await feed.oldest(ours) == 3
    await ours.events.insert_all([pending()])
    await feed.stamp(ours)
    assert await numbers(ours) == [3, 4]
