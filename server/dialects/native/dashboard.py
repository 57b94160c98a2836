"""O painel: the house right now, for those who run it."""

from pydantic import BaseModel

from server.desk import dashboard
from server.desk.dashboard import Standing
from server.dialects.native.schemas import Out
from server.web.endpoint import Routes
from tenants.context import Context

routes = Routes("Painel")


class NumbersOut(Out):
    """`active`: with a person or the assistant. "Today" is the account's own day. `satisfaction`: 1 to 5, last 30 days.

    Averages are null where nothing is known.
    """

    active: int
    inQueue: int
    resolvedToday: int
    online: int
    busy: int
    available: int
    secondsToAnswer: float | None
    minutesToResolve: float | None
    satisfaction: float | None


class AgentOut(Out):
    """`standing`: BUSY is online without room for another conversation. `load`: open conversations."""

    id: str
    name: str
    standing: Standing
    load: int
    capacity: int
    secondsToAnswer: float | None


class DashboardOut(BaseModel):
    numbers: NumbersOut
    agents: list[AgentOut]


@routes.get("/api/dashboard")
async def read_dashboard(ctx: Context) -> DashboardOut:
    """Os números de agora, e quem atende."""
    return DashboardOut(
        numbers=NumbersOut.of(await dashboard.metrics(ctx)), agents=AgentOut.each(await dashboard.agents(ctx))
    )
