"""How a conversation begins: the customer writes, or an agent starts it with a contact."""

from datetime import datetime
from typing import Any, NamedTuple

from server.desk.contacts.models import snapshot
from server.desk.conversations import queries, tallies
from server.desk.conversations.models import (
    AnotherIsOpen,
    Conversation,
    ConversationStatus,
    OpenedBy,
    Priority,
)
from server.desk.conversations.waiting import distribution_wanted
from server.desk.events import ConversationOpened
from tenants.context import Context, atomic
from tenants.db import Duplicate
from tenants.ids import new_id
from tenants.permissions import Permission, requires
from tenants.problems import Invalid

Document = dict[str, Any]


class Opened(NamedTuple):
    conversation: Conversation
    new: bool  # False: the contact had this one open on the channel


def new_conversation(
    ctx: Context, contact: Document, *, channel_id: str, number: int, opened_by: OpenedBy, at: datetime
) -> Document:
    with_assistant = opened_by is OpenedBy.CUSTOMER and ctx.tenant.settings.assistant.answers_customers
    return {
        "_id": new_id(), "tenant_id": ctx.tenant.id, "number": number, "contact_id": contact["_id"],
        "contact": snapshot(contact), "channel_id": channel_id, "status": ConversationStatus.OPEN,
        "priority": Priority.MEDIUM, "assigned_to_id": None, "assigned_to": None, "team_id": None, "tag_ids": [],
        "tags": [], "open": True, "queued_at": None if with_assistant else at,
        "with_assistant": with_assistant, "seq": 0, "unread_count": 0, "last_message_at": at, "words": contact["words"],
        "window_expires_at": contact.get("windows", {}).get(channel_id), "created_at": at, "updated_at": at,
        "opened_by": opened_by,
    }  # fmt: skip


@requires(Permission.CONVERSATIONS_WORK)
async def open_with(ctx: Context, contact_id: str, *, channel_id: str) -> Opened:
    """The contact's open conversation on the channel, or a new one.

    Raises Invalid for a contact or channel that is not there, AnotherIsOpen when this actor may not see the open one.
    """
    number = await ctx.db.next_number("conversations")
    try:
        return Opened(await _open(ctx, contact_id, channel_id, number), new=True)
    except Duplicate as taken:
        where = {"contact_id": contact_id, "channel_id": channel_id, "open": True}
        found = await ctx.db.conversations.one({**where, **queries.visible(ctx)})
        if found is None:
            raise AnotherIsOpen from taken
        return Opened(Conversation.of(found), new=False)


@atomic
async def _open(ctx: Context, contact_id: str, channel_id: str, number: int) -> Conversation:
    if not await ctx.db.channels.exists({"_id": channel_id, "deleted": False}):
        raise Invalid.field("channelId", "Canal desconhecido.")
    now = ctx.now()
    begun = {"$set": {"last_conversation_at": now}, "$inc": {"conversations_count": 1}}
    contact = await ctx.db.contacts.change({"_id": contact_id, "deleted_at": None}, begun)
    if contact is None:
        raise Invalid.field("contactId", "Contato desconhecido.")
    if not any(contact.get(address) for address in ("phone", "wa_id", "user_id")):
        raise Invalid.field("contactId", "O contato não tem telefone.")
    conversation = new_conversation(
        ctx, contact, channel_id=channel_id, number=number, opened_by=OpenedBy.AGENT, at=now
    )
    await ctx.db.conversations.insert(conversation)
    await tallies.record(ctx, [(None, conversation)])
    ctx.publish(ConversationOpened(conversation_id=conversation["_id"], conversation=conversation))
    distribution_wanted(ctx)
    return Conversation.of(conversation)
