"""Saved views: a list of conversations, narrowed in a way that somebody wants to find again."""

from datetime import datetime
from typing import Any

from server.desk.events import CatalogChanged
from tenants.conflicts import duplicates_as
from tenants.context import Context, atomic
from tenants.ids import new_id
from tenants.models import Document
from tenants.permissions import Permission, requires
from tenants.problems import Conflict, Forbidden, Invalid, NotFound

MOST = 50  # of one person, and shared in one house


class View(Document):
    """`filters` are named as in `queries.Sieve`. Without `user_id` it is everyone's."""

    name: str
    user_id: str | None
    filters: dict[str, Any]
    created_at: datetime

    @property
    def shared(self) -> bool:
        return self.user_id is None


class ViewNameTaken(Conflict):
    message = "Já existe uma visão com este nome."


@requires(Permission.CONVERSATIONS_READ)
async def every(ctx: Context) -> list[View]:
    """The actor's own and the shared ones, by name."""
    seen = {"user_id": {"$in": [ctx.actor.id, None]}}
    return [View.of(found) for found in await ctx.db.views.all(seen, sort=[("name", 1), ("_id", 1)])]


@requires(Permission.CONVERSATIONS_READ)
@duplicates_as(ViewNameTaken)
@atomic
async def save(ctx: Context, *, name: str, filters: dict[str, Any], shared: bool = False) -> View:
    """Raises ViewNameTaken, Invalid beyond `MOST`, Forbidden for a shared one where the actor may not edit the catalogue."""
    owner = _owner(ctx, shared=shared)
    if await ctx.db.views.count({"user_id": owner}) >= MOST:
        raise Invalid.field("name", f"No máximo {MOST} visões; exclua uma antes.")
    view = {"_id": new_id(), "user_id": owner, "name": name, "filters": filters, "created_at": ctx.now()}
    await ctx.db.views.insert(view)
    if shared:
        ctx.publish(CatalogChanged(noun="views", id=view["_id"]))
    return View.of(view)


def _owner(ctx: Context, *, shared: bool) -> str | None:
    if shared and not ctx.can(Permission.CATALOG_EDIT):
        raise Forbidden
    return None if shared else ctx.actor.id


@requires(Permission.CONVERSATIONS_READ)
@atomic
async def remove(ctx: Context, id: str) -> None:
    """Raises NotFound, also for a colleague's own; Forbidden for a shared one where the actor may not edit the catalogue."""
    view = await ctx.db.views.one({"_id": id, "user_id": {"$in": [ctx.actor.id, None]}})
    if view is None:
        raise NotFound
    _owner(ctx, shared=view["user_id"] is None)
    await ctx.db.views.delete({"_id": id})
    if view["user_id"] is None:
        ctx.publish(CatalogChanged(noun="views", id=id))
