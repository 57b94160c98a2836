"""What one tenant's account, token or session is worth at another's door: nothing."""

from typing import Any

import jwt
import pytest
from aiohttp import ClientResponse

from server.settings import Settings
from tests.conftest import PASSWORD, Client, Session, SignUp
from tests.web.test_rate_limit import production

Json = dict[str, Any]
GUESS = "errada123"


async def log_in(client: Client, password: str, email: str, **tenant: str) -> ClientResponse:
    return await client.post("/auth/login", json={"email": email, "password": password, **tenant})


class TestGuessing:
    """Anyone may open an account with the victim's e-mail and a password that he knows."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return production(settings)

    @pytest.mark.parametrize("named", [True, False])
    async def test_an_account_of_ones_own_buys_no_guesses_at_anothers(
        self, client: Client, hotel: Session, *, named: bool
    ) -> None:
        victim = hotel.user["email"]
        own: Json = {
            "tenantName": "x", "tenantSlug": "pousada-x", "userName": "x", "email": victim, "password": "minha-senha",
        }  # fmt: skip
        assert (await client.post("/auth/register", json=own)).status == 201
        there, here = ({"tenantSlug": hotel.slug}, {"tenantSlug": "pousada-x"}) if named else ({}, {})
        seen = []
        for _ in range(4):
            seen += [(await log_in(client, GUESS, victim, **there)).status for _ in range(4)]
            await log_in(client, "minha-senha", victim, **here)
        assert seen.count(401) <= 10
        assert seen[-1] == 429


async def test_a_session_is_known_together_with_its_tenant(
    client: Client, hotel: Session, rival: Session, settings: Settings
) -> None:
    """Even signed with our own key: what is remembered of a session is not what a token says of another tenant."""
    said = jwt.decode(rival.token, settings.jwt_secret, algorithms=["HS256"], audience="balcao")
    for change in ({"tid": hotel.tenant["id"]}, {"sub": hotel.user["id"]}, {"sid": "0" * 26}):
        assert (await rival.get("/auth/me")).status == 200  # so that it is remembered
        forged = jwt.encode({**said, **change}, settings.jwt_secret, algorithm="HS256")
        for slug in (rival.slug, hotel.slug, ""):
            headers = {"Authorization": f"Bearer {forged}", "X-Tenant-Slug": slug}
            assert (await client.get("/auth/me", headers=headers)).status == 401, (change, slug)


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/auth/refresh", "refreshToken"),
        ("/auth/logout", "refreshToken"),
        ("/api/v1/auth/refresh", "refresh_token"),
    ],
)
async def test_a_refresh_token_is_its_own_tenants(
    client: Client, hotel: Session, rival: Session, path: str, field: str
) -> None:
    """Nor does trying one as another's end anybody's session, or say whether there is one."""
    ours, theirs = rival.refresh_token.split("."), hotel.refresh_token.split(".")
    nowhere = [ours[0], "0" * 26, ours[2]]
    answers = set()
    for mixed in ([theirs[0], *ours[1:]], [ours[0], *theirs[1:]], [*ours[:2], theirs[2]], nowhere):
        answer = await client.post(path, json={field: ".".join(mixed)})
        answers.add((answer.status, await answer.text()))
    assert len(answers) == 1
    assert answers.pop()[0] == 401
    for session in (hotel, rival):
        assert (await session.get("/auth/me")).status == 200
        assert (
            await client.post("/auth/refresh", json={"refreshToken": session.refresh_token})
        ).status == 200


async def test_one_email_two_tenants_each_with_its_own_key(client: Client, signup: SignUp) -> None:
    """The e-mail leads to both; the password and the slug to one."""
    hotel, rival = await signup(), await signup()
    both = {"email": "ana@exemplo.com", "name": "Ana", "role": "AGENT"}
    for session, password in ((hotel, "do-hotel-1"), (rival, "da-pousada-1")):
        assert (await session.post("/api/users", {**both, "password": password})).status == 201
    for password, session in (("do-hotel-1", hotel), ("da-pousada-1", rival)):
        answer = await log_in(client, password, both["email"])
        assert (await answer.json())["tenant"]["slug"] == session.slug
    for there in (named_in_body, named_to_the_provider, named_in_header):
        crossed = await there(client, "do-hotel-1", both["email"], rival.slug)
        unknown = await there(client, PASSWORD, "ninguem@exemplo.com", rival.slug)
        assert (crossed.status, await crossed.text()) == (401, await unknown.text())
        assert (await there(client, "da-pousada-1", both["email"], rival.slug)).status == 200


async def named_in_body(client: Client, password: str, email: str, slug: str) -> ClientResponse:
    return await log_in(client, password, email, tenantSlug=slug)


async def named_to_the_provider(client: Client, password: str, email: str, slug: str) -> ClientResponse:
    said = {"email": email, "password": password, "tenant_slug": slug}
    return await client.post("/api/v1/auth/login", json=said)


async def named_in_header(client: Client, password: str, email: str, slug: str) -> ClientResponse:
    said, headers = {"email": email, "password": password}, {"X-Tenant-Slug": slug}
    return await client.post("/api/v1/auth/login", json=said, headers=headers)


async def test_without_a_name_the_password_leads_home_over_the_other_wire_too(
    client: Client, hotel: Session, rival: Session
) -> None:
    """Of two accounts with one e-mail only those are named that the password opens."""
    both = {"email": "bia@exemplo.com", "name": "Bia", "role": "AGENT"}
    for session, password in ((hotel, "do-hotel-1"), (rival, "da-pousada-1")):
        assert (await session.post("/api/users", {**both, "password": password})).status == 201
    for password, session in (("do-hotel-1", hotel), ("da-pousada-1", rival)):
        answer = await client.post("/api/v1/auth/login", json={"email": both["email"], "password": password})
        token = (await answer.json())["access_token"]
        own = await client.get("/api/v1/auth/me", headers={"Authorization": f"Bearer {token}"})
        number = (await own.json())["id"]
        [user] = await session.db.users.all({"email": both["email"]})
        assert user["number"] == number
        assert (
            await client.get(
                "/auth/me", headers={"Authorization": f"Bearer {token}", "X-Tenant-Slug": session.slug}
            )
        ).ok
