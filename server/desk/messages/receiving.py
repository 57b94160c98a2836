"""What customers send becomes messages: a whole batch in one transaction, each message once, in the order it came."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from server.desk import window
from server.desk.contacts.identities import identify
from server.desk.contacts.models import snapshot
from server.desk.conversations import tallies
from server.desk.conversations.models import ConversationStatus, OpenedBy
from server.desk.conversations.opening import new_conversation
from server.desk.conversations.waiting import distribution_wanted
from server.desk.events import ConversationOpened, MessageAdded, MessageChanged
from server.desk.messages.documents import last_message, public, received_message, row_after
from server.desk.messages.inbound import Received
from server.desk.messages.models import CUSTOMER, HOUSE, Direction, Kind
from server.jobs import Job
from tenants.context import Context, atomic
from tenants.db import Update

Document = dict[str, Any]


async def receive(ctx: Context, channel_id: str, batch: Sequence[Received]) -> list[Document]:
    """Store what is new of `batch`; a `wamid` that is already there is a no-op. Returns the new messages.

    A contact's open conversation takes the message, or one is opened. May raise Duplicate when two processes store the
    same message at the same moment: the caller runs it again.
    """
    numbers = await ctx.db.next_numbers("messages", len(batch))
    return await _receive(ctx, channel_id, batch, numbers)


@atomic
async def _receive(
    ctx: Context, channel_id: str, batch: Sequence[Received], numbers: Sequence[int]
) -> list[Document]:
    news = await _unknown(ctx, batch)
    if not news:
        return []
    contacts = await identify(ctx, [received.sender for received in news])
    desk = await _Desk.of(ctx, channel_id, contacts)
    targets = await _targets(ctx, news)
    stored = [
        desk.take(received, contact, number, targets)
        for received, contact, number in zip(news, contacts, numbers, strict=False)
    ]
    # The rows first: two transactions that meet on a conversation conflict there, and one starts again.
    await desk.save()
    await ctx.db.messages.insert_all(stored)
    await _react(ctx, stored)
    for message in stored:
        conversation = desk.conversations[message["contact_id"]]
        ctx.publish(
            MessageAdded(
                conversation_id=message["conversation_id"],
                message=public(message),
                conversation={
                    **row_after(conversation), "seq": message["seq"], "last_message": last_message(message),
                },
            )
        )  # fmt: skip
    if any(message.get("media") for message in stored):
        ctx.enqueue("workers.media.fetch")
    return stored


async def _unknown(ctx: Context, batch: Sequence[Received]) -> list[Received]:
    first: dict[str, Received] = {}
    for received in batch:
        first.setdefault(received.wamid, received)
    for known in await ctx.db.messages.all({"wamid": {"$in": list(first)}}, fields=["wamid"]):
        del first[known["wamid"]]
    return list(first.values())


async def _targets(ctx: Context, news: Sequence[Received]) -> dict[str, Document]:
    """The messages that are replied or reacted to, by wamid."""
    wamids = [r.reply_to for r in news if r.reply_to]
    wamids += [r.details["target"] for r in news if r.kind is Kind.REACTION and r.details.get("target")]
    if not wamids:
        return {}
    found = await ctx.db.messages.all({"wamid": {"$in": wamids}}, fields=["wamid", "conversation_id"])
    return {message["wamid"]: message for message in found}


class _Desk:
    """The open conversations of one batch, changed in memory and written once."""

    def __init__(self, ctx: Context, channel_id: str) -> None:
        self.ctx, self.channel_id, self.now = ctx, channel_id, ctx.now()
        self.answers_by_itself = ctx.tenant.settings.answers_by_itself
        self.before: dict[str, Document] = {}
        self.conversations: dict[str, Document] = {}

    @classmethod
    async def of(cls, ctx: Context, channel_id: str, contacts: Sequence[Document]) -> "_Desk":
        desk = cls(ctx, channel_id)
        ids = list({contact["_id"] for contact in contacts})
        for found in await ctx.db.conversations.all(
            {"channel_id": channel_id, "contact_id": {"$in": ids}, "open": True}
        ):
            desk.before[found["contact_id"]] = found
            desk.conversations[found["contact_id"]] = dict(found)
        for contact in {contact["_id"]: contact for contact in contacts}.values():
            if contact["_id"] not in desk.conversations:
                number = await ctx.db.next_number("conversations")
                desk.conversations[contact["_id"]] = new_conversation(
                    ctx,
                    contact,
                    channel_id=channel_id,
                    number=number,
                    opened_by=OpenedBy.CUSTOMER,
                    at=desk.now,
                )
        return desk

    def take(
        self, received: Received, contact: Document, number: int, targets: dict[str, Document]
    ) -> Document:
        conversation = self.conversations[contact["_id"]]
        conversation["seq"] += 1
        message = received_message(
            conversation,
            received,
            number,
            now=self.now,
            is_read=not _is_to_be_read(received),
            reply_to=targets.get(received.reply_to or received.details.get("target") or ""),
        )
        targets[received.wamid] = message
        self._update_row(conversation, contact, received, message)
        return message

    def _update_row(
        self, conversation: Document, contact: Document, received: Received, message: Document
    ) -> None:
        conversation |= {
            "last_message": last_message(message),
            "last_message_at": self._latest(conversation, received.at),
            "contact": snapshot(contact),
            "words": contact["words"],
            "updated_at": self.now,
        }
        if received.echo:
            self._answer(conversation)
            return
        if message["read_at"]:
            return
        conversation["unread_count"] += 1
        if self.answers_by_itself or conversation.get("with_assistant"):
            conversation |= {"answer_due": True, "answer_due_seq": message["seq"]}
        expires = window.expiry(received.at, received.details, received_at=self.now)
        known = conversation.get("window_expires_at")
        conversation["window_expires_at"] = max(expires, known) if known else expires
        if conversation["status"] == ConversationStatus.WAITING:
            assigned = conversation["assigned_to_id"]
            conversation["status"] = ConversationStatus.IN_PROGRESS if assigned else ConversationStatus.OPEN
            conversation["snoozed_until"] = None

    def _answer(self, conversation: Document) -> None:
        """What is written in the business's phone app answers the customer too, or begins the conversation."""
        if conversation["seq"] == 1:
            conversation["opened_by"] = OpenedBy.AGENT
        conversation["first_response_at"] = conversation.get("first_response_at") or self.now

    def _latest(self, conversation: Document, at: datetime) -> datetime:
        """Never backwards, so that a late delivery does not sink the conversation; never into the future."""
        at = min(at, self.now)
        return max(conversation["last_message_at"], at) if conversation["seq"] > 1 else at

    async def save(self) -> None:
        opened = [c for key, c in self.conversations.items() if key not in self.before]
        changed = [(key, c) for key, c in self.conversations.items() if key in self.before]
        await self.ctx.db.conversations.bulk(
            [Update({"_id": c["_id"]}, {"$set": _differences(self.before[key], c)}) for key, c in changed],
            inserts=opened,
        )
        await self._touch_contacts(opened)
        if opened:
            distribution_wanted(self.ctx)
        if self.answers_by_itself:
            self.ctx.enqueue(Job.ANSWER)
        await tallies.record(
            self.ctx, [(self.before.get(key), after) for key, after in self.conversations.items()]
        )
        for conversation in opened:
            self.ctx.publish(
                ConversationOpened(conversation_id=conversation["_id"], conversation=conversation)
            )

    async def _touch_contacts(self, opened: list[Document]) -> None:
        """The window outlives the conversation, so the contact keeps it too."""
        new = {c["contact_id"] for c in opened}
        await self.ctx.db.contacts.bulk(
            [
                Update(
                    {"_id": contact_id},
                    {
                        "$set": {
                            f"windows.{self.channel_id}": conversation.get("window_expires_at"),
                            "last_conversation_at": self.now,
                        },
                        "$inc": {"conversations_count": 1 if contact_id in new else 0},
                    },
                )
                for contact_id, conversation in self.conversations.items()
            ]
        )


