"""Who did what to the account. The catalogue of what is told, and what an entry looks like (docs/decisions/0011).

Entries are only ever added, by `Context.record`, in the transaction of the change they tell of.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from tenants.ids import new_id
from tenants.models import Actor

Document = dict[str, Any]
# In the place of a value that is told nowhere: a password, a key.
SECRET = "…"  # noqa: S105


class Action(StrEnum):
    """`noun.past_tense`. What is told is declared here, and said by the verb that did it."""

    SESSION_OPENED = "session.opened"
    SESSION_REFUSED = "session.refused"  # an e-mail of the account, and a wrong password
    SESSION_CLOSED = "session.closed"
    USER_CREATED = "user.created"
    USER_CHANGED = "user.changed"
    TEAM_CREATED = "team.created"
    TEAM_CHANGED = "team.changed"
    TEAM_REMOVED = "team.removed"
    TAG_CREATED = "tag.created"
    TAG_CHANGED = "tag.changed"
    TAG_REMOVED = "tag.removed"
    CANNED_RESPONSE_CREATED = "canned_response.created"
    CANNED_RESPONSE_CHANGED = "canned_response.changed"
    CANNED_RESPONSE_REMOVED = "canned_response.removed"
    CHANNEL_CONNECTED = "channel.connected"
    CHANNEL_CHANGED = "channel.changed"
    CHANNEL_REMOVED = "channel.removed"
    TEMPLATES_SYNCED = "templates.synced"
    TENANT_CHANGED = "tenant.changed"
    INTEGRATION_CONNECTED = "integration.connected"
    INTEGRATION_CHANGED = "integration.changed"
    INTEGRATION_REMOVED = "integration.removed"
    API_KEY_CREATED = "api_key.created"
    API_KEY_REVOKED = "api_key.revoked"
    WEBHOOK_CREATED = "webhook.created"
    WEBHOOK_CHANGED = "webhook.changed"
    WEBHOOK_REMOVED = "webhook.removed"
    WEBHOOK_DISABLED = "webhook.disabled"  # by the house
    DEAD_LETTER_REPLAYED = "dead_letter.replayed"
    DEAD_LETTER_REMOVED = "dead_letter.removed"
    CONTACT_REMOVED = "contact.removed"
    CONTACT_MERGED = "contact.merged"
    CONVERSATIONS_EXPORTED = "conversations.exported"


class Target(NamedTuple):
    """What it was done to. `noun` in the plural, as `catalog:updated` says it."""

    noun: str
    id: str | None = None
    name: str | None = None


class Change(NamedTuple):
    field: str
    before: Any = None
    after: Any = None


def differences(before: Mapping[str, Any], after: Mapping[str, Any], fields: Iterable[str]) -> list[Change]:
    """Those of `fields` that differ. {} stands for what is not there yet, or no longer."""
    each = (Change(field, before.get(field), after.get(field)) for field in fields)
    return [change for change in each if change.before != change.after]


def as_document(
    action: Action,
    target: Target,
    told: Iterable[Change],
    *,
    actor: Actor,
    at: datetime,
    ip: str | None,
    request_id: str | None,
) -> Document:
    return {
        "_id": new_id(),
        "at": at,
        "actor": {"id": actor.id, "name": actor.name, "kind": actor.kind},
        "action": action,
        "target": target._asdict(),
        "changes": [change._asdict() for change in told],
        "ip": ip,
        "request_id": request_id,
    }
