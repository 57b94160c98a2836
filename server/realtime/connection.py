"""One admitted socket: whose it is, what it follows, what it may still ask for."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from server.realtime.budget import Budget
from server.realtime.packets import Encoded
from server.realtime.visibility import is_restricted
from server.runtime import Runtime
from tenants.access import Identity
from tenants.models import Actor
from tenants.problems import Conflict, Problem

if TYPE_CHECKING:
    from server.realtime.floor import Floor

MAX_CONVERSATIONS = 50


class TooManyConversations(Conflict):
    code = "TOO_MANY_CONVERSATIONS"
    message = f"Uma conexão acompanha no máximo {MAX_CONVERSATIONS} conversas de uma vez."


class Line(Protocol):
    """What carries packets to one client. Nothing waits for a slow reader: he is cut off."""

    closed: bool

    def push(self, packet: Encoded) -> None: ...

    async def close(self) -> None: ...


@dataclass(slots=True, eq=False)
class Connection:
    """`cursor` is None for a plain socket; in durable mode it is the last event that the socket was sent or synced to.

    `turn_away` closes the socket in such a way that its client does not come back with the same token.
    """

    sid: str
    socket: Line
    runtime: Runtime
    floor: "Floor"
    identity: Identity
    turn_away: Callable[["Connection", Problem], Awaitable[None]]
    restricted: bool = False
    cursor: int | None = None
    conversations: set[str] = field(default_factory=set)
    typing: dict[str, asyncio.TimerHandle] = field(default_factory=dict)
    budget: Budget = field(default_factory=Budget)
    # Since when its token has been out of date (time.time()).
    expired_at: float | None = None

    def __post_init__(self) -> None:
        self.restricted = is_restricted(self.identity.tenant, self.identity.user)

    @property
    def user_id(self) -> str:
        return self.identity.user.id

    @property
    def actor(self) -> Actor:
        return Actor.of(self.identity.user)

    def push(self, packet: Encoded) -> None:
        self.socket.push(packet)

    def emit(self, name: str, *payload: Any) -> None:
        self.socket.push(self.floor.vocabulary.encode(name, *payload))

    async def dismiss(self, problem: Problem) -> None:
        await self.turn_away(self, problem)

    def join(self, conversation_id: str) -> None:
        """Raises TooManyConversations. Whether the user may see it is for the caller to know."""
        if conversation_id not in self.conversations and len(self.conversations) >= MAX_CONVERSATIONS:
            raise TooManyConversations
        self.conversations.add(conversation_id)
        self.floor.join(self, conversation_id)

    def leave(self, conversation_id: str) -> None:
        self.conversations.discard(conversation_id)
        self.floor.leave(self, conversation_id)

    def identify(self, identity: Identity) -> None:
        """The same user, looked at again."""
        self.identity = identity
        self.restricted = is_restricted(identity.tenant, identity.user)
