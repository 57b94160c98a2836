"""The catalogue of what can happen. Past tense; each said once, by the verb that made it true."""

from typing import Any, ClassVar

from tenants.events import AccessChanged as AccessChanged
from tenants.events import Event
from tenants.events import UserChanged as UserChanged

Document = dict[str, Any]


class ConversationOpened(Event):
    kind: ClassVar[str] = "conversation.opened"
    conversation: Document


class ConversationChanged(Event):
    """`changed` names the fields of the conversation that are new.

    `placed_before`: the `Placement` it had, where that has changed: who saw it there and does not now has lost it.
    """

    kind: ClassVar[str] = "conversation.changed"
    conversation: Document
    changed: list[str]
    placed_before: Document | None = None


class MessageAdded(Event):
    """`conversation` carries what a list row shows after it: last message, unread count, window."""

    kind: ClassVar[str] = "message.added"
    message: Document
    conversation: Document


class MessageStatusChanged(Event):
    """`message` carries id, status, delivery, wamid and error only."""

    kind: ClassVar[str] = "message.status_changed"
    message: Document


class MessageChanged(Event):
    """Reaction, edit, revocation, or its file has arrived."""

    kind: ClassVar[str] = "message.changed"
    message: Document


class ContactChanged(Event):
    kind: ClassVar[str] = "contact.changed"
    contact: Document


class ChannelChanged(Event):
    """Without secrets."""

    kind: ClassVar[str] = "channel.changed"
    channel: Document


class TemplateChanged(Event):
    kind: ClassVar[str] = "template.changed"
    template: Document


class CatalogChanged(Event):
    """A tag, team, canned response, integration, API key, webhook or dead letter was added, changed or removed."""

    kind: ClassVar[str] = "catalog.changed"
    noun: str
    id: str


class NotificationRaised(Event):
    """For one user, or for everyone (`user_id` None)."""

    kind: ClassVar[str] = "notification.raised"
    user_id: str | None
    notification: Document


class PresenceChanged(Event):
    """Someone came, went, or does not want to be given conversations now. Shown and forgotten."""

    kind: ClassVar[str] = "presence.changed"
    durable: ClassVar[bool] = False
    user_id: str
    presence: str

    def payload(self) -> Document:
        return self.model_dump()


class ViewingChanged(Event):
    """Someone has a conversation before him, or has left it. Shown and forgotten; said again as long as it goes on."""

    kind: ClassVar[str] = "viewing.changed"
    durable: ClassVar[bool] = False
    user_id: str
    user_name: str
    is_viewing: bool
    socket_id: str | None = None

    def payload(self) -> Document:
        return self.model_dump()


class TypingChanged(Event):
    """Shown and forgotten: it never enters the feed. `socket_id`: where it was typed, which need not be told."""

    kind: ClassVar[str] = "typing.changed"
    durable: ClassVar[bool] = False
    user_id: str
    user_name: str
    user_number: int | None = None
    is_typing: bool
    socket_id: str | None = None

    def payload(self) -> Document:
        return self.model_dump()
