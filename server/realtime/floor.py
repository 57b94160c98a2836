"""Everyone of one tenant who is connected to this process through one dialect, and how an event reaches them."""

import asyncio
import time
from collections.abc import Iterable
from typing import Any

from server.bus import Signal
from server.realtime.connection import Connection
from server.realtime.digesting import Digesting
from server.realtime.packets import Encoded
from server.realtime.rendering import Audience, Rendering
from server.realtime.visibility import PERSONAL, Sight, sight_of
from server.realtime.vocabulary import Vocabulary
from server.runtime import Runtime

Document = dict[str, Any]
# By id, whose a conversation is.
Holders = dict[str, str]
_LONGEST_TURN = 0.005


class Floor:
    """`cursor` is the last event shown here; a socket that has synced this far goes on live without a gap."""

    def __init__(self, runtime: Runtime, vocabulary: Vocabulary, tenant_id: str, cursor: int) -> None:
        self._runtime = runtime
        self.vocabulary = vocabulary
        self.tenant_id = tenant_id
        self.cursor = cursor
        self.connections: dict[str, Connection] = {}
        # When WhatsApp last showed a customer that someone is typing (time.monotonic()).
        self.customers_told_at: dict[str, float] = {}
        self._joined: dict[str, dict[str, Connection]] = {}
        self._by_user: dict[str, dict[str, Connection]] = {}
        self._digesting = Digesting(runtime, vocabulary, self.connections) if vocabulary.digest else None

    def enter(self, connection: Connection) -> None:
        self.connections[connection.sid] = connection
        self._by_user.setdefault(connection.user_id, {})[connection.sid] = connection

    def exit(self, connection: Connection) -> None:
        for conversation_id in list(connection.conversations):
            connection.leave(conversation_id)
        self.connections.pop(connection.sid, None)
        _drop(self._by_user, connection.user_id, connection)

    def join(self, connection: Connection, conversation_id: str) -> None:
        self._joined.setdefault(conversation_id, {})[connection.sid] = connection

    def leave(self, connection: Connection, conversation_id: str) -> None:
        _drop(self._joined, conversation_id, connection)

    def sockets_of(self, user_id: str) -> list[Connection]:
        return list(self._by_user.get(user_id, {}).values())

    @property
    def user_ids(self) -> set[str]:
        return set(self._by_user)

    async def hear(self, events: list[Document]) -> None:
        """Show events, in order. Writes never wait, so a slow socket holds up nobody."""
        holders = await self._holders(events)
        sights: dict[str, Sight] = {}
        began = time.monotonic()
        for place, event in enumerate(events):
            await self._look(sights, events[place:])
            self.cursor = event["seq"]
            self._show(event, sights, holders)
            # What is written in one turn of the loop leaves in one system call a socket; then others have their turn.
            if time.monotonic() - began > _LONGEST_TURN:
                await asyncio.sleep(0)
                began = time.monotonic()
        if self._digesting:
            self._digesting.hear(events)

    async def _holders(self, events: list[Document]) -> Holders:
        """Asked for only where a dialect tells them."""
        ids = {e["conversation_id"] for e in events if e["kind"] in self.vocabulary.concerning}
        if not ids:
            return {}
        db = self._runtime.database.scoped(self.tenant_id)
        held = {"_id": {"$in": list(ids)}, "assigned_to_id": {"$ne": None}}
        found = await db.conversations.all(held, fields=["assigned_to_id"])
        return {row["_id"]: row["assigned_to_id"] for row in found}

    async def _look(self, sights: dict[str, Sight], events: list[Document]) -> None:
        """Add what each restricted user may see; one who has come while others were shown is asked about then."""
        while new := [c for c in self.connections.values() if c.restricted and c.user_id not in sights]:
            async with self._runtime.enter(new[0].identity.tenant, new[0].actor) as ctx:
                sights[new[0].user_id] = await sight_of(ctx, events)

    def _show(self, event: Document, sights: dict[str, Sight], holders: Holders) -> None:
        if not self.connections:
            return
        rendering = Rendering(self.vocabulary.frames, self.vocabulary.encode, event)
        blind = self._blind(event, sights)
        for connection in list(self.connections.values()):
            # Only the very next event: whoever is behind has been told so, and syncs.
            if connection.cursor is not None and event["seq"] == connection.cursor + 1:
                connection.cursor = event["seq"]
                connection.push(_as_seen(rendering, blind.get(connection)))
        for audience, packet in rendering.plain():
            for connection in self._audience(audience, event.get("conversation_id"), holders):
                if connection.cursor is None and connection not in blind:
                    connection.push(packet)

    def _blind(self, event: Document, sights: dict[str, Sight]) -> dict[Connection, Sight]:
        """Those who may not see it. They leave a conversation that they no longer see."""
        if not sights and event["kind"] not in PERSONAL:
            return {}
        looking = [(c, sights.get(c.user_id) or Sight(c.actor)) for c in self.connections.values()]
        blind = {connection: sight for connection, sight in looking if not sight.allows(event)}
        for connection in blind:
            if connection.restricted:
                connection.leave(event.get("conversation_id") or "")
        return blind

    def _audience(
        self, audience: Audience, conversation_id: str | None, holders: Holders
    ) -> Iterable[Connection]:
        if audience is Audience.EVERYONE:
            return list(self.connections.values())
        joined = self._joined.get(conversation_id or "", {})
        if audience is Audience.JOINED:
            return list(joined.values())
        holding = self._by_user.get(holders.get(conversation_id or "", ""), {})
        return list({**joined, **holding}.values())

    def show_briefly(self, signal: Signal) -> None:
        """Something that no one keeps; not to the socket it came from."""
        draw = self.vocabulary.ephemeral.get(signal.kind)
        for frame in draw(signal.payload) if draw else []:
            packet = self.vocabulary.encode(frame.name, frame.payload)
            for connection in self._audience(frame.audience, signal.payload.get("conversation_id"), {}):
                if connection.sid != signal.payload.get("socket_id"):
                    connection.push(packet)

    def stop(self) -> None:
        """Nobody is here any more."""
        if self._digesting:
            self._digesting.stop()

    def tell_tail(self, newest: int, oldest: int) -> None:
        if packet := self.tail_packet(newest, oldest):
            for connection in list(self.connections.values()):
                connection.push(packet)

    def tail_packet(self, newest: int, oldest: int) -> Encoded | None:
        """None in a dialect that does not tell."""
        frame = self.vocabulary.tail and self.vocabulary.tail(newest, oldest)
        return self.vocabulary.encode(frame.name, frame.payload) if frame else None


def _drop(places: dict[str, dict[str, Connection]], key: str, connection: Connection) -> None:
    there = places.get(key, {})
    there.pop(connection.sid, None)
    if not there:
        places.pop(key, None)


def _as_seen(rendering: Rendering, blind: Sight | None) -> Encoded:
    """`blind`: the sight of someone who may not see the event."""
    if blind is None:
        return rendering.shown
    return rendering.removed if blind.loses(rendering.event) else rendering.hidden
