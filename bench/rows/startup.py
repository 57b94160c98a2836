"""From the command to the first answer of `/ready`: the web process alone, on stores that are up."""

import time
from statistics import median

from bench.house import House
from bench.size import Size
from bench.table import Row, at_most

NAME = "startup"
GOAL_SECONDS = 1.0


async def measure(house: House, size: Size) -> list[Row]:
    took = []
    for _ in range(size.starts):
        began = time.monotonic()
        async with house.web():
            took.append(time.monotonic() - began)
    return [at_most("start of the web process, to ready", median(took), " s", goal=GOAL_SECONDS)]
