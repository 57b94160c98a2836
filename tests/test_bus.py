"""The bus between processes."""

import asyncio

from redis.asyncio import Redis

from server.bus import Bus, Signal
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
        done, _ = await asyncio.wait([listening], timeout=20)
        assert done, f"after {turns} turns of the loop"
        await redis.aclose()


async def test_what_it_cannot_read_does_not_make_it_deaf(settings: Settings, runtime: Runtime) -> None:
    heard: list[Signal] = []

    def listener(signal: Signal) -> None:
        heard.append(signal)
        if len(heard) == 1:
            raise KeyError("a listener's own fault")

    redis = Redis.from_url(settings.redis_url)
    deaf, speaker = (Bus(runtime.database, redis, channel="test") for _ in range(2))
    deaf.listen(listener)
    listening = asyncio.create_task(deaf.run())
    async with asyncio.timeout(30):
        while not await redis.publish("test:signals", b"not json"):
            await asyncio.sleep(0.01)
        while len(heard) < 2:
            speaker.signal(Signal("t", "said", {}))
            await asyncio.sleep(0.05)
    listening.cancel()
    await asyncio.wait([listening])
    await speaker.close()
    await redis.aclose()


async def test_a_redis_that_hangs_gathers_nobody(runtime: Runtime) -> None:
    """It takes the connection and says nothing more."""
    hanging = await asyncio.start_server(lambda _reader, _writer: asyncio.sleep(60), "127.0.0.1", 0)
    port = hanging.sockets[0].getsockname()[1]
    redis = Redis.from_url(f"redis://127.0.0.1:{port}", socket_connect_timeout=1)
    bus = Bus(runtime.database, redis, channel="test")
    for _ in range(20):
        bus.signal(Signal("t", "said", {}))
    async with asyncio.timeout(30):
        while bus._tasks:
            await asyncio.sleep(0.05)
    await redis.aclose()
    hanging.close()
