"""Conversas (seed 003): list, read with messages, answer, transfer, close."""

from typing import Annotated, Literal

from aiohttp import web
from pydantic import (
    AliasPath,
    BeforeValidator,
    Field,
    StringConstraints,
    ValidationInfo,
    computed_field,
)

from server.desk import channels, ratings
from server.desk.channels import ChannelType
from server.desk.conversations import actions, queries
from server.desk.conversations.models import Conversation, ConversationStatus
from server.desk.conversations.queries import Sieve
from server.desk.messages import actions as messages
from server.desk.messages import queries as message_queries
from server.desk.periods import clock_of
from server.dialects.isp import dates
from server.dialects.isp.dates import When
from server.dialects.isp.messages import MAX_BYTES, MessageIn, MessageOut, answered
from server.dialects.isp.schemas import (
    CustomerPhone,
    Hidden,
    In,
    Moment,
    NoText,
    Number,
    Out,
    Page,
    PageQuery,
    Query,
    pages_of,
)
from server.dialects.isp.words import (
    CHANNELS,
    DIRECTIONS,
    STANDINGS,
    ChannelWord,
    ResolutionWord,
    Stage,
    stage_of,
)
from server.web.endpoint import Routes
from server.web.wire import idempotency_key
from tenants import users
from tenants.context import Context
from tenants.problems import NotFound

routes = Routes("Conversas")
_NOWHERE = "-"  # what no id is


class ConversationsQuery(PageQuery):
    """`start_date` and `end_date`: when the conversation began. `assigned_to`: a user's id."""

    status: Stage | None = None
    channel: Literal["whatsapp", "web", "api"] | None = None
    assigned_to: Number | None = None
    start_date: When | None = None
    end_date: When | None = None


async def _sieve(ctx: Context, query: ConversationsQuery) -> Sieve:
    standing = STANDINGS[query.status] if query.status else None
    zone = clock_of(ctx)
    return Sieve(
        statuses=standing.statuses if standing else (),
        resolutions=standing.resolutions if standing else (),
        channel_ids=await _of_type(ctx, query.channel) if query.channel else None,
        assigned_to_id=await _id_of(ctx, query.assigned_to) if query.assigned_to else None,
        begun_since=dates.beginning(query.start_date, zone),
        begun_until=dates.end(query.end_date, zone),
    )


async def _of_type(ctx: Context, word: str) -> list[str]:
    return [id for id, type in (await channels.types(ctx)).items() if CHANNELS[type] == word]


async def _id_of(ctx: Context, number: int) -> str:
    try:
        return (await users.by_number(ctx, number)).id
    except NotFound:
        return _NOWHERE


def _type_of(channel_id: str, info: ValidationInfo) -> ChannelType | None:
    """None where the channel is not there any more."""
    types: dict[str, ChannelType] = (info.context or {})["types"]
    return types.get(channel_id)


class ConversationOut(Out):
    id: str
    customer_phone: Annotated[CustomerPhone, Field(validation_alias=AliasPath("contact", "phone_number"))]
    customer_name: Annotated[str | None, Field(validation_alias=AliasPath("contact", "name"))]
    channel: Annotated[ChannelWord | None, BeforeValidator(_type_of), Field(validation_alias="channel_id")]
    assigned_to: Annotated[int | None, Field(validation_alias=AliasPath("assigned_to", "number"))] = None
    started_at: Annotated[Moment, Field(validation_alias="created_at")]
    last_message_at: Moment
    messages_count: int
    closed_at: Moment | None
    resolution: ResolutionWord | None
    notes: Annotated[str | None, Field(validation_alias="close_notes")]
    rating: int | None
    desk_status: Hidden[Annotated[ConversationStatus, Field(validation_alias="status")]]

    @computed_field  # type: ignore[prop-decorator]
    @property
    def status(self) -> Stage:
        return stage_of(self.desk_status, self.resolution)


class Conversations(Page):
    conversations: list[ConversationOut]


