"""Finding contacts: by name in pages, by id, by telephone number."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from server.desk.contacts.models import Contact, ContactNotFound, IdentityKind, phone_key
from server.desk.contacts.phones import normal_phone
from server.desk.conversations.models import TagSnapshot
from server.desk.words import each_begun
from tenants.context import Context
from tenants.permissions import Permission, requires

_READING = requires(Permission.CONTACTS_READ)
_RECENT = 10
_LIVE = {"deleted_at": None}
_EMPTIED = {"deleted_at": {"$type": "date"}}
_LONG_AGO = datetime.fromtimestamp(0, UTC)


class TaggedContact(Contact):
    tags: list[TagSnapshot] = []


class Page(NamedTuple):
    rows: list[TaggedContact]
    total: int


@_READING
async def page(ctx: Context, *, search: str | None, page: int, limit: int) -> Page:
    """One page by name, as people sort names, and how many contacts there are in all."""
    where: dict[str, Any] = {"$and": [_LIVE, *each_begun(search)]} if search else _LIVE
    found = await ctx.db.contacts.all(
        where, sort=[("name_key", 1), ("_id", 1)], skip=(page - 1) * limit, limit=limit
    )
    total = await ctx.db.contacts.count(where) if search else await _count(ctx, {})
    return Page(await _tagged(ctx, found), total)


@_READING
async def by_id(ctx: Context, id: str) -> TaggedContact:
    return (await _tagged(ctx, [await live(ctx, id)]))[0]


@_READING
async def by_phone(ctx: Context, phone: str) -> TaggedContact:
    """However it is written: a Brazilian mobile with or without its ninth digit, with or without the country."""
    try:
        number = normal_phone(phone)
    except ValueError:
        # Channels bring numbers that the number plan does not know.
        number = phone
    owner = await owner_of(ctx, number)
    if owner is None:
        raise ContactNotFound
    return await by_id(ctx, owner)


class Stats(NamedTuple):
    total: int
    with_conversations: int
    without_conversations: int
    recent_contacts: list[TaggedContact]


@_READING
async def stats(ctx: Context) -> Stats:
    """How many contacts there are, and those last in touch, newest first."""
    total = await _count(ctx, {})
    met = await _count(ctx, {"last_conversation_at": {"$gt": _LONG_AGO}})
    recent = await ctx.db.contacts.all(_LIVE, sort=[("last_conversation_at", -1), ("_id", -1)], limit=_RECENT)
    return Stats(total, met, total - met, await _tagged(ctx, recent))


async def _count(ctx: Context, where: dict[str, Any]) -> int:
    """Of those that were not emptied. In two steps, so that each is counted along an index, without the documents."""
    return await ctx.db.contacts.count(where) - await ctx.db.contacts.count({**_EMPTIED, **where})


async def live(ctx: Context, id: str) -> dict[str, Any]:
    """The document. Raises ContactNotFound, also for one that was emptied."""
    found = await ctx.db.contacts.one({"_id": id, **_LIVE})
    if found is None:
        raise ContactNotFound
    return found


async def owner_of(ctx: Context, phone: str) -> str | None:
    """The id of the contact that a number leads to."""
    identity = await ctx.db.contact_identities.one({"kind": IdentityKind.PHONE, "value": phone_key(phone)})
    return identity["contact_id"] if identity else None


async def _tagged(ctx: Context, found: Sequence[dict[str, Any]]) -> list[TaggedContact]:
    tags = await ctx.db.tags.by_ids([id for contact in found for id in contact["tag_ids"]])
    shown = {id: {"id": id, "name": tag["name"], "color": tag["color"]} for id, tag in tags.items()}
    return [
        TaggedContact.of({**contact, "tags": [shown[id] for id in contact["tag_ids"] if id in shown]})
        for contact in found
    ]
