"""Customers who write, on the side of the house."""

from typing import Any

from tests.conftest import Session
from tests.factories import JOAO, a_channel, a_message, arrive
from tests.realtime.conftest import numbered

Json = dict[str, Any]


async def customer_writes(session: Session, text: str = "Olá", phone: str = JOAO) -> Json:
    """To the tenant's only number; returns the stored message."""
    channels = await session.db.channels.all({})
    channel = {"id": channels[0]["_id"]} if channels else await a_channel(session)
    (message,) = await arrive(session, channel, a_message(text, phone=phone))
    await numbered(session)
    return message


async def place(session: Session, text: str = "Olá", phone: str = JOAO) -> str:
    """A conversation, begun by a customer."""
    return str((await customer_writes(session, text, phone))["conversation_id"])


async def ok(answer: Any) -> Json:
    assert answer.ok, await answer.text()
    return dict(await answer.json())
