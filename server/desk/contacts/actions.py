"""What happens to a contact."""

from typing import Any

from server.desk.contacts.identities import identify, keys_of
from server.desk.contacts.models import Contact, ContactNotFound, derived, snapshot
from server.desk.events import ContactChanged
from server.desk.messages.inbound import IdentityChanged, MarketingPreference
from tenants.context import Context, atomic
from tenants.ids import new_id

Document = dict[str, Any]


@atomic
async def change_identity(ctx: Context, changed: IdentityChanged) -> None:
    """A new number or business-scoped id leads to the same contact; what it led to before is left as it is."""
    contact = (await identify(ctx, [changed.old]))[0]
    for kind, value in keys_of(changed.new):
        await ctx.db.contact_identities.update(
            {"kind": kind, "value": value},
            {"$set": {"contact_id": contact["_id"]}, "$setOnInsert": {"_id": new_id()}},
            upsert=True,
        )
    new = changed.new
    told = {"phone": new.wa_id, "wa_id": new.wa_id, "user_id": new.user_id, "username": new.username}
    await save(ctx, contact["_id"], {field: value for field, value in told.items() if value})


@atomic
async def set_marketing(ctx: Context, preference: MarketingPreference) -> None:
    contact = (await identify(ctx, [preference.sender]))[0]
    await save(ctx, contact["_id"], {"marketing_opt_in": preference.opted_in})


async def save(ctx: Context, id: str, changes: Document) -> Contact:
    """Change the contact and what its conversations show of it. In a transaction. Raises ContactNotFound."""
    before = await ctx.db.contacts.by_id(id)
    if before is None:
        raise ContactNotFound
    changes = {**changes, **derived({**before, **changes}), "updated_at": ctx.now()}
    await ctx.db.contacts.update({"_id": id}, {"$set": changes})
    after = {**before, **changes}
    shown = {"contact": snapshot(after), "words": after["words"]}
    await ctx.db.conversations.update_all({"contact_id": id}, {"$set": shown})
    ctx.publish(ContactChanged(contact=after))
    return Contact.of(after)
