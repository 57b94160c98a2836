"""How often someone may try: moving windows in Redis, shared by all web processes."""

import asyncio
import math
import time
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import structlog
from limits import RateLimitItem, parse
from limits.aio.storage.redis.bridge import RedisBridge
from redis.asyncio import Redis
from redis.exceptions import RedisError

from server import metrics
from server.runtime import Runtime
from tenants.problems import RateLimited, Unavailable

log = structlog.get_logger()
_AWAY = (RedisError, OSError, TimeoutError)
_PATIENCE = 2.0
# What may also go uncounted waits less, and after a failure not at all for a moment.
_SHORT_PATIENCE = 0.5
_REST_SECONDS = 1.0
_RELAXED = 100_000
_resting: "WeakKeyDictionary[Redis, float]" = WeakKeyDictionary()


class Rule(NamedTuple):
    """`essential`: nobody passes uncounted; while Redis is away he is refused.

    The limit holds where `RATE_LIMITS` is `strict`; elsewhere tests and demonstrations must never meet it.
    """

    name: str
    limit: RateLimitItem
    essential: bool = False

    def limit_in(self, runtime: Runtime) -> RateLimitItem:
        if _strict(runtime):
            return self.limit
        return type(self.limit)(_RELAXED, self.limit.multiples, self.limit.namespace)


LOGINS = Rule("login", parse("10 per 15 minutes"), essential=True)
REGISTRATIONS = Rule("register", parse("20 per hour"), essential=True)


class Standing(NamedTuple):
    """After a try: how many are left, and when (seconds since 1970) the oldest one no longer counts."""

    limit: int
    remaining: int
    reset_at: float
    allowed: bool = True

    @property
    def headers(self) -> dict[str, str]:
        return {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.remaining),
            "X-RateLimit-Reset": str(math.ceil(self.reset_at)),
        }


class Throttled(RateLimited):
    def __init__(self, standing: Standing) -> None:
        super().__init__(retry_after=max(1, math.ceil(standing.reset_at - time.time())))
        self.headers = standing.headers


async def take(runtime: Runtime, rule: Rule, *who: str) -> Standing:
    """Use up one of `who`'s tries. Raises Throttled."""
    standing = await count(runtime, rule, *who)
    if not standing.allowed:
        raise Throttled(standing)
    return standing


async def count(runtime: Runtime, rule: Rule, *who: str) -> Standing:
    """Use up one of `who`'s tries, where one is left.

    Without Redis nobody is counted; an essential rule then raises Unavailable, rather than let anyone guess for ever.
    """
    must, limit = rule.essential and _strict(runtime), rule.limit_in(runtime)
    if not must and _resting.get(runtime.redis, 0.0) > time.monotonic():
        return _uncounted(limit)
    try:
        async with asyncio.timeout(_PATIENCE if must else _SHORT_PATIENCE):
            standing = await _hit(runtime, limit, rule.name, *who)
    except _AWAY as away:
        log.warning("rate_limit.unavailable", rule=rule.name, cause=str(away)[:200])
        _resting[runtime.redis] = time.monotonic() + _REST_SECONDS
        if must:
            raise Unavailable from away
        return _uncounted(limit)
    if not standing.allowed:
        metrics.count("rate_limit_refusals_total", rule=rule.name)
    return standing


async def forgive(runtime: Runtime, rule: Rule, *who: str) -> None:
    """The try succeeded: forget it and the failures before it."""
    key = _key(runtime, rule.limit_in(runtime), rule.name, *who)
    try:
        async with asyncio.timeout(_PATIENCE):
            await runtime.redis.delete(key)
    except _AWAY as away:
        log.warning("rate_limit.unavailable", rule=rule.name, cause=str(away)[:200])


async def _hit(runtime: Runtime, limit: RateLimitItem, *who: str) -> Standing:
    """`MovingWindowRateLimiter.hit` and `get_window_stats`, in one round trip instead of two."""
    now, seconds = time.time(), limit.get_expiry()
    key = _key(runtime, limit, *who)
    both: Any = runtime.redis.pipeline(transaction=False)
    both.eval(RedisBridge.SCRIPT_ACQUIRE_MOVING_WINDOW, 1, key, now, limit.amount, seconds, 1)
    both.eval(RedisBridge.SCRIPT_MOVING_WINDOW, 1, key, now - seconds, limit.amount)
    acquired, window = await both.execute()
    oldest, taken = (float(window[0]), int(window[1])) if window else (now, 0)
    return Standing(limit.amount, limit.amount - taken, oldest + seconds, allowed=bool(acquired))


def _uncounted(limit: RateLimitItem) -> Standing:
    return Standing(limit.amount, limit.amount, time.time() + limit.get_expiry())


def _key(runtime: Runtime, limit: RateLimitItem, *who: str) -> str:
    return f"{runtime.settings.mongo_database}:limits:{limit.key_for(*who)}"


def _strict(runtime: Runtime) -> bool:
    return runtime.settings.rate_limits == "strict"
