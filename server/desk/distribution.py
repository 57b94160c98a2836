"""Giving waiting conversations to the agents who are there and have room, as the tenant decided."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from server.desk import presence
from server.desk.conversations import actions
from server.desk.conversations.models import ConversationNotFound
from server.desk.conversations.waiting import Reason, in_turn, line
from server.desk.presence import Presence
from tenants.context import Context
from tenants.models import Role, UserStatus
from tenants.permissions import Permission, roles_with
from tenants.settings import Distribution

Document = dict[str, Any]
_LONG_AGO = datetime.fromtimestamp(0, UTC)
ABLE = {"status": UserStatus.ACTIVE, "role": {"$in": roles_with(Permission.CONVERSATIONS_WORK)}}
# Agents, and whoever else is in a team: that is how a supervisor says that he answers too.
ANSWERING = {"$or": [{"role": Role.AGENT}, {"team_ids.0": {"$exists": True}}]}


@dataclass(slots=True)
class Candidate:
    """An agent who is online. `load`: his open conversations; `given_at`: when he was last given one."""

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
    """Returns how many were given. Two at once do no harm: each gift is a compare-and-set."""
    if ctx.tenant.settings.routing.distribution is Distribution.MANUAL:
        return 0
    given = 0
    candidates = await _candidates(ctx)
    for row in in_turn(await line(ctx)):
        if not any(candidate.has_room() for candidate in candidates):
            break
        if chosen := await _choose(ctx, row, candidates):
            given += await _give(ctx, row, *chosen)
    return given


def capacity_of(ctx: Context, user: Document) -> int:
    """How many conversations he takes at once."""
    own: int | None = user.get("capacity")
    return own or ctx.tenant.settings.routing.capacity


async def _candidates(ctx: Context) -> list[Candidate]:
    here = [id for id, state in (await presence.every(ctx)).items() if state is Presence.ONLINE]
    users = await ctx.db.users.all({"_id": {"$in": here}, "$and": [ABLE, ANSWERING]})
    load, given_at = await _loads(ctx, here)
    return [
        Candidate(
            id=user["_id"], team_ids=user.get("team_ids", []), capacity=capacity_of(ctx, user),
            load=load.get(user["_id"], 0), given_at=given_at.get(user["_id"], _LONG_AGO),
        )
        for user in users
    ]  # fmt: skip


async def _loads(ctx: Context, user_ids: list[str]) -> tuple[dict[str, int], dict[str, datetime]]:
    rows = await ctx.db.conversations.aggregate(
        [
            {"$match": {"assigned_to_id": {"$in": user_ids}, "status": {"$ne": "CLOSED"}}},
            {"$group": {"_id": "$assigned_to_id", "load": {"$sum": 1}, "given_at": {"$max": "$assigned_at"}}},
        ]
    )
    return (
        {row["_id"]: row["load"] for row in rows},
        {row["_id"]: row["given_at"] for row in rows if row["given_at"]},
    )


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


async def _give(ctx: Context, row: Document, candidate: Candidate, reason: Reason) -> bool:
    try:
        await actions.give_waiting(ctx, row["_id"], user_id=candidate.id, reason=reason)
    except ConversationNotFound:
        return False  # someone was quicker
    candidate.load += 1
    candidate.given_at = ctx.now()
    return True
