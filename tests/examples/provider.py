"""The provider of the ISP dialect's document, whose administrator is user 1 here as there."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest

from server.channels.simulator import Simulator
from server.channels.simulator.play import PlayedCustomer, PlayedNumber
from server.jobs import Job
from server.runtime import Runtime
from server.settings import Settings
from tenants.context import Kick
from tests.conftest import Client, Session
from tests.examples.likeness import ISP, assert_like, example
from tests.examples.scene import connection
from tests.factories import JOAO, body_of, made
from tests.isp import STRONG, Person, enters
from tests.workers import work_off
from workers import runner

Json = dict[str, Any]
EMAIL, PASSWORD = "admin@email.com", "admin123"  # as cURL and Python say them
printed = partial(example, of=ISP)
assert_printed = partial(assert_like, of=ISP)
WELCOME = {
    "name": "boas_vindas",
    "language": "pt_BR",
    "category": "UTILITY",
    "components": [{"type": "BODY", "text": "Boas-vindas, {{1}}!"}],
}


@pytest.fixture
def settings(settings: Settings, simulator: Simulator) -> Settings:
    return settings.model_copy(update={"graph_api_url": simulator.url, "simulator_url": simulator.url})


@dataclass
class Scene:
    simulator: Simulator
    house: Session
    number: PlayedNumber
    admin: Person

    @property
    def customer(self) -> PlayedCustomer:
        return self.number.customer(JOAO, name="Cliente Exemplo")

    async def settles(self) -> None:
        """All that is under way, on either side, has arrived."""
        for _ in range(2):
            await self.simulator.settled()
            await work_off(self.house.runtime)

    async def answers_by_itself(self) -> None:
        lanes = runner.Lanes(self.house.runtime)
        lanes.ring(Kick(Job.ANSWER, (self.house.tenant["id"],)))
        await lanes.settled()
        await self.settles()

    async def greeted(self, text: str = "Olá, preciso de ajuda") -> str:
        """The customer writes; the conversation's id."""
        await self.customer.says(text)
        await self.settles()
        return str((await self.admin.reads("/conversations"))["conversations"][0]["id"])

    async def agents(self, *names: str) -> list[Person]:
        """With the next numbers."""
        users = [
            {"email": f"agente{n}@email.com", "password": STRONG, "nome": name}
            for n, name in enumerate(names)
        ]
        for user in users:
            await body_of(await self.admin.post("/users", user), 201)
        return [await enters(self.house.client, user["email"], STRONG) for user in users]


@pytest.fixture
async def scene(client: Client, runtime: Runtime, simulator: Simulator) -> AsyncIterator[Scene]:
    account = {"tenantName": "Provedor", "tenantSlug": "provedor", "userName": "Admin"}
    signed_up = await client.post("/auth/register", json={**account, "email": EMAIL, "password": PASSWORD})
    body = await body_of(signed_up, 201)
    house = Session(client, runtime, "provedor", body["token"], body["user"], body["tenant"])
    number = await simulator.add_number(templates=[WELCOME])
    await made(house, "/api/channels", **connection(number))
    yield Scene(simulator, house, number, await enters(client, EMAIL, PASSWORD))
    await simulator.settled()


def program(name: str, client: Client) -> str:
    """As printed, but for the address."""
    here, text = str(client.make_url("/")), (ISP / name).read_text()
    for elsewhere in ("http://localhost:8000/", "https://api.seudominio.com/"):
        text = text.replace(elsewhere, here)
    return text.replace("wss://api.seudominio.com/", here.replace("http:", "ws:"))
