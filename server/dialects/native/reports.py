"""Relatórios, for those who run the place."""

from pydantic import BaseModel

from server.desk import reports
from server.desk.conversations.models import ConversationStatus
from server.desk.periods import Period
from server.dialects.native.schemas import Out, Query
from server.web.endpoint import Routes
from tenants.context import Context

routes = Routes("Relatórios")


class ReportQuery(Query):
    period: Period = Period.WEEK


class StatusShareOut(Out):
    status: ConversationStatus
    count: int
    percentage: float


class OverviewOut(Out):
    totalConversations: int
    conversationsChange: float
    averageResponseTime: float | None
    resolutionRate: float
    activeAttendants: int
    totalAttendants: int


class OverviewReport(BaseModel):
    period: Period
    overview: OverviewOut
    statusBreakdown: list[StatusShareOut]


@routes.get("/api/reports/overview")
async def read_overview(ctx: Context, query: ReportQuery) -> OverviewReport:
    """As conversas iniciadas no período: quantas, quanto a mais que no anterior (%), resposta (s) e resolução (%)."""
    found = await reports.overview(ctx, query.period)
    return OverviewReport(
        period=query.period,
        overview=OverviewOut.of(found),
        statusBreakdown=StatusShareOut.each(found.status_breakdown),
    )


class AttendantOut(Out):
    id: str
    name: str
    email: str
    conversationsCount: int
    satisfactionRate: float | None


class AttendantsReport(BaseModel):
    period: Period
    attendants: list[AttendantOut]


@routes.get("/api/reports/attendants")
async def read_attendants(ctx: Context, query: ReportQuery) -> AttendantsReport:
    """Os atendentes e quantas conversas do período cada um tem."""
    found = await reports.attendants(ctx, query.period)
    return AttendantsReport(period=query.period, attendants=AttendantOut.each(found))


class HourOut(Out):
    hour: int
    count: int


class HourlyReport(BaseModel):
    period: Period
    hourlyVolume: list[HourOut]


@routes.get("/api/reports/hourly")
async def read_hourly(ctx: Context, query: ReportQuery) -> HourlyReport:
    """Quantas conversas começaram em cada hora do dia, no fuso da conta."""
    return HourlyReport(
        period=query.period, hourlyVolume=HourOut.each(await reports.hourly(ctx, query.period))
    )
