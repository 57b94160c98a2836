"""Each attempt to tell a subscriber of an event: what became of it."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from server.desk import subscriptions
from server.desk.subscriptions import Subscription
from tenants.context import Context
from tenants.ids import new_id
from tenants.models import Document
from tenants.permissions import Permission, requires
from tenants.problems import Conflict, NotFound

_EDITING = requires(Permission.TENANT_EDIT)


class Occasion(StrEnum):
    """Why it was made: in its turn, again on somebody's request, or to see whether anyone is there."""

    EVENT = "EVENT"
    REPLAY = "REPLAY"
    TEST = "TEST"


class Outcome(NamedTuple):
    """`status` None: there was no answer. `error` is for a person (pt-BR), None when it got through."""

    status: int | None
    milliseconds: int
    error: str | None = None

    @property
    def ok(self) -> bool:
        return self.error is None


class Delivery(Document):
    """`event_id` is the webhook-id: the same for each attempt, so that the other side knows what it has already."""

    subscription_id: str
    event_id: str
    event: str
    seq: int | None = None
    occasion: Occasion
    attempt: int
    ok: bool
    status: int | None = None
    milliseconds: int
    error: str | None = None
    at: datetime


class DeliveryNotFound(NotFound):
    message = "Entrega não encontrada."


class EventForgotten(Conflict):
    message = "O evento desta entrega não é mais guardado."


async def record(
    ctx: Context, subscription_id: str, event: dict[str, Any], outcome: Outcome, *, occasion: Occasion, attempt: int
) -> Delivery:  # fmt: skip
    document = {
        "_id": new_id(), "subscription_id": subscription_id, "event_id": event["_id"], "event": event["kind"],
        "seq": event.get("seq"), "occasion": occasion, "attempt": attempt, "at": ctx.now(), "ok": outcome.ok,
        **outcome._asdict(),
    }  # fmt: skip
    return Delivery.of(await ctx.db.deliveries.insert(document))


@_EDITING
async def page(
    ctx: Context,
    subscription_id: str,
    *,
    ok: bool | None,
    limit: int,
    below: tuple[datetime, str] | None = None,
) -> tuple[Sequence[Delivery], bool]:
    """Newest first, and whether there are more. `below`: moment and id of the last one of the page before."""
    await subscriptions.stored(ctx, subscription_id)
    query: dict[str, Any] = {"subscription_id": subscription_id, **({} if ok is None else {"ok": ok})}
    if below:
        at, id = below
        query["$or"] = [{"at": {"$lt": at}}, {"at": at, "_id": {"$lt": id}}]
    found = await ctx.db.deliveries.all(query, sort=[("at", -1), ("_id", -1)], limit=limit + 1)
    return [Delivery.of(delivery) for delivery in found[:limit]], len(found) > limit


class Past(NamedTuple):
    subscription: Subscription
    delivery: Delivery
    event: dict[str, Any]


@_EDITING
async def past(ctx: Context, subscription_id: str, id: str) -> Past:
    """A delivery with the event it was about. Raises SubscriptionNotFound, DeliveryNotFound, EventForgotten."""
    subscription = await subscriptions.stored(ctx, subscription_id)
    found = await ctx.db.deliveries.one({"_id": id, "subscription_id": subscription_id})
    if found is None:
        raise DeliveryNotFound
    delivery = Delivery.of(found)
    event = await ctx.db.events.by_id(delivery.event_id)
    if event is None:
        raise EventForgotten
    return Past(subscription, delivery, event)
