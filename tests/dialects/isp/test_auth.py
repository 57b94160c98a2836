"""Signing in, on and out in the ISP dialect."""

from typing import Any

import pytest

from server.dialects import isp
from tests.conftest import PASSWORD, Client, Session, SignUp
from tests.factories import body_of
from tests.isp import ERROR, ROOT, STRONG, Person, as_person, refusal

BEHIND_THE_DOOR = [route for route in isp.routes if not route.public]


def path_of(route: Any) -> str:
    path: str = route.path
    for name in route.path_parameters:
        path = path.replace(f"{{{name}}}", "1")
    return path


async def test_without_a_token_nobody_comes_in(client: Client, rival: Session) -> None:
    for route in BEHIND_THE_DOOR:
        for authorization in ("", "Bearer", "Bearer a.b.c", "Basic eDp4", rival.token):
            answer = await client.request(
                route.method, path_of(route), headers={"Authorization": authorization}
            )
            body = await body_of(answer, 401)
            assert set(body) == ERROR, route.path
            assert body["error_code"] == "UNAUTHENTICATED"
            assert answer.headers["WWW-Authenticate"] == "Bearer"
            assert answer.headers["X-Request-ID"]


async def test_unknown_addresses_and_methods_are_told_in_this_dialect(client: Client) -> None:
    for path in (ROOT, f"{ROOT}/nowhere", f"{ROOT}/users/"):
        await refusal(await client.get(path), 404, "NOT_FOUND")
    await refusal(await client.patch(f"{ROOT}/users"), 405, "METHOD_NOT_ALLOWED")
    assert "error" in await (await client.get("/api/v12")).json()


async def test_signing_in(client: Client, hotel: Session) -> None:
    said = {"email": hotel.user["email"].upper(), "password": PASSWORD}
    body = await body_of(await client.post(f"{ROOT}/auth/login", json=said))
    assert set(body) == {"access_token", "token_type", "expires_in", "refresh_token", "user"}
    assert (body["token_type"], body["expires_in"]) == ("bearer", 24 * 60 * 60)
    assert body["user"] == {"id": 1, "email": hotel.user["email"], "nome": "Admin", "role": "admin"}
    assert await hotel.db.sessions.count({"user_id": hotel.user["id"]}) == 2


async def test_wrong_credentials_tell_nothing(client: Client, hotel: Session) -> None:
    told = set()
    for email, password in ((hotel.user["email"], "errada"), ("ninguem@hotel.com", PASSWORD)):
        answer = await client.post(f"{ROOT}/auth/login", json={"email": email, "password": password})
        told.add(str(await refusal(answer, 401, "UNAUTHENTICATED")))
    assert len(told) == 1


@pytest.mark.parametrize(
    "wrong, field",
    [
        ({"email": "x"}, "email"),
        ({"password": ""}, "password"),
        ({"password": None}, "password"),
        ({"x": 1}, "x"),
    ],
)
async def test_a_bad_login_names_its_field(client: Client, wrong: Any, field: str) -> None:
    said = {"email": "a@b.com", "password": "x", **wrong}
    await refusal(await client.post(f"{ROOT}/auth/login", json=said), 400, "VALIDATION_ERROR", field)


async def test_where_several_tenants_fit_one_is_asked_for(
    client: Client, hotel: Session, rival: Session
) -> None:
    for session in (hotel, rival):
        user = {"email": "both@x.com", "name": "Maria", "password": PASSWORD, "role": "AGENT"}
        assert (await session.post("/api/users", user)).status == 201
    said = {"email": "both@x.com", "password": PASSWORD}
    asked = await refusal(await client.post(f"{ROOT}/auth/login", json=said), 409, "TENANT_REQUIRED")
    assert {tenant["slug"] for tenant in asked["tenants"]} == {hotel.slug, rival.slug}
    in_body = await client.post(f"{ROOT}/auth/login", json={**said, "tenant_slug": rival.slug})
    in_header = await client.post(f"{ROOT}/auth/login", json=said, headers={"X-Tenant-Slug": rival.slug})
    for answer in (in_body, in_header):
        person = Person(client, (await body_of(answer))["access_token"], {})
        assert (await person.reads("/auth/me"))["email"] == "both@x.com"
        claims = rival.runtime.keys.tokens.read(person.token)
        assert claims.slug == rival.slug


async def test_the_token_alone_says_which_tenant(admin: Person, rival: Session) -> None:
    answer = await admin.request("GET", "/auth/me", headers={"X-Tenant-Slug": rival.slug})
    assert (await body_of(answer))["email"] == admin.user["email"]


