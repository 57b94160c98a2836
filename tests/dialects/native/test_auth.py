"""Seed 004, Autenticação, and native-api.md, Auth."""

import asyncio
import time
from typing import Any

import pytest

from server.runtime import Runtime
from tenants import registry, users
from tenants.models import Role
from tenants.permissions import ROLE_PERMISSIONS
from tenants.users import NewUser
from tests.conftest import PASSWORD, Client, Session, SignUp


def registration(slug: str = "hotel-abc", **changes: Any) -> dict[str, Any]:
    return {
        "tenantName": "Hotel ABC",
        "tenantSlug": slug,
        "userName": "Admin",
        "email": "admin@hotel.com",
        "password": PASSWORD,
        **changes,
    }


async def fails(answer: Any, status: int, error: str) -> dict[str, Any]:
    body: dict[str, Any] = await answer.json()
    assert (answer.status, body["error"]) == (status, error), body
    assert body["message"]
    return body


async def test_registering_makes_a_tenant_and_its_admin(client: Client, runtime: Runtime) -> None:
    answer = await client.post("/auth/register", json=registration(email="  Admin@Hotel.COM "))
    body = await answer.json()
    assert answer.status == 201
    assert body.keys() == {"user", "token", "accessToken", "refreshToken", "tenant"}
    assert body["token"] == body["accessToken"]
    assert body["tenant"] == {"id": body["tenant"]["id"], "slug": "hotel-abc", "name": "Hotel ABC"}
    assert body["user"]["email"] == "admin@hotel.com"
    assert (body["user"]["role"], body["user"]["tenantId"]) == ("ADMIN", body["tenant"]["id"])
    stored = await runtime.database.scoped(body["tenant"]["id"]).users.by_id(body["user"]["id"])
    assert stored
    assert stored["password_hash"].startswith("$2b$")
    assert PASSWORD not in str(stored)
    assert (stored["role"], stored["number"]) == ("ADMIN", 1)


@pytest.mark.parametrize(
    "wrong, field",
    [
        ({"tenantSlug": "Hotel"}, "tenantSlug"),
        ({"tenantSlug": "ab"}, "tenantSlug"),
        ({"tenantSlug": "-hotel"}, "tenantSlug"),
        ({"tenantSlug": "hotel-"}, "tenantSlug"),
        ({"tenantSlug": "a" * 41}, "tenantSlug"),
        ({"tenantSlug": "webhooks"}, "tenantSlug"),
        ({"tenantSlug": "socket-io"}, "tenantSlug"),
        ({"email": "admin"}, "email"),
        ({"email": "a@b"}, "email"),
        ({"email": "a b@hotel.com"}, "email"),
        ({"email": "a@b@hotel.com"}, "email"),
        ({"email": "a/b@hotel.com"}, "email"),
        ({"email": {"ne": ""}}, "email"),
        ({"password": "curta12"}, "password"),
        ({"password": "é" * 37}, "password"),
        ({"password": 12345678}, "password"),
        ({"tenantName": " "}, "tenantName"),
        ({"userName": ""}, "userName"),
        ({"role": "ADMIN"}, "role"),
    ],
)
async def test_a_bad_registration_names_its_field(client: Client, wrong: dict[str, Any], field: str) -> None:
    body = await fails(
        await client.post("/auth/register", json=registration(**wrong)), 400, "VALIDATION_ERROR"
    )
    assert [detail["field"] for detail in body["details"]] == [field]


async def test_all_that_is_wrong_is_told_at_once(client: Client) -> None:
    body = await fails(await client.post("/auth/register", json={"password": "x"}), 400, "VALIDATION_ERROR")
    told = {detail["field"] for detail in body["details"]}
    assert told == {"tenantName", "tenantSlug", "userName", "email", "password"}


async def test_the_longest_password_and_slug_register(client: Client) -> None:
    answer = await client.post("/auth/register", json=registration("a" * 40, password="é" * 36))
    assert answer.status == 201
    login = await client.post("/auth/login", json={"email": "admin@hotel.com", "password": "é" * 36})
    assert login.status == 200


async def test_a_slug_is_taken_once(client: Client, runtime: Runtime) -> None:
    await client.post("/auth/register", json=registration())
    again = await client.post("/auth/register", json=registration(email="other@hotel.com"))
    await fails(again, 409, "CONFLICT")
    assert await registry.find_addresses(runtime.database, "email/other@hotel.com") == []


