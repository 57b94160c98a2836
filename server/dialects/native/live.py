"""What a browser sees of an event: each durable event as the documented Socket.IO events (seed 004, WebSocket)."""

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import Field
from pydantic.alias_generators import to_camel

from server.desk import events
from server.desk.channels import ChannelStatus, ChannelType
from server.desk.contacts.models import Contact
from server.desk.conversations.models import ContactSnapshot, Conversation, ConversationStatus, LastMessage
from server.desk.messages.models import Delivery, Message, Status
from server.dialects.native.schemas import Moment, Out
from server.dialects.native.schemas_conversations import (
    ContactInConversation,
    ContactOfMessage,
    ConversationRow,
    DeliveryState,
    LastMessageOut,
    MessageOut,
    SendErrorOut,
    camel,
)
from server.realtime import Audience, Frame
from server.realtime.visibility import REMOVED
from tenants.events import UserChanged
from tenants.models import Role, UserStatus
from tenants.problems import Problem

Document = dict[str, Any]


class RowAfterMessage(Out):
    """What a list row shows once there is a new message."""

    lastMessage: LastMessageOut | None
    lastMessageAt: Moment
    unreadCount: int
    status: ConversationStatus
    windowExpiresAt: Moment | None


class StatusUpdate(Out):
    messageId: Annotated[str, Field(validation_alias="_id")]
    status: Status
    deliveryState: DeliveryState
    unconfirmed: bool
    error: SendErrorOut | None
    whatsappMessageId: Annotated[str | None, Field(validation_alias="wamid")]
    clientMessageId: str | None


class LiveChannel(Out):
    id: Annotated[str, Field(validation_alias="_id")]
    type: ChannelType
    name: str
    status: ChannelStatus
    statusReason: str | None = None
    displayPhoneNumber: str | None = None
    quality: str | None = None
    deleted: bool = False


class LiveTemplate(Out):
    """Of a whole list that was read again only `channelId` is known."""

    channelId: str
    name: str | None = None
    language: str | None = None
    status: str | None = None
    category: str | None = None


class LiveUser(Out):
    id: Annotated[str, Field(validation_alias="_id")]
    name: str
    email: str
    role: Role
    status: UserStatus
    avatarUrl: str | None = None
    teamIds: list[str] = []


def frames(event: Document) -> list[Frame]:
    """The event as stored in the feed, in the documents' words. An unknown kind is shown as nothing."""
    draw = _DRAWN.get(event["kind"])
    return draw(event, event["payload"]) if draw else []


def _message_added(event: Document, payload: Document) -> list[Frame]:
    conversation = payload["conversation"]
    newest = conversation["last_message"]  # a note may come before any message
    row = {**conversation, "last_message": newest and LastMessage.model_validate(newest)}
    contact = ContactOfMessage.of(ContactSnapshot.model_validate(conversation["contact"]))
    message = {**_message(payload), "contact": contact.model_dump()}
    place = {"conversationId": event["conversation_id"]}
    return [
        Frame("message:new", {**place, "message": message}, Audience.JOINED),
        Frame("conversation:updated", {**place, **RowAfterMessage.of(row).model_dump()}),
    ]


def _message(payload: Document) -> Document:
    return MessageOut.of(Message.of(payload["message"])).model_dump()


def _message_changed(event: Document, payload: Document) -> list[Frame]:
    changed = {"conversationId": event["conversation_id"], "message": _message(payload)}
    return [Frame("message:updated", changed, Audience.JOINED)]


def _status_changed(event: Document, payload: Document) -> list[Frame]:
    message = payload["message"]
    unconfirmed = message.get("delivery") == Delivery.UNCONFIRMED
    update = StatusUpdate.of({**message, "unconfirmed": unconfirmed}).model_dump()
    said = {"conversationId": event["conversation_id"], **update}
    return [
        Frame("message:status-update", said, Audience.JOINED),
        Frame("message:status", said, Audience.JOINED, alias=True),
    ]


