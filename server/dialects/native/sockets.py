"""What clients say on the socket (seed 004, WebSocket). Each event answers its callback as well as by its own event."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from server.bus import Signal
from server.desk import events
from server.desk.conversations import queries
from server.desk.conversations.models import ConversationNotFound
from server.desk.messages import actions
from server.dialects.native import live
from server.realtime import Connection, Handlers, Vocabulary, typists
from server.realtime.admission import check_slug, renew
from server.realtime.packets import encode_event
from server.realtime.replay import DEFAULT_EVENTS, MAX_EVENTS, Replay, replay
from tenants.context import Context

handlers = Handlers()
Answer = dict[str, Any]
Id = Annotated[str, StringConstraints(min_length=1, max_length=64)]
_MAX_SEQ = 2**53
# A busy tenant's feed may grow while a page is read; after so many pages the client is asked to come again.
_PAGES_TO_GO_LIVE = 5


class Said(BaseModel):
    """An event's payload. Clients add fields of their own, which mean nothing here."""

    model_config = ConfigDict(extra="ignore")


class Nothing(Said):
    @model_validator(mode="before")
    @classmethod
    def _whatever(cls, _value: Any) -> Any:
        return {}


class Place(Said):
    """`{conversationId}`, or the bare id."""

    conversationId: Id

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, value: Any) -> Any:
        return {"conversationId": value} if isinstance(value, str) else value


@handlers.on("conversation:join")
async def join(ctx: Context, connection: Connection, body: Place) -> Answer:
    await _check_visible(ctx, body.conversationId)
    connection.join(body.conversationId)
    return _confirm(connection, "conversation:joined", {"conversationId": body.conversationId})


@handlers.on("conversation:leave")
async def leave(ctx: Context, connection: Connection, body: Place) -> Answer:
    typists.stopped(connection, body.conversationId)
    connection.leave(body.conversationId)
    return _confirm(connection, "conversation:left", {"conversationId": body.conversationId})


class Typing(Said):
    conversationId: Id
    isTyping: bool = True


@handlers.on("conversation:typing", "user:typing")
async def typing(ctx: Context, connection: Connection, body: Typing) -> Answer:
    if body.conversationId not in connection.conversations:
        await _check_visible(ctx, body.conversationId)
    typists.heard(ctx, connection, body.conversationId, is_typing=body.isTyping)
    return {"conversationId": body.conversationId, "isTyping": body.isTyping}


class Viewing(Said):
    conversationId: Id
    isViewing: bool = True


@handlers.on("conversation:viewing")
async def viewing(ctx: Context, connection: Connection, body: Viewing) -> Answer:
    """Said again every 15 seconds: colleagues forget it after 30."""
    if body.conversationId not in connection.conversations:
        await _check_visible(ctx, body.conversationId)
    seen = events.ViewingChanged(
        conversation_id=body.conversationId,
        user_id=connection.user_id,
        user_name=connection.identity.user.name,
        is_viewing=body.isViewing,
        socket_id=connection.sid,
    )
    connection.runtime.bus.signal(Signal(connection.floor.tenant_id, seen.kind, seen.payload()))
    return {"conversationId": body.conversationId, "isViewing": body.isViewing}


class Read(Said):
    messageIds: Annotated[list[Id], Field(max_length=500)]


@handlers.on("messages:mark-read")
async def mark_read(ctx: Context, connection: Connection, body: Read) -> Answer:
    """Answers the ids that there are; others' and unknown ones are left out."""
    marked = await actions.mark_read(ctx, body.messageIds)
    return _confirm(connection, "messages:marked-read", {"messageIds": marked})


@handlers.on("ping", always=True)
async def ping(ctx: Context, connection: Connection, body: Nothing) -> Answer:
    connection.emit("pong")
    return {}


class TenantNamed(Said):
    tenantSlug: Annotated[str, StringConstraints(min_length=1, max_length=64)]


@handlers.on("join-tenant")
async def join_tenant(ctx: Context, connection: Connection, body: TenantNamed) -> Answer:
    """A socket is its tenant's from the handshake on; this only checks that the client means the same one."""
    check_slug(connection.identity, body.tenantSlug)
    return {"tenantSlug": ctx.tenant.slug}


class NewToken(Said):
    token: Annotated[str, StringConstraints(min_length=1, max_length=4096)]


@handlers.on("auth:refresh", always=True)
async def refresh(ctx: Context, connection: Connection, body: NewToken) -> Answer:
    identity = await renew(connection, body.token)
    return {"expiresAt": identity.claims.exp}


class Sync(Said):
    after: Annotated[int, Field(ge=0, le=_MAX_SEQ)]
    limit: Annotated[int, Field(ge=1, le=MAX_EVENTS)] = DEFAULT_EVENTS
    live: bool = False


@handlers.on("sync")
async def sync(ctx: Context, connection: Connection, body: Sync) -> Answer:
    """`live` turns on the durable mode: from `through` on each event comes as one `ev`, and no plain durable ones."""
    found = await replay(ctx, live.frames, after=body.after, limit=body.limit)
    if body.live and not found.reset:
        found = await _up_to_now(ctx, connection, found)
        connection.cursor = max(found.through, connection.cursor or 0)
    return found.as_answer()


async def _up_to_now(ctx: Context, connection: Connection, found: Replay) -> Replay:
    """The last page must reach what this process has already shown, or the next `ev` would leave a gap."""
    for _ in range(_PAGES_TO_GO_LIVE):
        if found.more or found.through >= connection.floor.cursor:
            return found
        found = found.followed_by(await replay(ctx, live.frames, after=found.through, limit=MAX_EVENTS))
    return found._replace(more=found.through < connection.floor.cursor)


async def _check_visible(ctx: Context, conversation_id: str) -> None:
    if not await ctx.db.conversations.exists({"_id": conversation_id, **queries.visible(ctx)}):
        raise ConversationNotFound


def _confirm(connection: Connection, name: str, payload: Answer) -> Answer:
    connection.emit(name, payload)
    return payload


vocabulary = Vocabulary(
    frames=live.frames,
    handlers=handlers,
    ephemeral={
        events.TypingChanged.kind: live.typing_frames,
        events.ViewingChanged.kind: live.viewing_frames,
        events.PresenceChanged.kind: live.presence_frames,
    },
    encode=encode_event,
    refusal=live.refusal,
    expired=live.expired,
    tail=live.tail,
)
