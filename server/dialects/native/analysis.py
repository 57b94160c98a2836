"""Relatórios em detalhe: by day, channel, team and agent, how long messages take, and tables to take away."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Annotated

from aiohttp import web
from pydantic import Field

from server.desk import breakdowns, exports, latency
from server.desk.breakdowns import Narrow
from server.desk.messages.models import Direction
from server.desk.periods import EARLIEST, LATEST, Period, Span, days, span
from server.dialects.native.fields import Id
from server.dialects.native.schemas import Moment, Out, Query
from server.web.csv import send_csv
from server.web.endpoint import Routes
from server.web.wire import iso
from tenants.context import Context
from tenants.problems import Invalid

routes = Routes("Relatórios")


Day = Annotated[date, Field(ge=date(EARLIEST, 1, 1), le=date(LATEST, 1, 1))]


class SpanQuery(Query):
    """A `period` until now, or the days `from` to `to` (both included, by the tenant's clock)."""

    period: Period = Period.WEEK
    since: Annotated[Day | None, Field(alias="from")] = None
    until: Annotated[Day | None, Field(alias="to")] = None
    channelId: Id | None = None

    def span(self, ctx: Context) -> Span:
        if self.since is None and self.until is None:
            return span(ctx, self.period)
        if self.since is None or self.until is None:
            raise Invalid.field("from", "Informe os dois: from e to.")
        return days(ctx, self.since, self.until)


class NarrowQuery(SpanQuery):
    teamId: Id | None = None
    agentId: Id | None = None

    def narrow(self) -> Narrow:
        return Narrow(self.channelId, self.teamId, self.agentId)


class FiguresOut(Out):
    """Of the conversations begun then. `secondsToAnswer` and `rating` are means; null where nothing is known."""

    begun: int
    answered: int
    secondsToAnswer: float | None
    closed: int
    resolved: int
    ratings: int
    rating: float | None


class SliceOut(Out):
    id: str | None
    name: str | None
    figures: FiguresOut


class DayOut(Out):
    day: date
    figures: FiguresOut


class FiguresReport(Out):
    """`hours`: how many began in each hour of the day, 0 to 23, by the account's clock."""

    start: Moment
    end: Moment
    total: FiguresOut
    days: list[DayOut]
    hours: list[int]
    channels: list[SliceOut]
    teams: list[SliceOut]
    agents: list[SliceOut]


@routes.get("/api/reports/figures")
async def read_figures(ctx: Context, query: NarrowQuery) -> FiguresReport:
    """Quantas conversas começaram, foram respondidas, encerradas e avaliadas: por dia, canal, equipe e atendente."""
    when = query.span(ctx)
    found = await breakdowns.report(ctx, when, query.narrow())
    return FiguresReport.of({**found._asdict(), **when._asdict()})


class LatencyOut(Out):
    """Seconds. `slow`: how many took more than `slowSeconds`."""

    direction: Direction
    messages: int
    p50: float | None
    p95: float | None
    p99: float | None
    slowest: float | None
    slow: int


class SlowOut(Out):
    messageId: str
    conversationId: str
    contactName: str | None
    direction: Direction
    at: Moment
    seconds: float


class LatencyReport(Out):
    slowSeconds: int = latency.SLOW_SECONDS
    directions: list[LatencyOut]
    slowest: list[SlowOut]


@routes.get("/api/reports/latency")
async def read_latency(ctx: Context, query: SpanQuery) -> LatencyReport:
    """Quanto as mensagens demoram: as recebidas até estarem aqui, as enviadas até o WhatsApp aceitar."""
    return LatencyReport.of(await latency.report(ctx, query.span(ctx), channel_id=query.channelId))


_HEADER = (
    "Número", "Início", "Fim", "Estado", "Desfecho", "Contato", "Telefone", "Canal", "Equipe", "Atendente", "Etiquetas",
    "Segundos até a resposta", "Nota", "Mensagens",
)  # fmt: skip


@routes.get("/api/reports/conversations.csv", media_type="text/csv")
async def export_conversations(ctx: Context, request: web.Request, query: NarrowQuery) -> web.StreamResponse:
    """As conversas do período em uma planilha."""
    when = query.span(ctx)
    return await send_csv(request, "conversas.csv", _HEADER, _pages(ctx, when, query.narrow()))


async def _pages(ctx: Context, when: Span, narrow: Narrow) -> AsyncIterator[list[list[object]]]:
    rows = await exports.page(ctx, when, narrow)
    while rows:
        yield [_cells(row) for row in rows]
        rows = await exports.page(ctx, when, narrow, after=rows[-1])


def _cells(row: exports.Exported) -> list[object]:
    _, number, begun, closed, *others = row
    return [number, iso(begun), iso(closed) if closed else None, *others]
