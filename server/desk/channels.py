"""The numbers a tenant answers on. What a tenant entrusts to us is sealed here and never leaves again but to the provider."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple, TypedDict, Unpack

from pydantic import BaseModel, ConfigDict, Field

from server.desk.events import ChannelChanged, NotificationRaised
from server.desk.messages.inbound import ChannelReported
from server.jobs import Job
from tenants.audit import Action, Change, Target, differences
from tenants.context import Context, atomic
from tenants.db import Duplicate
from tenants.ids import new_id
from tenants.models import Document
from tenants.permissions import Permission, requires
from tenants.problems import Conflict, NotFound

SECRETS = ("access_token", "app_secret", "verify_token")
_TOLD = ("name", "phone_number_id", "waba_id", "display_phone_number", *SECRETS)
_HINT_LENGTH = 4
_REPORTS_KEPT = 20
# The intake remembers an app secret for some seconds after it was replaced (`REMEMBERED_SECONDS`).
_OLD_SECRET_FITS = timedelta(seconds=10)


class ChannelType(StrEnum):
    WHATSAPP_CLOUD = "WHATSAPP_CLOUD"


class ChannelStatus(StrEnum):
    PENDING = "PENDING"  # not everything about it has been seen to work
    CONNECTED = "CONNECTED"
    PARKED = "PARKED"  # the provider refuses to send until an admin acts; the queue is kept
    DISCONNECTED = "DISCONNECTED"


class Reason(NamedTuple):
    """Why a channel does not work. `code`: one of `ReasonCode`, or that of the provider's error.

    `text` for a person (pt-BR); `detail`: the provider's own words, which `text` quotes as well.
    """

    code: str
    text: str
    detail: str | None = None


class ReasonCode(StrEnum):
    CHECKING = "CHECKING"  # it has just been connected
    RESTRICTED = "RESTRICTED"  # the provider has said so of the account
    # The line of the check that failed (`base.Check.name`)
    TOKEN = "TOKEN"  # noqa: S105 - a reason
    NUMBER = "NUMBER"
    SUBSCRIPTION = "SUBSCRIPTION"
    WEBHOOK = "WEBHOOK"
    HELD = "HELD"
    CONNECTION = "CONNECTION"


_CHECKING = Reason(ReasonCode.CHECKING, "Verificando a conexão com o provedor.")


class Channel(Document):
    """`secrets` are sealed; `hints` show their last four characters."""

    number: int
    type: ChannelType
    name: str
    phone_number_id: str
    waba_id: str
    display_phone_number: str | None = None
    status: ChannelStatus
    status_reason: str | None = None
    status_code: str | None = None
    status_detail: str | None = None
    quality: str | None = None
    secrets: dict[str, str] = {}
    hints: dict[str, str] = {}
    webhook_verified_at: datetime | None = None
    proven: bool = False  # the provider has let our token act for this number: it is this tenant's alone
    app_secret_at: datetime | None = None  # since when it is the one
    signed_at: datetime | None = None  # when a webhook came that it fits, if one has
    reports: list[dict[str, Any]] = []
    deleted: bool = False
    sandbox: bool = False  # its number lives in the simulator
    created_at: datetime
    updated_at: datetime

    def is_signed(self, at: datetime | None) -> bool:
        """Whether a webhook about it that was accepted `at` proves its app secret, and not the one before."""
        begun = self.app_secret_at or self.created_at
        return at is not None and at > begun + _OLD_SECRET_FITS


class NewChannel(BaseModel):
    """With its secrets in plain text."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    type: ChannelType = ChannelType.WHATSAPP_CLOUD
    name: str
    phone_number_id: str
    waba_id: str
    display_phone_number: str | None = None
    access_token: str = Field(repr=False)
    app_secret: str = Field(repr=False)
    verify_token: str = Field(repr=False)
    sandbox: bool = False


class ChannelChanges(TypedDict, total=False):
    """Secrets in plain text."""

    name: str
    display_phone_number: str | None
    access_token: str
    app_secret: str
    verify_token: str


class ChannelNotFound(NotFound):
    message = "Canal não encontrado."


class ChannelExists(Conflict):
    message = "Este número já está conectado."


