"""What people do with a conversation. Each verb checks, writes and announces in one transaction."""

from datetime import datetime
from typing import Any, TypedDict, Unpack

from server.desk import surveys
from server.desk.colleagues import ABLE
from server.desk.conversations import queries
from server.desk.conversations.changing import change
from server.desk.conversations.models import (
    AlreadyClaimed,
    AnotherIsOpen,
    Conversation,
    ConversationClosed,
    ConversationNotFound,
    ConversationStatus,
    Placement,
    Priority,
    Resolution,
)
from server.desk.conversations.waiting import Reason
from server.desk.events import NotificationRaised
from tenants.context import Context, atomic
from tenants.db import Duplicate
from tenants.permissions import Permission, requires
from tenants.problems import Invalid

Document = dict[str, Any]
_WORKING = requires(Permission.CONVERSATIONS_WORK)
_FREE = {"assigned_to_id": None, "open": True}


class Changes(TypedDict, total=False):
    """What is given is changed. `assigned_to_id` None takes the conversation off its agent, `team_id` None off its team."""

    status: ConversationStatus
    priority: Priority
    tag_ids: list[str]
    assigned_to_id: str | None
    team_id: str | None


@_WORKING
async def update(ctx: Context, id: str, **changes: Unpack[Changes]) -> Conversation:
    """All of it or nothing. Raises ConversationNotFound, ConversationClosed, AnotherIsOpen, Invalid."""

    @atomic
    async def all_of_it(ctx: Context) -> Conversation:
        conversation = await queries.by_id(ctx, id)
        if "priority" in changes or "tag_ids" in changes:
            conversation = await _label(ctx, conversation, changes)
        place = await _new_place(ctx, conversation, changes)
        if place:
            conversation = await _give(ctx, conversation, place)
        if "status" in changes and changes["status"] is not conversation.status:
            conversation = await _set_status(ctx, conversation, changes["status"])
        return conversation

    return await _unless_another_is_open(ctx, all_of_it)


async def _label(ctx: Context, conversation: Conversation, changes: Changes) -> Conversation:
    labels: dict[str, Any] = {}
    if "priority" in changes:
        labels["priority"] = changes["priority"]
    if "tag_ids" in changes:
        tag_ids = list(dict.fromkeys(changes["tag_ids"]))
        labels |= {"tag_ids": tag_ids, "tags": await _tags(ctx, tag_ids)}
    return Conversation.of(await change(ctx, conversation.id, labels))


async def _tags(ctx: Context, ids: list[str]) -> list[dict[str, Any]]:
    found = await ctx.db.tags.by_ids(ids)
    if unknown := [id for id in ids if id not in found]:
        raise Invalid.field("tagIds", f"Etiqueta desconhecida: {unknown[0][:40]}.")
    return [{"id": id, "name": found[id]["name"], "color": found[id]["color"]} for id in ids]


async def _set_status(ctx: Context, conversation: Conversation, status: ConversationStatus) -> Conversation:
    if status is ConversationStatus.CLOSED:
        return await _close(ctx, conversation)
    if not conversation.open:
        return await _open_again(ctx, conversation, {"status": status})
    return Conversation.of(await change(ctx, conversation.id, {"status": status}))


async def _open_again(ctx: Context, conversation: Conversation, as_what: Document) -> Conversation:
    """A person has opened it again: it is for people."""
    opened: Document = {
        "open": True, "closed_at": None, "closed_by_id": None, "resolution": None, "close_notes": None,
        "closed_from": None, "with_assistant": False,
    }  # fmt: skip
    return Conversation.of(await change(ctx, conversation.id, opened | as_what))


async def _new_place(ctx: Context, conversation: Conversation, changes: Changes) -> Document:
    """What changes where it goes to another person or another team; {} where it stays."""
    here = conversation.model_dump(include=set(Placement._fields))
    new = {field: id for field, id in changes.items() if field in here and id != here[field]}
    if new:
        _must_be_open(conversation)
    place: Document = {}
    if "team_id" in new:
        place["team_id"] = await _team(ctx, changes["team_id"])
    if "assigned_to_id" in new:
        place |= await _in_hands_of(ctx, changes["assigned_to_id"], "assignedToId")
    return place


