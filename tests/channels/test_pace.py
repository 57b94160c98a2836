"""How fast a number may speak."""

import asyncio

from server.channels.pace import Pace


async def test_even_the_slowest_number_speaks() -> None:
    pace = Pace(2)
    for _ in range(3):
        await asyncio.sleep(pace.wait_seconds() + 0.01)
        assert pace.available() == 1
        pace.take(1)
        assert pace.available() == 0
