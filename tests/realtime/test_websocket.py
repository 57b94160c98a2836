"""The plain WebSocket: who gets one and how, for how long, and that no token is ever logged."""

import asyncio
import functools
import logging
from collections.abc import AsyncIterator
from typing import Any

import jwt
import pytest
import structlog
from aiohttp import WSServerHandshakeError

from server.realtime import admission
from server.realtime.raw_socket import PING_EVERY
from tenants import registry
from tenants.access import Access
from tenants.db import Database
from tenants.models import TenantStatus
from tests.conftest import Client, Session, free_port
from tests.realtime.conftest import PATIENCE, Connect, customer_writes, refusal
from tests.realtime.plain import ADDRESS, Dial, Plain, dial
from tests.realtime.test_access import SOON, grace_is_over, token_for

__all__ = ["dial"]
Json = dict[str, Any]
# Longer than what the ids in the driver's own log may spell by chance.
HEAD_OF_TOKENS = jwt.encode({}, "secret", algorithm="HS256").split(".")[0]
WAYS = ["address", "header", "sub-protocol", "first frame"]


@pytest.fixture(autouse=True)
async def silence(caplog: pytest.LogCaptureFixture) -> AsyncIterator[None]:
    """Whatever a test here does, no token may be in any log, at any level."""
    caplog.set_level(logging.DEBUG)
    with structlog.testing.capture_logs() as entries:
        yield
        await asyncio.sleep(0)
    assert HEAD_OF_TOKENS not in f"{entries} {caplog.text}"
    assert not [entry for entry in entries if entry["log_level"] in ("error", "critical")]
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


async def shown(dial: Dial, way: str, token: str) -> Plain:
    """Dials with the token shown in this way."""
    if way == "address":
        return await dial(params={"token": token})
    if way == "header":
        return await dial(headers={"Authorization": f"Bearer {token}"})
    if way == "sub-protocol":
        return await dial(protocols=("bearer", token))
    line = await dial()
    await line.says("auth", token=token)
    return line


async def refused(line: Plain, code: str, closed: int) -> None:
    assert (await line.hears("error"))["error_code"] == code
    assert await line.is_closed() == closed


async def test_without_a_token_nobody_is_let_in(dial: Dial, monkeypatch: pytest.MonkeyPatch) -> None:
    assert admission.ADMISSION_PATIENCE == 5.0
    monkeypatch.setattr("server.realtime.websocket.ADMISSION_PATIENCE", 0.1)
    await refused(await dial(), "UNAUTHENTICATED", 4401)


@pytest.mark.parametrize(
    "first",
    ['{"type":"ping"}', '{"type":"join_conversation","conversation_id":"x"}', "{}", '{"type":"auth"}',
     '{"type":"auth","token":7}', '{"type":"auth","token":{"ne":1}}', '{"type":"auth","token":""}'],
)  # fmt: skip
async def test_the_first_frame_must_show_one(dial: Dial, first: str) -> None:
    line = await dial()
    await line.ws.send_str(first)
    await refused(line, "UNAUTHENTICATED", 4401)


@pytest.mark.parametrize("first", ["", "x", "[]", "7"])
async def test_a_first_frame_that_is_none_ends_it_too(dial: Dial, first: str) -> None:
    line = await dial()
    await line.ws.send_str(first)
    await refused(line, "INVALID_JSON", 4400)


@pytest.mark.parametrize("path", ["/ws/chat", "/api/v1/ws/chat"])
async def test_a_token_may_be_shown_in_four_ways(dial: Dial, hotel: Session, path: str) -> None:
    for way in WAYS:
        line = await shown(functools.partial(dial, path=path), way, hotel.token)
        if way == "first frame":
            assert 0 < (await line.hears("authenticated"))["expires_in"] <= 24 * 60 * 60
        await line.settles()
        assert {frame["type"] for frame in line.heard} <= {"authenticated", "pong"}
        assert line.ws.protocol == ("bearer" if way == "sub-protocol" else None)


