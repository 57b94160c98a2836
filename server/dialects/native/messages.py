"""Mensagens (seed 004): read, send of every kind, retry, read marks, search, timeline."""

from typing import Annotated, Any

from aiohttp import web
from pydantic import BaseModel, Field, StringConstraints

from server.desk.messages import actions, content, queries
from server.desk.messages.models import MEDIA_KINDS, Kind, Policy
from server.desk.messages.sending import Sent
from server.dialects.native.fields import Id
from server.dialects.native.schemas import In, Moment, Out, Query
from server.dialects.native.schemas_conversations import HitOut, MessageOut
from server.dialects.native.words import content_of, in_wire_names, snake
from server.web.endpoint import Answer, Routes
from server.web.wire import MAX_KEY, idempotency_key
from tenants.context import Context
from tenants.problems import Invalid

routes = Routes("Mensagens")
SENDABLE = MEDIA_KINDS | {Kind.TEXT, Kind.LOCATION, Kind.CONTACTS, Kind.REACTION}


class MessagesQuery(Query):
    limit: Annotated[int, Field(ge=1, le=100)] = 50
    before: str | None = None
    after: str | None = None


class MessageSlice(BaseModel):
    data: list[MessageOut]
    hasMore: bool
    nextCursor: str | None


@routes.get("/api/conversations/{conversationId}/messages")
async def list_messages(ctx: Context, conversationId: str, query: MessagesQuery) -> MessageSlice:
    """Mensagens da mais antiga para a mais nova; `before` e `after` são ids de mensagens."""
    found = await queries.slice(
        ctx, conversationId, limit=query.limit, before=query.before or None, after=query.after or None
    )
    return MessageSlice(data=MessageOut.each(found.rows), hasMore=found.more, nextCursor=found.cursor)


class Sending(In):
    """What every way of sending may carry."""

    clientMessageId: Annotated[str, StringConstraints(min_length=1, max_length=MAX_KEY)] | None = None
    replyToId: Id | None = None
    lastSeenSeq: Annotated[int, Field(ge=0)] | None = None
    force: bool = False
    policy: Policy = Policy.HOLD

    async def send_to(
        self, conversation_id: str, ctx: Context, request: web.Request, what: content.AnyContent
    ) -> Answer:
        sent: Sent = await actions.send(
            ctx, conversation_id, what, client_message_id=self.clientMessageId or idempotency_key(request),
            reply_to_id=self.replyToId, last_seen_seq=self.lastSeenSeq, force=self.force, policy=self.policy,
        )  # fmt: skip
        return Answer(MessageOut.of(sent.message), status=201 if sent.new else 200)


class Addressed(Sending):
    """With the conversation in the body."""

    conversationId: Id

    async def send(self, ctx: Context, request: web.Request, what: content.AnyContent) -> Answer:
        return await self.send_to(self.conversationId, ctx, request, what)


class MessageBody(In):
    type: Kind = Kind.TEXT
    content: Annotated[str, StringConstraints(max_length=20_000)] = ""
    metadata: dict[str, Any] | None = None
    mediaId: Id | None = None


class MessageIn(Addressed, MessageBody):
    pass


class MessageHereIn(Sending, MessageBody):
    pass


@routes.post("/api/messages", status=201, also=(200, 404))
async def send_message(ctx: Context, body: MessageIn, request: web.Request) -> MessageOut:
    """Envia texto, mídia, localização, contatos ou reação; sai pela fila. 200 se a chave já foi usada."""
    return await body.send(ctx, request, _content(body))  # type: ignore[return-value]


@routes.post("/api/conversations/{id}/messages", status=201, also=(200,))
async def send_message_here(ctx: Context, id: str, body: MessageHereIn, request: web.Request) -> MessageOut:
    """O mesmo que `POST /api/messages`, na conversa do endereço."""
    return await body.send_to(id, ctx, request, _content(body))  # type: ignore[return-value]


