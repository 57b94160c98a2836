"""What is known of a channel's health between two looks: kept with the channel, never shown as part of it."""

from datetime import datetime

from pydantic import BaseModel

from server.desk.channels import Channel
from tenants.context import Context


class Trouble(BaseModel):
    """What the provider said is wrong, in words for a person (pt-BR). `name`: token, number, subscription, webhook …"""

    name: str
    title: str
    cause: str
    next_step: str


class Watch(BaseModel):
    """`unreachable_since`: since when the provider gives no answer; `trouble` is then what it said last."""

    due_at: datetime | None = None
    checked_at: datetime | None = None
    trouble: Trouble | None = None
    unreachable_since: datetime | None = None


class Refused(BaseModel):
    """Webhooks refused for their signature since one was last accepted: how many, the first and the last."""

    n: int
    since: datetime
    at: datetime


class Watched(Channel):
    watch: Watch = Watch()
    refused: Refused | None = None

    def is_due(self, now: datetime) -> bool:
        """Its time has come, or something about the channel has changed since: a new token, parked by the outbox."""
        if self.watch.due_at is None or self.watch.checked_at is None:
            return True
        return self.watch.due_at <= now or self.watch.checked_at < self.updated_at


async def every(ctx: Context) -> list[Watched]:
    return [Watched.of(found) for found in await ctx.db.channels.all({"deleted": False})]


async def claim(ctx: Context, watched: Watched, *, next_at: datetime) -> bool:
    """False when another clock was quicker."""
    return await ctx.db.channels.update(
        {"_id": watched.id, "deleted": False, "watch.due_at": watched.watch.due_at},
        {"$set": {"watch.due_at": next_at, "watch.checked_at": ctx.now()}},
    )


async def answered(ctx: Context, watched: Watched, trouble: Trouble | None) -> None:
    told = trouble.model_dump() if trouble else None
    news = {"watch.trouble": told, "watch.unreachable_since": None}
    await ctx.db.channels.update({"_id": watched.id}, {"$set": news})


async def unanswered(ctx: Context, watched: Watched, *, again_at: datetime) -> None:
    since = watched.watch.unreachable_since or ctx.now()
    news = {"watch.unreachable_since": since, "watch.due_at": again_at}
    await ctx.db.channels.update({"_id": watched.id}, {"$set": news})


async def forget_refused(ctx: Context, watched: Watched) -> None:
    await ctx.db.channels.update({"_id": watched.id}, {"$unset": {"refused": ""}})