@requires(Permission.CHANNELS_READ)
async def every(ctx: Context) -> list[Channel]:
    """Oldest first; removed ones are not among them."""
    return [
        Channel.of(found) for found in await ctx.db.channels.all({"deleted": False}, sort=[("number", 1)])
    ]


@requires(Permission.CHANNELS_READ)
async def by_id(ctx: Context, id: str) -> Channel:
    found = await ctx.db.channels.one({"_id": id, "deleted": False})
    if found is None:
        raise ChannelNotFound
    return Channel.of(found)


@requires(Permission.CONVERSATIONS_READ)
async def types(ctx: Context) -> dict[str, ChannelType]:
    """By id, removed ones too: their conversations stay."""
    return {found["_id"]: ChannelType(found["type"]) for found in await ctx.db.channels.all(fields=["type"])}


async def app_secrets(ctx: Context) -> list[bytes]:
    """Unsealed, for the intake: what the tenant's webhooks may be signed with."""
    return [reveal(ctx, channel, "app_secret").encode() for channel in await every(ctx)]


def reveal(ctx: Context, channel: Channel, secret: str) -> str:
    """Raises ValueError when it was sealed with a key that is gone."""
    return ctx.keys.vault.open(ctx.tenant.id, channel.secrets[secret])


@requires(Permission.CHANNELS_EDIT)
async def connect(ctx: Context, new: NewChannel) -> Channel:
    """The number is nobody's until the provider has answered for it. Raises ChannelExists: once in a tenant."""
    try:
        return await _insert(ctx, new)
    except Duplicate as taken:
        raise ChannelExists from taken


@atomic
async def _insert(ctx: Context, new: NewChannel) -> Channel:
    now = ctx.now()
    fields = new.model_dump()
    plain = {name: fields.pop(name) for name in SECRETS}
    inserted = await ctx.db.channels.insert(
        {
            **fields,
            "_id": new_id(),
            "number": await ctx.db.next_number("channels"),
            "address": new.phone_number_id,
            **_standing(ChannelStatus.PENDING, _CHECKING),
            "secrets": {name: ctx.keys.vault.seal(ctx.tenant.id, value) for name, value in plain.items()},
            "hints": {name: hint(value) for name, value in plain.items()},
            "deleted": False,
            "app_secret_at": now,
            "created_at": now,
            "updated_at": now,
        }
    )
    channel = _announce(ctx, Channel.of(inserted))
    ctx.record(Action.CHANNEL_CONNECTED, _target(channel), _differences(None, channel))
    return channel


def hint(secret: str) -> str:
    """Enough to tell two secrets apart; of a short one, nothing."""
    return "…" + (secret[-_HINT_LENGTH:] if len(secret) >= 2 * _HINT_LENGTH else "")


@requires(Permission.CHANNELS_EDIT)
@atomic
async def change(ctx: Context, id: str, **changes: Unpack[ChannelChanges]) -> Channel:
    update: dict[str, Any] = {}
    for name, value in changes.items():
        if name in SECRETS:
            update |= {
                f"secrets.{name}": ctx.keys.vault.seal(ctx.tenant.id, str(value)),
                f"hints.{name}": hint(str(value)),
            }
        else:
            update[name] = value
    if "app_secret" in changes:
        update["app_secret_at"] = ctx.now()
    before = await by_id(ctx, id)
    channel = await _set(ctx, id, update)
    ctx.record(Action.CHANNEL_CHANGED, _target(channel), _differences(before, channel))
    return channel


@requires(Permission.CHANNELS_EDIT)
@atomic
async def remove(ctx: Context, id: str) -> Channel:
    """Its conversations stay, its secrets go."""
    gone = {"deleted": True, "status": ChannelStatus.DISCONNECTED, "secrets": {}, "hints": {}}
    channel = await _set(ctx, id, gone)
    ctx.record(Action.CHANNEL_REMOVED, _target(channel))
    return channel


def _target(channel: Channel) -> Target:
    return Target("channels", channel.id, channel.name)


def _differences(before: Channel | None, after: Channel) -> list[Change]:
    """Of the secrets their hints."""
    old = {**before.model_dump(), **before.hints} if before else {}
    return differences(old, {**after.model_dump(), **after.hints}, _TOLD)