async def test_of_many_registrations_at_once_one_wins_and_the_rest_leave_nothing(
    client: Client, runtime: Runtime
) -> None:
    tries = [client.post("/auth/register", json=registration(email=f"a{n}@hotel.com")) for n in range(8)]
    statuses = [answer.status for answer in await asyncio.gather(*tries)]
    assert sorted(statuses) == [201] + [409] * 7
    everyone = [user async for user in runtime.database._database.users.find()]
    assert len(everyone) == 1
    addresses = [address async for address in runtime.database.registry("addresses").find()]
    assert [address["tenant_id"] for address in addresses] == [everyone[0]["tenant_id"]]


async def test_what_a_crash_left_of_a_sign_up_is_in_nobodys_way(client: Client, runtime: Runtime) -> None:
    half = runtime.database.scoped("crashed")
    await users.claim_email(runtime.database, "admin@hotel.com", "crashed")
    new = NewUser(email="admin@hotel.com", name="Admin", password=PASSWORD, role=Role.ADMIN)
    await users.store(half, new, password_hash="", at=runtime.clock())
    assert (await client.post("/auth/register", json=registration())).status == 201
    login = await client.post("/auth/login", json={"email": "admin@hotel.com", "password": PASSWORD})
    assert (await login.json())["tenant"]["slug"] == "hotel-abc"


async def test_logging_in(client: Client, hotel: Session) -> None:
    credentials = {"email": hotel.user["email"].upper(), "password": PASSWORD}
    answer = await client.post("/auth/login", json=credentials)
    body = await answer.json()
    assert answer.status == 200
    assert body["user"]["id"] == hotel.user["id"]
    assert body["user"]["tenantId"] == hotel.tenant["id"]
    assert body["tenant"]["slug"] == hotel.slug
    assert body["accessToken"] == body["token"] != hotel.token
    headers = {"Authorization": f"Bearer {body['token']}", "X-Tenant-Slug": hotel.slug}
    assert (await client.get("/api/tenant", headers=headers)).status == 200
    stored = await hotel.db.users.by_id(hotel.user["id"])
    assert stored
    assert stored["last_login_at"]


@pytest.mark.parametrize(
    "wrong", [{"password": "senha1234"}, {"email": "x@hotel.com"}, {"password": "é" * 40}]
)
async def test_wrong_password_and_unknown_email_read_the_same(
    client: Client, hotel: Session, wrong: dict[str, str]
) -> None:
    credentials = {"email": hotel.user["email"], "password": PASSWORD, **wrong}
    answer = await client.post("/auth/login", json=credentials)
    body = await fails(answer, 401, "UNAUTHENTICATED")
    assert body["message"] == "E-mail ou senha incorretos."
    assert body.keys() == {"error", "reason", "message"}


class TestTime:
    """Worth a real hash: with the cheapest one, everything takes equally long."""

    @pytest.fixture
    def settings(self, settings: Any) -> Any:
        return settings.model_copy(update={"bcrypt_rounds": 11})

    async def test_an_unknown_email_takes_as_long_as_a_wrong_password(
        self, client: Client, hotel: Session
    ) -> None:
        async def work(email: str, password: str) -> float:
            """Processor time, of server and hashing thread alike: it does not depend on what else the machine does."""
            began = time.process_time()
            await client.post("/auth/login", json={"email": email, "password": password})
            return time.process_time() - began

        known = await work(hotel.user["email"], "senha1234")
        assert await work("nobody@hotel.com", "senha1234") > known / 2
        assert await work(hotel.user["email"], "x" * 73) > known / 2


async def test_an_email_that_opens_two_tenants_must_name_one(client: Client) -> None:
    for slug in ("hotel-abc", "hotel-xyz"):
        await client.post("/auth/register", json=registration(slug, tenantName=f"Casa {slug}"))
    credentials = {"email": "admin@hotel.com", "password": PASSWORD}
    body = await fails(await client.post("/auth/login", json=credentials), 409, "TENANT_REQUIRED")
    assert body["tenants"] == [
        {"slug": "hotel-abc", "name": "Casa hotel-abc"},
        {"slug": "hotel-xyz", "name": "Casa hotel-xyz"},
    ]
    named = await client.post("/auth/login", json={**credentials, "tenantSlug": "hotel-xyz"})
    assert (await named.json())["tenant"]["slug"] == "hotel-xyz"
    header = await client.post("/auth/login", json=credentials, headers={"X-Tenant-Slug": "hotel-abc"})
    assert (await header.json())["tenant"]["slug"] == "hotel-abc"


