"""The main job, walked from end to end as its people walk it."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from server.channels.simulator import Simulator
from server.channels.simulator.play import PlayedCustomer
from server.settings import Settings
from tests.conftest import PASSWORD, Session, SignUp, free_port
from tests.examples.likeness import assert_like, example
from tests.house import House, whole_house
from tests.js.page import Page, opened
from tests.workers import running

GREETING = "Olá, gostaria de fazer uma reserva"


@pytest.fixture
def settings(settings: Settings, simulator: Simulator) -> Settings:
    return settings.model_copy(update={"graph_api_url": simulator.url, "simulator_url": simulator.url})


@pytest.fixture
async def workers(settings: Settings, client: object) -> AsyncIterator[None]:
    async with running(settings):
        yield


async def eventually(look: Callable[[], Awaitable[Any]], *, within: float = 60) -> Any:
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


@dataclass
class Person:
    """Someone signed in at one of the web processes."""

    session: aiohttp.ClientSession
    url: str
    slug: str
    token: str = ""

    async def enters(self, path: str, body: Any, *, status: int = 200) -> None:
        self.token = (await self.asks("POST", path, body, status=status))["token"]

    async def asks(self, method: str, path: str, body: Any = None, *, status: int = 200) -> Any:
        headers = {"Authorization": f"Bearer {self.token}", "X-Tenant-Slug": self.slug}
        async with self.session.request(method, self.url + path, json=body, headers=headers) as answer:
            assert answer.status == status, await answer.text()
            return await answer.json()

    async def only_conversation(self) -> Any:
        return next(iter((await self.asks("GET", "/api/conversations"))["data"]), None)


@pytest.fixture
async def house(settings: Settings) -> AsyncIterator[House]:
    async with whole_house(settings, second_port=free_port()) as house:
        yield house


@pytest.fixture
async def people(house: House) -> AsyncIterator[dict[str, Person]]:
    """Admin and Maria of one hotel, each at a web process of their own, and the admin of another hotel."""
    async with aiohttp.ClientSession() as session:
        admin = Person(session, house.url, "hotel-abc")
        maria = Person(session, house.url_of("second web"), "hotel-abc")
        rival = Person(session, house.url_of("second web"), "rival")
        await admin.enters("/auth/register", example("register.body"), status=201)
        login = {"email": "maria@hotel.com", "password": PASSWORD}
        colleague = {**login, "name": "Maria Atendente", "role": "AGENT"}
        await admin.asks("POST", "/api/users", colleague, status=201)
        await maria.enters("/auth/login", login)
        theirs = example("register.body", tenantSlug="rival", email="admin@rival.com")
        await rival.enters("/auth/register", theirs, status=201)
        yield {"admin": admin, "maria": maria, "rival": rival}


async def test_the_documents_page_follows_it_all(simulator: Simulator, people: dict[str, Person]) -> None:
    admin, maria = people["admin"], people["maria"]
    channel = await admin.asks("POST", "/api/channels/sandbox", {"name": "Recepção"}, status=201)
    number = simulator.number(channel["phoneNumberId"])
    joao = number.customer("5511999999999", name="João Silva")
    await joao.says(GREETING)
    place = (await eventually(admin.only_conversation))["id"]
    async with AsyncExitStack() as stack:
        pages = [await stack.enter_async_context(page) for page in _pages(people, place)]
        await _they_are_in(place, *pages)
        rivals, ours = pages[2], pages[:2]
        ours[1].does("types")
        assert await ours[0].says("typing") == "Maria Atendente"
        await _a_customer_is_new(number.customer("5511988887777", name="Ana Lima"), ours)
        await _a_message_comes(joao, place, ours)
        await _an_answer_is_read(maria, joao, place, ours)
        await _it_is_assigned(admin, place, ours)
        assert await ours[0].says("stopped") == "Maria Atendente"
        for page in pages:
            page.does("emits", "ping")
            assert await page.hears("pong") is None
        _check_order(ours)
        # A tail only tells how far the tenant's own feed has come, and of presence only his own is told.
        assert {name for name, _ in rivals.heard} <= {"error", "tail", "pong", "presence:changed"}
        assert await people["rival"].only_conversation() is None
        await _they_leave(place, *ours)


def _pages(people: dict[str, Person], place: str) -> Iterator[AbstractAsyncContextManager[Page]]:
    ways = {"admin": ["websocket", "polling"], "maria": ["polling"], "rival": ["websocket", "polling"]}
    for name, transports in ways.items():
        url, token = people[name].url, people[name].token
        yield opened(url, token=token, conversation_id=place, transports=transports)


async def _they_are_in(place: str, admins: Page, marias: Page, rivals: Page) -> None:
    for page, transport in ((admins, "websocket"), (marias, "polling")):
        assert await page.hears("conversation:joined") == {"conversationId": place}
        page.does("transport")
        assert await page.says("transport") == transport
    assert (await rivals.hears("error"))["code"] == "NOT_FOUND"


async def _they_leave(place: str, admins: Page, marias: Page) -> None:
    marias.does("emits", "conversation:leave", place)
    assert await marias.hears("conversation:left") == {"conversationId": place}
    admins.does("leaves")
    await admins.says("logged", "❌ Disconnected:", "io client disconnect")


async def _a_customer_is_new(ana: PlayedCustomer, pages: list[Page]) -> None:
    await ana.says("Bom dia")
    for page in pages:
        row = (await page.hears("conversation:new"))["conversation"]
        assert (row["contact"]["name"], row["status"], row["unreadCount"]) == ("Ana Lima", "OPEN", 1)


async def _a_message_comes(joao: PlayedCustomer, place: str, pages: list[Page]) -> None:
    await joao.says("Olá!")
    for page in pages:
        new = await page.hears("message:new")
        assert_like("message-new.event", new)
        id = new["message"]["id"]
        assert await page.says("added") == id
        assert await page.says("heard", "messages:marked-read") == {"messageIds": [id]}
        row = await page.hears(
            "conversation:updated", lambda said: "lastMessage" in said and said["conversationId"] == place
        )
        assert_like("conversation-updated-by-message.event", row)
        assert row["lastMessage"]["id"] == id


async def _an_answer_is_read(maria: Person, joao: PlayedCustomer, place: str, pages: list[Page]) -> None:
    body = example("message-buttons.body", conversationId=place)
    sent = await maria.asks("POST", "/api/messages/buttons", body, status=201)
    [menu] = await joao.receives(1)
    await joao.reads()
    await joao.taps(menu.wamid, "opt1")
    for page in pages:
        await page.says("added", sent["id"])
        await page.says("ticked", sent["id"], "READ")
        read = await page.hears("message:status-update", lambda said: said["status"] == "READ")
        assert_like("message-status-update.event", read)
        assert read["messageId"] == sent["id"]
        choice = await page.hears(
            "message:new",
            lambda said: (
                said["message"]["type"] == "INTERACTIVE" and said["message"]["direction"] == "INBOUND"
            ),
        )
        assert choice["message"]["content"] == "Nova Reserva"


async def _it_is_assigned(admin: Person, place: str, pages: list[Page]) -> None:
    """First to Maria, by her answer."""
    me = await admin.asks("GET", "/auth/me")
    await admin.asks("POST", f"/api/conversations/{place}/assign", {"userId": me["id"]})
    for page in pages:
        answered = await page.hears(
            "conversation:updated", lambda said: "assignedToId" in said.get("updates", {})
        )
        assert_like("conversation-updated.event", answered)
        assert answered["updates"]["assignedTo"]["name"] == "Maria Atendente"
        await page.hears(
            "conversation:updated", lambda said: said.get("updates", {}).get("assignedToId") == me["id"]
        )


def _check_order(pages: list[Page]) -> None:
    """Durable events carry their place in the feed, and each comes once and in its place."""
    for page in pages:
        places = [said["seq"] for name, said in page.heard if name != "tail" and said and "seq" in said]
        assert places == sorted(places)
        news = [said["message"]["id"] for name, said in page.heard if name == "message:new"]
        assert len(news) == len(set(news))


class TestWithoutRedis:
    """MongoDB holds the truth: without Redis the house is slower by the sweeps' two seconds, and nothing else."""

    @pytest.fixture
    def settings(self, settings: Settings, simulator: Simulator, tmp_path: Path) -> Settings:
        gone = f"unix://{tmp_path}/nobody.sock"
        urls = {"graph_api_url": simulator.url, "simulator_url": simulator.url, "redis_url": gone}
        return settings.model_copy(update=urls)

    async def test_a_customer_is_still_answered(
        self, simulator: Simulator, hotel: Session, workers: None
    ) -> None:
        channel = await (await hotel.post("/api/channels/sandbox", {"name": "Recepção"})).json()
        joao = simulator.number(channel["phoneNumberId"]).customer("5511999999999", name="João Silva")
        await joao.says(GREETING)
        conversation = await eventually(lambda: only_conversation(hotel))
        body = {"conversationId": conversation["id"], "type": "TEXT", "content": "Olá, João!"}
        assert (await hotel.post("/api/messages", body)).status == 201
        assert (await joao.receives(1, timeout=60))[0].content["body"] == "Olá, João!"
