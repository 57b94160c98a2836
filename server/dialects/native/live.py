"""What a browser sees of an event: each durable event as the documented Socket.IO events (seed 004, WebSocket)."""

from collections.abc import Callable
from typing import Any

from pydantic.alias_generators import to_camel

from server.desk import events
from server.desk.contacts.models import Contact
from server.desk.conversations.models import ContactSnapshot, Conversation, LastMessage
from server.desk.messages.models import Delivery, Message
from server.dialects.native.schemas_conversations import MessageOut, camel
from server.dialects.native.schemas_live import (
    ChangedCatalog,
    ChangedChannel,
    ChangedContact,
    ChangedMessage,
    ChangedPresence,
    ChangedRow,
    ChangedTemplate,
    ChangedTenant,
    ChangedUser,
    Expiry,
    MessageWithContact,
    NewConversation,
    NewMessage,
    Notification,
    Place,
    Refusal,
    RowAfterMessage,
    RowChanges,
    StatusUpdate,
    Tail,
    Typing,
    Viewing,
)
from server.realtime import Audience, Frame
from server.realtime.visibility import REMOVED
from tenants.events import UserChanged
from tenants.problems import Problem

Document = dict[str, Any]


def frames(event: Document) -> list[Frame]:
    """The event as stored in the feed, in the documents' words. An unknown kind is shown as nothing."""
    draw = _DRAWN.get(event["kind"])
    return draw(event, event["payload"]) if draw else []


def _message_added(event: Document, payload: Document) -> list[Frame]:
    conversation, place = payload["conversation"], event["conversation_id"]
    newest = conversation["last_message"]  # a note may come before any message
    shown = {**conversation, "last_message": newest and LastMessage.model_validate(newest)}
    row = RowAfterMessage.of({**shown, "conversation_id": place})
    contact = ContactSnapshot.model_validate(conversation["contact"])
    message = MessageWithContact.by(contact, Message.of(payload["message"]))
    new = NewMessage(conversationId=place, message=message)
    return [
        Frame("message:new", new.model_dump(), Audience.JOINED),
        Frame("conversation:updated", row.model_dump()),
    ]


def _message_changed(event: Document, payload: Document) -> list[Frame]:
    message = MessageOut.of(Message.of(payload["message"]))
    changed = ChangedMessage(conversationId=event["conversation_id"], message=message)
    return [Frame("message:updated", changed.model_dump(), Audience.JOINED)]


def _status_changed(event: Document, payload: Document) -> list[Frame]:
    message, place = payload["message"], event["conversation_id"]
    unconfirmed = message.get("delivery") == Delivery.UNCONFIRMED
    said = StatusUpdate.of({**message, "unconfirmed": unconfirmed, "conversation_id": place}).model_dump()
    return [
        Frame("message:status-update", said, Audience.JOINED),
        Frame("message:status", said, Audience.JOINED, alias=True),
    ]


def _row(event: Document, payload: Document) -> Conversation:
    return Conversation.of({**payload["conversation"], "tenant_id": event["tenant_id"]})


def _conversation_opened(event: Document, payload: Document) -> list[Frame]:
    new = NewConversation.of({"conversation": _row(event, payload)})
    return [Frame("conversation:new", new.model_dump())]


# The wire shows these under another name than the desk keeps them.
_SHOWN_AS = {"tag_ids": "tags"}


def _conversation_changed(event: Document, payload: Document) -> list[Frame]:
    row = RowChanges.of(_row(event, payload))
    names = {to_camel(_SHOWN_AS.get(field, field)) for field in payload["changed"]}
    changed = ChangedRow(conversationId=event["conversation_id"], updates=row)
    return [
        Frame("conversation:updated", changed.model_dump(include={"conversationId": True, "updates": names}))
    ]


def _conversation_removed(event: Document, _payload: Document) -> list[Frame]:
    return [Frame("conversation:removed", Place(conversationId=event["conversation_id"]).model_dump())]


def _notification(event: Document, payload: Document) -> list[Frame]:
    said = Notification.of(camel(payload["notification"]))
    return [Frame("notification", said.model_dump(exclude_unset=True))]


def _contact_changed(event: Document, payload: Document) -> list[Frame]:
    changed = ChangedContact.of({"contact": Contact.of(payload["contact"])})
    return [Frame("contact:updated", changed.model_dump())]


def _channel_changed(event: Document, payload: Document) -> list[Frame]:
    return [Frame("channel:updated", ChangedChannel.of(payload).model_dump())]


def _template_changed(event: Document, payload: Document) -> list[Frame]:
    return [Frame("template:updated", ChangedTemplate.of(payload).model_dump())]


def _catalog_changed(event: Document, payload: Document) -> list[Frame]:
    return [Frame("catalog:updated", ChangedCatalog.of(payload).model_dump())]


def _tenant_changed(event: Document, payload: Document) -> list[Frame]:
    paths = [".".join(map(to_camel, path.split("."))) for path in payload["changed"]]
    changed = ChangedTenant(changed=paths)
    return [Frame("tenant:updated", changed.model_dump())]


def _user_changed(event: Document, payload: Document) -> list[Frame]:
    return [Frame("user:updated", ChangedUser.of(payload).model_dump())]


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
    events.TenantChanged.kind: _tenant_changed,
    UserChanged.kind: _user_changed,
}


def typing_frames(payload: Document) -> list[Frame]:
    """A colleague types, or has stopped: in the document's word and in the alias that clients in the field listen to."""
    said = Typing.of(payload).model_dump()
    return [
        Frame("conversation:typing", said, Audience.JOINED),
        Frame("user:typing", said, Audience.JOINED, alias=True),
    ]


def viewing_frames(payload: Document) -> list[Frame]:
    return [Frame("conversation:viewing", Viewing.of(payload).model_dump(), Audience.JOINED)]


def presence_frames(payload: Document) -> list[Frame]:
    return [Frame("presence:changed", ChangedPresence.of(payload).model_dump())]


def expired(grace: int) -> Frame:
    return Frame("auth:expired", Expiry(graceSeconds=grace).model_dump())


def tail(newest: int, oldest: int) -> Frame:
    return Frame("tail", Tail(seq=newest, min=oldest).model_dump())


def refusal(problem: Problem, _said: Document) -> Document:
    wrong = [{"field": e.field, "message": e.message} for e in problem.fields]
    said = {"code": problem.code, "message": problem.message, **({"details": wrong} if wrong else {})}
    return Refusal.of(said).model_dump(exclude_unset=True)
