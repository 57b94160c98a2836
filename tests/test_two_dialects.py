"""One house behind two wires: what is begun over one goes on over the other."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest

from server.channels.simulator import Simulator
from server.channels.simulator.play import PlayedCustomer, PlayedNumber
from server.settings import Settings
from tests.conftest import Session
from tests.examples.scene import connection
from tests.factories import JOAO, body_of, made, tallied
from tests.isp import Person, as_person
from tests.workers import work_off

Json = dict[str, Any]


@pytest.fixture
def settings(settings: Settings, simulator: Simulator) -> Settings:
    return settings.model_copy(update={"graph_api_url": simulator.url, "simulator_url": simulator.url})


@dataclass
class House:
    """`ana` speaks the native dialect and is the administrator; `maria` is an agent and speaks the ISP's."""

    simulator: Simulator
    number: PlayedNumber
    ana: Session
    maria: Person
    channel: Json

    @property
    def joao(self) -> PlayedCustomer:
        return self.number.customer(JOAO, name="João Silva")

    @property
    def heard(self) -> list[str]:
        return [message.content["body"] for message in self.joao.received]

    async def settles(self) -> None:
        for _ in range(2):
            await self.simulator.settled()
            await work_off(self.ana.runtime)


@pytest.fixture
async def house(simulator: Simulator, hotel: Session) -> AsyncIterator[House]:
    number = await simulator.add_number()
    channel = await made(hotel, "/api/channels", **connection(number))
    yield House(simulator, number, hotel, await as_person(await hotel.colleague()), channel)
    await simulator.settled()


async def test_begun_in_native_and_ended_in_isp(house: House) -> None:
    await house.joao.says("Minha internet caiu")
    await house.settles()
    [row] = (await body_of(await house.ana.get("/api/conversations")))["data"]
    id = row["id"]
    await made(house.ana, "/api/messages", conversationId=id, content="Bom dia, João!")
    await house.ana.post(f"/api/conversations/{id}/notes", {"content": "cliente antigo"})

    seen = await house.maria.reads(f"/conversations/{id}")
    assert (seen["status"], seen["customer_phone"], seen["messages_count"]) == ("in_progress", f"+{JOAO}", 2)
    assert [(m["direction"], m["content"]) for m in seen["messages"]] == [
        ("incoming", "Minha internet caiu"),
        ("outgoing", "Bom dia, João!"),
    ]
    path = f"/conversations/{id}"
    await body_of(await house.maria.post(f"{path}/messages", {"content": "Vou verificar."}), 201)
    assert (await body_of(await house.ana.get(f"/api{path}")))["assignedToId"] == house.ana.user["id"]
    to_maria = {"to_agent_id": house.maria.number, "reason": "Fibra"}
    await body_of(await house.maria.post(f"{path}/transfer", to_maria))
    assert (await body_of(await house.ana.get(f"/api{path}")))["assignedTo"]["name"] == "Maria Atendente"
    await house.settles()
    assert house.heard == ["Bom dia, João!", "Vou verificar."]
    await house.joao.reads()
    await house.settles()
    assert [m["status"] for m in (await house.maria.reads(path))["messages"][1:]] == ["read", "read"]

    closed = await body_of(await house.maria.post(f"{path}/close", {"resolution": "resolved", "notes": "ok"}))
    assert closed["status"] == "resolved"
    assert (await body_of(await house.ana.get(f"/api{path}")))["status"] == "CLOSED"
    kept, counted = await tallied(house.ana)
    assert kept == counted
    assert (await house.maria.reads("/conversations", status="resolved"))["total"] == 1


async def test_begun_in_isp_and_ended_in_native(house: House) -> None:
    await house.joao.says("Oi")
    await house.settles()
    said = {"to": f"+{JOAO}", "type": "text", "content": "Aqui é do provedor."}
    id = (await body_of(await house.maria.post("/whatsapp/send", said), 201))["conversation_id"]
    await house.settles()

    messages = (await body_of(await house.ana.get(f"/api/conversations/{id}/messages")))["data"]
    assert [(m["content"], m["sentByName"]) for m in messages] == [
        ("Oi", None),
        ("Aqui é do provedor.", "Maria Atendente"),
    ]
    answered = await body_of(await house.ana.get(f"/api/conversations/{id}"))
    assert (answered["status"], answered["assignedTo"]["name"]) == ("IN_PROGRESS", "Maria Atendente")
    given = {"userId": house.ana.user["id"]}
    await body_of(await house.ana.post(f"/api/conversations/{id}/assign", given))
    assert (await house.maria.reads(f"/conversations/{id}"))["assigned_to"] == 1
    await made(house.ana, "/api/messages", conversationId=id, content="Pronto, voltou.")
    maria = (await body_of(await house.ana.get("/api/users", params={"role": "AGENT"})))["data"][0]["id"]
    moved = await house.ana.post(f"/api/conversations/{id}/transfer", {"userId": maria})
    assert (await body_of(moved))["assignedToId"] == maria
    mine = await house.maria.reads("/conversations", assigned_to=house.maria.number)
    assert [row["id"] for row in mine["conversations"]] == [id]
    closing = {"resolution": "UNRESOLVED", "notes": "visita marcada"}
    await body_of(await house.ana.post(f"/api/conversations/{id}/close", closing))
    ended = await house.maria.reads(f"/conversations/{id}")
    assert (ended["status"], ended["resolution"], ended["notes"]) == (
        "closed",
        "unresolved",
        "visita marcada",
    )
    await house.settles()
    assert house.heard == ["Aqui é do provedor.", "Pronto, voltou."]
