"""Posting a message over REST: durable, once for each key, fed to every screen; one web process."""

from datetime import timedelta

from bench.furnishing import furnish
from bench.hotel import Hotel
from bench.house import House
from bench.loading import Seen, load
from bench.size import Size
from bench.table import Row, at_least

NAME = "posting"
CLIENTS = 16
CONVERSATIONS = 500
GOAL = 500
# Measured once on the reference machine (design/performance.md).
TILEDESK = 50
DAY = timedelta(days=1)


async def measure(house: House, size: Size) -> list[Row]:
    async with house.runtime() as runtime, house.web():
        hotel = await Hotel.found(runtime)
        open_ones = await _open_conversations(hotel)
        await _post(house, hotel, size, open_ones, "warm")
        seen = await _post(house, hotel, size, open_ones, "posting")
        async with hotel.enter() as ctx:
            stored = await ctx.db.messages.count({"client_message_id": {"$regex": "^posting-"}})
        assert stored == len(seen.seconds)
    return [
        at_least(f"post a message, {CLIENTS} clients", seen.rate, "/s", goal=GOAL),
        Row(
            f"post a message, {CLIENTS} clients", seen.rate, "/s", TILEDESK, "Tiledesk, as recorded", goal=10
        ),
    ]


async def _post(house: House, hotel: Hotel, size: Size, conversations: list[str], run: str) -> Seen:
    return await load(
        "messages", house.settings.port, expect=201, seconds=size.seconds, connections=CLIENTS,
        conversations=conversations, headers=hotel.headers, run=run,
    )  # fmt: skip


async def _open_conversations(hotel: Hotel) -> list[str]:
    """Whose customers have just written."""
    await furnish(hotel, CONVERSATIONS)
    async with hotel.enter() as ctx:
        window = {"$set": {"status": "IN_PROGRESS", "open": True, "window_expires_at": ctx.now() + DAY}}
        await ctx.db.conversations.update_all({}, window)
        return [row["_id"] for row in await ctx.db.conversations.all({}, fields=["_id"])]