async def _in_hands_of(ctx: Context, user_id: str | None, field: str = "userId") -> Document:
    if user_id is None:
        return {"assigned_to_id": None, "assigned_to": None, "status": ConversationStatus.OPEN}
    return {**await _assignee(ctx, user_id, field), "status": ConversationStatus.IN_PROGRESS}


@_WORKING
@atomic
async def assign(ctx: Context, id: str, *, user_id: str) -> Conversation:
    """Give the conversation to an active user of the tenant; it is then in progress."""
    conversation = await queries.by_id(ctx, id)
    _must_be_open(conversation)
    return await _give(ctx, conversation, await _in_hands_of(ctx, user_id))


async def _give(ctx: Context, conversation: Conversation, place: Document, **more: Any) -> Conversation:
    after = Conversation.of(await change(ctx, conversation.id, place, **more))
    if place.get("assigned_to_id") not in (None, ctx.actor.id):
        _notify_assigned(ctx, after)
    return after


async def _assignee(ctx: Context, user_id: str, field: str = "userId") -> dict[str, Any]:
    user = await ctx.db.users.one({"_id": user_id, **ABLE})
    if user is None:
        raise Invalid.field(field, "Atendente desconhecido ou inativo.")
    person = {"id": user["_id"], "number": user["number"], "name": user["name"], "email": user["email"]}
    return {"assigned_to_id": user_id, "assigned_to": person}


def _notify_assigned(ctx: Context, conversation: Conversation) -> None:
    notification = {
        "type": "conversation.assigned",
        "conversation_id": conversation.id,
        "title": "Conversa atribuída a você",
        "body": conversation.contact.name or conversation.contact.phone_number or "",
        "by": ctx.actor.name,
    }
    ctx.publish(
        NotificationRaised(
            conversation_id=conversation.id, user_id=conversation.assigned_to_id, notification=notification
        )
    )


@_WORKING
async def claim(ctx: Context, id: str) -> Conversation:
    """Take a conversation that nobody has. Compare-and-set: of any number of claims one wins, the rest are told who."""
    conversation = await queries.by_id(ctx, id)
    _must_be_open(conversation)
    if conversation.assigned_to_id == ctx.actor.id:
        return conversation

    @atomic
    async def take(ctx: Context) -> Conversation:
        changes = {**await _assignee(ctx, ctx.actor.id or ""), "status": ConversationStatus.IN_PROGRESS}
        try:
            return Conversation.of(await change(ctx, id, changes, given=_FREE, reason=Reason.CLAIMED))
        except ConversationNotFound:
            # Looked up in the transaction that missed: a read after it may be of a moment before the winner.
            return await _already_own(ctx, id)

    return await take(ctx)


async def _already_own(ctx: Context, id: str) -> Conversation:
    """A claim that came twice is won twice. Raises AlreadyClaimed, ConversationClosed or ConversationNotFound.

    Whoever could see it a moment ago is told who has it now, even where that puts it out of his sight.
    """
    found = await ctx.db.conversations.by_id(id)
    if found is None:
        raise ConversationNotFound
    conversation = Conversation.of(found)
    _must_be_open(conversation)
    if conversation.assigned_to_id == ctx.actor.id:
        return conversation
    assert conversation.assigned_to  # it is open and missed, so somebody has it
    raise AlreadyClaimed(extra={"assigned_to": conversation.assigned_to.model_dump()})


@atomic
async def give_waiting(ctx: Context, row: Document, *, user_id: str, reason: Reason) -> None:
    """For the distribution; `row` as `waiting.line` has it. Raises ConversationNotFound when it waits so no more."""
    changes = {**await _assignee(ctx, user_id), "status": ConversationStatus.IN_PROGRESS}
    still = {**_FREE, "queued_at": row["queued_at"], "team_id": row.get("team_id")}
    after = await change(ctx, row["_id"], changes, given=still, reason=reason)
    _notify_assigned(ctx, Conversation.of(after))


