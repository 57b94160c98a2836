"""A message, in or out, as the desk keeps it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, Field

from tenants.models import ActorKind, Document


class Direction(StrEnum):
    INBOUND = "INBOUND"
    OUTBOUND = "OUTBOUND"
    INTERNAL = "INTERNAL"  # a note: never leaves the house


class Kind(StrEnum):
    TEXT = "TEXT"
    IMAGE = "IMAGE"
    VIDEO = "VIDEO"
    AUDIO = "AUDIO"
    DOCUMENT = "DOCUMENT"
    STICKER = "STICKER"
    LOCATION = "LOCATION"
    CONTACTS = "CONTACTS"
    REACTION = "REACTION"
    TEMPLATE = "TEMPLATE"
    INTERACTIVE = "INTERACTIVE"  # buttons and lists that we send; taps, list picks and forms that come back
    ORDER = "ORDER"
    SYSTEM = "SYSTEM"
    UNSUPPORTED = "UNSUPPORTED"
    NOTE = "NOTE"


MEDIA_KINDS = frozenset({Kind.IMAGE, Kind.VIDEO, Kind.AUDIO, Kind.DOCUMENT, Kind.STICKER})


class Status(StrEnum):
    """What the customer's phone has done with it, as shown."""

    SENT = "SENT"
    DELIVERED = "DELIVERED"
    READ = "READ"
    FAILED = "FAILED"


class Delivery(StrEnum):
    """Where an outbound message stands in the outbox (protocol.md, Outbound)."""

    QUEUED = "QUEUED"
    SENDING = "SENDING"
    ACCEPTED = "ACCEPTED"
    UNCERTAIN = "UNCERTAIN"  # it may have been accepted; a status may still tell
    UNCONFIRMED = "UNCONFIRMED"  # nothing told in time; the agent decides
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"


MOVING = frozenset({Delivery.QUEUED, Delivery.SENDING, Delivery.UNCERTAIN})


class Policy(StrEnum):
    """What happens to an uncertain message: hold it for the agent, or (where a double is cheap) send it again."""

    HOLD = "hold"
    RESEND = "resend"


class Automatic(StrEnum):
    """What the house sent by itself."""

    GREETING = "GREETING"
    AWAY = "AWAY"
    ASSISTANT = "ASSISTANT"
    SURVEY = "SURVEY"


class SendError(BaseModel):
    """Why it failed, for the person who must act. `code` is the provider's, or our own in capitals.

    `detail`: what the provider says of it in its own words, which `cause` quotes as well.
    """

    code: str
    title: str
    cause: str = ""
    next_step: str = ""
    detail: str = ""
    retryable: bool = False


class Media(BaseModel):
    """A file of a message. `id` names it in our store once it is there; `link` is an address the sender gave."""

    id: str | None = None
    link: str | None = None
    provider_id: str | None = None
    mime_type: str | None = None
    sha256: str | None = None
    filename: str | None = None
    size: int | None = None
    voice: bool = False
    animated: bool = False
    pending: bool = False  # still to be fetched from the provider
    attempts: int = 0
    error: str | None = None

    @property
    def url(self) -> str | None:
        """Where a user of the tenant reads it."""
        return f"/api/media/{self.id}" if self.id else self.link


CUSTOMER, HOUSE = "customer", "house"


class Reaction(BaseModel):
    """At most one of the customer's and one of the house's."""

    emoji: str
    by: str  # CUSTOMER, the id of the user who reacted, or HOUSE where that was in the phone app or by itself


class Message(Document):
    number: int
    conversation_id: str
    contact_id: str
    channel_id: str
    seq: int  # its place in the conversation: 1, 2, 3 …
    direction: Direction
    kind: Kind
    text: str = ""  # text, caption, or what a list row should show
    details: dict[str, Any] = Field(default_factory=dict)  # per kind: see content.py and inbound.py
    media: Media | None = None
    wamid: str | None = None
    client_message_id: str | None = None
    sent_by_id: str | None = None
    sent_by_name: str | None = None
    sent_by_kind: ActorKind | None = None
    reply_to_id: str | None = None
    reply_to_wamid: str | None = None
    reactions: list[Reaction] = []
    status: Status
    rank: int = 0
    status_at: dict[str, datetime] = {}
    error: SendError | None = None
    delivery: Delivery | None = None
    attempt: int = 0
    policy: Policy = Policy.HOLD
    automatic: Automatic | None = None
    read_at: datetime | None = None  # by an agent
    edited_at: datetime | None = None
    deleted_at: datetime | None = None
    timestamp: datetime
    created_at: datetime
    stages: dict[str, datetime] = {}  # when each step was reached, for the timeline

    @property
    def shown(self) -> str:
        """What a reader is shown first: the text, or where the file is."""
        return (self.media.url or "") if self.media else self.text

    @property
    def extra(self) -> dict[str, Any] | None:
        """What else belongs to it; None for plain text."""
        file = (
            self.media.model_dump(include={"mime_type", "filename", "size"}, exclude_none=True)
            if self.media
            else {}
        )
        caption = {"caption": self.text} if self.media and self.text else {}
        plain = self.kind is Kind.TEXT and set(self.details) <= {"preview_url"}
        return None if plain else {**self.details, **file, **caption} or None

    @property
    def unconfirmed(self) -> bool:
        return self.delivery is Delivery.UNCONFIRMED