async def verified(ctx: Context, ids: list[str]) -> None:
    """The provider has called our webhook and knew the verify token."""
    await ctx.db.channels.update_all({"_id": {"$in": ids}}, {"$set": {"webhook_verified_at": ctx.now()}})


async def signed(ctx: Context, heard: Iterable[tuple[Channel, datetime]]) -> None:
    """Webhooks about these channels have come, accepted then: once that is seen of an app secret, it is not wrong."""
    for channel, at in heard:
        if channel.is_signed(at) and not channel.is_signed(channel.signed_at):
            await ctx.db.channels.update({"_id": channel.id}, {"$set": {"signed_at": at}})


@atomic
async def proven(ctx: Context, id: str) -> Channel:
    """The provider has let our token act for the number."""
    return await _set(ctx, id, {"proven": True})


@atomic
async def settle(ctx: Context, id: str, *, failure: Reason | None) -> Channel:
    """After a check: connected, and what waited goes out; or pending with the reason. A parked one stays parked."""
    channel = await by_id(ctx, id)
    if failure is None:
        return await unpark(ctx, id)
    status = ChannelStatus.PARKED if channel.status is ChannelStatus.PARKED else ChannelStatus.PENDING
    return await _set(ctx, id, _standing(status, failure))


@atomic
async def park(ctx: Context, id: str, *, reason: Reason) -> Channel:
    """Nothing leaves on it until an admin has acted; everyone is told once."""
    channel = await by_id(ctx, id)
    if channel.status is ChannelStatus.PARKED:
        return channel
    _notify(ctx, channel, kind="channel.parked", severity="critical", message=reason.text)
    return await _set(ctx, id, _standing(ChannelStatus.PARKED, reason))


@atomic
async def unpark(ctx: Context, id: str) -> Channel:
    """Connected (again): its queue moves on and its templates are read."""
    ctx.enqueue(Job.DRAIN_OUTBOX, id)
    ctx.enqueue(Job.SYNC_TEMPLATES, id)
    return await _set(ctx, id, _standing(ChannelStatus.CONNECTED, None))


def _standing(status: ChannelStatus, reason: Reason | None) -> dict[str, Any]:
    code, text, detail = reason or (None, None, None)
    return {"status": status, "status_reason": text, "status_code": code, "status_detail": detail}


@atomic
async def report(ctx: Context, channel: Channel, reported: ChannelReported) -> None:
    """What the provider says of the number or its account: kept, shown, and obeyed where it stops sending."""
    entry = {**reported.model_dump(include={"field", "event", "severity"}), "at": ctx.now()}
    quality = {"quality": reported.event} if "quality" in reported.field else {}
    if reported.severity != "info" and not reported.parks:
        _notify(ctx, channel, kind="channel.reported", severity=reported.severity, message=reported.event)
    changed = await ctx.db.channels.change(
        {"_id": channel.id, "deleted": False},
        {
            "$set": {**quality, "updated_at": ctx.now()},
            "$push": {"reports": {"$each": [entry], "$slice": -_REPORTS_KEPT}},
        },
    )
    if changed and reported.parks:
        said = f"A conta foi restringida pelo provedor ({reported.event})."
        await park(ctx, channel.id, reason=Reason(ReasonCode.RESTRICTED, said, reported.event))
    elif changed:
        _announce(ctx, Channel.of(changed))


async def _set(ctx: Context, id: str, update: dict[str, Any]) -> Channel:
    changed = await ctx.db.channels.change(
        {"_id": id, "deleted": False}, {"$set": {**update, "updated_at": ctx.now()}}
    )
    if changed is None:
        raise ChannelNotFound
    return _announce(ctx, Channel.of(changed))


def _announce(ctx: Context, channel: Channel) -> Channel:
    ctx.publish(ChannelChanged(channel=channel.model_dump(by_alias=True, exclude={"secrets"})))
    return channel


def _notify(ctx: Context, channel: Channel, *, kind: str, severity: str, message: str) -> None:
    ctx.publish(
        NotificationRaised(
            user_id=None,
            notification={
                "type": kind,
                "severity": severity,
                "title": f"Canal {channel.name}",
                "message": message,
                "channelId": channel.id,
            },
        )
    )
