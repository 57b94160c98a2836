"""The limits of the ISP chat in two web processes of their own, as they stand behind one address."""

import time
from collections.abc import AsyncIterator, Mapping
from typing import Any, NamedTuple

import aiohttp
import pytest

from server.settings import Settings
from tests.conftest import PASSWORD, free_port
from tests.house import House

Json = dict[str, Any]
ROOT = "/api/v1"
STANDING = {"X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"}
BY_FORCE = {"email": "admin@rede.com", "password": "errada-123"}


class Said(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: Json

    @property
    def left(self) -> int:
        return int(self.headers["X-RateLimit-Remaining"])


class Caller:
    """Somebody who asks the two processes in turn."""

    def __init__(self, session: aiohttp.ClientSession, urls: tuple[str, str]) -> None:
        self._session = session
        self._urls = urls
        self._asked = 0
        self.token = ""

    async def asks(self, method: str, path: str, body: Any = None, **headers: str) -> Said:
        url, self._asked = self._urls[self._asked % 2] + ROOT + path, self._asked + 1
        known = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        async with self._session.request(method, url, json=body, headers={**known, **headers}) as answer:
            return Said(answer.status, dict(answer.headers), await answer.json())


@pytest.fixture
async def caller(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Caller]:
    monkeypatch.setenv("RATE_LIMITS", "strict")
    house = House(settings, free_port())
    try:
        await house.start("web", "second web")
        async with aiohttp.ClientSession() as session:
            yield Caller(session, (house.url, house.url_of("second web")))
    finally:
        await house.kill(*house.names)


async def test_two_processes_count_as_one(caller: Caller) -> None:
    account = {"empresa": "Rede", "tenant_slug": "rede", "nome": "Dona", "email": "admin@rede.com"}
    weak = await caller.asks("POST", "/auth/register", {**account, "password": PASSWORD})
    made = await caller.asks("POST", "/auth/register", {**account, "password": "SenhaSegura123!"})
    assert [(weak.status, weak.left), (made.status, made.left)] == [(400, 2), (201, 1)]
    await nobody_guesses_passwords(caller)
    caller.token = made.body["access_token"]
    await every_answer_tells(caller)
    await each_has_a_count_of_its_own(caller)


async def nobody_guesses_passwords(caller: Caller) -> None:
    """Five, wherever they arrive and from wherever they claim to come."""
    began = time.time()
    tries = [
        await caller.asks("POST", "/auth/login", BY_FORCE, **{"X-Forwarded-For": f"203.0.113.{n}"})
        for n in range(6)
    ]
    assert [(each.status, each.left) for each in tries] == [
        *((401, left) for left in (4, 3, 2, 1, 0)),
        (429, 0),
    ]
    refused = tries[-1]
    assert refused.body["error_code"] == "RATE_LIMITED"
    assert began + 899 - time.time() <= int(refused.headers["Retry-After"]) <= 901
    assert "Retry-After" not in tries[0].headers


async def every_answer_tells(caller: Caller) -> None:
    """How the caller stands, whatever became of what he asked. What has no address is counted by where it comes from."""
    asked: list[tuple[str, str, Any, tuple[int, int]]] = [
        ("GET", "/conversations", None, (200, 99)),
        ("GET", "/conversations?limit=none", None, (400, 98)),
        ("GET", "/conversations/none", None, (404, 97)),
        ("POST", "/users", {"nome": "x" * 1_100_000}, (413, 96)),
        ("GET", "/none", None, (404, 99)),
        ("PATCH", "/conversations", None, (405, 98)),
    ]
    for method, path, body, expected in asked:
        said = await caller.asks(method, path, body)
        assert said.headers.keys() >= STANDING, path
        assert (said.status, said.left) == expected, path


async def each_has_a_count_of_its_own(caller: Caller) -> None:
    limits = {}
    for path in ("/chatbot/message", "/whatsapp/send", "/whatsapp/webhook", "/auth/refresh"):
        said = await caller.asks("POST", path, {})
        limits[path] = int(said.headers["X-RateLimit-Limit"]), said.left
    assert limits["/chatbot/message"] == (30, 29)
    assert limits["/whatsapp/send"] == (100, 99)
    assert limits["/whatsapp/webhook"][0] == 6000
    answers = [await caller.asks("POST", "/chatbot/message", {}) for _ in range(30)]
    assert [each.status for each in answers] == [400] * 29 + [429]
    assert (await caller.asks("GET", "/auth/me")).status == 200