def _is_to_be_read(received: Received) -> bool:
    """Else nobody wrote to us now: there is nothing to answer, and no window opens."""
    return not (received.echo or received.kind is Kind.SYSTEM or received.details.get("history"))


def _differences(before: Document, after: Document) -> Document:
    return {field: value for field, value in after.items() if before.get(field) != value}


async def _react(ctx: Context, stored: Sequence[Document]) -> None:
    """A reaction also shows on the message it is about."""
    for reaction in stored:
        if reaction["kind"] != Kind.REACTION or not reaction["reply_to_id"]:
            continue
        by = HOUSE if reaction["direction"] == Direction.OUTBOUND else CUSTOMER
        await set_reaction(ctx, reaction["reply_to_id"], by=by, emoji=reaction["text"])


async def set_reaction(ctx: Context, message_id: str, *, by: str, emoji: str) -> None:
    """WhatsApp shows one of the customer's and one of the house's, whoever of us reacted: each replaces the one before."""
    other_side = {"$ne" if by == CUSTOMER else "$eq": ["$$this.by", CUSTOMER]}
    others = {"$filter": {"input": {"$ifNull": ["$reactions", []]}, "cond": other_side}}
    mine: list[Any] = [{"emoji": {"$literal": emoji}, "by": {"$literal": by}}] if emoji else []
    after = await ctx.db.messages.change(
        {"_id": message_id}, [{"$set": {"reactions": {"$concatArrays": [others, mine]}}}]
    )
    if after:
        ctx.publish(MessageChanged(conversation_id=after["conversation_id"], message=public(after)))
