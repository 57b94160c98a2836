"""A socket is checked for as long as it lives: tokens run out, people lose their access."""

import asyncio
import importlib
from datetime import timedelta

import pytest

from server.realtime import watch
from tenants import models, registry
from tenants.credentials import Claims
from tenants.models import TenantStatus, User
from tests.conftest import Session
from tests.realtime.conftest import PATIENCE, Connect, Ear, customer_writes, refusal

# Seconds: time enough for a handshake.
SOON = 2


@pytest.fixture(autouse=True)
def quick_watch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.realtime.watch.TOKENS_EVERY", 0.05)
    monkeypatch.setattr("server.realtime.watch.ACCESS_EVERY", 0.2)


def test_the_clocks_keep_what_the_documents_promise() -> None:
    clocks = importlib.reload(watch)
    assert (clocks.TOKENS_EVERY, clocks.GRACE) == (1.0, 30.0)
    # Within 5 and 15 seconds, and there must be time left for the looking itself.
    assert clocks.ACCESS_EVERY <= 4.0
    assert clocks.TAIL_EVERY <= 14.0


async def token_for(session: Session, *, seconds: float) -> str:
    """A real token of this session with so long to live, and up to a second more: a token knows whole seconds."""
    tokens = session.runtime.keys.tokens
    tenant = await registry.tenant_by_id(session.runtime.database, session.tenant["id"])
    user = await session.db.users.by_id(session.user["id"])
    assert tenant
    assert user
    claims: Claims = tokens.read(session.token)
    whole = models.now().replace(microsecond=0) + timedelta(seconds=1)
    at = whole - tokens.lifetime + timedelta(seconds=seconds)
    return tokens.issue(User.of(user), tenant, session_id=claims.sid, at=at)


def grace_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """For whoever still has none but the old token: a clock of its own would race with what a test does before."""
    monkeypatch.setattr("server.realtime.watch.GRACE", 0.0)


async def gone(ear: Ear) -> None:
    await ear.is_ended()


async def test_an_expired_token_opens_nothing(connect: Connect, hotel: Session) -> None:
    token = await token_for(hotel, seconds=-2)
    assert (await refusal(connect(None, token=token)))["code"] == "UNAUTHENTICATED"


async def test_expiry_is_announced_and_ends_the_connection(
    connect: Connect, hotel: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    ear = await connect(None, token=await token_for(hotel, seconds=SOON))
    await ear.hears("auth:expired")
    answer = await ear.asks("messages:mark-read", {"messageIds": []})
    assert answer["error"] == "TOKEN_EXPIRED"
    assert await ear.asks("ping") == {}
    grace_is_over(monkeypatch)
    await gone(ear)


async def test_a_new_token_keeps_the_connection(
    connect: Connect, hotel: Session, rival: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    maria = await hotel.colleague()
    ear = await connect(None, token=await token_for(hotel, seconds=SOON))
    await ear.hears("auth:expired")
    for other in (rival, maria):
        assert (await ear.asks("auth:refresh", {"token": other.token}))["error"] == "SESSION_MISMATCH"
    assert (await ear.asks("auth:refresh", {"token": "x"}))["error"] == "UNAUTHENTICATED"
    answer = await ear.asks("auth:refresh", {"token": hotel.token})
    assert answer == {"expiresAt": hotel.runtime.keys.tokens.read(hotel.token).exp}
    grace_is_over(monkeypatch)
    await asyncio.sleep(0.3)
    assert await ear.asks("messages:mark-read", {"messageIds": []}) == {"messageIds": []}
    assert not ear.ended.is_set()


async def test_a_user_who_signs_out_loses_his_sockets(connect: Connect, hotel: Session) -> None:
    ear, other = await connect(hotel), await connect(await hotel.colleague())
    assert (await hotel.post("/auth/logout")).status == 204
    await gone(ear)
    await other.settles()


@pytest.mark.parametrize("change", [{"role": "SUPERVISOR"}, {"status": "INACTIVE"}])
async def test_a_user_who_is_changed_must_come_again(
    connect: Connect, hotel: Session, change: dict[str, str]
) -> None:
    maria = await hotel.colleague()
    ear, mine = await connect(maria), await connect(hotel)
    assert (await hotel.patch(f"/api/users/{maria.user['id']}", change)).status == 200
    await gone(ear)
    assert (await refusal(connect(maria)))["code"] == "UNAUTHENTICATED"
    await mine.settles()


async def test_a_lost_signal_only_costs_seconds(connect: Connect, hotel: Session) -> None:
    """Written to the store behind everyone's back: no process was told."""
    maria = await hotel.colleague()
    ear = await connect(maria)
    await hotel.db.users.update({"_id": maria.user["id"]}, {"$set": {"status": "INACTIVE"}})
    await gone(ear)


async def test_a_suspended_tenant_is_shown_out(connect: Connect, hotel: Session, rival: Session) -> None:
    ear, other = await connect(hotel), await connect(rival)
    await registry.update_tenant(
        hotel.runtime.database, hotel.tenant["id"], {"status": TenantStatus.SUSPENDED}
    )
    await gone(ear)
    hotel.runtime.access.forget(hotel.tenant["id"])
    assert (await refusal(connect(hotel)))["code"] == "TENANT_SUSPENDED"
    await other.settles()


async def test_new_limits_hold_for_open_sockets(connect: Connect, hotel: Session) -> None:
    maria = await hotel.colleague()
    message = await customer_writes(hotel)
    place = f"/api/conversations/{message['conversation_id']}"
    await hotel.post(f"{place}/assign", {"userId": hotel.user["id"]})
    ear = await connect(maria)
    await ear.asks("conversation:join", message["conversation_id"])
    await customer_writes(hotel, "visível")
    await ear.hears("message:new")
    await hotel.patch("/api/tenant", {"settings": {"agentVisibility": "OWN"}})
    async with asyncio.timeout(PATIENCE):
        while (await ear.asks("conversation:join", message["conversation_id"])).get("error") != "NOT_FOUND":
            await asyncio.sleep(0.05)
    await asyncio.sleep(0.3)
    await customer_writes(hotel, "segredo")
    await ear.settles()
    assert [new["message"]["content"] for new in ear.all("message:new")] == ["visível"]


async def test_one_tenants_broken_document_keeps_nobody_elses_access_alive(
    connect: Connect, hotel: Session, rival: Session
) -> None:
    """The first tenant that is looked at cannot be read; the second is looked at all the same."""
    mine, other = await connect(hotel), await connect(rival)
    await hotel.db.users.update({"_id": hotel.user["id"]}, {"$set": {"role": "NO_SUCH_ROLE"}})
    await rival.db.users.update({"_id": rival.user["id"]}, {"$set": {"status": "INACTIVE"}})
    await gone(other)
    assert not mine.ended.is_set()