@_WORKING
@atomic
async def transfer(
    ctx: Context,
    id: str,
    *,
    user_id: str | None = None,
    team_id: str | None = None,
    reason: str | None = None,
) -> Conversation:
    """To a user (in progress), to a team's queue (open, nobody's), or both."""
    conversation = await queries.by_id(ctx, id)
    _must_be_open(conversation)
    if user_id is None and team_id is None:
        raise Invalid.field("userId", "Informe userId ou teamId.")
    place = await _in_hands_of(ctx, user_id)
    if team_id is not None:
        place["team_id"] = await _team(ctx, team_id)
    now = ctx.now()
    step = {
        "at": now, "by": ctx.actor.id, "from_user_id": conversation.assigned_to_id,
        "to_user_id": user_id, "to_team_id": team_id, "reason": reason,
    }  # fmt: skip
    told = {"transfers": {"$each": [step], "$slice": -50}}
    return await _give(ctx, conversation, place, push=told, reason=Reason.TRANSFERRED, at=now)


async def _team(ctx: Context, id: str | None) -> str | None:
    if id is None:
        return None
    if not await ctx.db.teams.exists({"_id": id}):
        raise Invalid.field("teamId", "Equipe desconhecida.")
    return id


@_WORKING
@atomic
async def close(
    ctx: Context, id: str, *, resolution: Resolution | None = None, notes: str | None = None
) -> Conversation:
    """Closing a closed conversation changes nothing."""
    conversation = await queries.by_id(ctx, id)
    if conversation.status is ConversationStatus.CLOSED:
        return conversation
    return await _close(ctx, conversation, resolution, notes)


async def _close(
    ctx: Context, conversation: Conversation, resolution: Resolution | None = None, notes: str | None = None
) -> Conversation:
    if resolution is not Resolution.ABANDONED and await surveys.ask(ctx, conversation):
        conversation = await queries.by_id(ctx, conversation.id)
    changes = {
        "status": ConversationStatus.CLOSED, "open": False, "closed_at": ctx.now(), "unread_count": 0,
        "settled_seq": conversation.seq, "closed_by_id": ctx.actor.id, "resolution": resolution, "close_notes": notes,
        "closed_from": conversation.model_dump(include={"status", "snoozed_until"}),
    }  # fmt: skip
    return Conversation.of(await change(ctx, conversation.id, changes))


@_WORKING
async def reopen(ctx: Context, id: str, *, as_it_was: bool = False) -> Conversation:
    """Open again; in progress if it still has its agent. AnotherIsOpen if the contact has a newer open one.

    `as_it_was` takes the closing back: what waited for the customer waits again, and what was put aside still is.
    """

    @atomic
    async def again(ctx: Context) -> Conversation:
        conversation = await queries.by_id(ctx, id)
        if conversation.open:
            return conversation
        waited = as_it_was and _as_it_waited(conversation, ctx.now())
        return await _open_again(ctx, conversation, waited or {"status": _status_at_work(conversation)})

    return await _unless_another_is_open(ctx, again)


def _status_at_work(conversation: Conversation) -> ConversationStatus:
    return ConversationStatus.IN_PROGRESS if conversation.assigned_to_id else ConversationStatus.OPEN


def _as_it_waited(conversation: Conversation, now: datetime) -> Document | None:
    """None where it did not wait for the customer, or would have come back by now."""
    before = conversation.closed_from
    if before is None or before["status"] != ConversationStatus.WAITING:
        return None
    until = before["snoozed_until"]
    return before if until is None or until > now else None


async def _unless_another_is_open(ctx: Context, verb: Any) -> Conversation:
    try:
        return await verb(ctx)  # type: ignore[no-any-return]
    except Duplicate as taken:
        raise AnotherIsOpen from taken


def _must_be_open(conversation: Conversation) -> None:
    if not conversation.open:
        raise ConversationClosed
