"""Who plays: a hotel whose agents see only what is theirs, its rival, and a house where nothing happens."""

import itertools
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from bench.hotel import Hotel
from server.desk import tenant as desk
from server.desk.conversations import actions
from server.desk.messages.inbound import Received, Sender
from server.desk.messages.models import Kind
from server.desk.messages.receiving import receive
from server.runtime import Runtime
from tenants.models import Visibility

AGENTS, KEPT, PASSED_ON = 2, 3, 4
_serial = itertools.count(1)


class Whose(StrEnum):
    """Of a conversation, for the whole play: a person's, or passed on from one to the next."""

    ADMIN = "admin"
    FIRST = "first agent"
    SECOND = "second agent"
    CHANGING = "changing"


AGENT_ROLES = (Whose.FIRST, Whose.SECOND)


@dataclass(slots=True)
class Player:
    id: str
    token: str
    whose: Whose


@dataclass(slots=True)
class House:
    hotel: Hotel
    channel_id: str
    people: dict[Whose, Player]
    # By conversation id.
    conversations: dict[str, Whose] = field(default_factory=dict)
    phones: dict[str, str] = field(default_factory=dict)

    @property
    def slug(self) -> str:
        return self.hotel.tenant.slug

    def of(self, whose: Whose) -> list[str]:
        return [id for id, kept_by in self.conversations.items() if kept_by is whose]

    async def customer_writes(self, phone: str) -> dict[str, Any]:
        """As the drain hands it to the desk; every text names the house that it is written to."""
        number = next(_serial)
        message = Received(
            wamid=f"wamid.{self.slug}.{number}.{time.time_ns()}",
            at=datetime.now(UTC),
            sender=Sender(wa_id=phone, name=f"Hóspede de {self.slug}"),
            kind=Kind.TEXT,
            text=f"{self.slug} {number}",
        )
        async with self.hotel.enter() as ctx:
            [stored] = await receive(ctx, self.channel_id, [message])
        return stored

    async def open_conversation(self) -> str:
        """A new customer writes; nobody has the conversation yet."""
        phone = f"5511{next(_serial):09}"
        id: str = (await self.customer_writes(phone))["conversation_id"]
        self.phones[id] = phone
        return id

    async def open_and_assign(self, whose: Whose) -> None:
        id = await self.open_conversation()
        self.conversations[id] = whose
        holder = self.people.get(whose, self.people[Whose.ADMIN])
        async with self.hotel.enter_as_admin() as ctx:
            await actions.assign(ctx, id, user_id=holder.id)


async def a_house(runtime: Runtime, *, agents: int = 0) -> House:
    hotel = await Hotel.found(runtime)
    people = {Whose.ADMIN: Player(hotel.admin.id, hotel.token, Whose.ADMIN)}
    for whose, token in zip(AGENT_ROLES, await hotel.tokens(agents), strict=False):
        people[whose] = Player(runtime.keys.tokens.read(token).sub, token, whose)
    return House(hotel, (await hotel.connect()).id, people)


async def a_closed_house(runtime: Runtime) -> House:
    """Its agents see their own conversations only; some of those change hands while they look."""
    house = await a_house(runtime, agents=AGENTS)
    async with house.hotel.enter_as_admin() as ctx:
        await desk.change(ctx, runtime.database, settings={"agent_visibility": Visibility.OWN})
    for whose in (Whose.ADMIN, *AGENT_ROLES):
        for _ in range(KEPT):
            await house.open_and_assign(whose)
    for _ in range(PASSED_ON):
        await house.open_and_assign(Whose.CHANGING)
    return house


async def an_open_house(runtime: Runtime) -> House:
    house = await a_house(runtime)
    for _ in range(KEPT):
        await house.open_and_assign(Whose.ADMIN)
    return house
