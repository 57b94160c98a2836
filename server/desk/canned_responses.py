"""Answers kept ready, called up by a shortcut."""

from datetime import datetime
from typing import Any, TypedDict, Unpack

from server.desk.events import CatalogChanged
from tenants.audit import Action, Target, differences
from tenants.conflicts import duplicates_as
from tenants.context import Context, atomic
from tenants.ids import new_id
from tenants.models import Document
from tenants.permissions import Permission, requires
from tenants.problems import Conflict, NotFound

_TOLD = ("shortcut", "title", "content")


class CannedResponse(Document):
    """`shortcut` is what an agent types after `/`, in lower case."""

    number: int
    shortcut: str
    title: str | None = None
    content: str
    created_at: datetime
    updated_at: datetime


class CannedResponseChanges(TypedDict, total=False):
    shortcut: str
    title: str | None
    content: str


class ShortcutTaken(Conflict):
    message = "Já existe uma resposta pronta com este atalho."


@requires(Permission.CATALOG_READ)
async def every(ctx: Context) -> list[CannedResponse]:
    """By shortcut."""
    return [CannedResponse.of(found) for found in await ctx.db.canned_responses.all(sort=[("shortcut", 1)])]


@requires(Permission.CATALOG_READ)
async def by_id(ctx: Context, id: str) -> CannedResponse:
    found = await ctx.db.canned_responses.by_id(id)
    if found is None:
        raise NotFound
    return CannedResponse.of(found)


@requires(Permission.CATALOG_EDIT)
@duplicates_as(ShortcutTaken)
@atomic
async def create(ctx: Context, *, shortcut: str, content: str, title: str | None = None) -> CannedResponse:
    document = {
        "_id": new_id(),
        "number": await ctx.db.next_number("canned_responses"),
        "shortcut": shortcut,
        "title": title,
        "content": content,
        "created_at": ctx.now(),
        "updated_at": ctx.now(),
    }
    response = CannedResponse.of(await ctx.db.canned_responses.insert(document))
    ctx.record(Action.CANNED_RESPONSE_CREATED, _target(document), differences({}, document, _TOLD))
    ctx.publish(CatalogChanged(noun="canned_responses", id=response.id))
    return response


@requires(Permission.CATALOG_EDIT)
@duplicates_as(ShortcutTaken)
@atomic
async def change(ctx: Context, id: str, **changes: Unpack[CannedResponseChanges]) -> CannedResponse:
    update = {**changes, "updated_at": ctx.now()}
    before = await ctx.db.canned_responses.change({"_id": id}, {"$set": update}, before=True)
    if before is None:
        raise NotFound
    after = {**before, **update}
    ctx.record(Action.CANNED_RESPONSE_CHANGED, _target(after), differences(before, after, _TOLD))
    ctx.publish(CatalogChanged(noun="canned_responses", id=id))
    return CannedResponse.of(after)


@requires(Permission.CATALOG_EDIT)
@atomic
async def remove(ctx: Context, id: str) -> None:
    response = await ctx.db.canned_responses.by_id(id)
    if response is None:
        raise NotFound
    await ctx.db.canned_responses.delete({"_id": id})
    ctx.record(Action.CANNED_RESPONSE_REMOVED, _target(response))
    ctx.publish(CatalogChanged(noun="canned_responses", id=id))


def _target(response: dict[str, Any]) -> Target:
    return Target("canned_responses", response["_id"], response["shortcut"])
