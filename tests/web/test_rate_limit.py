"""How often one may ask: as documented where limits are strict; elsewhere nobody ever notices."""

import base64
import os
import secrets
import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest
import redis
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer
from limits import parse
from redis.asyncio.connection import AbstractConnection

from server.app import make_app
from server.runtime import Runtime
from server.settings import Settings
from server.web import rate_limit
from tests.conftest import PASSWORD, Client, Session, SignUp
from tests.factories import a_channel
from tests.isp import ROOT, Person, as_person, refusal


def production(settings: Settings, **changes: Any) -> Settings:
    keys = {
        "jwt_secret": secrets.token_urlsafe(48),
        "secrets_key": (base64.urlsafe_b64encode(os.urandom(32)).decode(),),
    }
    return Settings.load(
        **{**settings.model_dump(), **keys, "app_env": "production", "rate_limits": "strict", **changes}
    )


async def register(client: Client, number: int, ip: str = "") -> Any:
    body = {
        "tenantName": "Hotel",
        "tenantSlug": f"hotel-n{number}",
        "userName": "Admin",
        "email": "admin@hotel.com",
        "password": PASSWORD,
    }
    return await client.post("/auth/register", json=body, headers={"X-Forwarded-For": ip} if ip else {})


async def log_in(client: Client, password: str, email: str = "admin@hotel.com", ip: str = "") -> Any:
    credentials = {"email": email, "password": password, "tenantSlug": "hotel-n1"}
    return await client.post("/auth/login", json=credentials, headers={"X-Forwarded-For": ip} if ip else {})


class TestProduction:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return production(settings)

    async def test_ten_wrong_passwords_and_it_is_enough(self, client: Client) -> None:
        await register(client, 1)
        began = time.time()
        assert [(await log_in(client, "errada123")).status for _ in range(10)] == [401] * 10
        for password in ("errada123", PASSWORD):
            answer = await log_in(client, password)
            body = await answer.json()
            assert (answer.status, body["error"]) == (429, "RATE_LIMITED")
            assert began + 899 - time.time() <= int(answer.headers["Retry-After"]) <= 900
            assert answer.headers["X-RateLimit-Limit"] == "10"
            assert answer.headers["X-RateLimit-Remaining"] == "0"
            assert began + 899 <= int(answer.headers["X-RateLimit-Reset"]) <= time.time() + 901
        assert (await log_in(client, "errada123", email="other@hotel.com")).status == 401

    async def test_the_right_password_starts_the_count_anew(self, client: Client) -> None:
        await register(client, 1)
        for _ in range(3):
            assert [(await log_in(client, "errada123")).status for _ in range(9)] == [401] * 9
            assert (await log_in(client, PASSWORD)).status == 200

    async def test_guesses_at_the_old_password_count_too(self, client: Client) -> None:
        body = await (await register(client, 1)).json()
        headers = {"Authorization": f"Bearer {body['token']}", "X-Tenant-Slug": "hotel-n1"}
        guess = {"oldPassword": "errada123", "newPassword": "nova-senha"}
        answers = [await client.post("/auth/change-password", json=guess, headers=headers) for _ in range(11)]
        assert [answer.status for answer in answers] == [400] * 10 + [429]

    async def test_twenty_registrations_an_hour(self, client: Client) -> None:
        statuses = [(await register(client, number)).status for number in range(21)]
        assert statuses == [201] * 20 + [429]

    async def test_nobody_gets_around_it_by_claiming_another_address(self, client: Client) -> None:
        await register(client, 1)
        statuses = [(await log_in(client, "errada123", ip=f"203.0.113.{n}")).status for n in range(11)]
        assert statuses == [401] * 10 + [429]


class TestBehindAProxy:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return production(settings, trusted_proxies=("127.0.0.0/8", "::1"))

    async def test_each_client_is_counted_alone(self, client: Client) -> None:
        await register(client, 1)
        statuses = [(await log_in(client, "errada123", ip="203.0.113.1")).status for _ in range(11)]
        assert statuses == [401] * 10 + [429]
        assert (await log_in(client, PASSWORD, ip="203.0.113.2")).status == 200
        assert (await log_in(client, PASSWORD, ip="203.0.113.2, 203.0.113.1")).status == 429


class TestRedisDownInProduction:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return production(settings, redis_url="redis://127.0.0.1:9/0")

    async def test_login_fails_closed(self, client: Client) -> None:
        answer = await log_in(client, PASSWORD)
        assert answer.status == 503
        assert (await answer.json())["error"] == "UNAVAILABLE"
        assert answer.headers["Retry-After"]


