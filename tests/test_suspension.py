"""`python -m server suspend SLUG`: nobody of the tenant gets in, nothing of its customers is lost."""

import asyncio
import sys

import pytest
from aiohttp import ClientResponse

from server.channels.simulator import Simulator
from server.processes import PIPE
from server.settings import Settings
from tests.conftest import PASSWORD, Client, Session, sign_in
from tests.factories import body_of, made
from tests.workers import environment, work_off

PROMISED = 5.0


@pytest.fixture
def settings(settings: Settings, simulator: Simulator) -> Settings:
    return settings.model_copy(update={"graph_api_url": simulator.url, "simulator_url": simulator.url})


async def command(settings: Settings, *words: str) -> tuple[int, str]:
    """The exit code, and all that it said."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "server", *words, env=environment(settings), stdout=PIPE, stderr=PIPE
    )
    out, err = await process.communicate()
    return process.returncode or 0, (out + err).decode()


async def fails(answer: ClientResponse, status: int, code: str) -> None:
    assert (await body_of(answer, status))["error"] == code


async def test_a_suspended_tenant_is_shut_out_and_loses_nothing(
    settings: Settings, client: Client, hotel: Session, rival: Session, simulator: Simulator
) -> None:
    channel = await made(hotel, "/api/channels/sandbox", name="Recepção")
    joao = simulator.number(channel["phoneNumberId"]).customer("5511999999999", name="João Silva")

    code, said = await command(settings, "suspend", hotel.slug)
    assert (code, hotel.slug in said) == (0, True), said
    async with asyncio.timeout(PROMISED):
        while (await hotel.get("/api/conversations")).status != 403:
            await asyncio.sleep(0.1)
    await fails(await hotel.get("/api/conversations"), 403, "TENANT_SUSPENDED")
    credentials = {"email": hotel.user["email"], "password": PASSWORD, "tenantSlug": hotel.slug}
    await fails(await client.post("/auth/login", json=credentials), 403, "TENANT_SUSPENDED")
    renewal = {"refreshToken": hotel.refresh_token}
    await fails(await client.post("/auth/refresh", json=renewal), 403, "TENANT_SUSPENDED")
    assert (await rival.get("/api/conversations")).status == 200

    await joao.says("Ainda tem alguém aí?")
    await simulator.settled()
    await work_off(hotel.runtime)
    assert [message["text"] for message in await hotel.db.messages.all()] == ["Ainda tem alguém aí?"]

    assert (await command(settings, "resume", hotel.slug))[0] == 0
    # What it had in hand when it was suspended is good again.
    assert (await client.post("/auth/refresh", json=renewal)).status == 200
    back = await sign_in(client, hotel.runtime, hotel.user["email"], hotel.slug)
    [row] = (await body_of(await back.get("/api/conversations")))["data"]
    assert row["lastMessage"]["content"] == "Ainda tem alguém aí?"


@pytest.mark.parametrize(
    "words, code, told",
    [
        (("suspend", "nao-ha"), 1, "Não há conta"),
        (("suspend",), 2, "slug"),
        (("web", "hotel"), 2, "slug"),
    ],
)
async def test_what_cannot_be_suspended(
    settings: Settings, client: Client, words: tuple[str, ...], code: int, told: str
) -> None:
    ended, said = await command(settings, *words)
    assert (ended, told in said) == (code, True), said