async def test_who_am_i(admin: Person, viewer: Person) -> None:
    body = await admin.reads("/auth/me")
    assert set(body) == {"id", "email", "nome", "role", "is_active", "created_at"}
    assert (body["id"], body["role"], body["is_active"]) == (1, "admin", True)
    assert (await viewer.reads("/auth/me"))["role"] == "user"


async def test_logging_out_ends_the_session_at_once(client: Client, hotel: Session, admin: Person) -> None:
    assert (await body_of(await admin.post("/auth/logout")))["message"]
    await refusal(await admin.get("/auth/me"), 401, "UNAUTHENTICATED")
    await refusal(await admin.post("/auth/logout"), 401, "UNAUTHENTICATED")
    assert (await hotel.get("/auth/me")).status == 200  # his other session


async def test_a_refresh_token_is_good_once(client: Client, hotel: Session) -> None:
    said = {"email": hotel.user["email"], "password": PASSWORD}
    first = await body_of(await client.post(f"{ROOT}/auth/login", json=said))
    spent = {"refresh_token": first["refresh_token"]}
    second = await body_of(await client.post(f"{ROOT}/auth/refresh", json=spent))
    assert set(second) == set(first)
    assert second["refresh_token"] != first["refresh_token"]
    assert (await Person(client, second["access_token"], {}).get("/auth/me")).status == 200
    await refusal(await client.post(f"{ROOT}/auth/refresh", json=spent), 401, "UNAUTHENTICATED")
    stolen = {"refresh_token": second["refresh_token"]}
    await refusal(await client.post(f"{ROOT}/auth/refresh", json=stolen), 401, "UNAUTHENTICATED")
    for nonsense in ("x", "a.b.c", f"{hotel.tenant['id']}.x.y"):
        said = {"refresh_token": nonsense}
        await refusal(await client.post(f"{ROOT}/auth/refresh", json=said), 401, "UNAUTHENTICATED")


async def test_the_native_dialects_tokens_are_the_same(hotel: Session) -> None:
    """One house: a session begun there goes on here, and the reverse."""
    here = Person(hotel.client, hotel.token, {})
    assert (await here.reads("/auth/me"))["email"] == hotel.user["email"]
    person = await as_person(hotel)
    there = await hotel.client.get(
        "/api/tenant", headers={"Authorization": f"Bearer {person.token}", "X-Tenant-Slug": hotel.slug}
    )
    assert there.status == 200


def sign_up_of(slug: str, **changes: Any) -> dict[str, Any]:
    return {
        "empresa": "Fibra Rápida",
        "tenant_slug": slug,
        "nome": "João Silva",
        "email": f"joao@{slug}.com",
        "password": STRONG,
        **changes,
    }


async def test_signing_up(client: Client, hotel: Session) -> None:
    body = await body_of(await client.post(f"{ROOT}/auth/register", json=sign_up_of("fibra-rapida")), 201)
    assert body["user"] == {"id": 1, "email": "joao@fibra-rapida.com", "nome": "João Silva", "role": "admin"}
    person = Person(client, body["access_token"], body["user"])
    tenant = await person.client.get(
        "/api/tenant", headers={"Authorization": f"Bearer {person.token}", "X-Tenant-Slug": "fibra-rapida"}
    )
    told = await body_of(tenant)
    assert (told["name"], told["kind"]) == ("Fibra Rápida", "ISP")
    taken = await client.post(f"{ROOT}/auth/register", json=sign_up_of("fibra-rapida"))
    await refusal(taken, 409, "CONFLICT")


@pytest.mark.parametrize(
    "wrong, field",
    [
        ({"password": "senha123"}, "password"),
        ({"tenant_slug": "admin"}, "tenant_slug"),
        ({"empresa": " "}, "empresa"),
        ({"email": "x"}, "email"),
        ({"nome": None}, "nome"),
    ],
)
async def test_a_bad_sign_up_names_its_field(client: Client, wrong: Any, field: str, signup: SignUp) -> None:
    answer = await client.post(f"{ROOT}/auth/register", json=sign_up_of("fibra", **wrong))
    await refusal(answer, 400, "VALIDATION_ERROR", field)
    # Nothing of it is left.
    assert (await signup("fibra")).user["email"] == "admin@fibra.com"


async def test_a_suspended_tenant_is_shut_out(client: Client, hotel: Session, admin: Person) -> None:
    await hotel.runtime.database.registry("tenants").update_one(
        {"_id": hotel.tenant["id"]}, {"$set": {"status": "SUSPENDED"}}
    )
    hotel.runtime.access.forget(hotel.tenant["id"])
    await refusal(await admin.get("/auth/me"), 403, "TENANT_SUSPENDED")
    said = {"email": hotel.user["email"], "password": PASSWORD}
    await refusal(await client.post(f"{ROOT}/auth/login", json=said), 403, "TENANT_SUSPENDED")
