"""Who is told of the tenant's events, elsewhere: an address for each, the events it wants, and how far it has been told.

On the wire they are webhooks. Here that word means what the provider sends us.
"""

import base64
import contextlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple, TypedDict, Unpack
from urllib.parse import urlsplit

from server.desk import events
from server.desk.channels import hint
from server.desk.events import CatalogChanged
from server.jobs import Job
from tenants import feed
from tenants.audit import Action, Change, Target, differences
from tenants.context import Context, atomic
from tenants.events import UserChanged
from tenants.ids import new_id
from tenants.models import Document
from tenants.permissions import Permission, requires
from tenants.problems import Conflict, NotFound

_EDITING = requires(Permission.TENANT_EDIT)
MOST = 20
GIVE_UP_AFTER = timedelta(days=1)
# How long what was signed with the secret before is still good.
BOTH_SIGN_FOR = timedelta(days=1)
_FIRST_WAIT, _LONGEST_WAIT = timedelta(seconds=5), timedelta(hours=1)
_TOLD = ("url", "events", "enabled")
# With nothing of a failure left.
_FRESH: dict[str, Any] = {
    "failures": 0, "failing_since": None, "due_at": None, "given_up": False, "disabled_because": None,
}  # fmt: skip


class EventKind(StrEnum):
    """What one may ask for. Notifications are for users, and what nobody keeps is told to nobody."""

    CONVERSATION_OPENED = events.ConversationOpened.kind
    CONVERSATION_CHANGED = events.ConversationChanged.kind
    MESSAGE_ADDED = events.MessageAdded.kind
    MESSAGE_STATUS_CHANGED = events.MessageStatusChanged.kind
    MESSAGE_CHANGED = events.MessageChanged.kind
    CONTACT_CHANGED = events.ContactChanged.kind
    CHANNEL_CHANGED = events.ChannelChanged.kind
    TEMPLATE_CHANGED = events.TemplateChanged.kind
    CATALOG_CHANGED = events.CatalogChanged.kind
    USER_CHANGED = UserChanged.kind
    TENANT_CHANGED = events.TenantChanged.kind


class Subscription(Document):
    """`cursor`: the `seq` up to which it has been told. `failures`, `failing_since`: of the event that comes next.

    `secrets` are sealed; `hints` show their last four characters. The `previous` one signs too until `previous_until`.
    `given_up`: disabled by the house.
    """

    url: str
    events: list[EventKind]
    enabled: bool = True
    cursor: int
    failures: int = 0
    failing_since: datetime | None = None
    due_at: datetime | None = None
    given_up: bool = False
    disabled_because: str | None = None
    secrets: dict[str, str] = {}
    hints: dict[str, str] = {}
    previous_until: datetime | None = None
    created_at: datetime
    updated_at: datetime


class SubscriptionChanges(TypedDict, total=False):
    url: str
    events: list[EventKind]
    enabled: bool


class NewSubscription(NamedTuple):
    """`secret` is told now, and never again."""

    shown: Subscription
    secret: str


class SubscriptionNotFound(NotFound):
    message = "Webhook não encontrado."


class TooManyWebhooks(Conflict):
    message = f"Uma conta tem no máximo {MOST} webhooks."


@_EDITING
async def every(ctx: Context) -> list[Subscription]:
    """Oldest first."""
    return [Subscription.of(found) for found in await ctx.db.subscriptions.all(sort=[("_id", 1)])]


@_EDITING
async def by_id(ctx: Context, id: str) -> Subscription:
    return await stored(ctx, id)


async def stored(ctx: Context, id: str) -> Subscription:
    """For verbs that have asked for the permission themselves."""
    found = await ctx.db.subscriptions.by_id(id)
    if found is None:
        raise SubscriptionNotFound
    return Subscription.of(found)


def reveal(ctx: Context, subscription: Subscription) -> list[str]:
    """The secrets it signs with, the newest first. Raises ValueError when that was sealed with a key that is gone."""
    kept, found = subscription.secrets, [ctx.keys.vault.open(ctx.tenant.id, subscription.secrets["secret"])]
    if subscription.previous_until and subscription.previous_until > ctx.now():
        # The new one may have been made just because the key of the other is gone.
        with contextlib.suppress(ValueError):
            found.append(ctx.keys.vault.open(ctx.tenant.id, kept["previous"]))
    return found


def _new_secret() -> str:
    return f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"


@_EDITING
@atomic
async def create(ctx: Context, *, url: str, wanted: Sequence[EventKind], enabled: bool) -> NewSubscription:
    """It is told of what happens from now on. Raises TooManyWebhooks."""
    if await ctx.db.subscriptions.count({}, limit=MOST) == MOST:
        raise TooManyWebhooks
    secret = _new_secret()
    document = {
        "_id": new_id(), "url": url, "events": list(wanted), "enabled": enabled, "cursor": await feed.tail(ctx.db),
        "secrets": {"secret": ctx.keys.vault.seal(ctx.tenant.id, secret)}, "hints": {"secret": hint(secret)},
        "created_at": ctx.now(), "updated_at": ctx.now(), **_FRESH,
    }  # fmt: skip
    made = Subscription.of(await ctx.db.subscriptions.insert(document))
    _announce(ctx, made, Action.WEBHOOK_CREATED, differences({}, _shown(made), _TOLD))
    return NewSubscription(made, secret)


