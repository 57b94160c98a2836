"""Giving waiting conversations to the agents who are there and have room, as the tenant decided."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from server.desk import presence
from server.desk.colleagues import ABLE
from server.desk.conversations import actions
from server.desk.conversations.models import ConversationNotFound
from server.desk.conversations.waiting import Reason, in_turn, line
from server.desk.presence import Presence
from tenants.context import Context, atomic
from tenants.models import Role
from tenants.settings import Distribution

Document = dict[str, Any]
_LONG_AGO = datetime.fromtimestamp(0, UTC)
_LIVE = {"status": {"$ne": "CLOSED"}}
# Agents, and whoever else is in a team: that is how a supervisor says that he answers too.
ANSWERING = {"$or": [{"role": Role.AGENT}, {"team_ids.0": {"$exists": True}}]}


class CannotTake(Exception):
    """He has gone, has no room, or may not answer any more."""


@dataclass(slots=True)
class Candidate:
    """An agent who is online. `load`: his open conversations; `given_at`: when it was last his turn.

    That is kept, and not read off what he has: who closes quickly would always be next.
    """

    id: str
    team_ids: list[str]
    capacity: int
    load: int
    given_at: datetime

    def has_room(self) -> bool:
        return self.load < self.capacity

    def serves(self, team_id: str | None) -> bool:
        return team_id is None or team_id in self.team_ids


async def distribute(ctx: Context) -> int:
    """Returns how many were given. Two at once do no harm: each gift looks again, in its own transaction."""
    if ctx.tenant.settings.routing.distribution is Distribution.MANUAL:
        return 0
    given = 0
    candidates = await _candidates(ctx)
    for row in in_turn(await line(ctx)):
        if not any(candidate.has_room() for candidate in candidates):
            break
        given += await _place(ctx, row, candidates)
    return given


def capacity_of(ctx: Context, user: Document) -> int:
    """How many conversations he takes at once."""
    own: int | None = user.get("capacity")
    return own or ctx.tenant.settings.routing.capacity


async def _candidates(ctx: Context) -> list[Candidate]:
    here = [id for id, state in (await presence.every(ctx)).items() if state is Presence.ONLINE]
    users = await ctx.db.users.all({"_id": {"$in": here}, "$and": [ABLE, ANSWERING]})
    load = await _loads(ctx, here)
    return [
        Candidate(
            id=user["_id"], team_ids=user.get("team_ids", []), capacity=capacity_of(ctx, user),
            load=load.get(user["_id"], 0), given_at=user.get("given_at", _LONG_AGO),
        )
        for user in users
    ]  # fmt: skip


async def _loads(ctx: Context, user_ids: list[str]) -> dict[str, int]:
    rows = await ctx.db.conversations.aggregate(
        [
            {"$match": {"assigned_to_id": {"$in": user_ids}, **_LIVE}},
            {"$group": {"_id": "$assigned_to_id", "load": {"$sum": 1}}},
        ]
    )
    return {row["_id"]: row["load"] for row in rows}


async def _place(ctx: Context, row: Document, candidates: list[Candidate]) -> bool:
    """Whether somebody has got it."""
    while chosen := await _choose(ctx, row, candidates):
        candidate, reason = chosen
        try:
            await _give(ctx, row, candidate, reason)
        except ConversationNotFound:
            return False  # someone was quicker
        except CannotTake:
            candidate.load = candidate.capacity
            continue
        candidate.load += 1
        candidate.given_at = ctx.now()
        return True
    return False


async def _choose(
    ctx: Context, row: Document, candidates: list[Candidate]
) -> tuple[Candidate, Reason] | None:
    fit = [c for c in candidates if c.has_room() and c.serves(row.get("team_id"))]
    if not fit:
        return None
    routing = ctx.tenant.settings.routing
    if routing.sticky and (known := await _who_served_before(ctx, row)):
        for candidate in fit:
            if candidate.id == known:
                return candidate, Reason.STICKY
    if routing.distribution is Distribution.ROUND_ROBIN:
        return min(fit, key=lambda c: (c.given_at, c.id)), Reason.ROUND_ROBIN
    return min(fit, key=lambda c: (c.load, c.given_at, c.id)), Reason.LEAST_BUSY


async def _who_served_before(ctx: Context, row: Document) -> str | None:
    served = {"contact_id": row["contact_id"], "_id": {"$ne": row["_id"]}, "assigned_to_id": {"$ne": None}}
    found = await ctx.db.conversations.all(
        served, sort=[("last_message_at", -1)], limit=1, fields=["assigned_to_id"]
    )
    return found[0]["assigned_to_id"] if found else None


async def _give(ctx: Context, row: Document, candidate: Candidate, reason: Reason) -> None:
    """As things are now. Raises ConversationNotFound, CannotTake."""
    if not await presence.is_online(ctx, candidate.id):
        raise CannotTake
    await _hand_over(ctx, row, candidate, reason)


@atomic
async def _hand_over(ctx: Context, row: Document, candidate: Candidate, reason: Reason) -> None:
    # Written, so that of two who give to him at once one begins again, and counts what he has by then.
    if not await ctx.db.users.update({"_id": candidate.id, **ABLE}, {"$set": {"given_at": ctx.now()}}):
        raise CannotTake
    if await ctx.db.conversations.count({"assigned_to_id": candidate.id, **_LIVE}) >= candidate.capacity:
        raise CannotTake
    await actions.give_waiting(ctx, row, user_id=candidate.id, reason=reason)
