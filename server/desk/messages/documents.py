"""Making a message's document, and what a conversation's row shows of it."""

from datetime import datetime
from typing import Any

from server.desk.messages.inbound import InboundMedia, Received
from server.desk.messages.models import Direction, Kind, Status
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


def received_message(
    conversation: Document, received: Received, number: int, *, now: datetime, is_read: bool, reply_to: Document | None = None
) -> Document:  # fmt: skip
    """What has come, as the newest of `conversation`; `reply_to`: the message that it answers or reacts to."""
    return new_message(
        conversation, number=number, seq=conversation["seq"], kind=received.kind, text=received.text,
        direction=Direction.OUTBOUND if received.echo else Direction.INBOUND,
        at=now, timestamp=received.at, wamid=received.wamid, details=received.details,
        media=_to_be_fetched(received.media, now), status=Status.SENT if received.echo else Status.DELIVERED, status_at={},
        read_at=now if is_read else None, reply_to_id=reply_to["_id"] if reply_to else None,
        reply_to_wamid=received.reply_to, stages={"received": received.at, "stored": now},
    )  # fmt: skip


def _to_be_fetched(media: InboundMedia | None, now: datetime) -> Document | None:
    if media is None:
        return None
    kept = media.model_dump(exclude={"url"}, exclude_none=True)
    return {**kept, "pending": True, "attempts": 0, "due_at": now}


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
