"""Who is there. A person is online while a socket of his is open or he has just worked, and has not said otherwise.

Kept in MongoDB by its clock, so that every process sees the same; a process that dies takes nobody's presence along for
longer than `SOCKET_LASTS`.
"""

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum
from typing import Any

from server.desk.events import PresenceChanged
from server.jobs import Job
from tenants.context import Context
from tenants.db import ScopedDatabase, Update

SOCKET_LASTS = timedelta(seconds=60)
WORK_LASTS = timedelta(minutes=5)


class Presence(StrEnum):
    ONLINE = "ONLINE"
    AWAY = "AWAY"  # there, and asked not to be given conversations
    OFFLINE = "OFFLINE"


async def seen(db: ScopedDatabase, user_ids: Sequence[str], *, lasts: timedelta) -> None:
    """Their sockets are open, or they have just done something. Never shortens what is known already."""
    until = {"$add": ["$$NOW", int(lasts.total_seconds() * 1000)]}
    longest: list[dict[str, Any]] = [
        {"$set": {"seen_until": {"$max": ["$seen_until", until]}, "away": {"$ifNull": ["$away", False]}}}
    ]
    await db.presences.lightly.bulk(
        [Update({"_id": _key(db, id), "user_id": id}, longest, upsert=True) for id in user_ids], ordered=False
    )


def _key(db: ScopedDatabase, user_id: str) -> str:
    """One document a person, made by whoever sees him first."""
    return f"{db.tenant_id}:{user_id}"


async def gone(db: ScopedDatabase, user_ids: Sequence[str]) -> None:
    """Their last socket here has closed. A socket elsewhere brings them back with its next beat."""
    await db.presences.lightly.update_all(
        {"user_id": {"$in": list(user_ids)}}, [{"$set": {"seen_until": "$$NOW"}}]
    )


async def choose(ctx: Context, *, away: bool) -> Presence:
    """What the actor says of himself; it holds until he says otherwise."""
    assert ctx.actor.id
    await seen(ctx.db, [ctx.actor.id], lasts=SOCKET_LASTS)
    await ctx.db.presences.update({"user_id": ctx.actor.id}, {"$set": {"away": away}})
    now = Presence.AWAY if away else Presence.ONLINE
    ctx.publish(PresenceChanged(user_id=ctx.actor.id, presence=now))
    if not away:
        ctx.enqueue(Job.DISTRIBUTE)
    return now


async def every(ctx: Context) -> dict[str, Presence]:
    """By user id; who is not named is offline."""
    here = {"$expr": {"$gt": ["$seen_until", "$$NOW"]}}
    return {
        row["user_id"]: Presence.AWAY if row["away"] else Presence.ONLINE
        for row in await ctx.db.presences.lightly.all(here)
    }
