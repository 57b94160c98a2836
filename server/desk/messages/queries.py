"""Reading messages: pages by `seq`, search by folded words, numbers, and the way a message went."""

from datetime import datetime
from typing import Any, NamedTuple

from server.desk.conversations import queries as conversations
from server.desk.conversations.models import Conversation
from server.desk.messages.models import Direction, Message
from server.desk.words import starts_with, tokens
from tenants.context import Context
from tenants.permissions import Permission, requires
from tenants.problems import Invalid, NotFound

_READING = requires(Permission.CONVERSATIONS_READ)


class MessageNotFound(NotFound):
    message = "Mensagem não encontrada."


class Slice(NamedTuple):
    """Oldest first. `cursor` is the id to go on from, in the direction that was asked."""

    rows: list[Message]
    more: bool
    cursor: str | None


@_READING
async def by_id(ctx: Context, id: str) -> Message:
    found = await ctx.db.messages.by_id(id)
    if found is None:
        raise MessageNotFound
    if found["conversation_id"] not in await conversations.visible_ids(ctx, [found["conversation_id"]]):
        raise MessageNotFound
    return Message.of(found)


@_READING
async def slice(
    ctx: Context, conversation_id: str, *, limit: int, before: str | None = None, after: str | None = None
) -> Slice:
    """The newest `limit` messages; or those right before, or right after, the message of that id."""
    conversation = await conversations.by_id(ctx, conversation_id)
    where: dict[str, Any] = {"conversation_id": conversation.id}
    if before and after:
        raise Invalid.field("before", "Use before ou after, não os dois.")
    if before:
        where["seq"] = {"$lt": await _seq_of(ctx, conversation.id, before, "before")}
    if after:
        where["seq"] = {"$gt": await _seq_of(ctx, conversation.id, after, "after")}
    found = await ctx.db.messages.all(where, sort=[("seq", 1 if after else -1)], limit=limit + 1)
    more = len(found) > limit
    rows = [Message.of(row) for row in found[:limit]]
    cursor = rows[-1].id if more else None
    return Slice(rows if after else rows[::-1], more, cursor)


async def _seq_of(ctx: Context, conversation_id: str, message_id: str, field: str) -> int:
    found = await ctx.db.messages.one({"_id": message_id, "conversation_id": conversation_id}, fields=["seq"])
    if found is None:
        raise Invalid.field(field, "Mensagem desconhecida nesta conversa.")
    return int(found["seq"])


class Hit(NamedTuple):
    message: Message
    conversation: Conversation


@_READING
async def search(ctx: Context, text: str, *, limit: int, conversation_id: str | None = None) -> list[Hit]:
    """All words must be there, newest first; the last one may be only begun, as while it is typed."""
    words = tokens(text)
    if not words:
        return []
    scope = {"conversation_id": conversation_id} if conversation_id else {}
    found = await _find(ctx, {**scope, "words": {"$all": words}}, limit)
    if len(found) < limit:
        whole, begun = words[:-1], words[-1]
        conditions: list[dict[str, Any]] = [scope, {"words": starts_with(begun)}]
        conditions += [{"words": {"$all": whole}}] if whole else []
        seen = {"_id": {"$nin": [row["_id"] for row in found]}}
        found += await _find(ctx, {"$and": [c for c in conditions if c] + [seen]}, limit - len(found))
    return await _with_conversations(ctx, sorted(found, key=lambda row: row["_id"], reverse=True))


async def _find(ctx: Context, where: dict[str, Any], limit: int) -> list[dict[str, Any]]:
    return await ctx.db.messages.all(where, sort=[("_id", -1)], limit=limit)


async def _with_conversations(ctx: Context, rows: list[dict[str, Any]]) -> list[Hit]:
    ids = list({row["conversation_id"] for row in rows})
    seen = await ctx.db.conversations.all({"_id": {"$in": ids}, **conversations.visible(ctx)})
    by_id = {document["_id"]: Conversation.of(document) for document in seen}
    return [
        Hit(Message.of(row), by_id[row["conversation_id"]]) for row in rows if row["conversation_id"] in by_id
    ]


class Numbers(NamedTuple):
    total: int
    by_direction: dict[str, int]
    by_status: dict[str, int]


@_READING
async def numbers(ctx: Context, conversation_id: str) -> Numbers:
    """How many messages of each direction and status; notes do not count."""
    conversation = await conversations.by_id(ctx, conversation_id)
    rows = await ctx.db.messages.aggregate(
        [
            {"$match": {"conversation_id": conversation.id, "direction": {"$ne": Direction.INTERNAL}}},
            {"$group": {"_id": {"direction": "$direction", "status": "$status"}, "count": {"$sum": 1}}},
        ]
    )
    by_direction: dict[str, int] = {"INBOUND": 0, "OUTBOUND": 0}
    by_status: dict[str, int] = {"SENT": 0, "DELIVERED": 0, "READ": 0, "FAILED": 0}
    for row in rows:
        by_direction[row["_id"]["direction"]] += row["count"]
        by_status[row["_id"]["status"]] += row["count"]
    return Numbers(sum(by_direction.values()), by_direction, by_status)


class Stage(NamedTuple):
    stage: str
    at: datetime


@_READING
async def timeline(ctx: Context, id: str) -> list[Stage]:
    """Each step with its time: the message's own stages and every status report, in order."""
    message = await by_id(ctx, id)
    stages = [Stage(name, at) for name, at in message.stages.items()]
    stages += [Stage(f"status.{name}", at) for name, at in message.status_at.items()]
    if message.read_at:
        stages.append(Stage("read_by_agent", message.read_at))
    fed = await ctx.db.events.one(
        {"kind": "message.added", "payload.message._id": id, "conversation_id": message.conversation_id}
    )
    if fed:
        stages.append(Stage("fanned_out", fed["at"]))
    return sorted(stages, key=lambda stage: stage.at)
