"""A customer who talks to the assistant, without a telephone in between."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from server.desk import assistant
from server.desk.assistant import Answer, Outside
from server.desk.messages.inbound import Received, Sender
from server.desk.messages.models import Kind
from server.desk.messages.receiving import receive
from tenants import models, registry
from tenants.ids import new_id
from tests.desk.conftest import CHANNEL, House
from tests.fakes.sgp import MARIA_PHONE

Json = dict[str, Any]


@dataclass
class Talk:
    """`says` stores what the customer writes and has the house answer it; `asks` only asks what it would say."""

    house: House
    outside: Outside = field(default_factory=Outside)
    phone: str = MARIA_PHONE
    conversation_id: str = ""

    async def writes(self, text: str, **fields: Any) -> None:
        sender = Sender(wa_id=self.phone, name="Maria Silva")
        received = Received(wamid=new_id(), at=models.now(), sender=sender, kind=Kind.TEXT, text=text)
        async with self.house.enter() as ctx:
            [stored] = await receive(ctx, CHANNEL, [received.model_copy(update=fields)])
        self.conversation_id = stored["conversation_id"]

    async def says(self, text: str, **fields: Any) -> str | None:
        """What the house has answered; None where it was silent."""
        await self.writes(text, **fields)
        return (await self.replies()) or None

    async def replies(self) -> str:
        async with self.house.enter(assistant.assistant_of(self.house.tenant)) as ctx:
            before = len(await self.bubbles())
            await assistant.reply(ctx, self.conversation_id, self.outside)
        return "\n---\n".join((await self.bubbles())[before:])

    async def asks(self, text: str, **about: str) -> Answer:
        async with self.house.enter() as ctx:
            return await assistant.answer(
                ctx,
                text,
                self.outside,
                conversation_id=self.conversation_id or None,
                about=assistant.About(**about),
            )

    async def conversation(self) -> Json:
        found = await self.house.db.conversations.by_id(self.conversation_id)
        assert found
        return found

    async def memory(self) -> Json:
        found = await self.house.db.assistant_memories.by_id(self.conversation_id)
        assert found
        return found

    async def messages(self, **where: Any) -> list[Json]:
        return await self.house.db.messages.all(
            {"conversation_id": self.conversation_id, **where}, sort=[("seq", 1)]
        )

    async def bubbles(self) -> list[str]:
        return [message["text"] for message in await self.messages(direction="OUTBOUND")]

    async def note(self) -> str:
        [note] = await self.messages(kind="NOTE")
        return str(note["text"])


Decide = Callable[..., Awaitable[None]]


@pytest.fixture
async def decide(house: House) -> Decide:
    """What the tenant has decided about its house."""

    async def decide(**settings: Any) -> None:
        changes = {f"settings.{name}": value for name, value in settings.items()}
        await registry.update_tenant(house.runtime.database, house.tenant.id, changes)
        tenant = await registry.tenant_by_id(house.runtime.database, house.tenant.id)
        assert tenant
        house.tenant = tenant

    return decide


@pytest.fixture
async def talk(house: House, decide: Decide) -> Talk:
    """The tenant's assistant answers customers, and has nothing connected."""
    await house.db.channels.insert(
        {"_id": CHANNEL, "number": 1, "address": "1", "deleted": False, "status": "CONNECTED"}
    )
    await decide(assistant={"answers_customers": True, "name": "Lia"})
    return Talk(house)