@pytest.mark.parametrize("what", ["nonsense", "tampered", "expired", "refresh token"])
async def test_a_false_token_opens_nothing(dial: Dial, hotel: Session, what: str) -> None:
    token = {
        "nonsense": "eyJx", "tampered": f"{hotel.token[:-4]}AAAA", "refresh token": hotel.refresh_token,
        "expired": await token_for(hotel, seconds=-2),
    }[what]  # fmt: skip
    for way in WAYS:
        await refused(await shown(dial, way, token), "UNAUTHENTICATED", 4401)


async def test_another_sub_protocol_is_refused_and_not_logged(client: Client, hotel: Session) -> None:
    """What aiohttp does not know of sub-protocols it logs: here one is a token."""
    for offered in ([hotel.token], ["jwt", hotel.token]):
        with pytest.raises(WSServerHandshakeError) as refused:
            await client.ws_connect(ADDRESS, protocols=offered)
        assert refused.value.status == 400


async def test_a_tenant_may_be_named_but_no_other(dial: Dial, hotel: Session, rival: Session) -> None:
    await (await dial(hotel, headers={"X-Tenant-Slug": hotel.slug})).settles()
    await refused(await dial(hotel, headers={"X-Tenant-Slug": rival.slug}), "TENANT_MISMATCH", 4403)


async def test_what_is_no_websocket_is_a_bad_request(client: Client, hotel: Session) -> None:
    for path in ("/ws/chat", "/api/v1/ws/chat"):
        answer = await client.get(path, params={"token": hotel.token})
        assert (answer.status, (await answer.json())["error_code"]) == (400, "BAD_REQUEST")
        assert hotel.token not in await answer.text()
        assert (await client.post(path)).status == 405


async def test_a_foreign_page_is_refused(client: Client, dial: Dial, hotel: Session) -> None:
    with pytest.raises(WSServerHandshakeError) as refused:
        await client.ws_connect(
            ADDRESS, params={"token": hotel.token}, headers={"Origin": "https://evil.example"}
        )
    assert refused.value.status == 403
    own = str(client.make_url("/")).rstrip("/")
    await (await dial(hotel, headers={"Origin": own})).settles()


