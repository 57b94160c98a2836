"""Conversas (seed 004): list, read, change, assign, claim, transfer, close, reopen, notes, numbers."""

from collections.abc import Iterable
from typing import Annotated, Any, cast

from pydantic import BaseModel, Field, StrictBool, StringConstraints

from server.desk.conversations import actions, opening, queries, snoozing
from server.desk.conversations.actions import Changes
from server.desk.conversations.models import ConversationStatus, Placement, Priority, Resolution
from server.desk.conversations.queries import Below, Sieve
from server.desk.messages import actions as messages
from server.desk.messages import queries as message_queries
from server.desk.reports import conversation_stats
from server.dialects.native.fields import Id, When
from server.dialects.native.schemas import In, Moment, Out, PageQuery, Pagination, Query
from server.dialects.native.schemas_conversations import (
    ConversationDetails,
    ConversationOut,
    ConversationRow,
    MessageOut,
)
from server.web.endpoint import Answer, Routes
from server.web.pages import Keyset, decode_cursor, encode_cursor
from tenants.context import Context
from tenants.problems import Invalid

routes = Routes("Conversas")

Reason = Annotated[str, StringConstraints(max_length=500)]
ME = "me"


class Filters(Query):
    """`assignedToId` also takes `me` and `none`, `teamId` also `none`; `unread`: only where a customer has not been read.

    `answered`: only what a customer began and a person has answered; `rated`: only what the customer has rated.
    `inQueue`: only what waits for somebody (true), or what a person or the assistant has (false), of what is open.
    `createdHour`: 0 to 23 by the account's clock.
    """

    priority: Priority | None = None
    assignedToId: str | None = None
    channelId: str | None = None
    teamId: str | None = None
    tagId: str | None = None
    contactId: str | None = None
    resolution: Resolution | None = None
    createdFrom: When | None = None
    createdTo: When | None = None
    createdHour: Annotated[int, Field(ge=0, le=23)] | None = None
    closedFrom: When | None = None
    closedTo: When | None = None
    ratedFrom: When | None = None
    ratedTo: When | None = None
    inQueue: bool | None = None
    search: Annotated[str, StringConstraints(max_length=200)] | None = None
    unread: bool = False
    answered: bool = False
    rated: bool = False

    def sieve(self, ctx: Context) -> Sieve:
        assigned = ctx.actor.id if self.assignedToId == ME else self.assignedToId
        return Sieve(
            priority=self.priority,
            assigned_to_id=assigned or None,
            channel_id=self.channelId or None,
            team_id=self.teamId or None,
            tag_id=self.tagId or None,
            contact_id=self.contactId or None,
            resolutions=[self.resolution] if self.resolution else (),
            begun_since=self.createdFrom,
            begun_until=self.createdTo,
            begun_hour=self.createdHour,
            closed_since=self.closedFrom,
            closed_until=self.closedTo,
            rated_since=self.ratedFrom,
            rated_until=self.ratedTo,
            in_queue=self.inQueue,
            search=self.search or None,
            unread=self.unread,
            answered=self.answered,
            rated=self.rated,
        )


class ConversationsQuery(PageQuery, Filters):
    """`status` may be a comma list; `cursor` goes on below a page's end."""

    status: str | None = None
    cursor: str | None = None

    def sieve(self, ctx: Context) -> Sieve:
        return super().sieve(ctx)._replace(statuses=_statuses(self.status))


def _statuses(text: str | None) -> list[ConversationStatus]:
    names = [name.strip() for name in (text or "").split(",") if name.strip()]
    if unknown := [name for name in names if name not in ConversationStatus.__members__]:
        raise Invalid.field("status", f"Valor inválido: {unknown[0][:40]}.")
    return [ConversationStatus(name) for name in dict.fromkeys(names)]


class ConversationPage(BaseModel):
    data: list[ConversationRow]
    pagination: Pagination
    nextCursor: str | None


