"""Keys for programs: native-api.md, API keys."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from server.app import make_app
from server.settings import Settings
from tenants.access import STALE_AFTER
from tenants.models import Role
from tenants.permissions import ROLE_PERMISSIONS, Permission
from tests.conftest import Client, Session
from tests.factories import a_channel, a_conversation, body_of, made
from tests.realtime.conftest import Ear, Refusal

Json = dict[str, Any]
PATH = "/api/api-keys"


def holding(session: Session, key: str, **changes: Any) -> Session:
    """Whoever has the key, without being anybody."""
    fields = {
        "client": session.client,
        "runtime": session.runtime,
        "slug": session.slug,
        "tenant": session.tenant,
    }
    return Session(**{**fields, "user": {}, "token": key, **changes})


async def a_key(session: Session, role: str = "AGENT", **fields: Any) -> Json:
    return await made(session, PATH, **{"name": "Integração ERP", "role": role, **fields})


@pytest.mark.parametrize("method, path", [("GET", ""), ("POST", ""), ("DELETE", "/x")])
async def test_strangers_are_refused(client: Client, method: str, path: str) -> None:
    answer = await client.request(method, f"{PATH}{path}")
    assert (answer.status, (await answer.json())["error"]) == (401, "UNAUTHENTICATED")


@pytest.mark.parametrize("role", ["VIEWER", "AGENT", "SUPERVISOR"])
async def test_only_admins(hotel: Session, role: str) -> None:
    colleague, key = await hotel.colleague(role), await a_key(hotel)
    for answer in (
        await colleague.get(PATH),
        await colleague.post(PATH, {"name": "x", "role": "VIEWER"}),
        await colleague.delete(f"{PATH}/{key['id']}"),
    ):
        assert (answer.status, (await answer.json())["error"]) == (403, "FORBIDDEN")
    assert await hotel.db.api_keys.count({}) == 1


async def test_another_tenants_key_does_not_exist(hotel: Session, rival: Session) -> None:
    key = await a_key(hotel)
    assert (await rival.delete(f"{PATH}/{key['id']}")).status == 404
    assert await body_of(await rival.get(PATH)) == {"data": []}
    assert (await holding(hotel, key["key"], slug=rival.slug).get("/api/tags")).status == 401
    assert (await holding(hotel, key["key"]).get("/api/tags")).status == 200


async def test_it_is_shown_once_and_stored_as_a_digest(hotel: Session) -> None:
    key = await a_key(hotel)
    secret = key.pop("key")
    assert secret.startswith(f"{key['prefix']}_")
    assert len(secret) > 50
    assert key == {
        "id": key["id"], "name": "Integração ERP", "role": "AGENT", "prefix": key["prefix"],
        "createdBy": {"id": hotel.user["id"], "name": "Admin"}, "createdAt": key["createdAt"], "expiresAt": None,
        "lastUsedAt": None,
    }  # fmt: skip
    assert await body_of(await hotel.get(PATH)) == {"data": [key]}
    kept = [await hotel.db.api_keys.all(), await hotel.db.audit.all(), await hotel.db.events.all()]
    assert secret.removeprefix(f"{key['prefix']}_") not in str(kept)


@pytest.mark.parametrize(
    "wrong, field",
    [({"name": " "}, "name"), ({"role": "OWNER"}, "role"), ({"expiresAt": "2020-01-01T00:00:00Z"}, "expiresAt"), ({"scope": "x"}, "scope")],
)  # fmt: skip
async def test_a_bad_one_names_its_field(hotel: Session, wrong: Json, field: str) -> None:
    body = await body_of(await hotel.post(PATH, {"name": "x", "role": "AGENT", **wrong}), 400)
    assert [detail["field"] for detail in body["details"]] == [field]
    assert await hotel.db.api_keys.count({}) == 0


@pytest.mark.parametrize("role", Role)
async def test_it_may_what_its_role_may(hotel: Session, role: Role) -> None:
    program = holding(hotel, (await a_key(hotel, role))["key"])
    for path, permission in (
        ("/api/conversations", Permission.CONVERSATIONS_READ),
        ("/api/channels", Permission.CHANNELS_READ),
        ("/api/reports/overview", Permission.REPORTS_READ),
        ("/api/audit", Permission.AUDIT_READ),
    ):
        expected = 200 if permission in ROLE_PERMISSIONS[role] else 403
        assert (await program.get(path)).status == expected, path


async def test_no_key_may_more_than_who_makes_it(hotel: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    maria = await hotel.colleague("SUPERVISOR")
    may = ROLE_PERMISSIONS[Role.SUPERVISOR] | {Permission.TENANT_EDIT}
    monkeypatch.setitem(ROLE_PERMISSIONS, Role.SUPERVISOR, may)
    assert (await maria.post(PATH, {"name": "x", "role": "ADMIN"})).status == 403
    assert (await maria.post(PATH, {"name": "x", "role": "SUPERVISOR"})).status == 201


async def test_what_only_people_do(hotel: Session) -> None:
    program, other = holding(hotel, (await a_key(hotel, "ADMIN"))["key"]), await a_key(hotel)
    for refused in (
        await program.post(PATH, {"name": "x", "role": "VIEWER"}),
        await program.delete(f"{PATH}/{other['id']}"),
        await program.get("/auth/me"),
        await program.post("/auth/change-password", {"oldPassword": "x", "newPassword": "senha-nova-1"}),
        await program.post("/api/presence", {"away": False}),
    ):
        assert (refused.status, (await refused.json())["error"]) == (403, "FORBIDDEN")
    assert await hotel.db.api_keys.count({}) == 2
    assert await hotel.db.presences.count({"user_id": {"$ne": hotel.user["id"]}}) == 0


async def test_what_is_no_key(hotel: Session) -> None:
    key = (await a_key(hotel))["key"]
    for wrong in (key[:-1], key + "x", key.upper(), "bk_", "bk_\u00e9", f"{key} {key}"):
        answer = await holding(hotel, wrong).get("/api/tags")
        assert (answer.status, (await answer.json())["error"]) == (401, "UNAUTHENTICATED"), wrong
    answer = await holding(hotel, key).get("/api/tags", headers={"X-Tenant-Slug": ""})
    assert (answer.status, (await answer.json())["error"]) == (400, "TENANT_REQUIRED")
    # The other dialect and the sockets know people only.
    assert (await holding(hotel, key).get("/api/v1/conversations")).status == 401
    with pytest.raises(Refusal):
        await Ear().opens(str(hotel.client.make_url("/")), auth={"token": key, "tenantSlug": hotel.slug})


async def test_revoked_it_opens_nothing(hotel: Session) -> None:
    key = await a_key(hotel)
    program = holding(hotel, key["key"])
    assert (await program.get("/api/tags")).status == 200
    assert (await hotel.delete(f"{PATH}/{key['id']}")).status == 204
    assert (await program.get("/api/tags")).status == 401
    assert await body_of(await hotel.get(PATH)) == {"data": []}


async def test_revoked_in_another_process_too(hotel: Session, settings: Settings) -> None:
    """Also where the signal is lost: the other process hears of nothing, and looks again by itself."""
    key = await a_key(hotel)
    async with TestClient(TestServer(make_app(settings))) as elsewhere:
        program = holding(hotel, key["key"], client=elsewhere)
        assert (await program.get("/api/tags")).status == 200
        await hotel.db.api_keys.delete_all({})
        # Within five seconds, of which a busy machine may take more than two for itself.
        assert STALE_AFTER <= 3.0
        async with asyncio.timeout(30):
            while (await program.get("/api/tags")).status == 200:
                await asyncio.sleep(0.1)


async def test_an_expired_one_opens_nothing(hotel: Session) -> None:
    soon = datetime.now(UTC) + timedelta(seconds=2)
    key = await a_key(hotel, expiresAt=soon.isoformat())
    program = holding(hotel, key["key"])
    assert (await program.get("/api/tags")).status == 200
    await asyncio.sleep(2)
    assert (await program.get("/api/tags")).status == 401
    assert [kept["id"] for kept in (await body_of(await hotel.get(PATH)))["data"]] == [key["id"]]


async def test_of_a_suspended_account_it_says_so(hotel: Session) -> None:
    program = holding(hotel, (await a_key(hotel))["key"])
    await hotel.runtime.database.registry("tenants").update_one(
        {"_id": hotel.tenant["id"]}, {"$set": {"status": "SUSPENDED"}}
    )
    answer = await program.get("/api/tags")
    assert (answer.status, (await answer.json())["error"]) == (403, "TENANT_SUSPENDED")


async def test_its_last_use_is_noted_once_a_minute(hotel: Session) -> None:
    key = await a_key(hotel)
    program = holding(hotel, key["key"])

    async def used() -> Any:
        hotel.runtime.key_access.forget(hotel.tenant["id"])
        assert (await program.get("/api/tags")).status == 200
        [kept] = await hotel.db.api_keys.lightly.all()
        return kept["last_used_at"]

    first = await used()
    assert first
    assert await used() == first
    long_ago = first - timedelta(minutes=2)
    await hotel.db.api_keys.update_all({}, {"$set": {"last_used_at": long_ago}})
    assert await used() >= first


async def test_what_it_sends_says_whose_it_is(hotel: Session) -> None:
    key = await a_key(hotel)
    program, conversation = holding(hotel, key["key"]), await a_conversation(hotel, await a_channel(hotel))
    for sent in (
        await made(program, "/api/messages", conversationId=conversation["id"], content="Sua fatura"),
        await made(program, f"/api/conversations/{conversation['id']}/notes", content="Pago"),
    ):
        told = (sent["sentById"], sent["sentByName"], sent["sentByKind"])
        assert told == (key["id"], "Integração ERP", "API_KEY")
    assert (await program.post(f"/api/conversations/{conversation['id']}/claim")).status == 400
    [opened] = await hotel.db.conversations.all()
    assert opened["assigned_to_id"] is None
    by_admin = await made(hotel, "/api/messages", conversationId=conversation["id"], content="Oi")
    assert (by_admin["sentByName"], by_admin["sentByKind"]) == ("Admin", "USER")


async def test_what_it_does_is_in_the_audit_log(hotel: Session) -> None:
    key = await a_key(hotel, "SUPERVISOR")
    await made(holding(hotel, key["key"]), "/api/tags", name="VIP")
    await hotel.delete(f"{PATH}/{key['id']}")
    revoked, tagged, made_it = (await body_of(await hotel.get("/api/audit")))["data"][:3]
    assert tagged["actor"] == {"id": key["id"], "name": "Integração ERP", "kind": "API_KEY"}
    assert (made_it["action"], revoked["action"]) == ("api_key.created", "api_key.revoked")
    assert made_it["target"] == {"noun": "api_keys", "id": key["id"], "name": "Integração ERP"}
    assert revoked["changes"] == [{"field": "prefix", "before": key["prefix"], "after": None}]
