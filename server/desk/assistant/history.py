"""What was said in a conversation, as the assistant reads it."""

from collections.abc import Sequence
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

    `message_id` is the newest one's; `seqs` are theirs, in order.
    """

    message_id: str
    seqs: list[int]
    text: str
    readable: bool


async def unanswered(ctx: Context, conversation_id: str, *, after: int) -> Unanswered | None:
    """Of what came `after` this `seq`. An answer may come after a message that it knew nothing of."""
    said = {
        "conversation_id": conversation_id, "direction": Direction.INBOUND, "kind": {"$nin": _SILENT},
        "seq": {"$gt": after},
    }  # fmt: skip
    rows = (await ctx.db.messages.all(said, sort=[("seq", -1)], limit=_AT_ONCE))[::-1]
    if not rows:
        return None
    text = "\n".join(row["text"].strip() for row in rows if row["text"].strip())[-_LONGEST:]
    return Unanswered(rows[-1]["_id"], [row["seq"] for row in rows], text, readable=bool(text))


async def history(ctx: Context, conversation_id: str, *, without: Sequence[int] = ()) -> list[Said]:
    """The last texts, oldest first, beginning with one of the customer's; `without` those of these `seq`s."""
    said: Document = {
        "conversation_id": conversation_id, "direction": {"$ne": Direction.INTERNAL},
        "seq": {"$nin": list(without)},
    }  # fmt: skip
    rows = await ctx.db.messages.all(said, sort=[("seq", -1)], limit=_READ_BACK)
    texts = [
        Said(row["direction"] == Direction.INBOUND, row["text"][:_LONGEST])
        for row in reversed(rows)
        if row["text"]
    ]
    return list(dropwhile(lambda said: not said.by_customer, texts))
