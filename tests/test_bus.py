"""The bus between processes."""

import asyncio

from redis.asyncio import Redis

from server.bus import Bus
from server.runtime import Runtime
from server.settings import Settings


async def test_it_stops_at_whatever_moment_it_is_told_to(settings: Settings, runtime: Runtime) -> None:
    """redis-py loses a cancellation while it connects; a process that has just started would then never end."""
    for turns in range(20):
        redis = Redis.from_url(settings.redis_url, socket_connect_timeout=1)
        listening = asyncio.create_task(Bus(runtime.database, redis, channel="test").run())
        for _ in range(turns):
            await asyncio.sleep(0)
        listening.cancel()
        done, _ = await asyncio.wait([listening], timeout=2)
        assert done, f"after {turns} turns of the loop"
        await redis.aclose()
