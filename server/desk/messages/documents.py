"""Making a message's document, and what a conversation's row shows of it."""

from datetime import datetime
from typing import Any

from server.desk.messages.models import Direction, Kind
from server.desk.words import tokens
from tenants.ids import new_id

Document = dict[str, Any]


def new_message(
    conversation: Document, *, number: int, seq: int, direction: Direction, kind: Kind, text: str, at: datetime,
    timestamp: datetime, **more: Any,
) -> Document:  # fmt: skip
    return {
        "_id": new_id(),
        "number": number,
        "conversation_id": conversation["_id"],
        "contact_id": conversation["contact_id"],
        "channel_id": conversation["channel_id"],
        "seq": seq,
        "direction": direction,
        "kind": kind,
        "text": text,
        "words": tokens(text),
        "rank": 0,
        "timestamp": timestamp,
        "created_at": at,
        **more,
    }


def last_message(message: Document) -> Document:
    by_itself = {"automatic": message["automatic"]} if message.get("automatic") else {}
    return {
        "id": message["_id"],
        "text": message["text"],
        "link": (message.get("media") or {}).get("link"),
        "kind": message["kind"],
        "direction": message["direction"],
        "status": message["status"],
        "timestamp": message["timestamp"],
        **by_itself,
    }


def row_after(conversation: Document) -> Document:
    """What an event about a new message tells of its conversation."""
    fields = (
        "_id", "contact", "channel_id", "status", "assigned_to_id", "team_id", "unread_count", "last_message",
        "last_message_at", "window_expires_at", "seq",
    )  # fmt: skip
    return {field: conversation.get(field) for field in fields}


def public(message: Document) -> Document:
    """The message without what only the outbox and the index need: what an event carries."""
    return {field: value for field, value in message.items() if field not in _INTERNAL}


_INTERNAL = {"words", "moving", "lease_until", "due_at", "claim", "tenant_id"}