class TestRedisDownInDevelopment:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"redis_url": "redis://127.0.0.1:9/0"})

    async def test_login_goes_on(self, client: Client) -> None:
        assert (await register(client, 1)).status == 201
        assert (await log_in(client, PASSWORD)).status == 200


async def test_elsewhere_nobody_meets_the_limit(client: Client) -> None:
    await register(client, 1)
    assert {(await log_in(client, "errada123")).status for _ in range(30)} == {401}
    assert (await log_in(client, PASSWORD)).status == 200


def strict(settings: Settings, **changes: Any) -> Settings:
    return settings.model_copy(update={"rate_limits": "strict", **changes})


def standing(answer: ClientResponse) -> tuple[int, int]:
    """(limit, remaining), which every answer of the ISP dialect tells, with a moment at which there is more."""
    assert 0 <= int(answer.headers["X-RateLimit-Reset"]) - time.time() <= 3601
    return int(answer.headers["X-RateLimit-Limit"]), int(answer.headers["X-RateLimit-Remaining"])


async def isp_login(client: Client, ip: str = "", password: str = PASSWORD) -> ClientResponse:
    return await client.post(
        f"{ROOT}/auth/login",
        json={"email": "admin@hotel.com", "password": password, "tenant_slug": "hotel-n1"},
        headers={"X-Forwarded-For": ip} if ip else {},
    )


async def spend(settings: Settings, rule: str, *who: str, left: int, limit: int = 100) -> None:
    """As if so many requests had come just now; `limit` must be the rule's."""
    with redis.Redis.from_url(settings.redis_url) as store:
        for key in store.scan_iter(f"{settings.mongo_database}:limits:*{rule}/{'/'.join(who)}*"):
            store.lpush(key, *[time.time()] * (limit - left - store.llen(key)))