@routes.get("/api/conversations")
async def list_conversations(ctx: Context, query: ConversationsQuery) -> ConversationPage:
    """As conversas do inquilino, da atividade mais recente para a mais antiga."""
    position = await queries.feed_position(ctx)
    below = Below(*decode_cursor(query.cursor)) if query.cursor else None
    skip = 0 if below else (query.page - 1) * query.limit
    page = await queries.page(ctx, query.sieve(ctx), limit=query.limit, skip=skip, below=below)
    last = page.rows[-1] if page.more else None
    answer = ConversationPage(
        data=ConversationRow.each(page.rows),
        pagination=Pagination.over(page.total, query.page, query.limit),
        nextCursor=encode_cursor(Keyset(last.last_message_at, last.id)) if last else None,
    )
    return Answer(answer, headers={"X-Feed-Seq": str(position)})  # type: ignore[return-value]


class Opening(In):
    contactId: Id
    channelId: Id


@routes.post("/api/conversations", status=201, also=(200,))
async def open_conversation(ctx: Context, body: Opening) -> ConversationOut:
    """Começa uma conversa com um contato; 200 com a que já está aberta neste canal."""
    opened = await opening.open_with(ctx, body.contactId, channel_id=body.channelId)
    answer = ConversationOut.of(opened.conversation)
    return Answer(answer, status=201 if opened.new else 200)  # type: ignore[return-value]


class ConversationStats(Out):
    total: int
    open: int
    inProgress: int
    waiting: int
    closed: int
    resolved: int
    unassigned: int
    mine: int
    unreadMessages: int
    avgResponseTime: float | None
    byStatus: dict[str, int]
    byPriority: dict[str, int]
    lastUpdated: Moment


@routes.get("/api/conversations/stats")
async def read_stats(ctx: Context) -> ConversationStats:
    """Quantas conversas há de cada tipo, agora."""
    return ConversationStats.of(await conversation_stats(ctx))


class Share(BaseModel):
    conversations: int
    unreadMessages: int


class Shares(BaseModel):
    """All but `closed` are of what is open; a conversation is in several. `waiting`: for the customer."""

    mine: Share
    unassigned: Share
    all: Share
    waiting: Share
    closed: Share


@routes.get("/api/conversations/counts")
async def read_counts(ctx: Context, query: Filters) -> Shares:
    """Quantas conversas há em cada aba, com os mesmos filtros da lista."""
    cells = await queries.cells(ctx, query.sieve(ctx))
    still_open = [cell for cell in cells if cell["status"] != ConversationStatus.CLOSED]
    return Shares(
        mine=_share(cell for cell in still_open if cell["assigned_to_id"] == ctx.actor.id),
        unassigned=_share(cell for cell in still_open if cell["assigned_to_id"] is None),
        all=_share(still_open),
        waiting=_share(cell for cell in cells if cell["status"] == ConversationStatus.WAITING),
        closed=_share(cell for cell in cells if cell["status"] == ConversationStatus.CLOSED),
    )


def _share(cells: Iterable[dict[str, Any]]) -> Share:
    counted = [(cell["count"], cell["unread"]) for cell in cells]
    return Share(
        conversations=sum(count for count, _ in counted), unreadMessages=sum(unread for _, unread in counted)
    )


@routes.get("/api/conversations/{id}")
async def read_conversation(ctx: Context, id: str) -> ConversationDetails:
    """Uma conversa, com o contato inteiro, e por que mãos passou."""
    return ConversationDetails.of(await queries.by_id(ctx, id))


class ConversationPatch(In):
    status: ConversationStatus | None = None
    priority: Priority | None = None
    assignedToId: Id | None = None
    teamId: Id | None = None
    tagIds: Annotated[list[Id], Field(max_length=50)] | None = None

    def changes(self) -> Changes:
        """A null says nothing, except that it is nobody's, or no team's."""
        sent = self.for_desk()
        return cast("Changes", {k: v for k, v in sent.items() if v is not None or k in Placement._fields})


