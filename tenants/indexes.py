"""Every collection and every index. A noun that is not named here cannot be reached.

Each index begins with `tenant_id`, except in `REGISTRY`, which is how a tenant is found in the first place.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple


class Index(NamedTuple):
    keys: list[tuple[str, int]]
    unique: bool = False
    where: dict[str, Any] | None = None  # what it is about, when that is only a part

    @property
    def name(self) -> str:
        fields = "_".join(field for field, _ in self.keys)
        return f"{fields}_where_{'_'.join(self.where)}"[:120] if self.where else fields[:120]

    def as_command(self) -> dict[str, Any]:
        partial = {"partialFilterExpression": self.where} if self.where else {}
        return {"key": dict(self.keys), "name": self.name, "unique": self.unique, **partial}


ASCENDING, DESCENDING = 1, -1


def _index(*fields: str, unique: bool = False, where: dict[str, Any] | None = None) -> Index:
    """`-field` sorts descending; `tenant_id` comes first by itself."""
    keys = [(f.lstrip("-"), DESCENDING if f.startswith("-") else ASCENDING) for f in fields]
    return Index([("tenant_id", ASCENDING), *keys], unique, where)


_BY_NUMBER = _index("number", unique=True, where={"number": {"$exists": True}})

SCOPED: dict[str, list[Index]] = {
    "users": [_BY_NUMBER, _index("email", unique=True), _index("name")],
    "sessions": [_index("user_id")],
    "channels": [_BY_NUMBER, _index("address", unique=True, where={"deleted": False})],
    "contacts": [
        _BY_NUMBER,
        _index("name_key", "_id"),
        _index("words"),
        _index("-last_conversation_at", "-_id"),
        _index("deleted_at", where={"deleted_at": {"$type": "date"}}),
    ],
    "contact_identities": [_index("kind", "value", unique=True), _index("contact_id")],
    "conversations": [
        _BY_NUMBER,
        # A contact has at most one open conversation on a channel.
        _index("channel_id", "contact_id", unique=True, where={"open": True}),
        _index("-last_message_at", "-_id"),
        _index("status", "-last_message_at", "-_id"),
        _index("assigned_to_id", "status", "-last_message_at", "-_id"),
        _index("assigned_to_id", "-last_message_at", "-_id"),
        _index("priority", "-last_message_at", "-_id"),
        _index("channel_id", "-last_message_at", "-_id"),
        _index("team_id", "-last_message_at", "-_id"),
        _index("tag_ids", "-last_message_at", "-_id"),
        _index("contact_id", "-last_message_at"),
        _index("words"),
        _index("-last_message_at", "-_id", where={"unread_count": {"$gt": 0}}),
        _index("channel_id", "receipt.due_at", where={"receipt.due": True}),
        _index("queued_at", where={"queued_at": {"$type": "date"}}),
        _index("served_at"),
        _index("closed_at"),
        # For `/metrics`, which reads nothing but this. `$eq` tells it from the other index of what is open (`hint`).
        _index("open", "window_expires_at", where={"open": {"$eq": True}}),
        _index("_id", where={"answer_due": True}),
        _index("snoozed_until", where={"snoozed_until": {"$type": "date"}}),
        # All that the reports read, so that they read no document.
        _index("created_at", "status", "assigned_to_id", "opened_by", "first_response_at"),
        _index("resolution", "closed_at", "created_at", where={"resolution": "RESOLVED"}),
        _index("rated_at", "rating", where={"rating": {"$gt": 0}}),
        _index("created_at", "assigned_to_id", "rating", where={"rating": {"$gt": 0}}),
    ],
    "messages": [
        _BY_NUMBER,
        # `$type: "string"` would say the same, but MongoDB does not use such an index to find a string.
        _index("wamid", unique=True, where={"wamid": {"$gt": ""}}),
        _index("client_message_id", unique=True, where={"client_message_id": {"$gt": ""}}),
        _index("conversation_id", "seq", unique=True),
        _index("words", "-_id"),
        _index("conversation_id", "words", "-_id"),
        _index("contact_id", "-_id"),
        # Small on purpose: only what the outbox and the fetcher still have to do.
        _index("channel_id", "_id", where={"moving": True}),
        _index("due_at", where={"moving": True}),
        _index("conversation_id", "seq", where={"moving": True}),
        _index("media.due_at", where={"media.pending": True}),
        # Accepted, and not a word of it since (`statuses.RANK`).
        _index("channel_id", "stages.accepted", where={"rank": 2}),
        _index("created_at"),
    ],
    "status_events": [
        _index("wamid", "status", "at", "recipient", unique=True),
        _index("at", where={"applied": False}),
    ],
    "amendments": [
        _index("digest", unique=True),
        _index("wamid", where={"applied": False}),
        _index("recorded_at"),
    ],
    "webhook_inbox": [
        _index("digest", unique=True),
        _index("_id", where={"state": "NEW"}),
        _index("state", "at"),
    ],
    "quarantine": [_index("digest", unique=True), _index("at")],
    "events": [
        _index("seq", unique=True, where={"seq": {"$exists": True}}),
        _index("_id", where={"pending": True}),
        _index("conversation_id", "_id"),
        _index("at"),
    ],
    "audit": [
        _index("-at", "-_id"),
        _index("actor.id", "-at", "-_id"),
        _index("action", "-at", "-_id"),
        _index("target.noun", "-at", "-_id"),
    ],
    "tallies": [_index("base"), _index("_id", where={"base": False})],
    "counters": [_index("noun", unique=True)],
    "presences": [_index("user_id", unique=True), _index("seen_until")],
    "lanes": [_index("name", unique=True)],
    "teams": [_BY_NUMBER, _index("name_key", unique=True)],
    "tags": [_BY_NUMBER, _index("name_key", unique=True)],
    "canned_responses": [_BY_NUMBER, _index("shortcut", unique=True)],
    "views": [_index("user_id", "name", unique=True)],
    "templates": [_index("channel_id", "name", "language", unique=True), _index("name")],
    "media": [_BY_NUMBER, _index("created_at")],
    "alarms": [_index("key", unique=True)],
    "integrations": [_index("kind", unique=True)],
    "api_keys": [_index("digest", unique=True)],
    "subscriptions": [_index("_id", where={"enabled": True}), _index("_id", where={"given_up": True})],
    "deliveries": [_index("subscription_id", "-at", "-_id"), _index("at")],
    "assistant_memories": [_index("at")],  # by the conversation's id
}

# Shared by all tenants: slugs, the addresses (phone number ids, e-mails, verify tokens) that lead to a tenant, and when
# each process of the house last gave a sign of life.
REGISTRY: dict[str, list[Index]] = {
    "tenants": [Index([("slug", ASCENDING)], unique=True)],
    "addresses": [Index([("tenant_id", ASCENDING)])],
    "beats": [],
}


# MongoDB answers from an index alone only where the query bounds its first field.
OF_ANYONE = {"tenant_id": {"$gt": ""}}


def hint(noun: str, where: Mapping[str, Any]) -> dict[str, Any]:
    """The partial index of what `where` asks. Without a tenant MongoDB would not choose it, and read all there is."""
    return next(({"hint": index.name} for index in SCOPED[noun] if index.where == where), {})


async def ensure(collection: Any, wanted: Sequence[Index]) -> None:
    """Make the indexes of one collection as they are wanted; one that an older release made otherwise is replaced."""
    made = await collection.index_information() if wanted else {}
    missing = [index for index in wanted if not _is_same(made.get(index.name, {}), index)]
    for index in missing:
        if index.name in made:
            await collection.drop_index(index.name)
    if missing:
        command = {"createIndexes": collection.name, "indexes": [index.as_command() for index in missing]}
        await collection.database.command(command)


def _is_same(made: Mapping[str, Any], wanted: Index) -> bool:
    return (
        [tuple(pair) for pair in made.get("key", [])] == wanted.keys
        and bool(made.get("unique")) == wanted.unique
        and made.get("partialFilterExpression") == wanted.where
    )
