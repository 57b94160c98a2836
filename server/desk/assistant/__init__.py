"""The assistant: it answers customers until a person does, and colleagues and other programs when they ask it."""

from collections.abc import Sequence
from typing import NamedTuple

from server.desk.assistant.answers import About as About
from server.desk.assistant.answers import Answer as Answer
from server.desk.assistant.exchange import Exchange
from server.desk.assistant.handover import escalate as escalate
from server.desk.assistant.handover import release as release
from server.desk.assistant.history import history
from server.desk.assistant.intents import INTENTS
from server.desk.assistant.intents import Intent as Intent
from server.desk.assistant.memory import recall, remember
from server.desk.assistant.outside import Outside as Outside
from server.desk.assistant.replying import assistant_of as assistant_of
from server.desk.assistant.replying import reply as reply
from server.desk.assistant.state import State
from server.desk.assistant.talking import talk
from server.desk.conversations import queries
from tenants.context import Context
from tenants.permissions import Permission, requires


class Status(NamedTuple):
    """`model`: who thinks; "rules" where nothing is connected that could. `records`: whether it can look customers up."""

    answers_customers: bool
    name: str
    model: str
    records: bool
    intents: int


@requires(Permission.CONVERSATIONS_WORK)
async def answer(
    ctx: Context,
    text: str,
    outside: Outside,
    *,
    conversation_id: str | None = None,
    about: About | None = None,
) -> Answer:
    """What the assistant would say to `text`, said by the conversation's customer. Nothing is sent.

    The assistant remembers it all the same: who was verified, what was asked for. Not where it has answered the customer
    meanwhile. Raises ConversationNotFound.
    """
    if conversation_id is None:
        return await talk(Exchange(ctx, text, about or About(), State()), outside)
    conversation = await queries.by_id(ctx, conversation_id)
    contact = conversation.contact
    told = about or About()
    x = Exchange(
        ctx,
        text,
        About(told.customer_name or contact.name, told.customer_plan),
        await recall(ctx, conversation.id),
        records=outside.records,
        conversation_id=conversation.id,
        phone=contact.wa_id or contact.phone,
        readable=bool(text.strip()),
        history=await history(ctx, conversation.id),
    )
    made = await talk(x, outside)
    await remember(ctx, conversation.id, x.state)
    return made


@requires(Permission.CONVERSATIONS_READ)
async def status(ctx: Context, outside: Outside) -> Status:
    settings = ctx.tenant.settings.assistant
    model = outside.providers[0].name if outside.providers else "rules"
    return Status(settings.answers_customers, settings.name, model, outside.records is not None, len(INTENTS))


def intents() -> Sequence[Intent]:
    return INTENTS
