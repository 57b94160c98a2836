"""Asking the customer, when his conversation is closed, how he was served.

What he taps is stored in that conversation, which stays closed: an answer to our question begins nothing new.
"""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from server.desk import window
from server.desk.contacts.identities import identify
from server.desk.conversations.changing import change
from server.desk.conversations.models import Conversation
from server.desk.messages.content import ListMenu, Row, Section
from server.desk.messages.documents import received_message
from server.desk.messages.inbound import Received
from server.desk.messages.models import Automatic, Kind
from server.desk.messages.sending import add_to_row, send
from tenants.context import Context, atomic
from tenants.db import Duplicate

Document = dict[str, Any]
_CHOICE = re.compile(r"rating:([0-9a-z]{26}):([1-5])")
_STARS = {5: "Ótimo", 4: "Bom", 3: "Regular", 2: "Ruim", 1: "Péssimo"}
_BUTTON = "Avaliar"


async def ask(ctx: Context, conversation: Conversation) -> bool:
    """Whether he was asked: once a conversation, and only while it may be said.

    To be called before it is closed, in the same transaction.
    """
    text = ctx.tenant.settings.replies.survey
    reachable = window.is_open(conversation.window_expires_at, now=ctx.now())
    if not text or not reachable or ctx.actor.is_house:
        return False
    rows = [
        Row(id=f"rating:{conversation.id}:{stars}", title=f"{'★' * stars} {word}")
        for stars, word in _STARS.items()
    ]
    menu = ListMenu(body_text=text, button_text=_BUTTON, sections=[Section(rows=rows)])
    key = f"survey:{conversation.id}"
    sent = await send(ctx, conversation.id, menu, client_message_id=key, automatic=Automatic.SURVEY)
    return sent.new


async def take_answers(ctx: Context, channel_id: str, batch: Sequence[Received]) -> list[Received]:
    """Store the ratings among `batch`; returns the other messages. Taking one twice changes nothing."""
    return [received for received in batch if not await _take(ctx, channel_id, received)]


class _Choice(NamedTuple):
    conversation_id: str
    stars: int


def _choice(received: Received) -> _Choice | None:
    if received.kind is not Kind.INTERACTIVE or received.echo:
        return None
    named = _CHOICE.fullmatch(str(received.details.get("id")))
    return _Choice(named[1], int(named[2])) if named else None


async def _take(ctx: Context, channel_id: str, received: Received) -> bool:
    choice = _choice(received)
    if choice is None:
        return False
    number = await ctx.db.next_number("messages")
    try:
        return await _rate(ctx, channel_id, received, choice, number)
    except Duplicate:  # another process has just stored the same message
        return True


@atomic
async def _rate(ctx: Context, channel_id: str, received: Received, choice: _Choice, number: int) -> bool:
    """False where there is no such closed conversation of whoever answers: then it is a message like any other."""
    if await ctx.db.messages.exists({"wamid": received.wamid}):
        return True
    [contact] = await identify(ctx, [received.sender])
    id, stars = choice
    rated = {"_id": id, "channel_id": channel_id, "contact_id": contact["_id"], "open": False}
    row = await ctx.db.conversations.change(rated, {"$inc": {"seq": 1}})
    if row is None:
        return False
    now = ctx.now()
    message = received_message(row, received, number, now=now, is_read=True)
    await ctx.db.messages.insert(message)
    await change(ctx, id, {"rating": stars, "rated_at": now}, at=now)
    await add_to_row(ctx, row, message)
    return True
