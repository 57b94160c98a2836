"""Who wrote? Phone, `wa_id` (both Brazilian forms) and business-scoped id lead to one contact."""

from collections.abc import Sequence
from typing import Any

from server.desk.contacts.models import IdentityKind, derived, phone_key
from server.desk.messages.inbound import Sender
from tenants.context import Context
from tenants.ids import new_id

Key = tuple[IdentityKind, str]


def keys_of(sender: Sender) -> list[Key]:
    keys: list[Key] = []
    if sender.wa_id:
        keys.append((IdentityKind.PHONE, phone_key(sender.wa_id)))
    if sender.user_id:
        keys.append((IdentityKind.USER_ID, sender.user_id))
    return keys


async def identify(ctx: Context, senders: Sequence[Sender]) -> list[dict[str, Any]]:
    """The contact document of each sender, made where there was none. To be called in a transaction."""
    wanted = {key for sender in senders for key in keys_of(sender)}
    known = await _owners(ctx, wanted)
    contacts = await ctx.db.contacts.by_ids(list(known.values()))
    fresh: dict[str, dict[str, Any]] = {}
    found = []
    for sender in senders:
        contact = _contact_of(sender, known, contacts)
        if contact is None:
            contact = await _new_contact(ctx, sender)
            fresh[contact["_id"]] = contacts[contact["_id"]] = contact
        await _learn(ctx, contact, sender, known, stored=contact["_id"] not in fresh)
        found.append(contact)
    await ctx.db.contacts.insert_all(list(fresh.values()))
    return found


async def _owners(ctx: Context, keys: set[Key]) -> dict[Key, str]:
    if not keys:
        return {}
    rows = await ctx.db.contact_identities.all(
        {"$or": [{"kind": kind, "value": value} for kind, value in keys]}
    )
    return {(IdentityKind(row["kind"]), row["value"]): row["contact_id"] for row in rows}


def _contact_of(
    sender: Sender, known: dict[Key, str], contacts: dict[str, dict[str, Any]]
) -> dict[str, Any] | None:
    """By phone first: a number outlives a business-scoped id."""
    return next((contacts[known[key]] for key in keys_of(sender) if known.get(key) in contacts), None)


async def _new_contact(ctx: Context, sender: Sender) -> dict[str, Any]:
    now = ctx.now()
    contact = {
        "_id": new_id(),
        "tenant_id": ctx.tenant.id,
        "number": await ctx.db.next_number("contacts"),
        "name": sender.name or sender.username or sender.wa_id,
        "named_by": "channel",
        "phone": sender.wa_id,
        "wa_id": sender.wa_id,
        "user_id": sender.user_id,
        "username": sender.username,
        "tag_ids": [],
        "attributes": {},
        "windows": {},
        "conversations_count": 0,
        "created_at": now,
        "updated_at": now,
    }
    return {**contact, **derived(contact)}


async def _learn(
    ctx: Context, contact: dict[str, Any], sender: Sender, known: dict[Key, str], *, stored: bool
) -> None:
    """Remember addresses and a name that this message told us for the first time."""
    for key in keys_of(sender):
        if known.get(key) != contact["_id"]:
            await ctx.db.contact_identities.update(
                {"kind": key[0], "value": key[1]},
                {"$set": {"contact_id": contact["_id"]}, "$setOnInsert": {"_id": new_id()}},
                upsert=True,
            )
            known[key] = contact["_id"]
    news = _news(contact, sender)
    if news:
        news |= derived({**contact, **news})
        contact.update(news)
        if stored:
            await ctx.db.contacts.update({"_id": contact["_id"]}, {"$set": news})


def _news(contact: dict[str, Any], sender: Sender) -> dict[str, Any]:
    """A person's own naming of the contact is never overwritten by the profile's."""
    told = {"wa_id": sender.wa_id, "user_id": sender.user_id, "username": sender.username}
    news = {field: value for field, value in told.items() if value and contact.get(field) != value}
    if sender.wa_id and not contact.get("phone"):
        news["phone"] = sender.wa_id
    nameless = contact.get("named_by") == "channel" and sender.name and contact.get("name") != sender.name
    return {**news, "name": sender.name} if nameless else news
