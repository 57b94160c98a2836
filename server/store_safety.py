"""Stores that must hold nobody's messages: releases with a known fatal hole and, in production, the embedded ones.

Only holes that give away the house are listed; for the rest there are the operator's updates.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

import redis.asyncio
import structlog
from redis.exceptions import RedisError

from server import embedded
from server.processes import CannotStart
from server.runtime import Runtime
from server.settings import Settings
from tenants.db import STORE_DOWN, Database

log = structlog.get_logger()
FIRST_LOOK_SECONDS = 1.5
AGAIN_SECONDS = 1.0
_AWAY = (*STORE_DOWN, RedisError, OSError, TimeoutError)

Version = tuple[int, int, int]


class Hole(NamedTuple):
    """`fixed`: the first sound release of each series that ever got one. A series of its own kind has no cure."""

    name: str
    fixed: Sequence[Version]


HOLES = {
    # Anyone who reaches the port reads the server's memory.
    "MongoDB": Hole(
        "CVE-2025-14847", ((4, 4, 30), (5, 0, 32), (6, 0, 27), (7, 0, 28), (8, 0, 17), (8, 2, 3))
    ),
    # Whoever may run a script runs anything.
    "Redis": Hole("CVE-2025-49844", ((6, 2, 20), (7, 2, 11), (7, 4, 6), (8, 0, 4), (8, 2, 2))),
    "Valkey": Hole("CVE-2025-49844", ((7, 2, 11), (8, 0, 6), (8, 1, 4))),
}


class Found(NamedTuple):
    server: str  # a key of HOLES
    version: str
    url: str


Look = Callable[[], Awaitable[Found]]


def first_look(settings: Settings) -> None:
    """Of a production, before it does anything; a store that does not answer yet is no obstacle. Raises CannotStart."""
    if settings.app_env != "production":
        return
    if own := embedded.own_urls(settings):
        raise CannotStart(
            f"{' e '.join(own)}: em produção não se usam os bancos embutidos (um só nó, sem senha).\n"
            "Aponte para servidores próprios; docker-compose.yml mostra como."
        )
    asyncio.run(_first_look(settings))


async def _first_look(settings: Settings) -> None:
    database = Database(settings.mongo_url, settings.mongo_database)
    client = redis.asyncio.Redis.from_url(settings.redis_url, socket_connect_timeout=FIRST_LOOK_SECONDS)
    try:
        for found in await asyncio.gather(
            *(_soon(look) for look in _looks(settings, database, client).values())
        ):
            if found:
                judge(found, settings)
    finally:
        database.close()
        await client.aclose()


async def _soon(look: Look) -> Found | None:
    try:
        return await asyncio.wait_for(look(), FIRST_LOOK_SECONDS)
    except _AWAY:
        return None


async def keep_looking(runtime: Runtime) -> None:
    """Until each store has been looked at, whenever it comes up. Raises CannotStart in production."""
    waiting = _looks(runtime.settings, runtime.database, runtime.redis)
    while waiting:
        for name, look in list(waiting.items()):
            if found := await _soon(look):
                judge(found, runtime.settings)
                del waiting[name]
        if waiting:
            await asyncio.sleep(AGAIN_SECONDS)


def judge(found: Found, settings: Settings) -> None:
    """Raises CannotStart in production; elsewhere it is said, except of the embedded stores, whose doors are shut."""
    hole = HOLES[found.server]
    if is_sound(found.version, hole.fixed):
        return
    if settings.app_env == "production":
        releases = ", ".join(".".join(map(str, release)) for release in hole.fixed)
        raise CannotStart(
            f"{found.server} {found.version} tem uma falha grave conhecida ({hole.name}) e não serve para produção.\n"
            f"Está corrigida em {releases} e nas séries mais novas."
        )
    if found.url not in embedded.own_urls(settings).values():
        log.warning("store.unsafe", server=found.server, version=found.version, hole=hole.name)


def is_sound(version: str, fixed: Sequence[Version]) -> bool:
    """False also for what cannot be read. Series between those that were mended were left as they are."""
    read = re.match(r"(\d+)\.(\d+)\.(\d+)", version)
    if read is None:
        return False
    major, minor, patch = (int(part) for part in read.groups())
    newest = max(fixed)
    first_sound = {release[:2]: release[2] for release in fixed}
    return (major, minor) > newest[:2] or patch >= first_sound.get((major, minor), patch + 1)


def _looks(settings: Settings, database: Database, client: "redis.asyncio.Redis") -> dict[str, Look]:
    async def mongodb() -> Found:
        return Found("MongoDB", await database.version(), settings.mongo_url)

    async def redis_or_valkey() -> Found:
        said = await client.info("server")
        # Valkey tells the version of Redis that it can stand in for, too.
        server = "Valkey" if "valkey_version" in said else "Redis"
        return Found(server, str(said[f"{server.lower()}_version"]), settings.redis_url)

    return {"mongodb": mongodb, "redis": redis_or_valkey}
