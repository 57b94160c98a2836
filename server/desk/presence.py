"""Who is there. A person is online while a socket of his is open or he has just worked, and has not said otherwise.

Kept in MongoDB by its clock, so that every process sees the same; a process that dies takes nobody's presence along for
longer than `SOCKET_LASTS`, or `WORK_LASTS` of who has just worked.
"""

import contextlib
from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum
from typing import Any

from server.desk.conversations.waiting import distribution_wanted
from server.desk.events import PresenceChanged
from tenants.api_keys import ForPeopleOnly
from tenants.context import Context
from tenants.db import STORE_DOWN, Duplicate, ScopedDatabase, Update
from tenants.models import ActorKind

Document = dict[str, Any]
SOCKET_LASTS = timedelta(seconds=60)
WORK_LASTS = timedelta(minutes=5)
_NOTED_EVERY = timedelta(minutes=1)


class Presence(StrEnum):
    ONLINE = "ONLINE"
    AWAY = "AWAY"  # there, and asked not to be given conversations
    OFFLINE = "OFFLINE"


async def connected(db: ScopedDatabase, user_ids: Sequence[str]) -> None:
    """Their sockets are open."""
    await _prolong(db, user_ids, seen_until=SOCKET_LASTS, connected_until=SOCKET_LASTS)


async def seen(db: ScopedDatabase, user_ids: Sequence[str], *, lasts: timedelta) -> None:
    """They have just done something."""
    await _prolong(db, user_ids, seen_until=lasts)


async def _prolong(db: ScopedDatabase, user_ids: Sequence[str], **lasting: timedelta) -> None:
    """Never shortens what is known already."""
    longest: Document = {field: {"$max": [f"${field}", _in(lasts)]} for field, lasts in lasting.items()}
    known = [{"$set": {**longest, "away": {"$ifNull": ["$away", False]}}}]
    updates = [Update({"_id": _key(db, id), "user_id": id}, known, upsert=True) for id in user_ids]
    try:
        await db.presences.lightly.bulk(updates, ordered=False)
    except Duplicate:
        # Somebody else saw one of them for the first time at the same instant: now there is a document to change.
        await db.presences.lightly.bulk(updates, ordered=False)


def _in(time: timedelta) -> Document:
    return {"$add": ["$$NOW", int(time.total_seconds() * 1000)]}


def _until(moment: Any) -> Document:
    """The filter of who is here for longer than until `moment`."""
    return {"$expr": {"$gt": ["$seen_until", moment]}}


def _key(db: ScopedDatabase, user_id: str) -> str:
    """One document a person, made by whoever sees him first."""
    return f"{db.tenant_id}:{user_id}"


async def gone(db: ScopedDatabase, user_ids: Sequence[str]) -> None:
    """Their last socket here has closed. A socket elsewhere brings them back with its next beat."""
    await db.presences.lightly.update_all(
        {"user_id": {"$in": list(user_ids)}},
        [{"$set": {"seen_until": "$$NOW", "connected_until": "$$NOW"}}],
    )


async def leave(ctx: Context) -> None:
    """The actor has signed out: what he has done keeps him here no longer, only a socket that is still open."""
    his = {"user_id": ctx.actor.id}
    presences = ctx.db.presences.lightly
    until_his_sockets_close = [{"$set": {"seen_until": {"$max": ["$$NOW", "$connected_until"]}}}]
    with contextlib.suppress(*STORE_DOWN):
        was_here = await presences.update({**his, **_until("$$NOW")}, until_his_sockets_close)
        if was_here and not await presences.exists({**his, **_until("$$NOW")}):
            ctx.publish(PresenceChanged(user_id=str(ctx.actor.id), presence=Presence.OFFLINE))


async def note_work(ctx: Context) -> None:
    """The actor is here, if he has just done something with a conversation.

    Written once a minute at most; what cannot be written now is with the next.
    """
    if ctx.actor.id is None or not any(event.durable and event.conversation_id for event in ctx.said):
        return
    his = {"user_id": ctx.actor.id}
    presences = ctx.db.presences.lightly
    with contextlib.suppress(*STORE_DOWN):
        if await presences.exists({**his, **_until(_in(WORK_LASTS - _NOTED_EVERY))}):
            return
        was_here = await presences.exists({**his, **_until("$$NOW")})
        await seen(ctx.db, [ctx.actor.id], lasts=WORK_LASTS)
        if not was_here:
            await _announce(ctx)


async def _announce(ctx: Context) -> None:
    """The actor is here."""
    assert ctx.actor.id
    now = (await every(ctx)).get(ctx.actor.id, Presence.OFFLINE)
    ctx.publish(PresenceChanged(user_id=ctx.actor.id, presence=now))
    if now is Presence.ONLINE:
        distribution_wanted(ctx)


async def choose(ctx: Context, *, away: bool) -> Presence:
    """What the actor says of himself; it holds until he says otherwise."""
    if ctx.actor.kind is not ActorKind.USER:
        raise ForPeopleOnly
    assert ctx.actor.id
    await seen(ctx.db, [ctx.actor.id], lasts=SOCKET_LASTS)
    await ctx.db.presences.update({"user_id": ctx.actor.id}, {"$set": {"away": away}})
    await _announce(ctx)
    return Presence.AWAY if away else Presence.ONLINE


async def every(ctx: Context) -> dict[str, Presence]:
    """By user id; who is not named is offline."""
    return {
        row["user_id"]: Presence.AWAY if row["away"] else Presence.ONLINE
        for row in await ctx.db.presences.lightly.all(_until("$$NOW"))
    }


async def is_online(ctx: Context, user_id: str) -> bool:
    return await ctx.db.presences.lightly.exists({"user_id": user_id, "away": False, **_until("$$NOW")})
