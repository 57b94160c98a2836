"""Webhooks as the journal has seen them."""

from datetime import datetime

from tenants.context import Context

_LOOK_AT = 200


async def seen(ctx: Context, phone_number_id: str, *, since: datetime, holding: bytes = b"") -> bool:
    """Whether one about this number, with `holding` in its bytes, was accepted since. Applied or not: it has come."""
    rows = await ctx.db.webhook_inbox.all(
        {"state": {"$in": ["NEW", "DONE", "DEAD"]}, "at": {"$gte": since}},
        sort=[("at", -1)],
        limit=_LOOK_AT,
        fields=["raw"],
    )
    number = f'"{phone_number_id}"'.encode()
    return any(number in row["raw"] and holding in row["raw"] for row in rows)
