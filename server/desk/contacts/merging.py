"""Two contacts turn out to be one person."""

from collections import defaultdict
from typing import Any

from server.desk.contacts import queries
from server.desk.contacts.actions import save
from server.desk.contacts.queries import TaggedContact
from server.desk.conversations import actions as conversations
from server.desk.events import ContactChanged, ConversationChanged
from tenants.audit import Action, Change, Target
from tenants.context import Context, atomic
from tenants.permissions import Permission, requires
from tenants.problems import Invalid

Document = dict[str, Any]
_ADDRESSES = ("wa_id", "user_id", "username")
_KEPT = ("phone", "email", "profile_picture_url", "marketing_opt_in")


@requires(Permission.CONTACTS_DELETE)
@atomic
async def merge(ctx: Context, id: str, *, into_id: str) -> TaggedContact:
    """Everything of `id` goes to `into_id`, and `id` is no more.

    Of two open conversations on one channel the older is closed. What both contacts tell is kept from `into_id`, but the
    addresses to write to are those of the one who wrote last.
    """
    source = await queries.live(ctx, id)
    target = await ctx.db.contacts.one({"_id": into_id, "deleted_at": None})
    if target is None or id == into_id:
        raise Invalid.field("intoId", "Informe outro contato, que exista.")
    await _close_older(ctx, id, into_id)
    moved = await ctx.db.conversations.all({"contact_id": id}, fields=["_id"])
    for owned in (ctx.db.contact_identities, ctx.db.conversations, ctx.db.messages):
        await owned.update_all({"contact_id": id}, {"$set": {"contact_id": into_id}})
    await ctx.db.contacts.delete({"_id": id})
    await save(ctx, into_id, _united(source, target))
    ctx.publish(ContactChanged(contact={**source, "deleted_at": ctx.now(), "merged_into_id": into_id}))
    # Ids only: what is personal goes with the contact, and an entry stays.
    told = [Change("id", before=id, after=into_id)]
    ctx.record(Action.CONTACT_MERGED, Target("contacts", into_id), told)
    await _announce(ctx, [conversation["_id"] for conversation in moved])
    return await queries.by_id(ctx, into_id)


async def _close_older(ctx: Context, *contact_ids: str) -> None:
    """A contact has at most one open conversation on a channel."""
    by_channel = defaultdict(list)
    open_ones = {"contact_id": {"$in": list(contact_ids)}, "open": True}
    for conversation in await ctx.db.conversations.all(open_ones, sort=[("created_at", 1), ("_id", 1)]):
        by_channel[conversation["channel_id"]].append(conversation["_id"])
    for *older, _newest in by_channel.values():
        for id in older:
            await conversations.close(ctx, id)


def _united(source: Document, target: Document) -> Document:
    met = [c for c in (target, source) if c.get("last_conversation_at")]
    lately = max(met, key=lambda contact: contact["last_conversation_at"], default=target)
    earlier = source if lately is target else target
    united = {field: lately.get(field) or earlier.get(field) for field in _ADDRESSES}
    united |= {field: _first(target.get(field), source.get(field)) for field in _KEPT}
    if target.get("named_by") != "person" and source.get("named_by") == "person":
        united |= {"name": source["name"], "named_by": "person"}
    windows = [*source["windows"].items(), *target["windows"].items()]
    return {
        **united,
        "notes": "\n\n".join(contact["notes"] for contact in (target, source) if contact.get("notes"))
        or None,
        "attributes": {**source["attributes"], **target["attributes"]},
        "tag_ids": list(dict.fromkeys([*target["tag_ids"], *source["tag_ids"]])),
        "windows": {channel: until for channel, until in sorted(windows, key=_until) if until},
        "conversations_count": target["conversations_count"] + source["conversations_count"],
        "last_conversation_at": lately.get("last_conversation_at"),
    }


def _first(*values: Any) -> Any:
    return next((value for value in values if value is not None), None)


def _until(window: tuple[str, Any]) -> float:
    return window[1].timestamp() if window[1] else 0.0


async def _announce(ctx: Context, conversation_ids: list[str]) -> None:
    for conversation in (await ctx.db.conversations.by_ids(conversation_ids)).values():
        ctx.publish(
            ConversationChanged(
                conversation_id=conversation["_id"],
                conversation=conversation,
                changed=["contact_id", "contact"],
            )
        )
