"""What the server says on the live socket: each event's payload, by its name (docs/native-api.md, Live events).

Payloads of the durable events carry their `seq` beside these fields where they come one by one, outside of an `ev`.
"""

from typing import Annotated, Any, Literal, Required

from pydantic import ConfigDict, Field
from typing_extensions import TypedDict

from server.desk.channels import ChannelStatus, ChannelType
from server.desk.conversations.models import ContactSnapshot, ConversationStatus
from server.desk.events import Noun
from server.desk.messages.models import Message, Status
from server.desk.presence import Presence
from server.dialects.native.schemas import Moment, Out
from server.dialects.native.schemas_conversations import (
    ContactInConversation,
    ContactOfMessage,
    ConversationRow,
    DeliveryState,
    LastMessageOut,
    MessageOut,
    SendErrorOut,
)
from tenants.models import Role, UserStatus


def _without_required(schema: dict[str, Any]) -> None:
    schema.pop("required", None)


class Place(Out):
    conversationId: str


class MessageWithContact(MessageOut):
    contact: ContactOfMessage

    @classmethod
    def by(cls, contact: ContactSnapshot, message: Message) -> "MessageWithContact":
        known = dict(MessageOut.of(message))
        return cls.model_construct(**known, contact=ContactOfMessage.of(contact))


class NewMessage(Place):
    message: MessageWithContact


class ChangedMessage(Place):
    message: MessageOut


class StatusUpdate(Place):
    messageId: Annotated[str, Field(validation_alias="_id")]
    status: Status
    deliveryState: DeliveryState
    unconfirmed: bool
    error: SendErrorOut | None
    whatsappMessageId: Annotated[str | None, Field(validation_alias="wamid")]
    clientMessageId: str | None


class NewConversation(Out):
    conversation: ConversationRow


class RowChanges(ConversationRow):
    """Those of its fields that are new."""

    model_config = ConfigDict(json_schema_extra=_without_required)


class ChangedRow(Place):
    updates: RowChanges


class RowAfterMessage(Place):
    """What a list row shows once there is a new message."""

    lastMessage: LastMessageOut | None
    lastMessageAt: Moment
    unreadCount: int
    status: ConversationStatus
    windowExpiresAt: Moment | None


class ChangedContact(Out):
    contact: ContactInConversation


class LiveChannel(Out):
    id: Annotated[str, Field(validation_alias="_id")]
    type: ChannelType
    name: str
    status: ChannelStatus
    statusReason: str | None = None
    statusCode: str | None = None
    statusDetail: str | None = None
    displayPhoneNumber: str | None = None
    quality: str | None = None
    deleted: bool = False


class ChangedChannel(Out):
    channel: LiveChannel


class LiveTemplate(Out):
    """Of a whole list that was read again only `channelId` is known."""

    channelId: str
    name: str | None = None
    language: str | None = None
    status: str | None = None
    category: str | None = None


class ChangedTemplate(Out):
    template: LiveTemplate


class ChangedCatalog(Out):
    noun: Noun
    id: str


class ChangedTenant(Out):
    """`changed`: as `PATCH /api/tenant` names them, `timeZone`, `settings.branding`."""

    changed: list[str]


class LiveUser(Out):
    id: Annotated[str, Field(validation_alias="_id")]
    name: str
    email: str
    role: Role
    status: UserStatus
    avatarUrl: str | None = None
    teamIds: list[str] = []


class ChangedUser(Out):
    user: LiveUser


NotificationType = Literal[
    "conversation.assigned", "conversation.woken", "channel.parked", "channel.reported", "inbox.dead",
    "alarm.raised", "alarm.cleared",
]  # fmt: skip


class Notification(Out):
    """Words are for a person (pt-BR). What a type does not know is left out."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=False)

    type: NotificationType
    title: str
    severity: str = ""
    message: str = ""
    body: str = ""
    by: str = ""
    conversationId: str = ""
    channelId: str | None = None
    alarmId: str = ""


class Person(Place):
    userId: str
    userName: str


class Typing(Person):
    isTyping: bool


class Viewing(Person):
    isViewing: bool


class ChangedPresence(Out):
    userId: str
    presence: Presence


class Marked(Out):
    messageIds: list[str]


class Expiry(Out):
    graceSeconds: int


class Tail(Out):
    """The newest number of the feed, and the oldest that is still kept."""

    seq: int
    min: int


class WrongPart(Out):
    field: str
    message: str


class Refusal(Out):
    model_config = ConfigDict(json_schema_serialization_defaults_required=False)

    code: str
    message: str
    details: list[WrongPart] = []


class Entry(TypedDict, total=False):
    """One event of the feed. `frames`: its events, [name, payload] by the names of `DurableEvents`.

    `skip` 1 in place of an event that this user may not see.
    """

    seq: Required[int]
    skip: int
    at: str
    kind: str
    conversationId: str
    frames: list[list[Any]]


# What the feed keeps, and an `ev` carries.
DurableEvents = TypedDict(
    "DurableEvents",
    {
        "message:new": NewMessage,
        "message:updated": ChangedMessage,
        "message:status-update": StatusUpdate,
        "conversation:new": NewConversation,
        "conversation:updated": ChangedRow | RowAfterMessage,
        "conversation:removed": Place,
        "contact:updated": ChangedContact,
        "channel:updated": ChangedChannel,
        "template:updated": ChangedTemplate,
        "catalog:updated": ChangedCatalog,
        "tenant:updated": ChangedTenant,
        "user:updated": ChangedUser,
        "notification": Notification,
    },
)

# What comes by itself only. `message:status` and `user:typing` are other clients' words for `message:status-update` and
# `conversation:typing`.
BriefEvents = TypedDict(
    "BriefEvents",
    {
        "ev": Entry,
        "tail": Tail,
        "message:status": StatusUpdate,
        "conversation:typing": Typing,
        "user:typing": Typing,
        "conversation:viewing": Viewing,
        "presence:changed": ChangedPresence,
        "conversation:joined": Place,
        "conversation:left": Place,
        "messages:marked-read": Marked,
        "pong": None,
        "auth:expired": Expiry,
        "error": Refusal,
    },
)
