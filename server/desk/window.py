"""WhatsApp's customer-service window: free text only for 24 hours after the customer last wrote (72 after an ad's click).

The one engine that every sender asks.
"""

from datetime import datetime, timedelta
from typing import Any

from server.desk import templates
from server.desk.messages.models import Kind
from tenants.context import Context
from tenants.problems import Conflict

ORDINARY = timedelta(hours=24)
AFTER_AD = timedelta(hours=72)
REDELIVERED_FOR = timedelta(days=7)


class WindowClosed(Conflict):
    code = "WINDOW_CLOSED"
    message = "A janela de 24 horas está fechada; envie um modelo aprovado."


def expiry(at: datetime, details: dict[str, Any], *, received_at: datetime) -> datetime:
    """Until when free text may follow a message that the customer sent `at`.

    A time from before any possible redelivery is an example's or a wrong clock's: then the receipt counts, and WhatsApp
    itself still has the last word (131047).
    """
    believable = received_at - at <= REDELIVERED_FOR
    return (at if believable else received_at) + (AFTER_AD if details.get("referral") else ORDINARY)


def is_open(expires_at: datetime | None, *, now: datetime) -> bool:
    return expires_at is not None and now < expires_at


async def check(ctx: Context, conversation: Any, kind: Kind) -> None:
    """Raises WindowClosed, with the approved templates to use, unless `kind` may be sent now."""
    if kind is Kind.TEMPLATE or is_open(conversation.window_expires_at, now=ctx.now()):
        return
    approved = await templates.approved(ctx, conversation.channel_id)
    raise WindowClosed(
        extra={
            "templates": [
                {"name": t.name, "language": t.language, "category": t.category} for t in approved[:50]
            ]
        }
    )
