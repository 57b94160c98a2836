"""Who gets a socket, and who does not."""

import pytest

from server.realtime import admission
from tests.conftest import Session
from tests.realtime.conftest import Connect, Ear, refusal

TRANSPORTS = [("websocket",), ("polling",), ("polling", "websocket")]


@pytest.mark.parametrize("transports", TRANSPORTS)
async def test_without_a_token_nobody_is_let_in(connect: Connect, transports: tuple[str, ...]) -> None:
    reason = await refusal(connect(None, transports=transports))
    assert reason["code"] == "UNAUTHENTICATED"
    assert reason["message"]


@pytest.mark.parametrize("token", ["", "x", "a.b.c", 7, None, ["x"], {"$ne": 1}])
async def test_a_false_token_is_refused(connect: Connect, token: object) -> None:
    assert (await refusal(connect(None, token=token)))["code"] == "UNAUTHENTICATED"


@pytest.mark.parametrize("transports", TRANSPORTS)
async def test_a_user_is_told_where_the_feed_stands(
    connect: Connect, hotel: Session, transports: tuple[str, ...]
) -> None:
    ear = await connect(hotel, transports=transports)
    assert await ear.hears("tail") == {"seq": 0, "min": 0}


async def test_the_tenant_may_be_named(connect: Connect, hotel: Session, rival: Session) -> None:
    await connect(hotel, tenantSlug=hotel.slug)
    assert (await refusal(connect(hotel, tenantSlug=rival.slug)))["code"] == "TENANT_MISMATCH"


async def test_token_and_tenant_may_come_in_headers(hotel: Session, rival: Session) -> None:
    ear = Ear()
    url = str(hotel.client.make_url("/"))
    await ear.opens(url, headers=hotel.headers, transports=["websocket"])
    assert await ear.hears("tail")
    await ear.client.disconnect()
    mixed = Ear().opens(url, headers={**hotel.headers, "X-Tenant-Slug": rival.slug}, transports=["websocket"])
    assert (await refusal(mixed))["code"] == "TENANT_MISMATCH"


async def test_a_token_in_the_address_opens_nothing(hotel: Session) -> None:
    address = str(hotel.client.make_url(f"/?token={hotel.token}"))
    assert (await refusal(Ear().opens(address, transports=["websocket"])))["code"] == "UNAUTHENTICATED"


async def test_a_user_has_so_many_sockets_and_no_more(
    connect: Connect, hotel: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.realtime.realtime.SOCKETS_A_USER", 2)
    assert admission.SOCKETS_A_USER == 20
    first = await connect(hotel)
    await connect(hotel)
    assert (await refusal(connect(hotel)))["code"] == "TOO_MANY_CONNECTIONS"
    await first.client.disconnect()
    await connect(hotel)


async def test_a_foreign_page_is_refused(hotel: Session) -> None:
    address = "/socket.io/?EIO=4&transport=polling"
    refused = await hotel.client.get(address, headers={"Origin": "https://evil.example"})
    assert refused.status == 403
    assert "Access-Control-Allow-Origin" not in refused.headers
    own = str(hotel.client.make_url("/")).rstrip("/")
    welcome = await hotel.client.get(address, headers={"Origin": own})
    assert welcome.status == 200
    assert welcome.headers["Access-Control-Allow-Origin"] == own