def _content(body: MessageBody) -> content.AnyContent:
    if body.type not in SENDABLE:
        raise Invalid.field("type", f"Use um de: {', '.join(sorted(SENDABLE))}.")
    return content_of(body.type, body.content, snake(body.metadata or {}), body.mediaId)


class TemplateIn(Addressed):
    templateName: str
    parameters: list[str] = []
    languageCode: str = "pt_BR"
    components: list[dict[str, Any]] | None = None
    mediaId: Id | None = None


@routes.post("/api/messages/template", status=201, also=(200, 404))
async def send_template(ctx: Context, body: TemplateIn, request: web.Request) -> MessageOut:
    """Envia um modelo aprovado; o único que sai fora da janela de 24 horas."""
    return await body.send(ctx, request, _from(body, content.Template))  # type: ignore[return-value]


class ButtonIn(In):
    id: str
    title: str


class ButtonsIn(Addressed):
    bodyText: str
    buttons: list[ButtonIn]
    headerText: str | None = None
    footerText: str | None = None


@routes.post("/api/messages/buttons", status=201, also=(200, 404))
async def send_buttons(ctx: Context, body: ButtonsIn, request: web.Request) -> MessageOut:
    """Envia uma mensagem com 1 a 3 botões."""
    return await body.send(ctx, request, _from(body, content.Buttons))  # type: ignore[return-value]


class RowIn(In):
    id: str
    title: str
    description: str | None = None


class SectionIn(In):
    title: str | None = None
    rows: list[RowIn]


class ListIn(Addressed):
    bodyText: str
    buttonText: str
    sections: list[SectionIn]
    headerText: str | None = None
    footerText: str | None = None


@routes.post("/api/messages/list", status=201, also=(200, 404))
async def send_list(ctx: Context, body: ListIn, request: web.Request) -> MessageOut:
    """Envia uma mensagem com uma lista de até 10 itens."""
    return await body.send(ctx, request, _from(body, content.ListMenu))  # type: ignore[return-value]


def _from(body: Addressed, kind: type[content.AnyContent]) -> content.AnyContent:
    values = body.for_desk()
    for field in Addressed.model_fields:
        values.pop(snake(field), None)
    return in_wire_names(kind, values)


@routes.post("/api/messages/{id}/read", status=204)
async def mark_read(ctx: Context, id: str) -> None:
    """Marca a mensagem, e as anteriores da conversa, como lidas."""
    if not await actions.mark_read(ctx, [id]):
        raise queries.MessageNotFound


@routes.post("/api/messages/{id}/retry")
async def retry_message(ctx: Context, id: str) -> MessageOut:
    """Nova tentativa de uma mensagem que falhou ou não foi confirmada."""
    return MessageOut.of(await actions.retry(ctx, id))


@routes.post("/api/messages/{id}/discard")
async def discard_message(ctx: Context, id: str) -> MessageOut:
    """Desiste de uma mensagem que espera ou que não foi confirmada; se o WhatsApp a confirmar depois, isso vale."""
    return MessageOut.of(await actions.discard(ctx, id))


class StageOut(Out):
    stage: str
    at: Moment


class Timeline(BaseModel):
    data: list[StageOut]


@routes.get("/api/messages/{id}/timeline")
async def read_timeline(ctx: Context, id: str) -> Timeline:
    """Cada etapa da mensagem com sua hora."""
    return Timeline(data=StageOut.each(await queries.timeline(ctx, id)))


class SearchQuery(Query):
    query: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    conversationId: str | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50


class Hits(BaseModel):
    data: list[HitOut]
    count: int


@routes.get("/api/messages/search")
async def search_messages(ctx: Context, query: SearchQuery) -> Hits:
    """Busca por palavras, sem acentos nem maiúsculas, da mais nova para a mais antiga."""
    hits = await queries.search(
        ctx, query.query, limit=query.limit, conversation_id=query.conversationId or None
    )
    return Hits(data=HitOut.each(hits), count=len(hits))


@routes.get("/api/messages/{id}")
async def read_message(ctx: Context, id: str) -> MessageOut:
    """Uma mensagem."""
    return MessageOut.of(await queries.by_id(ctx, id))
