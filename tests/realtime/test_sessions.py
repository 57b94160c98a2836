"""Access that was taken away ends within five seconds, on sockets as on REST, by the real clocks and without Redis."""

import asyncio
import time
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer

from server.desk import tenant as desk
from server.settings import Settings
from tenants.models import TenantStatus
from tests.conftest import PASSWORD, Session, SignUp, sign_in
from tests.factories import tenant_of
from tests.realtime.conftest import Connect, Ear, customer_writes, refusal

PROMISED = 5.0


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """No word of what is done at one process reaches the other: nobody listens on the discard port."""
    return settings.model_copy(update={"redis_url": "redis://127.0.0.1:9/0"})


@pytest.fixture
async def elsewhere(second: TestServer) -> AsyncIterator[ClientSession]:
    async with ClientSession(base_url=second.make_url("/")) as session:
        yield session


async def suspend(session: Session) -> None:
    async with session.runtime.enter(await tenant_of(session)) as ctx:
        await desk.set_status(ctx, session.runtime.database, TenantStatus.SUSPENDED)


async def change_password(session: Session) -> None:
    """From another session of the same user."""
    other = await sign_in(session.client, session.runtime, session.user["email"], session.slug)
    new = {"oldPassword": PASSWORD, "newPassword": "outra-senha-1"}
    assert (await other.post("/auth/change-password", new)).status == 204


async def status(at: ClientSession, session: Session) -> int:
    """What that process answers him."""
    async with at.get("/auth/me", headers=session.headers) as answer:
        return answer.status


async def test_it_ends_within_five_seconds_everywhere(
    connect: Connect, signup: SignUp, hotel: Session, second: TestServer, elsewhere: ClientSession
) -> None:
    """Everyone is at one process, and everything is done at the other."""
    rival = await signup(name="Pousada")
    people = {
        name: await hotel.colleague(name=name)
        for name in ("logout", "password", "off", "gone", "role", "stays")
    }
    people["suspended"] = rival
    ears: dict[str, list[Ear]] = {}
    for name, session in people.items():
        ears[name] = [
            await connect(session, at=str(second.make_url("/")), transports=(way,))
            for way in ("websocket", "polling")
        ]
        assert await status(elsewhere, session) == 200  # from now on that process remembers who it is

    users = {name: f"/api/users/{session.user['id']}" for name, session in people.items()}
    assert (await people["logout"].post("/auth/logout")).status == 204
    await change_password(people["password"])
    assert (await hotel.patch(users["off"], {"status": "INACTIVE"})).ok
    assert (await hotel.delete(users["gone"])).ok
    assert (await hotel.patch(users["role"], {"role": "SUPERVISOR"})).ok
    await suspend(rival)
    began = time.monotonic()

    lost = people.keys() - {"stays"}
    await asyncio.gather(*(ear.is_ended(within=PROMISED) for name in lost for ear in ears[name]))
    for name in lost:
        refused = 403 if name == "suspended" else 401
        while await status(elsewhere, people[name]) != refused:
            assert time.monotonic() - began <= PROMISED, name
            await asyncio.sleep(0.1)
    for ear in ears["stays"]:
        await ear.settles()
        assert not ear.ended.is_set()


async def test_what_goes_out_of_an_agents_sight_goes_out_of_his_sockets(
    connect: Connect, hotel: Session, second: TestServer
) -> None:
    """His next event is refused, and he is not put out for it."""
    maria = await hotel.colleague()
    id = str((await customer_writes(hotel))["conversation_id"])
    ear = await connect(maria, at=str(second.make_url("/")))
    assert "error" not in await ear.asks("conversation:join", id)
    assert (await hotel.post(f"/api/conversations/{id}/assign", {"userId": hotel.user["id"]})).ok
    assert (await hotel.patch("/api/tenant", {"settings": {"agentVisibility": "OWN"}})).ok
    began = time.monotonic()
    while (await ear.asks("conversation:join", id)).get("error") != "NOT_FOUND":
        assert time.monotonic() - began <= PROMISED
        await asyncio.sleep(0.2)
    typing = {"conversationId": id, "isTyping": True}
    assert (await ear.asks("conversation:typing", typing))["error"] == "NOT_FOUND"
    assert not ear.ended.is_set()


@pytest.mark.parametrize("way", ["websocket", "polling"])
async def test_a_socket_does_not_open_on_what_was_remembered(
    connect: Connect, hotel: Session, second: TestServer, elsewhere: ClientSession, way: str
) -> None:
    """REST remembers who somebody is for seconds; a connection that outlives them must not begin by that."""
    maria = await hotel.colleague()
    assert await status(elsewhere, maria) == 200
    assert (await maria.post("/auth/logout")).status == 204
    opening = connect(maria, at=str(second.make_url("/")), transports=(way,))
    assert (await refusal(opening))["code"] == "UNAUTHENTICATED"
