"""What a subscriber is sent of an event: the entry that `GET /api/events` would show an administrator."""

from server.dialects.native import live
from server.realtime.rendering import entry, frames_of
from server.web.wire import dumps, iso
from tenants.db import Document


def body_of(event: Document, slug: str) -> bytes:
    """`event`: as stored in the feed, with its `seq`."""
    return dumps(
        {
            "type": event["kind"],
            "timestamp": iso(event["at"]),
            "tenantSlug": slug,
            "data": entry(event, frames_of(live.frames, event)),
        }
    )


def trial_body(event: Document, slug: str) -> bytes:
    """Of an event that has not happened."""
    return dumps(
        {"type": event["kind"], "timestamp": iso(event["at"]), "tenantSlug": slug, "data": {"test": True}}
    )