@routes.patch("/api/conversations/{id}")
async def change_conversation(ctx: Context, id: str, body: ConversationPatch) -> ConversationOut:
    """Muda estado, prioridade, etiquetas ou atribuição; tudo ou nada."""
    return ConversationOut.of(await actions.update(ctx, id, **body.changes()))


class Assignment(In):
    userId: Id


@routes.post("/api/conversations/{id}/assign")
async def assign_conversation(ctx: Context, id: str, body: Assignment) -> ConversationOut:
    """Atribui a conversa a um atendente; ela passa a IN_PROGRESS."""
    return ConversationOut.of(await actions.assign(ctx, id, user_id=body.userId))


@routes.post("/api/conversations/{id}/claim")
async def claim_conversation(ctx: Context, id: str) -> ConversationOut:
    """Assume uma conversa sem atendente; 409 com o vencedor se outro foi mais rápido."""
    return ConversationOut.of(await actions.claim(ctx, id))


class Transfer(In):
    userId: Id | None = None
    teamId: Id | None = None
    reason: Reason | None = None


@routes.post("/api/conversations/{id}/transfer")
async def transfer_conversation(ctx: Context, id: str, body: Transfer) -> ConversationOut:
    """Transfere para um atendente ou para a fila de uma equipe."""
    return ConversationOut.of(await actions.transfer(ctx, id, **body.for_desk()))


class Closing(In):
    resolution: Resolution | None = None
    notes: Annotated[str, StringConstraints(max_length=2000)] | None = None


@routes.post("/api/conversations/{id}/close")
async def close_conversation(ctx: Context, id: str, body: Closing) -> ConversationOut:
    """Fecha a conversa; se quiser, com o desfecho."""
    return ConversationOut.of(await actions.close(ctx, id, **body.for_desk()))


class Reopening(In):
    asItWas: StrictBool = False


@routes.post("/api/conversations/{id}/reopen")
async def reopen_conversation(ctx: Context, id: str, body: Reopening) -> ConversationOut:
    """Reabre a conversa; com `asItWas`, como estava antes de ser fechada."""
    return ConversationOut.of(await actions.reopen(ctx, id, **body.for_desk()))


class Snooze(In):
    until: When


@routes.post("/api/conversations/{id}/snooze")
async def snooze_conversation(ctx: Context, id: str, body: Snooze) -> ConversationOut:
    """Adia a conversa: ela volta no momento marcado, ou quando o cliente escrever."""
    return ConversationOut.of(await snoozing.snooze(ctx, id, until=body.until))


@routes.delete("/api/conversations/{id}/snooze", status=200)
async def wake_conversation(ctx: Context, id: str) -> ConversationOut:
    """Traz de volta já uma conversa adiada."""
    return ConversationOut.of(await snoozing.wake(ctx, id))


class Note(In):
    content: Annotated[str, StringConstraints(min_length=1, max_length=4096)]


@routes.post("/api/conversations/{id}/notes", status=201)
async def add_note(ctx: Context, id: str, body: Note) -> MessageOut:
    """Uma nota interna: fica na conversa e nunca é enviada."""
    return MessageOut.of(await messages.note(ctx, id, text=body.content))


@routes.post("/api/conversations/{id}/read", status=204)
async def read_all(ctx: Context, id: str) -> None:
    """Marca a conversa inteira como lida."""
    await messages.read_conversation(ctx, id)


class MessageNumbers(Out):
    total: int
    byDirection: dict[str, int]
    byStatus: dict[str, int]


@routes.get("/api/conversations/{conversationId}/stats")
async def read_message_numbers(ctx: Context, conversationId: str) -> MessageNumbers:
    """Estatísticas de mensagens de uma conversa."""
    return MessageNumbers.of(await message_queries.numbers(ctx, conversationId))
