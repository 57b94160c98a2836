"""Lists, pages and search at two sizes of one tenant's data, and what MongoDB really did for a list."""

import random
from typing import Any

import pymongo

from bench.furnishing import MESSAGES_EACH, RARE_WORD, Life, furnished
from bench.house import House
from bench.loading import Seen, load
from bench.size import Size
from bench.table import Row

NAME = "reading"
LIMIT = 20
CLIENTS = 4
PEER_CLIENTS = 16
PAGES = 200
# Measured once on the reference machine at 10 k conversations, 16 clients at once (design/performance.md).
TILEDESK = {"list": 25, "page": 160, "search": 10.5}
TICKETZ = {"list": 95, "page": 187, "search": 27}
TIMES_TILEDESK = {"list": 20, "page": 8, "search": 8}
TIMES_TICKETZ = 8
# How much slower 95 of 100 may be on the grown tenant.
GROWTH: dict[str, float | None] = {
    "list": 1.3,
    "page": 2.0,
    "search": 2.0,
    "two words": None,
    "customer": None,
}
# By subject.
Measured = dict[str, Seen]


async def measure(house: House, size: Size) -> list[Row]:
    first, *grown = size.grown
    small, busy = await _at(house, first, size, (CLIENTS, PEER_CLIENTS))
    rows = []
    for count in grown:
        (large,) = await _at(house, count, size, (CLIENTS,))
        rows += _growth(large, small, f"{count:,} conversations", f"at {first:,}")
    return [*rows, *_beside_peers(busy, f"at {first:,}, {PEER_CLIENTS} clients")]


async def _at(house: House, conversations: int, size: Size, clients: tuple[int, ...]) -> list[Measured]:
    async with furnished(house, conversations) as (full, life), full.web():
        await _check_plans(full, life)
        return [await _read(full, life, size, count) for count in clients]


def lists(life: Life) -> list[str]:
    """The sieves of the console's tabs and filters, each answered by one index."""
    sieves = (
        "", "status=OPEN", "status=OPEN,IN_PROGRESS,WAITING", "assignedToId=me&status=IN_PROGRESS", "assignedToId=none",
        "priority=URGENT", f"channelId={life.channels[0].id}", f"teamId={life.teams[0]}", f"tagId={life.tags[0]}",
    )  # fmt: skip
    return [f"/api/conversations?limit={LIMIT}&{sieve}" for sieve in sieves]


def _paths(life: Life) -> dict[str, list[str]]:
    """Search: a word, a word that is only begun, a rare one; two words, of which one is only begun."""
    some = random.Random(3).choices(life.conversations, k=PAGES)
    words, pairs = (
        ("reserva", "aeroporto", "canc", RARE_WORD),
        ("quarto+suite", f"{RARE_WORD}+res", "pisc+chav"),
    )
    search = f"/api/messages/search?limit={LIMIT}&query="
    return {
        "list": lists(life),
        "page": [f"/api/conversations/{id}/messages?limit={MESSAGES_EACH}" for id in some],
        "search": [search + word for word in words],
        "two words": [search + pair for pair in pairs],
        "customer": [
            f"/api/conversations?limit={LIMIT}&search={name}" for name in ("ana", "heitor+li", "91000012")
        ],
    }


async def _read(house: House, life: Life, size: Size, clients: int) -> Measured:
    seen = {}
    for name, paths in _paths(life).items():
        spec: dict[str, Any] = {"paths": paths, "headers": life.hotel.headers}
        seen[name] = await load(
            "gets", house.settings.port, expect=200, seconds=size.seconds, connections=clients,
            warm=size.seconds / 4, **spec,
        )  # fmt: skip
    return seen


async def _check_plans(house: House, life: Life) -> None:
    """MongoDB's own record of each list: one indexed find that reads no more than the page, and no sort in memory."""
    with pymongo.MongoClient[dict[str, Any]](house.settings.mongo_url) as client:
        database = client[house.settings.mongo_database]
        database.command("profile", 2)
        await load(
            "gets", house.settings.port, expect=200, seconds=0.2, connections=1, paths=lists(life),
            headers=life.hotel.headers,
        )  # fmt: skip
        database.command("profile", 0)
        found = list(database["system.profile"].find({"ns": f"{database.name}.conversations", "op": "query"}))
        database.drop_collection("system.profile")
    assert found, "MongoDB recorded no list"
    for one in found:
        assert "COLLSCAN" not in one["planSummary"], one
        assert not one.get("hasSortStage"), one
        assert one["docsExamined"] <= LIMIT + 1, one


def _growth(large: Measured, small: Measured, at: str, against: str) -> list[Row]:
    return [
        Row(f"{name} at {at}, p{percent}", large[name].ms(percent), " ms", small[name].ms(percent), against,
            goal=goal if percent == 95 else None, sense="≤")
        for name, goal in GROWTH.items()
        for percent in (50, 95)
    ]  # fmt: skip


def _beside_peers(busy: Measured, what: str) -> list[Row]:
    rows = []
    for name, times in TIMES_TILEDESK.items():
        rate = busy[name].rate
        rows += [
            Row(f"{name} {what}", rate, "/s", TILEDESK[name], "Tiledesk, as recorded", goal=times),
            Row(f"{name} {what}", rate, "/s", TICKETZ[name], "Ticketz, as recorded", goal=TIMES_TICKETZ),
        ]
    return rows