async def test_tenants_that_the_password_does_not_open_stay_unnamed(client: Client) -> None:
    await client.post("/auth/register", json=registration("hotel-abc"))
    await client.post("/auth/register", json=registration("hotel-xyz", password="outra-senha"))
    answer = await client.post("/auth/login", json={"email": "admin@hotel.com", "password": PASSWORD})
    assert answer.status == 200
    assert (await answer.json())["tenant"]["slug"] == "hotel-abc"


async def test_a_named_tenant_must_be_the_users(client: Client, hotel: Session, rival: Session) -> None:
    credentials = {"email": hotel.user["email"], "password": PASSWORD, "tenantSlug": rival.slug}
    await fails(await client.post("/auth/login", json=credentials), 401, "UNAUTHENTICATED")
    unknown = {**credentials, "tenantSlug": "no-such-hotel"}
    await fails(await client.post("/auth/login", json=unknown), 401, "UNAUTHENTICATED")


async def test_a_suspended_tenant_is_told_only_to_its_own(
    client: Client, runtime: Runtime, hotel: Session
) -> None:
    await registry.update_tenant(runtime.database, hotel.tenant["id"], {"status": "SUSPENDED"})
    credentials = {"email": hotel.user["email"], "password": PASSWORD}
    await fails(await client.post("/auth/login", json=credentials), 403, "TENANT_SUSPENDED")
    wrong = {**credentials, "password": "senha1234"}
    await fails(await client.post("/auth/login", json=wrong), 401, "UNAUTHENTICATED")


async def refresh(client: Client, token: str) -> Any:
    return await client.post("/auth/refresh", json={"refreshToken": token})


async def test_refreshing_rotates(client: Client, hotel: Session) -> None:
    answer = await refresh(client, hotel.refresh_token)
    body = await answer.json()
    assert answer.status == 200
    assert body.keys() == {"user", "token", "accessToken", "refreshToken", "tenant"}
    assert body["refreshToken"] != hotel.refresh_token
    headers = {"Authorization": f"Bearer {body['accessToken']}", "X-Tenant-Slug": hotel.slug}
    assert (await client.get("/api/tenant", headers=headers)).status == 200
    assert (await refresh(client, body["refreshToken"])).status == 200


async def test_a_refresh_token_used_twice_ends_its_family(client: Client, hotel: Session) -> None:
    renewed = await (await refresh(client, hotel.refresh_token)).json()
    await fails(await refresh(client, hotel.refresh_token), 401, "UNAUTHENTICATED")
    await fails(await refresh(client, renewed["refreshToken"]), 401, "UNAUTHENTICATED")
    assert (await hotel.get("/api/tenant")).status == 401


async def test_of_two_refreshes_at_once_one_wins(client: Client, hotel: Session) -> None:
    answers = await asyncio.gather(*(refresh(client, hotel.refresh_token) for _ in range(2)))
    assert sorted(answer.status for answer in answers) == [200, 401]


@pytest.mark.parametrize("token", ["x", "a.b.c", "..", "a.b", "é.é.é"])
async def test_a_made_up_refresh_token_is_refused(client: Client, hotel: Session, token: str) -> None:
    await fails(await refresh(client, token), 401, "UNAUTHENTICATED")
    tenant, session, _ = hotel.refresh_token.split(".")
    await fails(await refresh(client, f"{tenant}.{session}.guess"), 401, "UNAUTHENTICATED")
    assert (await hotel.get("/api/tenant")).status == 200


async def test_a_refresh_token_does_not_work_in_another_tenant(
    client: Client, hotel: Session, rival: Session
) -> None:
    _, session, secret = hotel.refresh_token.split(".")
    forged = f"{rival.tenant['id']}.{session}.{secret}"
    await fails(await refresh(client, forged), 401, "UNAUTHENTICATED")


async def test_logging_out_ends_the_session(client: Client, hotel: Session) -> None:
    assert (await client.post("/auth/logout", json={})).status == 401
    assert (await hotel.get("/api/tenant")).status == 200
    assert (await hotel.post("/auth/logout")).status == 204
    await fails(await hotel.get("/api/tenant"), 401, "UNAUTHENTICATED")
    await fails(await refresh(client, hotel.refresh_token), 401, "UNAUTHENTICATED")


