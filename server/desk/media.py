"""Files of messages: uploaded by agents, or fetched from the provider. The bytes are in `ctx.db.files` under the media id."""

import contextlib
import hashlib
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO, Any

from server.desk import media_types
from server.desk.events import MessageChanged
from server.desk.messages.documents import public
from server.desk.messages.models import Kind, Message
from tenants.context import Context, atomic
from tenants.ids import new_id
from tenants.models import Document
from tenants.permissions import Permission, requires
from tenants.problems import Invalid, NotFound

Row = dict[str, Any]

MAX_BYTES = 100 * 1024 * 1024
_IN_MEMORY_BYTES = 1024 * 1024
_HEAD_BYTES = 8192


class StoredMedia(Document):
    number: int
    kind: Kind
    mime_type: str
    size: int
    filename: str | None = None
    sha256: str  # hex
    created_by_id: str | None = None
    created_at: datetime


class MediaNotFound(NotFound):
    message = "Arquivo não encontrado."


class TypeRefused(Invalid):
    message = "O WhatsApp não aceita este tipo de arquivo."


class FileTooLarge(Invalid):
    message = "O arquivo é grande demais."


@dataclass(slots=True)
class Spool:
    """A file on its way in: counted, hashed, and on disk once it is large."""

    file: IO[bytes]
    size: int = 0
    sha256: str = ""
    head: bytes = b""


@contextlib.asynccontextmanager
async def spooled(chunks: AsyncIterator[bytes], *, limit: int = MAX_BYTES) -> AsyncIterator[Spool]:
    """Raises FileTooLarge as soon as there are more than `limit` bytes."""
    digest = hashlib.sha256()
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES) as file:
        spool = Spool(file)
        async for chunk in chunks:
            spool.size += len(chunk)
            if spool.size > limit:
                raise FileTooLarge(f"O arquivo passa de {limit // 1024**2} MB.")
            if len(spool.head) < _HEAD_BYTES:
                spool.head += chunk[:_HEAD_BYTES]
            digest.update(chunk)
            file.write(chunk)
        file.seek(0)
        spool.sha256 = digest.hexdigest()
        yield spool


@requires(Permission.CONVERSATIONS_READ)
async def by_id(ctx: Context, id: str) -> StoredMedia:
    found = await ctx.db.media.by_id(id)
    if found is None:
        raise MediaNotFound
    return StoredMedia.of(found)


@requires(Permission.CONVERSATIONS_WORK)
async def upload(
    ctx: Context,
    chunks: AsyncIterator[bytes],
    *,
    filename: str | None,
    declared: str | None,
    kind: Kind | None = None,
) -> StoredMedia:
    """Keep a file to send. Its bytes tell what it is; `declared` only decides between what they allow.

    Raises TypeRefused for what WhatsApp does not carry, or not as `kind`; FileTooLarge beyond the limit of its kind.
    """
    async with spooled(chunks) as spool:
        if not spool.size:
            raise Invalid.field("file", "O arquivo está vazio.")
        mime_type = media_types.sniff(spool.head, declared=declared, filename=filename) or ""
        found = _sendable(mime_type, spool, kind)
        async with _put(ctx, spool, kind=found, mime_type=mime_type, filename=filename) as row:
            return StoredMedia.of(await ctx.db.media.insert(row))


def _sendable(mime_type: str, spool: Spool, wanted: Kind | None) -> Kind:
    try:
        kind = media_types.check_kind(mime_type, wanted)
    except Invalid as refused:
        raise TypeRefused(fields=refused.fields) from refused
    try:
        return media_types.check_upload(
            kind, mime_type, spool.size, animated=media_types.is_animated(spool.head)
        )
    except Invalid as too_large:
        raise FileTooLarge(fields=too_large.fields) from too_large


async def attach(ctx: Context, message_id: str, spool: Spool, *, mime_type: str) -> None:
    """The file of a received message has come: the message shows it from now on."""
    found = await ctx.db.messages.by_id(message_id)
    if found is None:
        return
    message = Message.of(found)
    filename = message.media.filename if message.media else None
    async with _put(ctx, spool, kind=message.kind, mime_type=mime_type, filename=filename) as row:
        await _attach(ctx, message_id, row)


@atomic
async def _attach(ctx: Context, message_id: str, row: Row) -> None:
    await ctx.db.media.insert(row)
    got = {
        "media.id": row["_id"],
        "media.size": row["size"],
        "media.mime_type": row["mime_type"],
        "media.error": None,
    }
    await _set(ctx, message_id, {**got, "media.pending": False, "media.due_at": None})


@atomic
async def give_up(ctx: Context, message_id: str, *, error: str) -> None:
    """The file will never come; the message says why."""
    await _set(ctx, message_id, {"media.error": error, "media.pending": False, "media.due_at": None})


async def _set(ctx: Context, message_id: str, fields: Row) -> None:
    changed = await ctx.db.messages.change({"_id": message_id}, {"$set": fields})
    if changed:
        ctx.publish(MessageChanged(conversation_id=changed["conversation_id"], message=public(changed)))


async def claim_due(ctx: Context, *, lease: timedelta) -> Message | None:
    """The next message whose file is to be fetched, ours for `lease`: whoever else looks finds it later again."""
    now = ctx.now()
    claimed = await ctx.db.messages.change(
        {"media.pending": True, "media.due_at": {"$lte": now}},
        {"$set": {"media.due_at": now + lease}, "$inc": {"media.attempts": 1}},
        sort=[("media.due_at", 1)],
    )
    return Message.of(claimed) if claimed else None


async def try_again(ctx: Context, message_id: str, *, after: timedelta) -> None:
    await ctx.db.messages.update({"_id": message_id}, {"$set": {"media.due_at": ctx.now() + after}})


@contextlib.asynccontextmanager
async def _put(
    ctx: Context, spool: Spool, *, kind: Kind, mime_type: str, filename: str | None
) -> AsyncIterator[Row]:
    """Stores the bytes and gives the row that is to lead to them; without the row the bytes go again."""
    id = new_id()
    await ctx.db.files.put(id, spool.file, mime_type=mime_type)
    try:
        yield {
            "_id": id,
            "number": await ctx.db.next_number("media"),
            "kind": kind,
            "mime_type": mime_type,
            "size": spool.size,
            "filename": filename,
            "sha256": spool.sha256,
            "created_by_id": ctx.actor.id,
            "created_at": ctx.now(),
        }
    except BaseException:
        await ctx.db.files.delete(id)
        raise
