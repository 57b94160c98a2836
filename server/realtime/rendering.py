"""A durable event as frames: rendered once for a dialect, encoded once for all its sockets."""

from collections.abc import Callable, Iterator
from enum import Enum
from functools import cached_property
from typing import Any, NamedTuple

import structlog

from server.realtime.packets import Encoded
from server.realtime.visibility import removal
from server.web.wire import iso

log = structlog.get_logger()
Document = dict[str, Any]


class Audience(Enum):
    """Which sockets a plain frame goes to, among those who may see the event."""

    EVERYONE = "everyone"  # of the tenant
    JOINED = "joined"  # those who joined the conversation
    CONCERNED = "concerned"  # those, and whoever has it


class Frame(NamedTuple):
    """`alias`: the same said in another client's words; left out where frames are replayed."""

    name: str
    payload: Document
    audience: Audience = Audience.EVERYONE
    alias: bool = False


Renderer = Callable[[Document], list[Frame]]
Encode = Callable[..., Encoded]


def frames_of(renderer: Renderer, event: Document) -> list[Frame]:
    """An event that cannot be drawn is logged and shown as nothing: the feed must go on for everyone."""
    try:
        return renderer(event)
    except Exception:
        log.exception("live.render_failed", kind=event.get("kind"), event=event.get("_id"))
        return []


def entry(event: Document, frames: list[Frame]) -> Document:
    """An event of the feed as `ev` carries it, live and replayed alike."""
    conversation = {"conversationId": event["conversation_id"]} if event.get("conversation_id") else {}
    shown = [[frame.name, frame.payload] for frame in frames if not frame.alias]
    return {
        "seq": event["seq"],
        "at": iso(event["at"]),
        "kind": event["kind"],
        **conversation,
        "frames": shown,
    }


def skipped(event: Document) -> Document:
    """In place of an event that this user may not see: it moves the cursor and reveals nothing."""
    return {"seq": event["seq"], "skip": 1}


class Rendering:
    """One event's packets, each made when first wanted."""

    def __init__(self, renderer: Renderer, encode: Encode, event: Document) -> None:
        self._renderer = renderer
        self._encode = encode
        self.event = event
        self.frames = frames_of(renderer, event)

    @cached_property
    def shown(self) -> Encoded:
        return self._encode("ev", entry(self.event, self.frames))

    @cached_property
    def hidden(self) -> Encoded:
        return self._encode("ev", skipped(self.event))

    @cached_property
    def removed(self) -> Encoded:
        return Rendering(self._renderer, self._encode, removal(self.event)).shown

    def plain(self) -> Iterator[tuple[Audience, Encoded]]:
        for frame in self.frames:
            yield frame.audience, self._encode(frame.name, {**frame.payload, "seq": self.event["seq"]})
