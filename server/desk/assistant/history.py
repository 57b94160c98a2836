"""What was said in a conversation, as the assistant reads it."""

from itertools import dropwhile
from typing import Any, NamedTuple

from server.desk.assistant.outside import Said
from server.desk.messages.models import Direction, Kind
from tenants.context import Context

Document = dict[str, Any]
_READ_BACK = 20
_AT_ONCE = 10
_LONGEST = 2000
# Nobody expects an answer to these.
_SILENT = [Kind.REACTION, Kind.SYSTEM, Kind.NOTE]


class Unanswered(NamedTuple):
    """What the customer has written since he was last answered. `readable`: whether there is a text in it.

    `message_id` is the newest one's, `seq` the oldest one's.
    """

    message_id: str
    seq: int
    text: str
    readable: bool


async def unanswered(ctx: Context, conversation_id: str) -> Unanswered | None:
    said = {"conversation_id": conversation_id, "kind": {"$nin": _SILENT}}
    newest_first = await ctx.db.messages.all(said, sort=[("seq", -1)], limit=_AT_ONCE)
    rows: list[Document] = []
    for row in newest_first:
        if row["direction"] != Direction.INBOUND:
            break
        rows.insert(0, row)
    if not rows:
        return None
    text = "\n".join(row["text"].strip() for row in rows if row["text"].strip())[-_LONGEST:]
    return Unanswered(rows[-1]["_id"], rows[0]["seq"], text, readable=bool(text))


async def history(ctx: Context, conversation_id: str, *, before: int | None = None) -> list[Said]:
    """The last texts, oldest first, beginning with one of the customer's; `before`: the seq of the first message that is not history."""
    said: Document = {"conversation_id": conversation_id, "direction": {"$ne": Direction.INTERNAL}}
    if before is not None:
        said["seq"] = {"$lt": before}
    rows = await ctx.db.messages.all(said, sort=[("seq", -1)], limit=_READ_BACK)
    texts = [
        Said(row["direction"] == Direction.INBOUND, row["text"][:_LONGEST])
        for row in reversed(rows)
        if row["text"]
    ]
    return list(dropwhile(lambda said: not said.by_customer, texts))
