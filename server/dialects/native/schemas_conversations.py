"""Conversations and messages on the native wire (seed 004, Conversas and Mensagens)."""

from typing import Annotated, Any, Literal

from pydantic import AliasPath, BeforeValidator, Field
from pydantic.alias_generators import to_camel

from server.desk.conversations.models import ConversationStatus, Priority
from server.desk.conversations.waiting import Reason
from server.desk.messages.models import Automatic, Delivery, Direction, Kind, Status
from server.dialects.native.schemas import Moment, Out
from tenants.models import ActorKind


def camel(value: Any) -> Any:
    """The desk's keys in the wire's spelling, all the way down."""
    if isinstance(value, dict):
        return {to_camel(key): camel(part) for key, part in value.items()}
    if isinstance(value, list):
        return [camel(part) for part in value]
    return value


class ContactBrief(Out):
    id: str
    phoneNumber: str | None
    name: str | None
    profilePictureUrl: str | None = None


class ContactInConversation(ContactBrief):
    email: str | None = None
    createdAt: Moment | None = None


class AssigneeOut(Out):
    id: str
    name: str
    email: str


class TagBrief(Out):
    id: str
    name: str
    color: str


class LastMessageOut(Out):
    id: str
    content: Annotated[str, Field(validation_alias="shown")]
    direction: Direction
    type: Annotated[Kind, Field(validation_alias="kind")]
    status: Status
    timestamp: Moment


class ConversationRow(Out):
    id: str
    number: int
    tenantId: str
    contactId: str
    contact: ContactBrief
    channelId: str
    status: ConversationStatus
    priority: Priority
    assignedToId: str | None
    assignedTo: AssigneeOut | None
    teamId: str | None
    tags: list[TagBrief]
    lastMessageAt: Moment
    closedAt: Moment | None
    lastMessage: LastMessageOut | None
    unreadCount: int
    windowExpiresAt: Moment | None
    snoozedUntil: Moment | None
    withAssistant: bool
    escalatedAt: Moment | None
    escalationReason: str | None
    createdAt: Moment
    updatedAt: Moment


class ConversationOut(ConversationRow):
    contact: ContactInConversation


class AssignmentOut(Out):
    """A change of hands. `by` null: the house itself; `userId` null: back to the line; `waitedSeconds` null: no wait ended."""

    at: Moment
    by: str | None
    userId: str | None
    teamId: str | None
    reason: Reason
    waitedSeconds: float | None


class TransferOut(Out):
    """What the colleague who passed it on has said of it."""

    at: Moment
    by: str | None
    toUserId: str | None
    toTeamId: str | None
    reason: str | None


class ConversationDetails(ConversationOut):
    assignments: list[AssignmentOut]
    transfers: list[TransferOut]


class ReactionOut(Out):
    emoji: str
    by: str


class SendErrorOut(Out):
    """`detail`: the provider's own words, which `cause` quotes as well."""

    code: str
    title: str
    cause: str
    nextStep: str
    detail: str = ""
    retryable: bool


class MediaOut(Out):
    """`url` needs the caller's token; null until the file is here."""

    id: str | None
    url: str | None
    mimeType: str | None
    filename: str | None
    size: int | None
    voice: bool
    animated: bool
    pending: bool
    error: str | None


_DELIVERY_ON_WIRE = {Delivery.UNCERTAIN: "AMBIGUOUS", Delivery.UNCONFIRMED: "AMBIGUOUS"}


def _delivery(state: Delivery | None) -> str | None:
    return _DELIVERY_ON_WIRE.get(state, state) if state else None


DeliveryOnWire = Literal["QUEUED", "SENDING", "ACCEPTED", "AMBIGUOUS", "FAILED", "CANCELLED"]
DeliveryState = Annotated[
    DeliveryOnWire | None, BeforeValidator(_delivery), Field(validation_alias="delivery")
]


class MessageOut(Out):
    id: str
    number: int
    conversationId: str
    contactId: str
    whatsappMessageId: Annotated[str | None, Field(validation_alias="wamid")]
    clientMessageId: str | None
    seq: int
    direction: Direction
    type: Annotated[Kind, Field(validation_alias="kind")]
    content: Annotated[str, Field(validation_alias="shown")]
    metadata: Annotated[dict[str, Any] | None, BeforeValidator(camel), Field(validation_alias="extra")]
    media: MediaOut | None
    status: Status
    deliveryState: DeliveryState
    unconfirmed: bool
    error: SendErrorOut | None
    sentById: str | None
    sentByName: str | None
    sentByKind: ActorKind | None
    automatic: Automatic | None
    replyToId: str | None
    reactions: list[ReactionOut]
    readAt: Moment | None
    editedAt: Moment | None
    deletedAt: Moment | None
    timestamp: Moment
    createdAt: Moment


class ContactOfMessage(Out):
    id: str
    phoneNumber: str | None
    name: str | None


class HitConversation(Out):
    id: str
    contact: ContactOfMessage


class HitOut(Out):
    id: Annotated[str, Field(validation_alias=AliasPath("message", "id"))]
    conversationId: Annotated[str, Field(validation_alias=AliasPath("message", "conversation_id"))]
    direction: Annotated[Direction, Field(validation_alias=AliasPath("message", "direction"))]
    type: Annotated[Kind, Field(validation_alias=AliasPath("message", "kind"))]
    content: Annotated[str, Field(validation_alias=AliasPath("message", "shown"))]
    timestamp: Annotated[Moment, Field(validation_alias=AliasPath("message", "timestamp"))]
    conversation: HitConversation
