"""Who is there, and who waits."""

from datetime import timedelta

from pydantic import BaseModel, StrictBool

from server.desk import presence, queue
from server.desk.presence import Presence
from server.dialects.native.schemas import In, Out
from server.dialects.native.schemas_conversations import ConversationRow
from server.web.endpoint import Routes
from tenants.context import Context

routes = Routes("Presença e fila")


class PresenceIn(In):
    away: StrictBool


class PresenceOut(Out):
    userId: str
    presence: Presence


class Presences(BaseModel):
    """Those who are not named are offline."""

    data: list[PresenceOut]


@routes.get("/api/presence")
async def list_presence(ctx: Context) -> Presences:
    """Quem está conectado agora."""
    here = await presence.every(ctx)
    return Presences(data=[PresenceOut(userId=id, presence=state) for id, state in here.items()])


@routes.post("/api/presence")
async def choose_presence(ctx: Context, body: PresenceIn) -> PresenceOut:
    """Diz se o usuário pode receber conversas agora; vale até que diga outra coisa."""
    assert ctx.actor.id
    return PresenceOut(userId=ctx.actor.id, presence=await presence.choose(ctx, away=body.away))


class PlaceOut(BaseModel):
    """`estimatedWaitSeconds` null: nothing is known yet of how long a wait takes."""

    position: int
    conversation: ConversationRow
    waitedSeconds: float
    estimatedWaitSeconds: float | None


class QueueOut(BaseModel):
    data: list[PlaceOut]
    total: int
    averageWaitSeconds: float


@routes.get("/api/queue")
async def read_queue(ctx: Context) -> QueueOut:
    """As conversas que esperam por alguém, na ordem em que serão atendidas."""
    found = await queue.line(ctx)
    return QueueOut(
        data=[
            PlaceOut(
                position=place.position,
                conversation=ConversationRow.of(place.conversation),
                waitedSeconds=place.waited.total_seconds(),
                estimatedWaitSeconds=_seconds(place.estimate),
            )
            for place in found.places
        ],
        total=found.total,
        averageWaitSeconds=found.average_wait.total_seconds(),
    )


def _seconds(duration: timedelta | None) -> float | None:
    return None if duration is None else duration.total_seconds()
