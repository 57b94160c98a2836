"""Writing to a telephone number, whoever has it and whether or not a conversation with him is open."""

from server.desk.channels import ChannelStatus
from server.desk.contacts import directory
from server.desk.contacts.queries import owner_of
from server.desk.conversations import opening, queries
from server.desk.conversations.models import AnotherIsOpen
from server.desk.messages.content import AnyContent
from server.desk.messages.sending import Sent, send
from tenants.context import Context, atomic
from tenants.permissions import Permission, requires
from tenants.problems import Conflict


class NoChannel(Conflict):
    code = "NO_CHANNEL"
    message = "Nenhum número de WhatsApp está conectado; conecte um antes de enviar."


@requires(Permission.CONVERSATIONS_WORK)
@atomic
async def send_to(
    ctx: Context, phone: str, content: AnyContent, *, client_message_id: str | None = None
) -> Sent:
    """In the contact's open conversation, or in one begun for it; a new number becomes a contact.

    All of it or nothing: where the message may not be sent, nothing is begun. `phone` as `normal_phone` gives it. Raises
    NoChannel, AnotherIsOpen, and what `send` raises.
    """
    contact_id = await owner_of(ctx, phone) or (await directory.create(ctx, phone=phone)).id
    return await send(ctx, await _conversation(ctx, contact_id), content, client_message_id=client_message_id)


async def _conversation(ctx: Context, contact_id: str) -> str:
    """The open one last in touch, where several channels have one; else a new one."""
    here = {"contact_id": contact_id, "open": True}
    found = await ctx.db.conversations.all(here, sort=queries.NEWEST_FIRST, fields=["channel_id"])
    seen = await queries.visible_ids(ctx, [conversation["_id"] for conversation in found])
    for conversation in found:
        if conversation["_id"] in seen:
            return str(conversation["_id"])
    channel_id = await _channel(ctx)
    if channel_id in {conversation["channel_id"] for conversation in found}:
        raise AnotherIsOpen
    return (await opening.open_with(ctx, contact_id, channel_id=channel_id)).conversation.id


async def _channel(ctx: Context) -> str:
    """The oldest that works; else the oldest, which keeps what is queued until it does."""
    channels = await ctx.db.channels.all({"deleted": False}, sort=[("number", 1)], fields=["status"])
    if not channels:
        raise NoChannel
    working = [channel for channel in channels if channel["status"] == ChannelStatus.CONNECTED]
    return str((working or channels)[0]["_id"])
