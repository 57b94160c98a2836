"""Dashboard (seed 003): the house right now. A null says that nothing is known yet."""

from datetime import timedelta
from math import ceil
from typing import Annotated

from pydantic import AliasPath, BeforeValidator, Field

from server.desk import dashboard, queue
from server.desk.conversations.models import Priority
from server.desk.dashboard import Standing
from server.dialects.isp.schemas import CustomerPhone, Moment, Number, Out
from server.dialects.isp.words import Spoken
from server.web.endpoint import Routes
from tenants.context import Context

routes = Routes("Dashboard")
_STANDINGS = {
    Standing.AVAILABLE: "online",
    Standing.BUSY: "busy",
    Standing.AWAY: "away",
    Standing.OFFLINE: "offline",
}
_PRIORITIES = {priority: priority.lower() for priority in Priority}


def _whole(number: float | None) -> int | None:
    return None if number is None else round(number)


def _minutes(wait: timedelta) -> int:
    return round(wait.total_seconds() / 60)


def _minutes_up(wait: timedelta | None) -> int | None:
    return ceil(wait.total_seconds() / 60) if wait else None


Average = Annotated[int | None, BeforeValidator(_whole)]


class ConversationNumbers(Out):
    active: int
    in_queue: int
    resolved_today: int


class AgentNumbers(Out):
    """`online` = `busy` + `available`."""

    online: int
    busy: int
    available: int


class Performance(Out):
    """Of today, by the account's time zone; `satisfaction_rate` (1 to 5) of the last 30 days."""

    avg_response_time_seconds: Annotated[Average, Field(validation_alias="seconds_to_answer")]
    avg_resolution_time_minutes: Annotated[Average, Field(validation_alias="minutes_to_resolve")]
    satisfaction_rate: Annotated[float | None, Field(validation_alias="satisfaction")]


class MetricsOut(Out):
    conversations: ConversationNumbers
    agents: AgentNumbers
    performance: Performance


@routes.get("/api/v1/dashboard/metrics")
async def read_metrics(ctx: Context) -> MetricsOut:
    """Os números de agora. Para supervisores e administradores."""
    now = await dashboard.metrics(ctx)
    return MetricsOut(
        conversations=ConversationNumbers.of(now),
        agents=AgentNumbers.of(now),
        performance=Performance.of(now),
    )


class AgentOut(Out):
    """`status`: `busy` is online without room for another conversation. `avg_response_time`: seconds, of today."""

    id: Annotated[Number, Field(validation_alias="number")]
    nome: Annotated[str, Field(validation_alias="name")]
    status: Annotated[Standing, Spoken(_STANDINGS), Field(validation_alias="standing")]
    current_conversations: Annotated[int, Field(validation_alias="load")]
    max_conversations: Annotated[int, Field(validation_alias="capacity")]
    avg_response_time: Annotated[Average, Field(validation_alias="seconds_to_answer")]


class AgentsOut(Out):
    agents: list[AgentOut]


@routes.get("/api/v1/dashboard/agents")
async def list_agents(ctx: Context) -> AgentsOut:
    """Quem atende, e quanto pode receber agora. Para supervisores e administradores."""
    return AgentsOut(agents=AgentOut.each(await dashboard.agents(ctx)))


class PlaceOut(Out):
    """`estimated_wait_minutes`: by the last hour's pace; null until it is known."""

    position: int
    customer_phone: Annotated[
        CustomerPhone, Field(validation_alias=AliasPath("conversation", "contact", "phone_number"))
    ]
    customer_name: Annotated[str | None, Field(validation_alias=AliasPath("conversation", "contact", "name"))]
    waiting_since: Annotated[Moment, Field(validation_alias=AliasPath("conversation", "queued_at"))]
    estimated_wait_minutes: Annotated[
        int | None, BeforeValidator(_minutes_up), Field(validation_alias="estimate")
    ]
    priority: Annotated[
        Priority, Spoken(_PRIORITIES), Field(validation_alias=AliasPath("conversation", "priority"))
    ]


class QueueOut(Out):
    """The first hundred that the caller may see. Positions, `total_in_queue` and the average are of the whole line."""

    queue: Annotated[list[PlaceOut], Field(validation_alias="places")]
    total_in_queue: Annotated[int, Field(validation_alias="total")]
    avg_wait_time_minutes: Annotated[int, BeforeValidator(_minutes), Field(validation_alias="average_wait")]


@routes.get("/api/v1/dashboard/queue")
async def read_queue(ctx: Context) -> QueueOut:
    """As conversas que esperam por alguém, na ordem em que serão atendidas."""
    return QueueOut.of(await queue.line(ctx))
