"""What a message to be sent names: each must be this tenant's, and of this conversation."""

from typing import Any

from server.desk import templates
from server.desk.conversations.models import Conversation
from server.desk.media_types import kind_of
from server.desk.messages.content import AnyContent, MediaContent, ReactionContent, Template
from server.desk.messages.models import Kind
from tenants.context import Context
from tenants.problems import Invalid

Document = dict[str, Any]
_HEADS = {Kind.IMAGE, Kind.VIDEO, Kind.DOCUMENT}
_NO_FILE = "não leva arquivo"
_TAKES: dict[str | None, str] = {
    Kind.IMAGE: "leva uma imagem",
    Kind.VIDEO: "leva um vídeo",
    Kind.DOCUMENT: "leva um documento",
    Kind.TEXT: _NO_FILE,
    Kind.LOCATION: _NO_FILE,
    None: _NO_FILE,
}


async def named_by(
    ctx: Context, conversation: Conversation, content: AnyContent, reply_to_id: str | None
) -> Document:
    """The fields of the message that come of it. Raises Invalid."""
    more: Document = {"media": None, "reply_to_id": None, "reply_to_wamid": None}
    if reply_to_id:
        target = await _message_here(ctx, conversation, reply_to_id, "replyToId")
        more |= {"reply_to_id": target["_id"], "reply_to_wamid": target.get("wamid")}
    if isinstance(content, ReactionContent):
        target = await _message_here(ctx, conversation, content.target, "metadata.messageId")
        more |= {"reply_to_id": target["_id"], "target_wamid": target.get("wamid")}
    if isinstance(content, MediaContent):
        more["media"] = await _media(ctx, content)
    if isinstance(content, Template) and content.media_id:
        more["media"] = await _header(ctx, conversation.channel_id, content, content.media_id)
    return more


async def _message_here(ctx: Context, conversation: Conversation, id: str, field: str) -> Document:
    found = await ctx.db.messages.one({"_id": id, "conversation_id": conversation.id})
    if found is None or not found.get("wamid"):
        raise Invalid.field(field, "Mensagem desconhecida nesta conversa, ou ainda não aceita pelo WhatsApp.")
    return found


async def _media(ctx: Context, content: MediaContent) -> Document:
    if content.media_id is None:
        return {"link": content.link, "filename": content.filename, "voice": content.voice}
    stored = await _stored(ctx, content.media_id)
    return {**stored, "filename": content.filename or stored["filename"], "voice": content.voice}


async def _header(ctx: Context, channel_id: str, content: Template, media_id: str) -> Document:
    """What the template's header takes is checked where we know the template, and its format of header."""
    stored = await _stored(ctx, media_id)
    kind = kind_of(stored["mime_type"])
    if kind not in _HEADS:
        raise Invalid.field("mediaId", "O cabeçalho de um modelo leva imagem, vídeo ou documento.")
    template = await templates.named(ctx, channel_id, content.template_name, content.language_code)
    if template and template.header_format in _TAKES and template.header_format != kind:
        raise Invalid.field("mediaId", f"O cabeçalho deste modelo {_TAKES[template.header_format]}.")
    return stored


async def _stored(ctx: Context, media_id: str) -> Document:
    stored = await ctx.db.media.by_id(media_id)
    if stored is None:
        raise Invalid.field("mediaId", "Arquivo desconhecido.")
    return {
        "id": stored["_id"], "mime_type": stored["mime_type"], "size": stored["size"], "sha256": stored["sha256"],
        "filename": stored.get("filename"),
    }  # fmt: skip