def _row(event: Document, payload: Document) -> Document:
    conversation = {**payload["conversation"], "tenant_id": event["tenant_id"]}
    return ConversationRow.of(Conversation.of(conversation)).model_dump()


def _conversation_opened(event: Document, payload: Document) -> list[Frame]:
    return [Frame("conversation:new", {"conversation": _row(event, payload)})]


# The wire shows these under another name than the desk keeps them.
_SHOWN_AS = {"tag_ids": "tags"}


def _conversation_changed(event: Document, payload: Document) -> list[Frame]:
    row = _row(event, payload)
    names = [to_camel(_SHOWN_AS.get(field, field)) for field in payload["changed"]]
    updates = {name: row[name] for name in names if name in row}
    return [Frame("conversation:updated", {"conversationId": event["conversation_id"], "updates": updates})]


def _conversation_removed(event: Document, _payload: Document) -> list[Frame]:
    return [Frame("conversation:removed", {"conversationId": event["conversation_id"]})]


def _notification(event: Document, payload: Document) -> list[Frame]:
    return [Frame("notification", camel(payload["notification"]))]


def _contact_changed(event: Document, payload: Document) -> list[Frame]:
    contact = ContactInConversation.of(Contact.of(payload["contact"]))
    return [Frame("contact:updated", {"contact": contact.model_dump()})]


def _channel_changed(event: Document, payload: Document) -> list[Frame]:
    return [Frame("channel:updated", {"channel": LiveChannel.of(payload["channel"]).model_dump()})]


def _template_changed(event: Document, payload: Document) -> list[Frame]:
    return [Frame("template:updated", {"template": LiveTemplate.of(payload["template"]).model_dump()})]


def _catalog_changed(event: Document, payload: Document) -> list[Frame]:
    return [Frame("catalog:updated", {"noun": payload["noun"], "id": payload["id"]})]


def _user_changed(event: Document, payload: Document) -> list[Frame]:
    return [Frame("user:updated", {"user": LiveUser.of(payload["user"]).model_dump()})]


_DRAWN: dict[str, Callable[[Document, Document], list[Frame]]] = {
    events.MessageAdded.kind: _message_added,
    events.MessageChanged.kind: _message_changed,
    events.MessageStatusChanged.kind: _status_changed,
    events.ConversationOpened.kind: _conversation_opened,
    events.ConversationChanged.kind: _conversation_changed,
    REMOVED: _conversation_removed,
    events.NotificationRaised.kind: _notification,
    events.ContactChanged.kind: _contact_changed,
    events.ChannelChanged.kind: _channel_changed,
    events.TemplateChanged.kind: _template_changed,
    events.CatalogChanged.kind: _catalog_changed,
    UserChanged.kind: _user_changed,
}


def typing_frames(payload: Document) -> list[Frame]:
    """A colleague types, or has stopped: in the document's word and in the alias that clients in the field listen to."""
    said = {
        "conversationId": payload["conversation_id"],
        "userId": payload["user_id"],
        "userName": payload["user_name"],
        "isTyping": payload["is_typing"],
    }
    return [
        Frame("conversation:typing", said, Audience.JOINED),
        Frame("user:typing", said, Audience.JOINED, alias=True),
    ]


def viewing_frames(payload: Document) -> list[Frame]:
    said = {
        "conversationId": payload["conversation_id"],
        "userId": payload["user_id"],
        "userName": payload["user_name"],
        "isViewing": payload["is_viewing"],
    }
    return [Frame("conversation:viewing", said, Audience.JOINED)]


def presence_frames(payload: Document) -> list[Frame]:
    return [Frame("presence:changed", {"userId": payload["user_id"], "presence": payload["presence"]})]


def expired(grace: int) -> Frame:
    return Frame("auth:expired", {"graceSeconds": grace})


def tail(newest: int, oldest: int) -> Frame:
    return Frame("tail", {"seq": newest, "min": oldest})


def refusal(problem: Problem, _said: Document) -> Document:
    details = [{"field": e.field, "message": e.message} for e in problem.fields]
    return {"code": problem.code, "message": problem.message, **({"details": details} if details else {})}
