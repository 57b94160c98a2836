"""Labels on conversations."""

from datetime import datetime
from typing import Any, TypedDict, Unpack

from server.desk.events import CatalogChanged
from server.desk.words import fold
from tenants.audit import Action, Target, differences
from tenants.conflicts import duplicates_as
from tenants.context import Context, atomic
from tenants.ids import new_id
from tenants.models import Document
from tenants.permissions import Permission, requires
from tenants.problems import Conflict, NotFound

_TOLD = ("name", "color")


class Tag(Document):
    """`color` is `#rrggbb`."""

    number: int
    name: str
    color: str
    created_at: datetime
    updated_at: datetime


class TagChanges(TypedDict, total=False):
    name: str
    color: str


class TagTaken(Conflict):
    message = "Já existe uma etiqueta com este nome."


@requires(Permission.CATALOG_READ)
async def every(ctx: Context) -> list[Tag]:
    """By name."""
    return [Tag.of(tag) for tag in await ctx.db.tags.all(sort=[("name_key", 1)])]


@requires(Permission.CATALOG_EDIT)
@duplicates_as(TagTaken)
@atomic
async def create(ctx: Context, *, name: str, color: str) -> Tag:
    document = {
        "_id": new_id(),
        "number": await ctx.db.next_number("tags"),
        "name": name,
        "name_key": fold(name),
        "color": color,
        "created_at": ctx.now(),
        "updated_at": ctx.now(),
    }
    tag = Tag.of(await ctx.db.tags.insert(document))
    ctx.record(Action.TAG_CREATED, _target(document), differences({}, document, _TOLD))
    ctx.publish(CatalogChanged(noun="tags", id=tag.id))
    return tag


@requires(Permission.CATALOG_EDIT)
async def change(ctx: Context, id: str, **changes: Unpack[TagChanges]) -> Tag:
    tag = await _change(ctx, id, changes)
    # Outside the transaction: a tag may be on any number of conversations.
    copy = {"tags.$.name": tag.name, "tags.$.color": tag.color}
    await ctx.db.conversations.update_all({"tag_ids": id, "tags.id": id}, {"$set": copy})
    return tag


@duplicates_as(TagTaken)
@atomic
async def _change(ctx: Context, id: str, changes: TagChanges) -> Tag:
    key = {"name_key": fold(changes["name"])} if "name" in changes else {}
    update = {**changes, **key, "updated_at": ctx.now()}
    before = await ctx.db.tags.change({"_id": id}, {"$set": update}, before=True)
    if before is None:
        raise NotFound
    after = {**before, **update}
    ctx.record(Action.TAG_CHANGED, _target(after), differences(before, after, _TOLD))
    ctx.publish(CatalogChanged(noun="tags", id=id))
    return Tag.of(after)


@requires(Permission.CATALOG_EDIT)
async def remove(ctx: Context, id: str) -> None:
    """It comes off every conversation that has it."""
    await _remove(ctx, id)
    await ctx.db.conversations.update_all({"tag_ids": id}, {"$pull": {"tag_ids": id, "tags": {"id": id}}})


@atomic
async def _remove(ctx: Context, id: str) -> None:
    tag = await ctx.db.tags.by_id(id)
    if tag is None:
        raise NotFound
    await ctx.db.tags.delete({"_id": id})
    ctx.record(Action.TAG_REMOVED, _target(tag))
    ctx.publish(CatalogChanged(noun="tags", id=id))


def _target(tag: dict[str, Any]) -> Target:
    return Target("tags", tag["_id"], tag["name"])
