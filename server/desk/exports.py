"""The conversations of a span as rows of a table, for those who count elsewhere."""

from datetime import datetime
from typing import Any, NamedTuple

from server.desk.breakdowns import Narrow, names_of
from server.desk.periods import Span
from tenants.audit import Action, Change, Target
from tenants.context import Context, atomic
from tenants.permissions import Permission, requires

Document = dict[str, Any]
PAGE = 500


class Exported(NamedTuple):
    id: str
    number: int
    begun: datetime
    closed: datetime | None
    status: str
    resolution: str | None
    contact: str | None
    phone: str | None
    channel: str | None
    team: str | None
    agent: str | None
    tags: str
    seconds_to_answer: float | None
    rating: int | None
    messages: int


@requires(Permission.REPORTS_READ)
async def page(ctx: Context, span: Span, narrow: Narrow, *, after: Exported | None = None) -> list[Exported]:
    """By the time they began, at most `PAGE`, those after a row of the page before; empty at the end."""
    if after is None:
        await _note(ctx, span)
    begun: Document = {"created_at": {"$gte": after.begun if after else span.start, "$lte": span.end}}
    where: list[Document] = [{**begun, **narrow.where()}]
    if after:
        where.append({"$or": [{"created_at": {"$gt": after.begun}}, {"_id": {"$gt": after.id}}]})
    found = await ctx.db.conversations.all({"$and": where}, sort=[("created_at", 1), ("_id", 1)], limit=PAGE)
    names = {
        noun: await names_of(ctx, noun, [row.get(field) for row in found])
        for noun, field in (("channels", "channel_id"), ("teams", "team_id"))
    }
    return [_row(conversation, names) for conversation in found]


@atomic
async def _note(ctx: Context, span: Span) -> None:
    told = [Change("from", after=span.start), Change("to", after=span.end)]
    ctx.record(Action.CONVERSATIONS_EXPORTED, Target("conversations"), told)


def _row(conversation: Document, names: dict[str, dict[str, str]]) -> Exported:
    contact, agent = conversation["contact"], conversation.get("assigned_to") or {}
    answered = conversation.get("first_response_at")
    waited = round((answered - conversation["created_at"]).total_seconds(), 1) if answered else None
    return Exported(
        id=conversation["_id"],
        number=conversation["number"],
        begun=conversation["created_at"],
        closed=conversation.get("closed_at"),
        status=conversation["status"],
        resolution=conversation.get("resolution"),
        contact=contact.get("name"),
        phone=contact.get("phone") or contact.get("wa_id"),
        channel=names["channels"].get(conversation["channel_id"]),
        team=names["teams"].get(conversation.get("team_id") or ""),
        agent=agent.get("name"),
        tags=", ".join(tag["name"] for tag in conversation.get("tags", [])),
        seconds_to_answer=waited,
        rating=conversation.get("rating"),
        messages=conversation["seq"] - conversation.get("notes_count", 0),
    )
