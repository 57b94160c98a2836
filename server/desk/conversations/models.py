"""A conversation: one service session of a contact on a channel."""

from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from pydantic import BaseModel

from server.desk.messages.models import Direction, Kind, Status
from tenants.models import Document
from tenants.problems import Conflict, NotFound


class ConversationStatus(StrEnum):
    OPEN = "OPEN"
    IN_PROGRESS = "IN_PROGRESS"
    WAITING = "WAITING"  # for the customer
    CLOSED = "CLOSED"


class Priority(StrEnum):
    LOW = "LOW"
    MEDIUM = "MEDIUM"
    HIGH = "HIGH"
    URGENT = "URGENT"


class Resolution(StrEnum):
    """How it ended, as whoever closed it says."""

    RESOLVED = "RESOLVED"
    UNRESOLVED = "UNRESOLVED"
    ABANDONED = "ABANDONED"  # the customer wrote no more


class OpenedBy(StrEnum):
    CUSTOMER = "customer"
    AGENT = "agent"


class ContactSnapshot(BaseModel):
    id: str
    name: str | None = None
    phone: str | None = None
    wa_id: str | None = None
    user_id: str | None = None
    email: str | None = None
    profile_picture_url: str | None = None
    created_at: datetime | None = None

    @property
    def phone_number(self) -> str | None:
        return self.phone or self.wa_id


class UserSnapshot(BaseModel):
    id: str
    number: int | None = None
    name: str
    email: str


class TagSnapshot(BaseModel):
    id: str
    name: str
    color: str


class LastMessage(BaseModel):
    """What a list row shows of the newest message."""

    id: str
    text: str
    link: str | None = None
    kind: Kind
    direction: Direction
    status: Status
    timestamp: datetime

    @property
    def shown(self) -> str:
        return self.link or self.text


class Conversation(Document):
    tenant_id: str
    number: int
    contact_id: str
    contact: ContactSnapshot
    channel_id: str
    status: ConversationStatus
    priority: Priority = Priority.MEDIUM
    assigned_to_id: str | None = None
    assigned_to: UserSnapshot | None = None
    team_id: str | None = None
    tag_ids: list[str] = []
    tags: list[TagSnapshot] = []
    open: bool = False
    seq: int = 0  # of its newest message
    notes_count: int = 0  # how many of its messages are notes among colleagues
    unread_count: int = 0
    last_message: LastMessage | None = None
    last_message_at: datetime
    window_expires_at: datetime | None = None
    first_response_at: datetime | None = None
    queued_at: datetime | None = None  # since when it waits for somebody
    with_assistant: bool = False  # which answers the customer, so that he does not wait for people
    escalated_at: datetime | None = None  # the assistant has called people
    escalation_reason: str | None = None
    assigned_at: datetime | None = None
    snoozed_until: datetime | None = None  # its agent wants to see it again then, or when the customer writes
    served_at: datetime | None = None  # when it last left the waiting line for somebody
    waited_seconds: float | None = None  # how long it had waited by then
    closed_at: datetime | None = None
    closed_by_id: str | None = None
    resolution: Resolution | None = None
    close_notes: str | None = None
    closed_from: dict[str, Any] | None = None  # `{status, snoozed_until}`: what it was before
    rating: int | None = None  # 1 to 5, the customer's, of how it ended
    rated_at: datetime | None = None
    created_at: datetime
    updated_at: datetime
    transfers: list[dict[str, Any]] = []
    assignments: list[dict[str, Any]] = []

    @property
    def messages_count(self) -> int:
        """Of what was said between the customer and the house."""
        return self.seq - self.notes_count


class Placement(NamedTuple):
    """Whose a conversation is: what decides who may see it where agents see only some."""

    assigned_to_id: str | None
    team_id: str | None


class ConversationNotFound(NotFound):
    message = "Conversa não encontrada."


class ConversationClosed(Conflict):
    code = "CONVERSATION_CLOSED"
    message = "A conversa está fechada; reabra-a para continuar."


class ConversationOpen(Conflict):
    code = "CONVERSATION_OPEN"
    message = "A conversa ainda está aberta; encerre-a antes."


class AlreadyClaimed(Conflict):
    message = "Outro atendente já assumiu esta conversa."


class AnotherIsOpen(Conflict):
    message = "O contato já tem outra conversa aberta neste canal."
