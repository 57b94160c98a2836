"""Lists, pages and search at two sizes of one tenant's data, and what MongoDB really did for a list."""

import random
from typing import Any

import pymongo

from bench.furnishing import MESSAGES_EACH, Life, furnish
from bench.hotel import Hotel
from bench.house import House
from bench.loading import Seen, load
from bench.size import Size
from bench.table import Row

NAME = "reading"
LIMIT = 20
CLIENTS = 4
PAGES = 200
# Measured once on the reference machine at 10 k conversations, 16 clients at once (design/performance.md).
TILEDESK = {"list": 25, "page": 160, "search": 10.5}
TICKETZ = {"list": 95, "page": 187, "search": 27}
GROWTH = {"list": 1.3, "page": 2.0, "search": 2.0}
PEER_CLIENTS = 16


# By subject: list, page, search.
Measured = dict[str, Seen]


async def measure(house: House, size: Size) -> list[Row]:
    small, busy = await _at(house, size.small, size, (CLIENTS, PEER_CLIENTS))
    (large,) = await _at(house, size.large, size, (CLIENTS,))
    return [*_growth(small, large, size), *_beside_peers(busy, size)]


async def _at(house: House, conversations: int, size: Size, clients: tuple[int, ...]) -> list[Measured]:
    house = house.on(f"reading_{conversations}")
    async with house.runtime() as runtime:
        hotel = await Hotel.found(runtime)
        life = await furnish(hotel, conversations)
        await runtime.database.ensure_indexes()
        async with house.web():
            await _check_plans(house, life)
            found = [await _read(house, life, size, count) for count in clients]
        await runtime.database.drop()
    return found


def lists(life: Life) -> list[str]:
    """The sieves of the console's tabs and filters, each answered by one index."""
    sieves = (
        "", "status=OPEN", "status=OPEN,IN_PROGRESS,WAITING", "assignedToId=me&status=IN_PROGRESS", "assignedToId=none",
        "priority=URGENT", f"channelId={life.channels[0].id}", f"teamId={life.teams[0]}",
    )  # fmt: skip
    return [f"/api/conversations?limit={LIMIT}&{sieve}" for sieve in sieves]


def _paths(life: Life) -> dict[str, list[str]]:
    chance = random.Random(3)
    some = chance.choices(life.conversations, k=PAGES)
    words = ("reserva", "aeroporto", "quarto+suite", "canc", life.rare_word)
    return {
        "list": lists(life),
        "page": [f"/api/conversations/{id}/messages?limit={MESSAGES_EACH}" for id in some],
        "search": [f"/api/messages/search?limit={LIMIT}&query={word}" for word in words],
    }


async def _read(house: House, life: Life, size: Size, clients: int) -> Measured:
    seen = {}
    for name, paths in _paths(life).items():
        spec: dict[str, Any] = {"paths": paths, "headers": life.hotel.headers}
        for seconds in (size.seconds / 4, size.seconds):
            seen[name] = await load(
                "gets", house.settings.port, expect=200, seconds=seconds, connections=clients, **spec
            )
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


def _growth(small: Measured, large: Measured, size: Size) -> list[Row]:
    times = f"{size.large:,} conversations"
    against = f"at {size.small:,}"
    return [
        Row(f"{name} at {times}, p{percent}", large[name].ms(percent), " ms", small[name].ms(percent), against,
            goal=GROWTH[name] if percent == 95 else None, sense="≤")
        for name in GROWTH
        for percent in (50, 95)
    ]  # fmt: skip


def _beside_peers(busy: Measured, size: Size) -> list[Row]:
    what = f"at {size.small:,}, {PEER_CLIENTS} clients"
    return [
        row
        for name, factor in (("list", 20), ("page", 8), ("search", 8))
        for row in (
            Row(
                f"{name} {what}", busy[name].rate, "/s", TILEDESK[name], "Tiledesk, as recorded", goal=factor
            ),
            Row(f"{name} {what}", busy[name].rate, "/s", TICKETZ[name], "Ticketz, as recorded", goal=8),
        )
    ]