async def test_logging_out_by_refresh_token(client: Client, hotel: Session) -> None:
    out = await client.post("/auth/logout", json={"refreshToken": hotel.refresh_token})
    assert (out.status, await out.read()) == (204, b"")
    await fails(await hotel.get("/api/tenant"), 401, "UNAUTHENTICATED")
    await fails(await refresh(client, hotel.refresh_token), 401, "UNAUTHENTICATED")


async def test_me(client: Client, hotel: Session) -> None:
    await fails(await client.get("/auth/me"), 401, "UNAUTHENTICATED")
    answer = await client.get("/auth/me", headers={"Authorization": hotel.headers["Authorization"]})
    body = await answer.json()
    assert body["user"] == hotel.user
    assert {name: body[name] for name in hotel.user} == hotel.user
    assert body["tenant"]["slug"] == hotel.slug


@pytest.mark.parametrize("role", list(Role))
async def test_everyone_is_told_what_he_may_do(hotel: Session, role: Role) -> None:
    who = hotel if role is Role.ADMIN else await hotel.colleague(role)
    may = (await (await who.get("/auth/me")).json())["permissions"]
    assert may == who.user["permissions"] == sorted(ROLE_PERMISSIONS[role])
    assert ("conversations.work" in may) is (role is not Role.VIEWER)


async def test_me_still_refuses_another_tenants_slug(hotel: Session, rival: Session) -> None:
    answer = await hotel.get("/auth/me", headers={"X-Tenant-Slug": rival.slug})
    await fails(answer, 403, "TENANT_MISMATCH")


async def test_an_authenticated_route_needs_the_slug(client: Client, hotel: Session, rival: Session) -> None:
    token = {"Authorization": hotel.headers["Authorization"]}
    await fails(await client.get("/api/tenant"), 401, "UNAUTHENTICATED")
    await fails(await client.get("/api/tenant", headers=token), 400, "TENANT_REQUIRED")
    foreign = {**token, "X-Tenant-Slug": rival.slug}
    await fails(await client.get("/api/tenant", headers=foreign), 403, "TENANT_MISMATCH")


async def change_password(session: Session, old: str, new: str) -> Any:
    return await session.post("/auth/change-password", {"oldPassword": old, "newPassword": new})


async def test_changing_the_password(client: Client, hotel: Session) -> None:
    elsewhere = await client.post("/auth/login", json={"email": hotel.user["email"], "password": PASSWORD})
    other = {
        "Authorization": f"Bearer {(await elsewhere.json())['token']}",
        "X-Tenant-Slug": hotel.slug,
    }
    assert (await client.get("/api/tenant", headers=other)).status == 200
    assert (await change_password(hotel, PASSWORD, "nova-senha")).status == 204
    assert (await hotel.get("/api/tenant")).status == 200
    await fails(await client.get("/api/tenant", headers=other), 401, "UNAUTHENTICATED")
    old = {"email": hotel.user["email"], "password": PASSWORD}
    await fails(await client.post("/auth/login", json=old), 401, "UNAUTHENTICATED")
    assert (await client.post("/auth/login", json={**old, "password": "nova-senha"})).status == 200


async def test_changing_the_password_needs_the_old_one(client: Client, hotel: Session) -> None:
    body = {"oldPassword": PASSWORD, "newPassword": "nova-senha"}
    await fails(await client.post("/auth/change-password", json=body), 401, "UNAUTHENTICATED")
    await fails(await change_password(hotel, "errada-123", "nova-senha"), 400, "WRONG_PASSWORD")
    short = await fails(await change_password(hotel, PASSWORD, "curta"), 400, "VALIDATION_ERROR")
    assert short["details"][0]["field"] == "newPassword"


@pytest.mark.parametrize("token", ["", "x", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.", "Bearer", "a.b.c", "ÿ"])
async def test_a_made_up_token_is_refused(client: Client, hotel: Session, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}", "X-Tenant-Slug": hotel.slug}
    answer = await client.get("/api/tenant", headers=headers)
    await fails(answer, 401, "UNAUTHENTICATED")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


async def test_both_tenants_may_have_the_same_admin_address(signup: SignUp, client: Client) -> None:
    hotel, other = await signup(), await signup()
    created = await other.post(
        "/api/users", {"email": hotel.user["email"], "name": "Eu", "password": "outra-senha"}
    )
    assert created.status == 201
    login = await client.post("/auth/login", json={"email": hotel.user["email"], "password": "outra-senha"})
    assert (await login.json())["tenant"]["slug"] == other.slug
