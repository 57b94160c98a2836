"""What a dialect says on its sockets, and what it hears."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from server.realtime.handlers import Handlers
from server.realtime.rendering import Encode, Frame, Renderer
from tenants.context import Context
from tenants.models import Actor
from tenants.problems import Problem

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Digest:
    """What is shown of a state rather than of one event, however many events changed it meanwhile.

    `read` looks at it as the house does; `draw` shows of that what one actor may see (None: everything).
    """

    wanted: Callable[[Document], bool]
    read: Callable[[Context], Awaitable[Any]]
    draw: Callable[[Any, Actor | None], list[Frame]]


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """Durable events as frames, by kind those that nobody keeps, and what clients may say.

    `encode(name, *payload)` writes a frame. `refusal(problem, said)` is the payload of an `error`, where `said` is what
    the client had sent. `expired(seconds)` asks for a new token within that time. `tail(newest, oldest)` tells where the
    feed stands. `concerning` names the kinds of events that have frames for Audience.CONCERNED.
    """

    frames: Renderer
    handlers: Handlers
    ephemeral: Mapping[str, Callable[[Document], list[Frame]]]
    encode: Encode
    refusal: Callable[[Problem, Document], Document]
    expired: Callable[[int], Frame]
    tail: Callable[[int, int], Frame] | None = None
    concerning: frozenset[str] = frozenset()
    digest: Digest | None = None
