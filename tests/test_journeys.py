"""The main job, walked from end to end as its people walk it."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from server.channels.simulator import Simulator
from server.settings import Settings
from tests.conftest import Session, SignUp
from tests.workers import running

GREETING = "Olá, gostaria de fazer uma reserva"


@pytest.fixture
def settings(settings: Settings, simulator: Simulator) -> Settings:
    return settings.model_copy(update={"graph_api_url": simulator.url, "simulator_url": simulator.url})


@pytest.fixture
async def workers(settings: Settings, client: object) -> AsyncIterator[None]:
    async with running(settings):
        yield


async def eventually(look: Callable[[], Awaitable[Any]], *, within: float = 10) -> Any:
    """The first truthy answer of `look`."""
    deadline = time.monotonic() + within
    while not (seen := await look()):
        assert time.monotonic() < deadline, "it did not happen in time"
        await asyncio.sleep(0.05)
    return seen


async def only_conversation(session: Session) -> Any:
    page = await (await session.get("/api/conversations")).json()
    return page["data"][0] if page["data"] else None


async def newest_message(session: Session, conversation_id: str) -> dict[str, Any]:
    page = await (await session.get(f"/api/conversations/{conversation_id}/messages")).json()
    return dict(page["data"][-1])


async def test_a_customer_is_answered(simulator: Simulator, signup: SignUp, workers: None) -> None:
    hotel, rival = await signup(name="Hotel Sol"), await signup(name="Pousada Rival")
    connected = await hotel.post("/api/channels/sandbox", {"name": "Recepção"})
    assert connected.status == 201
    channel = await connected.json()
    assert channel["status"] == "CONNECTED"

    joao = simulator.number(channel["phoneNumberId"]).customer("5511999999999", name="João Silva")
    await joao.says(GREETING)
    conversation = await eventually(lambda: only_conversation(hotel))
    assert conversation["contact"]["name"] == "João Silva"
    assert conversation["contact"]["phoneNumber"] == "5511999999999"
    assert conversation["lastMessage"]["content"] == GREETING
    assert conversation["unreadCount"] == 1

    sent = await hotel.post(
        "/api/messages/buttons",
        {
            "conversationId": conversation["id"],
            "bodyText": "Escolha uma opção:",
            "buttons": [{"id": "opt1", "title": "Nova Reserva"}, {"id": "opt2", "title": "Ver Reservas"}],
            "headerText": "Menu Principal",
            "footerText": "Disponível 24/7",
        },
    )
    assert sent.status == 201, await sent.text()
    menu = (await joao.receives(1))[0]
    await joao.taps(menu.wamid, "opt1")
    choice = await eventually(lambda: _inbound(hotel, conversation["id"], "INTERACTIVE"))
    assert choice["content"] == "Nova Reserva"
    assert choice["metadata"]["id"] == "opt1"

    await joao.reads()
    message_id = (await sent.json())["id"]
    await eventually(lambda: _has_status(hotel, conversation["id"], message_id, "READ"))
    assert len(simulator.log) == 1

    assert await only_conversation(rival) is None
    assert (await rival.get(f"/api/conversations/{conversation['id']}")).status == 404


async def _inbound(session: Session, conversation_id: str, kind: str) -> dict[str, Any] | None:
    newest = await newest_message(session, conversation_id)
    return newest if newest["type"] == kind and newest["direction"] == "INBOUND" else None


async def _has_status(session: Session, conversation_id: str, message_id: str, status: str) -> bool:
    page = await (await session.get(f"/api/conversations/{conversation_id}/messages")).json()
    return any(m["id"] == message_id and m["status"] == status for m in page["data"])
