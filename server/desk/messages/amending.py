"""What customers do to messages they already sent: edit and take back.

Kept before it is applied: like a status, an edit may come before its message, twice, or after a newer one.
"""

import hashlib
from collections.abc import Sequence
from typing import Any

from server.desk.events import MessageChanged
from server.desk.messages.documents import public
from server.desk.messages.inbound import Edited, Revoked
from server.desk.words import tokens
from tenants.context import Context, atomic
from tenants.ids import new_id

Document = dict[str, Any]


async def amend(ctx: Context, amendment: Edited | Revoked) -> None:
    """If its message is not here yet it waits, and a sweep looks again."""
    await ctx.db.amendments.insert_new([_kept(ctx, amendment)])
    await apply(ctx, [amendment.target])


def _kept(ctx: Context, amendment: Edited | Revoked) -> Document:
    text = amendment.text if isinstance(amendment, Edited) else None
    named = f"{amendment.target} {amendment.at.isoformat()} {text}"
    return {
        "_id": new_id(), "wamid": amendment.target, "at": amendment.at, "text": text, "applied": False,
        "recorded_at": ctx.now(), "digest": hashlib.sha256(named.encode(errors="surrogatepass")).hexdigest(),
    }  # fmt: skip


@atomic
async def apply(ctx: Context, wamids: Sequence[str]) -> int:
    """Apply what waits for these messages and can be applied; returns how many amendments that were."""
    waiting = await ctx.db.amendments.all({"wamid": {"$in": list(wamids)}, "applied": False})
    here = {
        m["wamid"]: m for m in await ctx.db.messages.all({"wamid": {"$in": [w["wamid"] for w in waiting]}})
    }
    due = [amendment for amendment in waiting if amendment["wamid"] in here]
    for amendment in due:
        await _apply(ctx, amendment)
    await ctx.db.amendments.update_all({"_id": {"$in": [a["_id"] for a in due]}}, {"$set": {"applied": True}})
    return len(due)


async def _apply(ctx: Context, amendment: Document) -> None:
    """The newest edit counts, and the first revocation. The agent may still read what was taken back."""
    at, text = amendment["at"], amendment["text"]
    if text is None:
        given, changes = {"$or": [{"deleted_at": None}, {"deleted_at": {"$gt": at}}]}, {"deleted_at": at}
    else:
        older = [{"edited_at": None}, {"edited_at": {"$lt": at}}, {"edited_at": at, "text": {"$lt": text}}]
        given, changes = {"$or": older}, {"text": text, "words": tokens(text), "edited_at": at}
    after = await ctx.db.messages.change({"wamid": amendment["wamid"], **given}, {"$set": changes})
    if after:
        shown = {"_id": after["conversation_id"], "last_message.id": after["_id"]}
        await ctx.db.conversations.update(shown, {"$set": {"last_message.text": after["text"]}})
        ctx.publish(MessageChanged(conversation_id=after["conversation_id"], message=public(after)))
