"""What people do with contacts: add, change, remove. How channels make and change them is in `identities.py`."""

from collections.abc import Sequence
from typing import Any, TypedDict, Unpack

from server.desk.contacts import queries
from server.desk.contacts.actions import save
from server.desk.contacts.models import IdentityKind, derived, phone_key
from server.desk.contacts.queries import TaggedContact
from server.desk.conversations import actions as conversations
from server.desk.conversations.changing import change as change_conversation
from server.desk.events import ContactChanged
from tenants.audit import Action, Target
from tenants.context import Context, atomic
from tenants.db import Duplicate
from tenants.ids import new_id
from tenants.permissions import Permission, requires
from tenants.problems import Conflict, Invalid

Document = dict[str, Any]
_EDITING = requires(Permission.CONTACTS_EDIT)
_NOBODY: Document = {
    "name": "Contato excluído", "named_by": "person", "phone": None, "wa_id": None, "user_id": None, "username": None,
    "email": None, "profile_picture_url": None, "notes": None, "attributes": {}, "tag_ids": [], "windows": {},
}  # fmt: skip


class PhoneTaken(Conflict):
    message = "Já existe um contato com este telefone."


class ContactFields(TypedDict, total=False):
    name: str | None
    email: str | None
    profile_picture_url: str | None
    notes: str | None
    tag_ids: list[str]
    attributes: dict[str, Any]


class ContactChanges(ContactFields, total=False):
    phone: str | None


@_EDITING
async def create(ctx: Context, *, phone: str, **fields: Unpack[ContactFields]) -> TaggedContact:
    """`phone` as `normal_phone` gives it. Raises PhoneTaken with the `contact_id` of who has it."""
    number = await ctx.db.next_number("contacts")
    try:
        return await _create(ctx, number, phone, fields)
    except Duplicate as taken:
        raise await _taken(ctx, phone) from taken


@atomic
async def _create(ctx: Context, number: int, phone: str, fields: ContactFields) -> TaggedContact:
    contact: Document = {
        "_id": new_id(), "number": number, "phone": phone, "wa_id": None, "user_id": None, "username": None,
        "attributes": {}, "windows": {}, "conversations_count": 0, "created_at": ctx.now(),
        "updated_at": ctx.now(), **fields, **_named(fields.get("name"), phone),
        "tag_ids": await _tags(ctx, fields.get("tag_ids", [])),
    }  # fmt: skip
    contact |= derived(contact)
    await _add_phone(ctx, contact["_id"], phone)
    await ctx.db.contacts.insert(contact)
    ctx.publish(ContactChanged(contact=contact))
    return await queries.by_id(ctx, contact["_id"])


@_EDITING
async def change(ctx: Context, id: str, **changes: Unpack[ContactChanges]) -> TaggedContact:
    """What is given is changed; `attributes` replaces them all. Raises PhoneTaken."""
    try:
        return await _change(ctx, id, changes)
    except Duplicate as taken:
        raise await _taken(ctx, changes.get("phone") or "") from taken


@atomic
async def _change(ctx: Context, id: str, changes: ContactChanges) -> TaggedContact:
    contact = await queries.live(ctx, id)
    update: Document = dict(changes)
    if "tag_ids" in changes:
        update["tag_ids"] = await _tags(ctx, changes["tag_ids"])
    if "phone" in changes:
        update |= await _move(ctx, contact, changes["phone"])
    if "name" in changes:
        update |= _named(changes["name"], update.get("phone", contact.get("phone")))
    await save(ctx, id, update)
    return await queries.by_id(ctx, id)


def _named(name: str | None, phone: str | None) -> Document:
    """Who has no name shows a number, until a profile tells one."""
    return {"name": name, "named_by": "person"} if name else {"name": phone, "named_by": "channel"}


async def _move(ctx: Context, contact: Document, phone: str | None) -> Document:
    """A new number: what the channels knew of the old one, address and window, no longer holds."""
    if phone and contact.get("phone") and phone_key(phone) == phone_key(contact["phone"]):
        return {"phone": phone}
    old = [phone_key(number) for number in (contact.get("phone"), contact.get("wa_id")) if number]
    await ctx.db.contact_identities.delete_all({"kind": IdentityKind.PHONE, "value": {"$in": old}})
    if phone:
        await _add_phone(ctx, contact["_id"], phone)
    for conversation in await ctx.db.conversations.all({"contact_id": contact["_id"], "open": True}):
        await change_conversation(ctx, conversation["_id"], {"window_expires_at": None})
    return {"phone": phone, "wa_id": None, "windows": {}}


async def _add_phone(ctx: Context, contact_id: str, phone: str) -> None:
    identity = {"kind": IdentityKind.PHONE, "value": phone_key(phone), "contact_id": contact_id}
    if not await ctx.db.contact_identities.exists(identity):
        await ctx.db.contact_identities.insert({"_id": new_id(), **identity})


async def _taken(ctx: Context, phone: str) -> PhoneTaken:
    return PhoneTaken(extra={"contact_id": await queries.owner_of(ctx, phone)})


async def _tags(ctx: Context, ids: Sequence[str]) -> list[str]:
    """Each once. Raises Invalid for one that does not exist."""
    known = await ctx.db.tags.by_ids(ids)
    if unknown := [id for id in ids if id not in known]:
        raise Invalid.field("tagIds", f"Etiqueta desconhecida: {unknown[0][:40]}.")
    return list(dict.fromkeys(ids))


@requires(Permission.CONTACTS_DELETE)
@atomic
async def remove(ctx: Context, id: str) -> None:
    """Whoever has conversations is emptied of everything personal instead, so that the history still counts."""
    contact = await queries.live(ctx, id)
    await ctx.db.contact_identities.delete_all({"contact_id": id})
    ctx.record(Action.CONTACT_REMOVED, Target("contacts", id))  # no name: it goes, the entry stays
    if not await ctx.db.conversations.exists({"contact_id": id}):
        await ctx.db.contacts.delete({"_id": id})
        ctx.publish(ContactChanged(contact={**contact, "deleted_at": ctx.now()}))
        return
    for conversation in await ctx.db.conversations.all({"contact_id": id, "open": True}, fields=["_id"]):
        await conversations.close(ctx, conversation["_id"])
    await save(ctx, id, {**_NOBODY, "deleted_at": ctx.now()})
