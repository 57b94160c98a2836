"""What agents say on the socket (seed 003, WebSocket, Cliente → Servidor), and where it is."""

import time
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from server.desk import events
from server.desk.conversations import queries
from server.desk.messages import actions
from server.dialects.isp import live
from server.dialects.isp.fields import Id
from server.dialects.isp.messages import MessageIn, MessageOut
from server.realtime import Connection, Handlers, Vocabulary, typists
from server.realtime.admission import renew
from server.realtime.raw_socket import encode_frame
from server.realtime.replay import DEFAULT_EVENTS, MAX_EVENTS, replay
from server.web.wire import MAX_KEY
from tenants.context import Context

PATHS = ("/ws/chat", "/api/v1/ws/chat")
handlers = Handlers()
_MAX_SEQ = 2**53


class Said(BaseModel):
    """An event's fields. Clients add others of their own, which mean nothing here."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)


class Place(Said):
    conversation_id: Id


@handlers.on("join_conversation")
async def join(ctx: Context, connection: Connection, body: Place) -> None:
    conversation = await queries.by_id(ctx, body.conversation_id)
    connection.join(conversation.id)
    connection.emit("conversation_joined", {"conversation_id": conversation.id})


@handlers.on("leave_conversation")
async def leave(ctx: Context, connection: Connection, body: Place) -> None:
    typists.stopped(connection, body.conversation_id)
    connection.leave(body.conversation_id)
    connection.emit("conversation_left", {"conversation_id": body.conversation_id})


class Message(MessageIn):
    """As over HTTP. `client_message_id`: sent again with the same one, it is the same message."""

    model_config = ConfigDict(extra="ignore")

    conversation_id: Id
    # The frame's own `type` says what the client wants.
    type: Annotated[
        Literal["text", "image", "document", "template"], Field(validation_alias="message_type")
    ] = "text"
    client_message_id: Annotated[str, StringConstraints(min_length=1, max_length=MAX_KEY)] | None = None


@handlers.on("send_message")
async def send_message(ctx: Context, connection: Connection, body: Message) -> None:
    await queries.by_id(ctx, body.conversation_id)  # before a file is stored for it
    what = await body.for_sending(ctx)
    sent = await actions.send(ctx, body.conversation_id, what, client_message_id=body.client_message_id)
    answer = {
        "conversation_id": body.conversation_id,
        "client_message_id": body.client_message_id,
        "message": MessageOut.of(sent.message).model_dump(),
    }
    connection.emit("message_sent", answer)


@handlers.on("typing_start")
async def typing_start(ctx: Context, connection: Connection, body: Place) -> None:
    """Taken back after some seconds, unless it is said again."""
    if body.conversation_id not in connection.conversations:
        await queries.by_id(ctx, body.conversation_id)
    typists.heard(ctx, connection, body.conversation_id, is_typing=True)


@handlers.on("typing_stop")
async def typing_stop(ctx: Context, connection: Connection, body: Place) -> None:
    typists.stopped(connection, body.conversation_id)


@handlers.on("ping", always=True)
async def ping(ctx: Context, connection: Connection, body: Said) -> None:
    connection.emit("pong")


class NewToken(Said):
    token: Annotated[str, StringConstraints(min_length=1, max_length=4096)]


@handlers.on("auth", always=True)
async def authenticate(ctx: Context, connection: Connection, body: NewToken) -> None:
    """The first frame of a client that could not show its token otherwise; later a newer token."""
    identity = await renew(connection, body.token)
    connection.emit("authenticated", {"expires_in": identity.claims.exp - round(time.time())})


class Sync(Said):
    """`after` None: only where the feed stands now, to begin with before the lists are read."""

    after: Annotated[int, Field(ge=0, le=_MAX_SEQ)] | None = None
    limit: Annotated[int, Field(ge=1, le=MAX_EVENTS)] = DEFAULT_EVENTS


@handlers.on("sync")
async def sync(ctx: Context, connection: Connection, body: Sync) -> None:
    """What happened after the event of this `seq`, as the frames that would have told it."""
    after = await queries.feed_position(ctx) if body.after is None else body.after
    found = await replay(ctx, live.frames, after=after, limit=body.limit)
    told = [
        {**payload, "type": name, "seq": entry["seq"]}
        for entry in found.entries
        for name, payload in entry.get("frames", [])
    ]
    position = {"through": found.through, "more": found.more, "reset": found.reset}
    connection.emit("sync", {"events": told, **position})


vocabulary = Vocabulary(
    frames=live.frames,
    handlers=handlers,
    ephemeral={events.TypingChanged.kind: live.typing_frames},
    encode=encode_frame,
    refusal=live.refusal,
    expired=live.expired,
    concerning=live.CONCERNING,
    digest=live.queue_digest,
)
