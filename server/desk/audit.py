"""The audit log read: who did what to the account. What is told, and how, is `tenants/audit.py`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from pydantic import BaseModel

from tenants.audit import Action
from tenants.context import Context
from tenants.models import ActorKind, Document
from tenants.permissions import Permission, requires


class Who(BaseModel):
    id: str | None = None
    name: str
    kind: ActorKind


class What(BaseModel):
    noun: str
    id: str | None = None
    name: str | None = None


class Difference(BaseModel):
    """Before and after are JSON values; of a secret there is a hint, or nothing but that it is another."""

    field: str
    before: Any = None
    after: Any = None


class Entry(Document):
    at: datetime
    actor: Who
    action: Action
    target: What
    changes: list[Difference] = []
    ip: str | None = None
    request_id: str | None = None


class Filter(NamedTuple):
    """From the moment `begin` on, and before `end`."""

    begin: datetime | None = None
    end: datetime | None = None
    actor_id: str | None = None
    action: Action | None = None
    noun: str | None = None

    def as_query(self) -> dict[str, Any]:
        wanted = {"actor.id": self.actor_id, "action": self.action, "target.noun": self.noun}
        spans = {"$gte": self.begin, "$lt": self.end}
        span = {bound: moment for bound, moment in spans.items() if moment}
        return {name: value for name, value in wanted.items() if value} | ({"at": span} if span else {})


@requires(Permission.AUDIT_READ)
async def page(
    ctx: Context, filter: Filter, *, limit: int, below: tuple[datetime, str] | None = None
) -> tuple[Sequence[Entry], bool]:
    """Newest first, and whether there are more. `below`: moment and id of the last entry of the page before."""
    query = filter.as_query()
    if below:
        at, id = below
        query = {"$and": [query, {"$or": [{"at": {"$lt": at}}, {"at": at, "_id": {"$lt": id}}]}]}
    found = await ctx.db.audit.all(query, sort=[("at", -1), ("_id", -1)], limit=limit + 1)
    return [Entry.of(entry) for entry in found[:limit]], len(found) > limit