@_EDITING
@atomic
async def change(ctx: Context, id: str, **changes: Unpack[SubscriptionChanges]) -> Subscription:
    """A new address, or being enabled, has it tried at once. It goes on from where it stood."""
    before = await stored(ctx, id)
    fresh = _FRESH if changes.get("enabled") or "url" in changes else {}
    update = {"$set": {**fresh, **changes, "updated_at": ctx.now()}}
    changed = await ctx.db.subscriptions.change({"_id": id}, update)
    if changed is None:
        raise SubscriptionNotFound
    after = Subscription.of(changed)
    _announce(ctx, after, Action.WEBHOOK_CHANGED, differences(_shown(before), _shown(after), _TOLD))
    ctx.enqueue(Job.TELL_SUBSCRIBER, id)
    return after


@_EDITING
@atomic
async def rotate_secret(ctx: Context, id: str) -> NewSubscription:
    """A new secret signs from now on; the one before signs beside it for a day, so that the other side can change over."""
    before, secret, now = await stored(ctx, id), _new_secret(), ctx.now()
    update = {
        "secrets": {"secret": ctx.keys.vault.seal(ctx.tenant.id, secret), "previous": before.secrets["secret"]},
        "hints": {"secret": hint(secret)}, "previous_until": now + BOTH_SIGN_FOR, "updated_at": now,
    }  # fmt: skip
    changed = await ctx.db.subscriptions.change({"_id": id}, {"$set": update})
    if changed is None:
        raise SubscriptionNotFound
    after = Subscription.of(changed)
    _announce(ctx, after, Action.WEBHOOK_CHANGED, differences(before.hints, after.hints, ("secret",)))
    return NewSubscription(after, secret)


@_EDITING
async def remove(ctx: Context, id: str) -> None:
    await _remove(ctx, id)
    # Outside the transaction: its log may be long. Nothing leads to what is left of one.
    await ctx.db.deliveries.delete_all({"subscription_id": id})


@atomic
async def _remove(ctx: Context, id: str) -> None:
    gone = await stored(ctx, id)
    await ctx.db.subscriptions.delete({"_id": id})
    _announce(ctx, gone, Action.WEBHOOK_REMOVED, None)


def _shown(subscription: Subscription) -> dict[str, Any]:
    """A query may hold what opens the door of somebody else's system."""
    address = urlsplit(subscription.url)._replace(query="", fragment="").geturl()
    return {**subscription.model_dump(), "url": address}


def _announce(
    ctx: Context, subscription: Subscription, action: Action, told: Sequence[Change] | None
) -> None:
    host = urlsplit(subscription.url).hostname
    ctx.record(action, Target("webhooks", subscription.id, host), told)
    ctx.publish(CatalogChanged(noun="webhooks", id=subscription.id))


# For the house, which tells them


async def waiting(ctx: Context) -> list[str]:
    """Those that may be told of something now."""
    behind = {
        "enabled": True,
        "cursor": {"$lt": await feed.tail(ctx.db)},
        "due_at": {"$not": {"$gt": ctx.now()}},
    }
    return [found["_id"] for found in await ctx.db.subscriptions.all(behind, fields=["_id"])]


async def due(ctx: Context, id: str) -> Subscription | None:
    found = await ctx.db.subscriptions.one(
        {"_id": id, "enabled": True, "due_at": {"$not": {"$gt": ctx.now()}}}
    )
    return Subscription.of(found) if found else None


async def advance(ctx: Context, id: str, seq: int) -> None:
    """It has been told of all up to `seq`, or did not want to be."""
    update = {"$max": {"cursor": seq}, "$set": {"failures": 0, "failing_since": None, "due_at": None}}
    await ctx.db.subscriptions.update({"_id": id}, update)


async def hold(ctx: Context, subscription: Subscription, *, error: str, lasting: bool) -> bool:
    """The next event did not get through: the same again later, until a day has passed. `lasting`: it never will.

    False when that was the last attempt.
    """
    since = subscription.failing_since or ctx.now()
    if lasting or ctx.now() - since >= GIVE_UP_AFTER:
        await _give_up(ctx, subscription, error)
        return False
    wait = min(_FIRST_WAIT * 2 ** min(subscription.failures, 20), _LONGEST_WAIT)
    failing = {"failures": subscription.failures + 1, "failing_since": since, "due_at": ctx.now() + wait}
    # Only what is still so: whoever gave a new address meanwhile has it tried at once.
    known = {"_id": subscription.id, "updated_at": subscription.updated_at}
    await ctx.db.subscriptions.update(known, {"$set": failing})
    return True


@atomic
async def _give_up(ctx: Context, subscription: Subscription, error: str) -> None:
    known = {"_id": subscription.id, "updated_at": subscription.updated_at, "enabled": True}
    off = {"enabled": False, "given_up": True, "disabled_because": error, "updated_at": ctx.now()}
    if await ctx.db.subscriptions.update(known, {"$set": off}):
        _announce(ctx, subscription, Action.WEBHOOK_DISABLED, [Change("enabled", before=True, after=False)])