async def test_a_user_has_so_many_sockets_of_every_kind_and_no_more(
    dial: Dial, connect: Connect, hotel: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert admission.SOCKETS_A_USER == 20
    monkeypatch.setattr("server.realtime.realtime.SOCKETS_A_USER", 2)
    first = await dial(hotel)
    await first.settles()
    await connect(hotel)
    await refused(await dial(hotel), "TOO_MANY_CONNECTIONS", 4429)
    assert (await refusal(connect(hotel)))["code"] == "TOO_MANY_CONNECTIONS"
    await (await dial(await hotel.colleague())).settles()
    await first.hangs_up()
    await (await dial(hotel)).settles()


async def test_so_has_a_tenant(
    dial: Dial, connect: Connect, hotel: Session, rival: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.realtime.realtime.SOCKETS_A_TENANT", 2)
    await (await dial(hotel)).settles()
    await connect(await hotel.colleague())
    await refused(await dial(await hotel.colleague()), "TOO_MANY_CONNECTIONS", 4429)
    await (await dial(rival)).settles()


async def test_while_the_store_is_down_a_client_is_to_try_again(
    dial: Dial, hotel: Session, caplog: pytest.LogCaptureFixture
) -> None:
    runtime = hotel.runtime
    away = Database(f"mongodb://127.0.0.1:{free_port()}/", "away")
    known, runtime.access = runtime.access, Access(away, runtime.keys.tokens)
    line = await dial(hotel)
    assert (await line.hears("error"))["error_code"] == "UNAVAILABLE"
    assert await line.is_closed() == 1013
    runtime.access = known
    away.close()


# For how long


@pytest.fixture
def quick_watch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.realtime.watch.TOKENS_EVERY", 0.05)
    monkeypatch.setattr("server.realtime.watch.ACCESS_EVERY", 0.2)


@pytest.mark.usefixtures("quick_watch")
async def test_expiry_is_announced_and_ends_the_connection(
    dial: Dial, hotel: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = await shown(dial, "address", await token_for(hotel, seconds=SOON))
    assert await line.hears("auth_expired") == {"type": "auth_expired", "grace_seconds": 30}
    error = await line.asks("join_conversation", "error", conversation_id="x")
    assert error["error_code"] == "TOKEN_EXPIRED"
    await line.settles()
    grace_is_over(monkeypatch)
    assert await line.is_closed() == 4401
    assert line.heard[-1]["error_code"] == "UNAUTHENTICATED"


@pytest.mark.usefixtures("quick_watch")
async def test_a_new_token_keeps_the_connection(
    dial: Dial, hotel: Session, rival: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    maria, message = await hotel.colleague(), await customer_writes(hotel)
    line = await shown(dial, "address", await token_for(hotel, seconds=SOON))
    await line.hears("auth_expired")
    for other in (rival, maria):
        error = await line.asks("auth", "error", token=other.token)
        assert error["error_code"] == "SESSION_MISMATCH"
    assert (await line.asks("auth", "error", token="x"))["error_code"] == "UNAUTHENTICATED"
    assert (await line.asks("auth", "authenticated", token=hotel.token))["expires_in"] > 60
    grace_is_over(monkeypatch)
    await asyncio.sleep(0.3)
    await line.asks("join_conversation", "conversation_joined", conversation_id=message["conversation_id"])
    assert not line.ended.is_set()


@pytest.mark.usefixtures("quick_watch")
@pytest.mark.parametrize("how", ["signed out", "another role", "inactive, and nobody was told"])
async def test_access_that_is_taken_away_ends_it(dial: Dial, hotel: Session, how: str) -> None:
    maria = await hotel.colleague()
    line, mine = await dial(maria), await dial(hotel)
    await line.settles()
    if how == "signed out":
        assert (await maria.post("/auth/logout")).status == 204
    elif how == "another role":
        assert (await hotel.patch(f"/api/users/{maria.user['id']}", {"role": "SUPERVISOR"})).status == 200
    else:
        await hotel.db.users.update({"_id": maria.user["id"]}, {"$set": {"status": "INACTIVE"}})
    assert await line.is_closed() == 4401
    await refused(await dial(maria), "UNAUTHENTICATED", 4401)
    await mine.settles()


@pytest.mark.usefixtures("quick_watch")
async def test_a_suspended_tenant_is_shown_out(dial: Dial, hotel: Session, rival: Session) -> None:
    line, other = await dial(hotel), await dial(rival)
    await line.settles()
    suspended = {"status": TenantStatus.SUSPENDED}
    await registry.update_tenant(hotel.runtime.database, hotel.tenant["id"], suspended)
    assert await line.is_closed() == 4401
    hotel.runtime.access.forget(hotel.tenant["id"])
    await refused(await dial(hotel), "TENANT_SUSPENDED", 4403)
    await other.settles()


async def test_who_does_not_answer_a_ping_is_gone(
    client: Client, dial: Dial, hotel: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert PING_EVERY == 25.0
    monkeypatch.setattr("server.realtime.raw_socket.PING_EVERY", 2.0)  # half of it to answer in
    lively = await dial(hotel)
    dead = await client.ws_connect(ADDRESS, params={"token": hotel.token}, autoping=False)
    async with asyncio.timeout(PATIENCE):
        while not (await dead.receive()).type.name.startswith("CLOS"):
            pass
    await lively.settles()
    await dead.close()


async def test_a_server_that_stops_says_so(dial: Dial, hotel: Session) -> None:
    line = await dial(hotel)
    await line.settles()
    assert hotel.client.app
    await hotel.client.app.shutdown()
    assert await line.is_closed() == 1001
    with pytest.raises(WSServerHandshakeError) as refused:
        await dial(hotel)
    assert refused.value.status == 503
