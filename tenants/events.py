"""What happened, said once. The catalogue of kinds is `server/desk/events.py`; the kernel's own two are here."""

from datetime import datetime
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict

from tenants.ids import new_id
from tenants.models import Actor


class Event(BaseModel):
    """A fact in the past tense. Durable ones enter the tenant's feed in the transaction that made them true."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    kind: ClassVar[str]
    durable: ClassVar[bool] = True

    conversation_id: str | None = None

    def payload(self) -> dict[str, Any]:
        """BSON values; what a dialect needs to draw the event without reading anything."""
        return self.model_dump(exclude={"conversation_id"})


class UserChanged(Event):
    """Without the password."""

    kind: ClassVar[str] = "user.changed"
    user: dict[str, Any]


class AccessChanged(Event):
    """Someone's permissions, sessions or tenant changed (everyone's: `user_id` None): whoever caches access looks again."""

    kind: ClassVar[str] = "access.changed"
    durable: ClassVar[bool] = False
    user_id: str | None = None


def as_document(event: Event, *, actor: Actor, at: datetime, request_id: str | None) -> dict[str, Any]:
    """As stored: pending until the feed stamps it with its place (`tenants/feed.py`)."""
    return {
        "_id": new_id(),
        "kind": event.kind,
        "pending": True,
        "at": at,
        "actor": {"id": actor.id, "name": actor.name},
        "request_id": request_id,
        "conversation_id": event.conversation_id,
        "payload": event.payload(),
    }
