"""How often someone may try: sliding windows in Redis, shared by all web processes."""

import asyncio
import time
from typing import Any, NamedTuple

import structlog
from limits import RateLimitItem, parse
from limits.aio.storage import RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter
from redis.exceptions import RedisError

from server.runtime import Runtime
from tenants.problems import RateLimited, Unavailable

log = structlog.get_logger()
_PATIENCE = 2.0
_AWAY = (RedisError, OSError, TimeoutError)


class Rule(NamedTuple):
    """`limit` holds in production; elsewhere tests and demonstrations must never meet it."""

    name: str
    limit: RateLimitItem

    def limit_in(self, runtime: Runtime) -> RateLimitItem:
        if runtime.settings.app_env == "production":
            return self.limit
        return type(self.limit)(100_000, self.limit.multiples, self.limit.namespace)


LOGINS = Rule("login", parse("10 per 15 minutes"))
REGISTRATIONS = Rule("register", parse("20 per hour"))


class Throttled(RateLimited):
    def __init__(self, limit: int, reset_at: float) -> None:
        super().__init__(retry_after=max(1, round(reset_at - time.time())))
        self.headers = {
            "X-RateLimit-Limit": str(limit),
            "X-RateLimit-Remaining": "0",
            "X-RateLimit-Reset": str(round(reset_at)),
        }


async def take(runtime: Runtime, rule: Rule, *who: str) -> None:
    """Use up one of `who`'s tries. Raises Throttled.

    Without Redis nobody is counted; production then refuses with Unavailable rather than let anyone guess for ever.
    """
    limiter, limit = _limiter(runtime), rule.limit_in(runtime)
    try:
        async with asyncio.timeout(_PATIENCE):
            if await limiter.hit(limit, rule.name, *who):
                return
            window = await limiter.get_window_stats(limit, rule.name, *who)
    except _AWAY as away:
        log.warning("rate_limit.unavailable", rule=rule.name, cause=str(away)[:200])
        if runtime.settings.app_env == "production":
            raise Unavailable from away
        return
    raise Throttled(limit.amount, window.reset_time)


async def forgive(runtime: Runtime, rule: Rule, *who: str) -> None:
    """The try succeeded: forget it and the failures before it."""
    try:
        async with asyncio.timeout(_PATIENCE):
            await _limiter(runtime).clear(rule.limit_in(runtime), rule.name, *who)
    except _AWAY as away:
        log.warning("rate_limit.unavailable", rule=rule.name, cause=str(away)[:200])


def _limiter(runtime: Runtime) -> MovingWindowRateLimiter:
    """Cheap to make: the connections are the process's own."""
    pool: Any = runtime.redis.connection_pool
    prefix = f"{runtime.settings.mongo_database}:limits"
    storage = RedisStorage(
        "async+redis://", implementation="redispy", key_prefix=prefix, connection_pool=pool
    )
    return MovingWindowRateLimiter(storage)