class ConversationDetails(ConversationOut):
    """`messages`: the newest, or those right before the message `before`, oldest first. `has_more`: there are older ones,
    before `next_before`.
    """

    messages: list[MessageOut] = []
    has_more: bool = False
    next_before: str | None = None


@routes.get("/api/v1/conversations")
async def list_conversations(ctx: Context, query: ConversationsQuery) -> Conversations:
    """As conversas que o usuário pode ver, da atividade mais recente para a mais antiga."""
    page = await queries.page(ctx, await _sieve(ctx, query), limit=query.limit, skip=query.skip)
    return Conversations(
        conversations=ConversationOut.each(page.rows, types=await channels.types(ctx)),
        total=page.total,
        page=query.page,
        pages=pages_of(page.total, query.limit),
    )


class DetailsQuery(Query):
    limit: Annotated[int, Field(ge=1, le=100)] = 100
    before: Annotated[str, StringConstraints(max_length=64)] | None = None


@routes.get("/api/v1/conversations/{conversation_id}")
async def read_conversation(ctx: Context, conversation_id: str, query: DetailsQuery) -> ConversationDetails:
    """Uma conversa com as suas mensagens: as mais recentes, ou as anteriores à mensagem `before`."""
    found = await message_queries.slice(ctx, conversation_id, limit=query.limit, before=query.before or None)
    conversation = await queries.by_id(ctx, conversation_id)
    details = ConversationDetails.of(conversation, types=await channels.types(ctx))
    said = [message for message in found.rows if message.direction in DIRECTIONS]
    return details.model_copy(
        update={"messages": MessageOut.each(said), "has_more": found.more, "next_before": found.cursor}
    )


@routes.post("/api/v1/conversations/{conversation_id}/messages", status=201, also=(200,), max_bytes=MAX_BYTES)
async def send_message(
    ctx: Context, conversation_id: str, body: MessageIn, request: web.Request
) -> MessageOut:
    """Envia texto, imagem, documento ou modelo; sai pela fila. 200 se a `Idempotency-Key` já foi usada."""
    await queries.by_id(ctx, conversation_id)  # before a file is stored for it
    what = await body.for_sending(ctx)
    key = idempotency_key(request)
    return answered(await messages.send(ctx, conversation_id, what, client_message_id=key))  # type: ignore[return-value]


class Transfer(In):
    to_agent_id: Annotated[Number, NoText]
    reason: Annotated[str, StringConstraints(max_length=500)] | None = None


@routes.post("/api/v1/conversations/{conversation_id}/transfer")
async def transfer_conversation(ctx: Context, conversation_id: str, body: Transfer) -> ConversationOut:
    """Transfere para outro atendente."""
    user_id = await _id_of(ctx, body.to_agent_id)
    moved = await actions.transfer(ctx, conversation_id, user_id=user_id, reason=body.reason)
    return await shown(ctx, moved)


class Closing(In):
    resolution: ResolutionWord | None = None
    notes: Annotated[str, StringConstraints(max_length=2000)] | None = None


@routes.post("/api/v1/conversations/{conversation_id}/close")
async def close_conversation(ctx: Context, conversation_id: str, body: Closing) -> ConversationOut:
    """Encerra a conversa."""
    return await shown(ctx, await actions.close(ctx, conversation_id, **body.for_desk()))


class RatingIn(In):
    rating: Annotated[int, Field(ge=ratings.WORST, le=ratings.BEST), NoText]


@routes.post("/api/v1/conversations/{conversation_id}/rating")
async def rate_conversation(ctx: Context, conversation_id: str, body: RatingIn) -> ConversationOut:
    """Anota a nota que o cliente deu a uma conversa encerrada, de 1 a 5; outra nota substitui a primeira."""
    return await shown(ctx, await ratings.rate(ctx, conversation_id, rating=body.rating))


async def shown(ctx: Context, conversation: Conversation) -> ConversationOut:
    return ConversationOut.of(conversation, types=await channels.types(ctx))
