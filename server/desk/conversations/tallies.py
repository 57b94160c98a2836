"""How many conversations there are of each sort, kept and never counted.

Each change appends what it adds and takes away; nobody updates a shared counter, so no writer waits for another. The sum
is exact at every moment. A sweep folds the appended rows together.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from tenants.context import Context, atomic
from tenants.ids import new_id

DIMENSIONS = ("status", "priority", "assigned_to_id", "channel_id", "team_id", "resolution")
# A field that is not there and one that is null are the same cell.
_BY_CELL = {dimension: {"$ifNull": [f"${dimension}", None]} for dimension in DIMENSIONS}
Cell = tuple[Any, ...]
Pair = tuple[dict[str, Any] | None, dict[str, Any] | None]


def _cell(conversation: dict[str, Any]) -> Cell:
    return tuple(conversation.get(dimension) for dimension in DIMENSIONS)


async def record(ctx: Context, changes: Iterable[Pair]) -> None:
    """`changes` are conversation documents (before, after); None where it did not exist. In the change's transaction."""
    count: Counter[Cell] = Counter()
    unread: Counter[Cell] = Counter()
    for before, after in changes:
        for document, sign in ((before, -1), (after, 1)):
            if document is not None:
                count[_cell(document)] += sign
                unread[_cell(document)] += sign * document.get("unread_count", 0)
    await ctx.db.tallies.insert_all(
        [_row(cell, count[cell], unread[cell], base=False) for cell in count if count[cell] or unread[cell]]
    )


def _row(cell: Cell, count: int, unread: int, *, base: bool) -> dict[str, Any]:
    return {
        "_id": new_id(), "base": base, "count": count, "unread": unread, **dict(zip(DIMENSIONS, cell, strict=True))
    }  # fmt: skip


async def total(ctx: Context, where: dict[str, Any]) -> int:
    """`where` may name dimensions only."""
    rows = await ctx.db.tallies.aggregate(
        [{"$match": where}, {"$group": {"_id": None, "count": {"$sum": "$count"}}}]
    )
    return rows[0]["count"] if rows else 0


async def by_cell(ctx: Context, where: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """`[{…, count, unread}]`, by `DIMENSIONS`, the empty ones left out."""
    return [row for row in await _grouped(ctx, where or {}) if row["count"] > 0]


async def _grouped(ctx: Context, where: dict[str, Any]) -> list[dict[str, Any]]:
    sums = {"_id": _BY_CELL, "count": {"$sum": "$count"}, "unread": {"$sum": "$unread"}}
    rows = await ctx.db.tallies.aggregate([{"$match": where}, {"$group": sums}])
    return [{**row["_id"], "count": row["count"], "unread": row["unread"]} for row in rows]


Sums = dict[Cell, tuple[int, int]]


async def sums(ctx: Context) -> Sums:
    """What the rows say: (conversations, unread messages) of each cell; (0, 0) for any other."""
    return _sums(await _grouped(ctx, {}))


async def counted(ctx: Context) -> Sums:
    """The same, counted."""
    rows = await ctx.db.conversations.aggregate(
        [{"$group": {"_id": _BY_CELL, "count": {"$sum": 1}, "unread": {"$sum": "$unread_count"}}}]
    )
    return _sums([{**row["_id"], "count": row["count"], "unread": row["unread"]} for row in rows])


def _sums(rows: Iterable[dict[str, Any]]) -> Sums:
    return defaultdict(lambda: (0, 0), {_cell(row): (row["count"], row["unread"]) for row in rows})


async def correct(ctx: Context, wrong: dict[Cell, tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """`wrong`: (what the rows say, what is so) by cell."""
    await ctx.db.tallies.insert_all(
        [_row(cell, now[0] - was[0], now[1] - was[1], base=False) for cell, (was, now) in wrong.items()]
    )


@atomic
async def fold(ctx: Context) -> None:
    """Replace the rows by one a cell. Two folds at once conflict in MongoDB, and one of them starts again."""
    rows = await ctx.db.tallies.all()
    count: Counter[Cell] = Counter()
    unread: Counter[Cell] = Counter()
    for row in rows:
        count[_cell(row)] += row["count"]
        unread[_cell(row)] += row["unread"]
    await ctx.db.tallies.delete_all({"_id": {"$in": [row["_id"] for row in rows]}})
    await ctx.db.tallies.insert_all(
        [_row(cell, count[cell], unread[cell], base=True) for cell in count if count[cell] or unread[cell]]
    )
