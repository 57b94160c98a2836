"""The catalogue of what can happen. Past tense; each said once, by the verb that made it true."""

from typing import Any, ClassVar, Literal

from tenants.events import AccessChanged as AccessChanged
from tenants.events import Event
from tenants.events import UserChanged as UserChanged
from tenants.permissions import Permission

Document = dict[str, Any]
Noun = Literal[
    "tags", "teams", "canned_responses", "views", "integrations", "api_keys", "webhooks", "dead_letters"
]


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
    """One of these nouns was added, changed or removed."""

    kind: ClassVar[str] = "catalog.changed"
    noun: Noun
    id: str


class TenantChanged(Event):
    """`changed`: dotted paths into the tenant, "settings.branding". Whoever shows them reads them again."""

    kind: ClassVar[str] = "tenant.changed"
    changed: list[str]


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


# What only some may read is told to nobody else; by kind, of what is in the catalogue by noun.
_READ_WITH = {
    ChannelChanged.kind: Permission.CHANNELS_READ,
    "integrations": Permission.TENANT_EDIT,
    "api_keys": Permission.TENANT_EDIT,
    "webhooks": Permission.TENANT_EDIT,
    "dead_letters": Permission.TENANT_EDIT,
}
RESTRICTED = frozenset({ChannelChanged.kind, CatalogChanged.kind})


def read_with(event: Document) -> Permission | None:
    """What asks for a permission of its own to be read, beside that of the conversation it is about. `event`: as stored."""
    return _READ_WITH.get(event["payload"]["noun"] if event["kind"] == CatalogChanged.kind else event["kind"])
