"""Message templates, as the provider has approved them. They are made at the provider; here they are read and used."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from server.desk.events import TemplateChanged
from server.desk.messages.inbound import TemplateReported
from tenants.audit import Action, Target
from tenants.context import Context, atomic
from tenants.db import Update
from tenants.ids import new_id
from tenants.models import Document
from tenants.permissions import Permission, requires

APPROVED = "APPROVED"
DELETED = "DELETED"
_PLACEHOLDER = re.compile(r"{{\s*(\w+)\s*}}")


class Template(Document):
    """`status` and `category` in the provider's words: APPROVED, PENDING, REJECTED, PAUSED, DISABLED; UTILITY, …"""

    channel_id: str
    name: str
    language: str
    status: str
    category: str | None = None
    components: list[dict[str, Any]] = []
    parameter_format: str | None = None
    quality: str | None = None
    rejected_reason: str | None = None
    updated_at: datetime

    @property
    def body(self) -> str:
        """The text with its placeholders: `Olá {{1}}`."""
        return next(
            (str(c.get("text", "")) for c in self.components if c.get("type", "").upper() == "BODY"), ""
        )

    @property
    def header_format(self) -> str | None:
        """TEXT, IMAGE, VIDEO, DOCUMENT or LOCATION; None without a header."""
        return next((c.get("format") for c in self.components if c.get("type", "").upper() == "HEADER"), None)

    @property
    def parameter_count(self) -> int:
        """How many different values the body asks for."""
        return len(set(_PLACEHOLDER.findall(self.body)))


@requires(Permission.CATALOG_READ)
async def every(
    ctx: Context, *, channel_id: str | None = None, status: str | None = None, language: str | None = None
) -> list[Template]:
    """By name, then language."""
    wanted = {"channel_id": channel_id, "status": status, "language": language}
    filter = {name: value for name, value in wanted.items() if value is not None}
    found = await ctx.db.templates.all(filter, sort=[("name", 1), ("language", 1)])
    return [Template.of(template) for template in found]


async def named(ctx: Context, channel_id: str, name: str, language: str) -> Template | None:
    """As we know it; the provider may have one that we do not know yet."""
    found = await ctx.db.templates.one({"channel_id": channel_id, "name": name, "language": language})
    return Template.of(found) if found else None


async def approved(ctx: Context, channel_id: str) -> list[Template]:
    return await every(ctx, channel_id=channel_id, status=APPROVED)


@atomic
async def sync(ctx: Context, channel_id: str, listed: Sequence[dict[str, Any]]) -> int:
    """Make our copy equal to the provider's whole list; each of `listed` has the fields of `base.RemoteTemplate`.

    Only what differs is written and announced. Returns how many the list has.
    """
    known = {(t["name"], t["language"]): t for t in await ctx.db.templates.all({"channel_id": channel_id})}
    told = {(t["name"], t["language"]): t for t in listed}
    gone = [template["_id"] for key, template in known.items() if key not in told]
    if gone:
        await ctx.db.templates.delete_all({"_id": {"$in": gone}})
    updates: list[Update] = []
    for key, template in told.items():
        kept = known.get(key)
        if kept is None or any(kept.get(field) != value for field, value in template.items()):
            updates.append(_as_update(ctx, channel_id, template))
    await ctx.db.templates.bulk(updates, ordered=False)
    if updates or gone:
        # One event for the list, not hundreds: whoever shows templates reads them again.
        ctx.publish(TemplateChanged(template={"channel_id": channel_id}))
    if not ctx.actor.is_house:
        ctx.record(Action.TEMPLATES_SYNCED, Target("channels", channel_id))
    return len(told)


def _as_update(ctx: Context, channel_id: str, template: dict[str, Any]) -> Update:
    place = {"channel_id": channel_id, "name": template["name"], "language": template["language"]}
    return Update(
        place,
        {"$set": {**template, "updated_at": ctx.now()}, "$setOnInsert": {"_id": new_id()}},
        upsert=True,
    )


@atomic
async def report(ctx: Context, channel_ids: Sequence[str], reported: TemplateReported) -> bool:
    """A webhook about one template, on every channel of its account. False when none of them has it: then sync."""
    filter = {"channel_id": {"$in": list(channel_ids)}, "name": reported.name, "language": reported.language}
    known = await ctx.db.templates.all(filter)
    if reported.state.get("status") == DELETED:
        await ctx.db.templates.delete_all(filter)
    else:
        state = {field: value for field, value in reported.state.items() if field in Template.model_fields}
        await ctx.db.templates.update_all(filter, {"$set": {**state, "updated_at": ctx.now()}})
    for template in known:
        ctx.publish(TemplateChanged(template={**template, **reported.state}))
    return bool(known)