class TestTheIspChat:
    """Seed 003, Rate Limiting."""

    @pytest.fixture(autouse=True)
    def patience(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Else what a busy Redis is slow to count would count for nothing."""
        monkeypatch.setattr("server.web.rate_limit._SHORT_PATIENCE", 30.0)

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return strict(settings, trusted_proxies=("127.0.0.0/8",))

    @pytest.fixture
    async def admin(self, hotel: Session) -> Person:
        return await as_person(hotel)

    async def test_five_logins_in_a_quarter_of_an_hour_from_one_address(self, client: Client) -> None:
        await register(client, 1)
        began = time.time()
        passwords = ["errada123", PASSWORD, "errada123", PASSWORD, "errada123"]
        answers = [await isp_login(client, "203.0.113.1", password) for password in passwords]
        assert [answer.status for answer in answers] == [401, 200, 401, 200, 401]
        assert [standing(answer) for answer in answers] == [(5, left) for left in (4, 3, 2, 1, 0)]
        refused = await isp_login(client, "203.0.113.1")
        await refusal(refused, 429, "RATE_LIMITED")
        assert standing(refused) == (5, 0)
        assert began + 899 - time.time() <= int(refused.headers["Retry-After"]) <= 901
        assert (await isp_login(client, "203.0.113.2")).status == 200
        # The other dialect counts for itself.
        assert (await log_in(client, PASSWORD, ip="203.0.113.1")).status == 200

    async def test_one_subscriber_has_one_count_for_all_his_addresses(self, client: Client) -> None:
        await register(client, 1)
        statuses = [(await isp_login(client, f"2001:db8:1:2::{n:x}")).status for n in range(6)]
        assert statuses == [200] * 5 + [429]
        assert (await isp_login(client, "2001:db8:1:3::1")).status == 200

    async def test_three_registrations_an_hour(self, client: Client) -> None:
        answers = [await client.post(f"{ROOT}/auth/register", json={}) for _ in range(4)]
        assert [answer.status for answer in answers] == [400] * 3 + [429]
        assert standing(answers[-1]) == (3, 0)

    async def test_a_user_has_one_count_for_all_else_and_another_user_his_own(
        self, admin: Person, hotel: Session, settings: Settings
    ) -> None:
        assert standing(await admin.get("/auth/me")) == (100, 99)
        assert standing(await admin.get("/conversations")) == (100, 98)
        assert standing(await admin.get("/conversations/nothing")) == (100, 97)
        await spend(settings, "isp", "user", left=1)
        assert (await admin.get("/users")).status == 200
        refused = await admin.get("/users")
        await refusal(refused, 429, "RATE_LIMITED")
        assert standing(refused) == (100, 0)
        assert 1 <= int(refused.headers["Retry-After"]) <= 60
        colleague = await as_person(await hotel.colleague())
        assert (await colleague.get("/auth/me")).status == 200

    async def test_sending_has_a_count_of_its_own(self, admin: Person, settings: Settings) -> None:
        body = {"to": "+5511999999999", "type": "text", "content": "Olá!"}
        first = await admin.post("/whatsapp/send", body)
        assert standing(first) == (100, 99)
        assert standing(await admin.get("/auth/me")) == (100, 99)
        await spend(settings, "isp.send", left=0)
        assert (await admin.post("/whatsapp/send", body)).status == 429
        assert (await admin.get("/auth/me")).status == 200

    async def test_webhooks_have_a_high_one(self, client: Client, hotel: Session) -> None:
        await a_channel(hotel)
        answer = await client.post(f"{ROOT}/whatsapp/webhook", data="{}")
        assert answer.status == 404
        limit, left = standing(answer)
        assert limit >= 6000
        assert left == limit - 1

    async def test_who_has_no_token_and_what_has_no_route_is_counted_by_address(
        self, client: Client, settings: Settings
    ) -> None:
        forged = {"Authorization": "Bearer forged"}
        answers = [
            await client.get(f"{ROOT}/conversations"),
            await client.get(f"{ROOT}/conversations", headers=forged),
            await client.get(f"{ROOT}/nothing"),
            await client.patch(f"{ROOT}/auth/me"),
        ]
        assert [answer.status for answer in answers] == [401, 401, 404, 405]
        assert [standing(answer) for answer in answers] == [(100, left) for left in (99, 98, 97, 96)]
        await spend(settings, "isp", "address", left=0)
        for path in ("/conversations", "/nothing"):
            await refusal(await client.get(ROOT + path, headers=forged), 429, "RATE_LIMITED")

    async def test_the_native_routes_have_no_general_limit(self, hotel: Session) -> None:
        assert "X-RateLimit-Limit" not in (await hotel.get("/api/conversations")).headers

    async def test_it_holds_across_processes(
        self, client: Client, settings: Settings, signup: SignUp
    ) -> None:
        await register(client, 1)
        async with TestClient(TestServer(make_app(settings))) as other:
            answers = [await isp_login((client, other)[n % 2], "203.0.113.9") for n in range(6)]
        assert [answer.status for answer in answers] == [200] * 5 + [429]


class TestTheIspChatWithoutRedis:
    @pytest.fixture
    def silence(self) -> Iterator[str]:
        """A Redis that takes connections and answers nothing: worse than none."""
        with socket.create_server(("127.0.0.1", 0), backlog=512) as server:
            yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"

    @pytest.fixture
    def settings(self, settings: Settings, silence: str) -> Settings:
        return strict(settings, redis_url=silence)

    async def test_ordinary_work_goes_on_and_signing_in_does_not(
        self, client: Client, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("server.web.rate_limit._SHORT_PATIENCE", 1.0)
        began = time.perf_counter()
        for _ in range(20):
            answer = await client.get(f"{ROOT}/conversations")
            assert (answer.status, standing(answer)) == (401, (100, 100))
        assert time.perf_counter() - began < 15  # it does not wait for Redis anew each time
        answer = await isp_login(client)
        await refusal(answer, 503, "UNAVAILABLE")
        assert answer.headers["Retry-After"]


async def test_a_window_slides(runtime: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each try counts for its own quarter of an hour, and not until the end of somebody else's."""
    rule = rate_limit.Rule("sliding", parse("2 per 15 minutes"))
    clock = [time.time()]
    monkeypatch.setattr(time, "time", lambda: clock[0])
    monkeypatch.setattr(rate_limit, "_strict", lambda _: True)

    async def tries(after: float) -> bool:
        clock[0] += after
        return (await rate_limit.count(runtime, rule, "somebody")).allowed

    assert [await tries(after) for after in (0, 600, 1, 300, 1, 600)] == [
        True,
        True,
        False,
        True,
        False,
        True,
    ]


async def test_counting_is_one_round_trip(runtime: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    rule = rate_limit.Rule("quick", parse("100 per minute"))
    await rate_limit.count(runtime, rule, "somebody")
    said: list[object] = []
    say = AbstractConnection.send_packed_command

    async def said_once(connection: AbstractConnection, command: Any, **more: Any) -> None:
        said.append(command)
        await say(connection, command, **more)

    monkeypatch.setattr(AbstractConnection, "send_packed_command", said_once)
    for _ in range(50):
        await rate_limit.count(runtime, rule, "somebody")
    assert (
        50 <= len(said) < 80
    )  # a second one each would make it a hundred; the house has more to say than this
