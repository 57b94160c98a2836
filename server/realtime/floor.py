"""Everyone of one tenant who is connected to this process, and how an event reaches them."""

import asyncio
import time
from collections.abc import Iterable
from typing import Any

from server.desk.events import NotificationRaised
from server.realtime.connection import Connection
from server.realtime.packets import Encoded, encode_event
from server.realtime.rendering import Audience, Frame, Renderer, Rendering
from server.realtime.visibility import Sight, sight_of
from server.runtime import Runtime

Document = dict[str, Any]
_LONGEST_TURN = 0.005


class Floor:
    """`cursor` is the last event shown here; a socket that has synced this far goes on live without a gap."""

    def __init__(self, runtime: Runtime, renderer: Renderer, tenant_id: str, cursor: int) -> None:
        self._runtime = runtime
        self.renderer = renderer
        self.tenant_id = tenant_id
        self.cursor = cursor
        self.connections: dict[str, Connection] = {}
        # When WhatsApp last showed a customer that someone is typing (time.monotonic()).
        self.customers_told_at: dict[str, float] = {}
        self._joined: dict[str, dict[str, Connection]] = {}

    def enter(self, connection: Connection) -> None:
        self.connections[connection.sid] = connection

    def exit(self, connection: Connection) -> None:
        for conversation_id in list(connection.conversations):
            connection.leave(conversation_id)
        self.connections.pop(connection.sid, None)

    def join(self, connection: Connection, conversation_id: str) -> None:
        self._joined.setdefault(conversation_id, {})[connection.sid] = connection

    def leave(self, connection: Connection, conversation_id: str) -> None:
        joined = self._joined.get(conversation_id, {})
        joined.pop(connection.sid, None)
        if not joined:
            self._joined.pop(conversation_id, None)

    def sockets_of(self, user_id: str) -> list[Connection]:
        return [c for c in self.connections.values() if c.user_id == user_id]

    async def hear(self, events: list[Document]) -> None:
        """Show events, in order. Writes never wait, so a slow socket holds up nobody."""
        sights: dict[str, Sight] = {}
        began = time.monotonic()
        for place, event in enumerate(events):
            await self._look(sights, events[place:])
            self.cursor = event["seq"]
            self._show(event, sights)
            # What is written in one turn of the loop leaves in one system call a socket; then others have their turn.
            if time.monotonic() - began > _LONGEST_TURN:
                await asyncio.sleep(0)
                began = time.monotonic()

    async def _look(self, sights: dict[str, Sight], events: list[Document]) -> None:
        """Add what each restricted user may see; one who has come while others were shown is asked about then."""
        while new := [c for c in self.connections.values() if c.restricted and c.user_id not in sights]:
            async with self._runtime.enter(new[0].identity.tenant, new[0].actor) as ctx:
                sights[new[0].user_id] = await sight_of(ctx, events)

    def _show(self, event: Document, sights: dict[str, Sight]) -> None:
        if not self.connections:
            return
        rendering = Rendering(self.renderer, event)
        blind = self._blind(event, sights)
        for connection in list(self.connections.values()):
            # Only the very next event: whoever is behind has been told so, and syncs.
            if connection.cursor is not None and event["seq"] == connection.cursor + 1:
                connection.cursor = event["seq"]
                connection.push(_as_seen(rendering, blind.get(connection)))
        for audience, packet in rendering.plain():
            for connection in self._audience(audience, event):
                if connection.cursor is None and connection not in blind:
                    connection.push(packet)

    def _blind(self, event: Document, sights: dict[str, Sight]) -> dict[Connection, Sight]:
        """Those who may not see it. They leave a conversation that they no longer see."""
        if not sights and event["kind"] != NotificationRaised.kind:
            return {}
        looking = [(c, sights.get(c.user_id) or Sight(c.actor)) for c in self.connections.values()]
        blind = {connection: sight for connection, sight in looking if not sight.allows(event)}
        for connection in blind:
            if connection.restricted:
                connection.leave(event.get("conversation_id") or "")
        return blind

    def _audience(self, audience: Audience, event: Document) -> Iterable[Connection]:
        if audience is Audience.JOINED:
            return list(self._joined.get(event["conversation_id"], {}).values())
        return list(self.connections.values())

    def show_briefly(self, frames: list[Frame], conversation_id: str, *, but: str | None) -> None:
        """Something that no one keeps, to those who joined the conversation; not to the socket it came from."""
        for frame in frames:
            packet = encode_event(frame.name, frame.payload)
            for connection in list(self._joined.get(conversation_id, {}).values()):
                if connection.sid != but:
                    connection.push(packet)


def _as_seen(rendering: Rendering, blind: Sight | None) -> Encoded:
    """`blind`: the sight of someone who may not see the event."""
    if blind is None:
        return rendering.shown
    return rendering.removed if blind.loses(rendering.event) else rendering.hidden
