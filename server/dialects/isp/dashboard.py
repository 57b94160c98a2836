"""Dashboard (seed 003): the house right now. A null says that nothing is known yet."""

from math import ceil
from typing import Annotated

from pydantic import BaseModel, Field

from server.desk import dashboard, queue
from server.desk.conversations.models import Priority
from server.desk.dashboard import Standing
from server.dialects.isp.schemas import Moment, Number, Out
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


class ConversationNumbers(BaseModel):
    active: int
    in_queue: int
    resolved_today: int


class AgentNumbers(BaseModel):
    """`online` = `busy` + `available`."""

    online: int
    busy: int
    available: int


class Performance(BaseModel):
    """Of today, by the account's time zone; `satisfaction_rate` (1 to 5) of the last 30 days."""

    avg_response_time_seconds: int | None
    avg_resolution_time_minutes: int | None
    satisfaction_rate: float | None


class MetricsOut(BaseModel):
    conversations: ConversationNumbers
    agents: AgentNumbers
    performance: Performance


@routes.get("/api/v1/dashboard/metrics")
async def read_metrics(ctx: Context) -> MetricsOut:
    """Os números de agora. Para supervisores e administradores."""
    now = await dashboard.metrics(ctx)
    return MetricsOut(
        conversations=ConversationNumbers(**_only(ConversationNumbers, now)),
        agents=AgentNumbers(**_only(AgentNumbers, now)),
        performance=Performance(
            avg_response_time_seconds=_whole(now.seconds_to_answer),
            avg_resolution_time_minutes=_whole(now.minutes_to_resolve),
            satisfaction_rate=now.satisfaction,
        ),
    )


def _only(model: type[BaseModel], now: dashboard.Metrics) -> dict[str, int]:
    return {name: getattr(now, name) for name in model.model_fields}


def _whole(number: float | None) -> int | None:
    return None if number is None else round(number)


class AgentOut(Out):
    """`status`: `busy` is online without room for another conversation. `avg_response_time`: seconds, of today."""

    id: Annotated[Number, Field(validation_alias="number")]
    nome: Annotated[str, Field(validation_alias="name")]
    status: Annotated[Standing, Spoken(_STANDINGS), Field(validation_alias="standing")]
    current_conversations: Annotated[int, Field(validation_alias="load")]
    max_conversations: Annotated[int, Field(validation_alias="capacity")]
    avg_response_time: int | None


class AgentsOut(BaseModel):
    agents: list[AgentOut]


@routes.get("/api/v1/dashboard/agents")
async def list_agents(ctx: Context) -> AgentsOut:
    """Quem atende, e quanto pode receber agora. Para supervisores e administradores."""
    found = await dashboard.agents(ctx)
    return AgentsOut(
        agents=[
            AgentOut(**{**agent._asdict(), "avg_response_time": _whole(agent.seconds_to_answer)})
            for agent in found
        ]
    )


class PlaceOut(BaseModel):
    """`estimated_wait_minutes`: by the last hour's pace; null until it is known."""

    position: int
    customer_phone: str | None
    customer_name: str | None
    waiting_since: Moment
    estimated_wait_minutes: int | None
    priority: Annotated[Priority, Spoken(_PRIORITIES)]


class QueueOut(BaseModel):
    """The first hundred that the caller may see. Positions, `total_in_queue` and the average are of the whole line."""

    queue: list[PlaceOut]
    total_in_queue: int
    avg_wait_time_minutes: int


@routes.get("/api/v1/dashboard/queue")
async def read_queue(ctx: Context) -> QueueOut:
    """As conversas que esperam por alguém, na ordem em que serão atendidas."""
    line = await queue.line(ctx)
    return QueueOut(
        queue=[place_of(place) for place in line.places],
        total_in_queue=line.total,
        avg_wait_time_minutes=round(line.average_wait.total_seconds() / 60),
    )


def place_of(place: queue.Place) -> PlaceOut:
    conversation, contact = place.conversation, place.conversation.contact
    assert conversation.queued_at  # it is in the line
    return PlaceOut(
        position=place.position,
        customer_phone=f"+{contact.phone_number}" if contact.phone_number else None,
        customer_name=contact.name,
        waiting_since=conversation.queued_at,
        estimated_wait_minutes=ceil(place.estimate.total_seconds() / 60) if place.estimate else None,
        priority=conversation.priority,
    )
