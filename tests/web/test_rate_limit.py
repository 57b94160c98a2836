"""Logging in and registering are throttled in production; elsewhere nobody ever notices."""

import base64
import os
import secrets
import time
from typing import Any

import pytest

from server.settings import Settings
from tests.conftest import PASSWORD, Client


def production(settings: Settings, **changes: Any) -> Settings:
    keys = {
        "jwt_secret": secrets.token_urlsafe(48),
        "secrets_key": (base64.urlsafe_b64encode(os.urandom(32)).decode(),),
    }
    return Settings.load(**{**settings.model_dump(), **keys, "app_env": "production", **changes})


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
        assert [(await log_in(client, "errada123")).status for _ in range(10)] == [401] * 10
        for password in ("errada123", PASSWORD):
            answer = await log_in(client, password)
            body = await answer.json()
            assert (answer.status, body["error"]) == (429, "RATE_LIMITED")
            assert 890 <= int(answer.headers["Retry-After"]) <= 900
            assert answer.headers["X-RateLimit-Limit"] == "10"
            assert answer.headers["X-RateLimit-Remaining"] == "0"
            assert abs(int(answer.headers["X-RateLimit-Reset"]) - time.time() - 900) < 10
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
