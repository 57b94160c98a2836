"""The feed read again, as one user may see it (protocol.md, 3.3)."""

from typing import Any, NamedTuple

from server.realtime.rendering import Renderer, entry, frames_of, skipped
from server.realtime.visibility import Sight, removal, sight_of
from tenants import feed
from tenants.context import Context
from tenants.permissions import Permission, requires

Document = dict[str, Any]
MAX_EVENTS = 500
DEFAULT_EVENTS = 200


class Replay(NamedTuple):
    """`through`: the cursor after these entries. `reset`: the log no longer reaches back to where the client is."""

    entries: list[Document]
    through: int
    more: bool
    reset: bool = False

    def followed_by(self, rest: "Replay") -> "Replay":
        return rest._replace(entries=self.entries + rest.entries)

    def as_answer(self) -> Document:
        if self.reset:
            return {"reset": True, "through": self.through}
        return {"events": self.entries, "through": self.through, "more": self.more}


@requires(Permission.CONVERSATIONS_READ)
async def replay(ctx: Context, renderer: Renderer, *, after: int, limit: int) -> Replay:
    events = await feed.after(ctx.db, after, limit=limit + 1)
    if events and events[0]["seq"] != after + 1:
        return Replay([], await feed.tail(ctx.db), more=False, reset=True)
    if not events:
        through = await feed.tail(ctx.db)
        # Above the tail: a cursor of another life of this database.
        return Replay([], min(after, through), more=through > after, reset=after > through)
    page = events[:limit]
    sight = await sight_of(ctx, page)
    entries = [_as_seen(sight, renderer, event) for event in page]
    return Replay(entries, page[-1]["seq"], more=len(events) > limit)


def _as_seen(sight: Sight, renderer: Renderer, event: Document) -> Document:
    if sight.allows(event):
        return entry(event, frames_of(renderer, event))
    if sight.loses(event):
        return entry(removal(event), frames_of(renderer, removal(event)))
    return skipped(event)
