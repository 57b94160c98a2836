"""The change feed for clients without sockets: the same entries as the socket's `sync` (native-api.md, Change feed)."""

from typing import Annotated

from pydantic import BaseModel, Field

from server.dialects.native import live
from server.dialects.native.schemas import Query
from server.realtime.replay import DEFAULT_EVENTS, MAX_EVENTS, replay
from server.web.endpoint import Routes
from tenants.context import Context

routes = Routes("Eventos")
_MAX_SEQ = 2**53


class EventsQuery(Query):
    after: Annotated[int, Field(ge=0, le=_MAX_SEQ)] = 0
    limit: Annotated[int, Field(ge=1, le=MAX_EVENTS)] = DEFAULT_EVENTS


class Entry(BaseModel):
    """One event as its Socket.IO events; `skip` 1 in place of what this user may not see."""

    seq: int
    skip: int | None = None
    at: str | None = None
    kind: str | None = None
    conversationId: str | None = None
    frames: list[tuple[str, dict[str, object]]] | None = None


class Events(BaseModel):
    """`through` is the cursor for the next request. `reset`: the log is trimmed; read the lists again, then go on from there."""

    events: list[Entry] | None = None
    through: int
    more: bool | None = None
    reset: bool | None = None


@routes.get("/api/events")
async def list_events(ctx: Context, query: EventsQuery) -> Events:
    """Os eventos depois de `after`, na ordem, como este usuário pode vê-los."""
    found = await replay(ctx, live.frames, after=query.after, limit=query.limit)
    return found.as_answer()  # type: ignore[return-value]
