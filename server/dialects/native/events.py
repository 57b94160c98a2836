"""The change feed for clients without sockets: the same entries as the socket's `sync` (native-api.md, Change feed)."""

from typing import Annotated, Required, cast

from pydantic import Field
from typing_extensions import TypedDict

from server.dialects.native import live
from server.dialects.native.schemas import Query
from server.dialects.native.schemas_live import Entry
from server.realtime.replay import DEFAULT_EVENTS, MAX_EVENTS, replay
from server.web.endpoint import Routes
from tenants.context import Context

routes = Routes("Eventos")
_MAX_SEQ = 2**53


class EventsQuery(Query):
    after: Annotated[int, Field(ge=0, le=_MAX_SEQ)] = 0
    limit: Annotated[int, Field(ge=1, le=MAX_EVENTS)] = DEFAULT_EVENTS


class Events(TypedDict, total=False):
    """`through` is where the next request goes on. `reset` stands in place of events when the log no longer reaches back
    to `after`: read the lists again, and go on from the `X-Feed-Seq` they carry.
    """

    events: list[Entry]
    through: Required[int]
    more: bool
    reset: bool


@routes.get("/api/events")
async def list_events(ctx: Context, query: EventsQuery) -> Events:
    """Os eventos depois de `after`, na ordem, como este usuário pode vê-los."""
    found = await replay(ctx, live.frames, after=query.after, limit=query.limit)
    return cast("Events", found.as_answer())
