"""A provider of internet whose workers are processes of their own, seen through its front door and nothing else."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest

from server.channels.simulator import Simulator
from server.channels.simulator.play import PlayedCustomer, PlayedNumber
from server.jobs import QueueName
from server.settings import Settings
from tests.conftest import Session
from tests.examples.scene import connection
from tests.factories import body_of, made
from tests.isp import Person, as_person
from tests.workers import running

Json = dict[str, Any]
PATIENCE = 60.0


@pytest.fixture
def settings(settings: Settings, simulator: Simulator) -> Settings:
    return settings.model_copy(update={"graph_api_url": simulator.url, "simulator_url": simulator.url})


async def eventually(look: Callable[[], Awaitable[Any]]) -> Any:
    """The first truthy answer of `look`."""
    deadline = time.monotonic() + PATIENCE
    while not (seen := await look()):
        assert time.monotonic() < deadline, "it did not happen in time"
        await asyncio.sleep(0.1)
    return seen


@dataclass
class Provider:
    """`owner` speaks the native dialect, `chief` is the same administrator in the ISP's."""

    simulator: Simulator
    number: PlayedNumber
    owner: Session
    chief: Person

    def customer(self, place: int) -> PlayedCustomer:
        return self.number.customer(f"55119{87650011 + place}", name=f"Cliente {place}")

    async def decides(self, **settings: Any) -> None:
        await body_of(await self.owner.patch("/api/tenant", {"settings": settings}))

    async def hires(self, name: str) -> Session:
        """An agent, who is there at once."""
        agent = await self.owner.colleague(name=name)
        await is_there(agent)
        return agent

    async def rows(self) -> dict[str, Json]:
        """The newest conversation of each customer, by his name."""
        found = (await body_of(await self.owner.get("/api/conversations", params={"limit": 100})))["data"]
        return {row["contact"]["name"]: row for row in reversed(found)}

    async def written(self, customer: PlayedCustomer, text: str = "Minha internet caiu") -> Json:
        """He writes; his conversation, once the house knows of the message."""
        wamid = await customer.says(text)
        name = customer.customer.name

        async def arrived() -> Json | None:
            row = (await self.rows()).get(name)
            return row if row and await self._has(row["id"], wamid) else None

        return dict(await eventually(arrived))

    async def _has(self, id: str, wamid: str) -> bool:
        return any(message["whatsappMessageId"] == wamid for message in await self.thread(id))

    async def thread(self, id: str) -> list[Json]:
        page = await body_of(await self.owner.get(f"/api/conversations/{id}/messages"))
        return list(page["data"])

    async def conversation(self, id: str) -> Json:
        return await body_of(await self.owner.get(f"/api/conversations/{id}"))

    async def given(self, id: str) -> tuple[str, str]:
        """Who has it, once somebody has, and why."""

        async def holder() -> Json | None:
            found = await self.conversation(id)
            return found if found["assignedTo"] else None

        found = await eventually(holder)
        return found["assignedTo"]["name"], found["assignments"][-1]["reason"]


async def is_there(agent: Session, *, away: bool = False) -> None:
    await body_of(await agent.post("/api/presence", {"away": away}))


async def closed_by(agent: Session, id: str) -> None:
    await body_of(await agent.post(f"/api/conversations/{id}/close", {"resolution": "RESOLVED"}))


@pytest.fixture
async def provider(simulator: Simulator, hotel: Session, settings: Settings) -> AsyncIterator[Provider]:
    number = await simulator.add_number()
    async with running(settings, QueueName.INBOUND, QueueName.OUTBOUND):
        await made(hotel, "/api/channels", **connection(number))
        yield Provider(simulator, number, hotel, await as_person(hotel))
        await simulator.settled()
