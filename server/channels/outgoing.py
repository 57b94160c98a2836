"""Dressing a stored message for its provider: recipient, file, what it answers."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from server.channels.base import Channel, Outgoing
from server.desk.messages import statuses
from server.desk.messages.models import Kind, Media, SendError
from tenants.context import Context

Document = dict[str, Any]

RECEIPT_ATTEMPTS = 4
# The provider forgets an uploaded file after 30 days.
_UPLOAD_LASTS = timedelta(days=29)
FILE_GONE = SendError(code="FILE_GONE", title="Arquivo não encontrado", next_step="Anexe o arquivo de novo.")


async def recipients(ctx: Context, messages: Sequence[Document]) -> dict[str, Document]:
    """The contact's addresses as its conversation shows them, by conversation id."""
    found = await ctx.db.conversations.by_ids([message["conversation_id"] for message in messages])
    return {id: conversation["contact"] for id, conversation in found.items()}


def compose(message: Document, contact: Document) -> Outgoing:
    return Outgoing(
        to=contact.get("wa_id") or contact.get("phone"),
        user_id=contact.get("user_id"),
        kind=Kind(message["kind"]),
        text=message["text"],
        details=message["details"],
        media=Media.model_validate(message["media"]) if message.get("media") else None,
        reply_to=message.get("reply_to_wamid"),
        target_wamid=message.get("target_wamid"),
        opaque=statuses.opaque(message["_id"], message["attempt"]),
    )


def needs_upload(message: Document) -> bool:
    media = message.get("media") or {}
    return bool(media.get("id")) and not media.get("provider_id")


async def upload(ctx: Context, provider: Channel, message: Document) -> None:
    """Give the provider our file, once for each channel, and remember its id. Raises SendFailed, or LookupError if it is gone."""
    media, channel_id = message["media"], message["channel_id"]
    stored = await ctx.db.media.by_id(media["id"])
    if stored is None:
        raise LookupError(media["id"])
    known = stored.get("uploads", {}).get(channel_id)
    provider_id = known["id"] if known and known["at"] > ctx.now() - _UPLOAD_LASTS else None
    if provider_id is None:
        content = await ctx.db.files.read(media["id"])
        name = media.get("filename") or stored.get("filename") or media["id"]
        provider_id = await provider.upload(content, mime_type=stored["mime_type"], filename=name)
        remembered = {f"uploads.{channel_id}": {"id": provider_id, "at": ctx.now()}}
        await ctx.db.media.update({"_id": media["id"]}, {"$set": remembered})
    await ctx.db.messages.update({"_id": message["_id"]}, {"$set": {"media.provider_id": provider_id}})


async def due_receipts(ctx: Context, channel_id: str) -> list[Document]:
    due = {"channel_id": channel_id, "receipt.due": True, "receipt.due_at": {"$lte": ctx.now()}}
    return await ctx.db.conversations.all(due, limit=50, fields=["receipt"])


async def settle_receipt(ctx: Context, conversation: Document, *, failed: bool) -> None:
    """Done, to be tried again in a while, or given up: a missing tick is no lost message."""
    receipt = conversation["receipt"]
    attempts = receipt["attempts"] + 1
    again = failed and attempts < RECEIPT_ATTEMPTS
    changes = {
        "receipt.due": again,
        "receipt.attempts": attempts,
        "receipt.due_at": ctx.now() + timedelta(seconds=15 * attempts),
    }
    # A newer receipt that came meanwhile stays due.
    same = {"_id": conversation["_id"], "receipt.wamid": receipt["wamid"]}
    await ctx.db.conversations.update(same, {"$set": changes})
