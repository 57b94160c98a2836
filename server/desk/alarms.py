"""What is wrong right now, and for how long. What finds it is `server/detector`; here it begins, ends and is told."""

import contextlib
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple, Self

from pydantic import BaseModel, ConfigDict

from server.desk.events import NotificationRaised
from tenants.context import Context, atomic
from tenants.db import Duplicate
from tenants.ids import new_id
from tenants.models import Role, UserStatus
from tenants.permissions import Permission, requires


class Kind(StrEnum):
    """docs/operate.md says what each means and what to do."""

    # Of one number
    PARKED = "parked"
    TOKEN = "token"  # noqa: S105 - a kind of alarm
    NUMBER = "number"
    SUBSCRIPTION = "subscription"
    WEBHOOK = "webhook"
    SECRETS = "secrets"
    UNREACHABLE = "unreachable"
    STATUSES = "statuses"
    SIGNATURES = "signatures"
    UNSIGNED = "unsigned"
    OUTBOX = "outbox"
    # Of one tenant
    JOURNAL = "journal"
    SUBSCRIBER = "subscriber"
    # Of the house
    WORKER = "worker"
    UNHEARD = "unheard"
    REDIS = "redis"
    DEAF = "deaf"


class Severity(StrEnum):
    WARNING = "warning"
    CRITICAL = "critical"


class Alarm(BaseModel):
    """Title, cause and next step are for a person (pt-BR). `about`: the channel's id, or the role of a process."""

    model_config = ConfigDict(frozen=True)

    kind: Kind
    severity: Severity
    title: str
    cause: str
    next_step: str
    about: str | None = None
    channel_id: str | None = None

    @property
    def key(self) -> str:
        return f"{self.kind}/{self.about}" if self.about else self.kind


class Standing(Alarm):
    since: datetime

    @classmethod
    def of(cls, document: dict[str, Any]) -> Self:
        return cls.model_validate(document)


@requires(Permission.ALARMS_READ)
async def every(ctx: Context) -> list[Standing]:
    """What is wrong with this tenant's numbers, oldest first."""
    return [Standing.of(found) for found in await ctx.db.alarms.all(sort=[("_id", 1)])]


class Settled(NamedTuple):
    """The keys of what is new, and of what is over."""

    begun: list[str]
    ended: list[str]


async def settle(ctx: Context, found: Sequence[Alarm]) -> Settled:
    """From now on exactly what was found is wrong. The admins are told what is new and what is over."""
    settled = Settled([], [])
    standing = {kept["key"]: Standing.of(kept) for kept in await ctx.db.alarms.all()}
    for alarm in found:
        if alarm.key not in standing:
            # Another clock was quicker.
            with contextlib.suppress(Duplicate):
                await _begin(ctx, alarm)
                settled.begun.append(alarm.key)
        elif alarm.model_dump() != standing[alarm.key].model_dump(exclude={"since"}):
            await ctx.db.alarms.update({"key": alarm.key}, {"$set": alarm.model_dump()})
    over = standing.keys() - {alarm.key for alarm in found}
    for key in sorted(over):
        await _end(ctx, standing[key])
        settled.ended.append(key)
    return settled


@atomic
async def _begin(ctx: Context, alarm: Alarm) -> None:
    await ctx.db.alarms.insert({**alarm.model_dump(), "_id": new_id(), "key": alarm.key, "since": ctx.now()})
    await _tell_admins(ctx, alarm, event="alarm.raised", message=f"{alarm.cause} {alarm.next_step}".strip())


@atomic
async def _end(ctx: Context, alarm: Alarm) -> None:
    if await ctx.db.alarms.delete({"key": alarm.key}):
        await _tell_admins(ctx, alarm, event="alarm.cleared", message="Resolvido.")


async def _tell_admins(ctx: Context, alarm: Alarm, *, event: str, message: str) -> None:
    told = {
        "type": event,
        "severity": alarm.severity,
        "title": alarm.title,
        "message": message,
        "alarm_id": alarm.key,
        "channel_id": alarm.channel_id,
    }
    admins = await ctx.db.users.all({"role": Role.ADMIN, "status": UserStatus.ACTIVE}, fields=["_id"])
    for admin in admins:
        ctx.publish(NotificationRaised(user_id=admin["_id"], notification=told))
