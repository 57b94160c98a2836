"""What customers do to messages they already sent: edit and take back."""

from typing import Any

from server.desk.events import MessageChanged
from server.desk.messages.documents import public
from server.desk.messages.inbound import Edited, Revoked
from server.desk.words import tokens
from tenants.context import Context, atomic


async def edit(ctx: Context, edited: Edited) -> bool:
    """False when the message is not here (yet)."""
    changes = {"text": edited.text, "words": tokens(edited.text), "edited_at": edited.at}
    return await _amend(ctx, edited.target, changes)


async def revoke(ctx: Context, revoked: Revoked) -> bool:
    """The agent may still read what was taken back: the customer wrote it and an answer may refer to it."""
    return await _amend(ctx, revoked.target, {"deleted_at": revoked.at})


@atomic
async def _amend(ctx: Context, wamid: str, changes: dict[str, Any]) -> bool:
    after = await ctx.db.messages.change({"wamid": wamid}, {"$set": changes})
    if after is None:
        return False
    ctx.publish(MessageChanged(conversation_id=after["conversation_id"], message=public(after)))
    return True
