"""Subscribers are told of the feed, each in order and at its own pace."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from server.desk import lanes, subscriptions
from server.desk.deliveries import Delivery, Occasion
from server.desk.lanes import Lane
from server.desk.subscriptions import Subscription
from server.dialects.native.telling import body_of
from server.integrations import subscribers
from server.integrations.subscribers import GONE
from server.jobs import Job
from server.metrics import count
from server.runtime import Runtime
from tenants import feed, registry
from tenants.context import Context
from tenants.db import Document
from workers.runner import job

T = TypeVar("T")
_AT_ONCE = 100
_LOOK_SECONDS = 1.0


@job(Job.TELL_SUBSCRIBER)
async def tell(runtime: Runtime, tenant_id: str, subscription_id: str) -> None:
    """Everything that it has not been told yet, until it does not get through. One process at a time keeps the order."""
    tenant = await registry.tenant_by_id(runtime.database, tenant_id)
    if tenant is None:
        return
    async with runtime.enter(tenant) as ctx, lanes.held(ctx, f"telling:{subscription_id}") as lane:
        while lane:
            async with runtime.enter(tenant) as turn:
                went_on = await _tell_some(turn, runtime, subscription_id, lane)
            if not went_on and await lane.leave():
                return


async def _tell_some(ctx: Context, runtime: Runtime, id: str, lane: Lane) -> bool:
    """False when there is nothing to do now. What the log no longer holds cannot be told: it goes on behind the gap."""
    subscription = await subscriptions.due(ctx, id)
    waiting = await feed.after(ctx.db, subscription.cursor, limit=_AT_ONCE) if subscription else []
    for event in waiting:
        if subscription and event["kind"] in subscription.events:
            # As it is now: it may have been changed, disabled or removed while the one before was told.
            subscription = await subscriptions.due(ctx, id)
            if subscription is None or not await _tell_one(ctx, runtime, subscription, event, lane):
                return False
    if waiting:
        await subscriptions.advance(ctx, id, waiting[-1]["seq"])
        await lane.keep()
    return bool(waiting)


async def _tell_one(
    ctx: Context, runtime: Runtime, subscription: Subscription, event: Document, lane: Lane
) -> bool:
    body, attempt = body_of(event, ctx.tenant.slug), subscription.failures + 1
    telling = subscribers.tell(
        ctx, runtime, subscription, event, body, occasion=Occasion.EVENT, attempt=attempt
    )
    delivery = await _keeping(lane, telling)
    count("subscriber_deliveries_total", outcome=await _settle(ctx, subscription, event, delivery))
    return delivery.ok


async def _settle(ctx: Context, subscription: Subscription, event: Document, delivery: Delivery) -> str:
    """What comes of an event's delivery, in the word that is counted."""
    if delivery.ok:
        await subscriptions.advance(ctx, subscription.id, event["seq"])
        return "delivered"
    error, lasting = delivery.error or "", delivery.status == GONE
    goes_on = await subscriptions.hold(ctx, subscription, error=error, lasting=lasting)
    return "retried" if goes_on else "dead"


async def _keeping(lane: Lane, work: Coroutine[Any, Any, T]) -> T:
    """An address that takes its time must not cost us the lane."""
    task = asyncio.ensure_future(work)
    try:
        while not task.done():
            await asyncio.wait([task], timeout=_LOOK_SECONDS)
            await lane.keep()
        return task.result()
    finally:
        task.cancel()
