"""Posting a message over REST: durable, once for each key, fed to every screen; one web process."""

from datetime import timedelta

from bench.furnishing import furnished
from bench.hotel import Hotel
from bench.house import House
from bench.loading import load
from bench.size import Size
from bench.table import Row, at_least

NAME = "posting"
CLIENTS = 16
CONVERSATIONS = 500
GOAL = 500
RUN = "posting"
# Measured once on the reference machine (design/performance.md).
TILEDESK = 50
DAY = timedelta(days=1)


async def measure(house: House, size: Size) -> list[Row]:
    async with furnished(house, size.grown[0]) as (full, life), full.web():
        hotel = life.hotel
        open_ones = await _open_conversations(hotel)
        seen = await load(
            "messages", full.settings.port, expect=201, seconds=size.seconds, connections=CLIENTS,
            warm=size.seconds / 2, conversations=open_ones, headers=hotel.headers, run=RUN,
        )  # fmt: skip
        async with hotel.enter() as ctx:
            stored = await ctx.db.messages.count({"client_message_id": {"$regex": f"^{RUN}-"}})
        assert stored >= len(seen.seconds)
    return [
        at_least(f"post a message, {CLIENTS} clients", seen.rate, "/s", goal=GOAL),
        Row(
            f"post a message, {CLIENTS} clients", seen.rate, "/s", TILEDESK, "Tiledesk, as recorded", goal=10
        ),
    ]


async def _open_conversations(hotel: Hotel) -> list[str]:
    """Some of them, whose customers have just written."""
    async with hotel.enter() as ctx:
        recent = await ctx.db.conversations.all({}, sort=[("_id", -1)], limit=CONVERSATIONS, fields=["_id"])
        ids = [row["_id"] for row in recent]
        changes = {"status": "IN_PROGRESS", "open": True, "window_expires_at": ctx.now() + DAY}
        await ctx.db.conversations.update_all({"_id": {"$in": ids}}, {"$set": changes})
        return ids
