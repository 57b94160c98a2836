"""The house as a visitor finds it: the real app on a real port, on real stores; tenants that really signed up."""

import itertools
import os
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

from server import embedded
from server.app import make_app
from server.channels.simulator import Simulator
from server.runtime import Runtime
from server.settings import Settings
from server.web.dialect import RUNTIME
from tenants.db import ScopedDatabase

pytest_plugins = ["tests.stores", "tests.fakes.fixtures"]

Client = TestClient[web.Request, web.Application]
_serial = itertools.count(1)
_WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
# This worker's: below those of embedded stores, which are below those that the system gives to whoever asks for any,
# and above those that browsers refuse.
_PORTS = range(11_000 + _WORKER % 4, embedded.KEPT_PORTS.start, 4)
_ports = itertools.cycle(random.SystemRandom().sample(_PORTS, len(_PORTS)))
QUICK = {"sentAfter": 0.0, "deliveredAfter": 0.0, "readAfter": 0.0, "retryFirst": 0.05, "retryCap": 0.2}
PASSWORD = "senha123"


def free_port() -> int:
    """Never one twice, nor one that anybody else is given: a process that is still to start finds it free."""
    return next(port for port in _ports if embedded._bindable(port))


@pytest.fixture
async def simulator() -> AsyncIterator[Simulator]:
    """WhatsApp, played by a real server that is quick to answer."""
    async with Simulator(settings=QUICK) as simulator:
        yield simulator


@pytest.fixture
def settings(stores: Any, mongo_database: str, redis_url: str, tmp_path: Path) -> Settings:
    return Settings.load(
        app_env="test",
        port=free_port(),
        mongo_url=stores.mongo_url,
        mongo_database=mongo_database,
        redis_url=redis_url,
        data_dir=tmp_path,
        bcrypt_rounds=4,
        graph_api_url="http://127.0.0.1:9",  # nobody listens on the discard port: tests that send use a simulator
    )


@pytest.fixture
async def client(settings: Settings) -> AsyncIterator[Client]:
    """The app, served; `client.make_url("/")` is its address."""
    app = make_app(settings)
    async with TestClient(TestServer(app, port=settings.port)) as client:
        await app[RUNTIME].indexed.wait()
        yield client


@pytest.fixture
def runtime(client: Client) -> Runtime:
    assert client.app
    return client.app[RUNTIME]


@dataclass
class Session:
    """Someone signed in. Its verbs send token and slug."""

    client: Client
    runtime: Runtime
    slug: str
    token: str
    user: dict[str, Any]
    tenant: dict[str, Any]
    refresh_token: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.headers = {"Authorization": f"Bearer {self.token}", "X-Tenant-Slug": self.slug}

    @property
    def db(self) -> ScopedDatabase:
        return self.runtime.database.scoped(self.tenant["id"])

    async def request(self, method: str, path: str, **options: Any) -> ClientResponse:
        headers = {**self.headers, **options.pop("headers", {})}
        return await self.client.request(method, path, headers=headers, **options)

    async def get(self, path: str, **options: Any) -> ClientResponse:
        return await self.request("GET", path, **options)

    async def post(self, path: str, json: Any = None, **options: Any) -> ClientResponse:
        return await self.request("POST", path, json=json, **options)

    async def patch(self, path: str, json: Any = None, **options: Any) -> ClientResponse:
        return await self.request("PATCH", path, json=json, **options)

    async def delete(self, path: str, **options: Any) -> ClientResponse:
        return await self.request("DELETE", path, **options)

    async def colleague(self, role: str = "AGENT", name: str = "Maria Atendente") -> "Session":
        """Another user of the same tenant, signed in."""
        email = f"{role.lower()}{next(_serial)}@hotel.com"
        created = await self.post(
            "/api/users", {"email": email, "name": name, "password": PASSWORD, "role": role}
        )
        assert created.status == 201, await created.text()
        return await sign_in(self.client, self.runtime, email, self.slug)


async def sign_in(client: Client, runtime: Runtime, email: str, slug: str) -> Session:
    answer = await client.post("/auth/login", json={"email": email, "password": PASSWORD, "tenantSlug": slug})
    assert answer.status == 200, await answer.text()
    return _session(client, runtime, await answer.json())


def _session(client: Client, runtime: Runtime, body: dict[str, Any]) -> Session:
    return Session(
        client,
        runtime,
        body["tenant"]["slug"],
        body["token"],
        body["user"],
        body["tenant"],
        body["refreshToken"],
    )


SignUp = Callable[..., Awaitable[Session]]


@pytest.fixture
def signup(client: Client, runtime: Runtime) -> SignUp:
    """`await signup()` registers a new tenant and returns its admin's session."""

    async def sign_up(slug: str | None = None, name: str = "Hotel ABC") -> Session:
        slug = slug or f"hotel-{next(_serial)}"
        answer = await client.post(
            "/auth/register",
            json={
                "tenantName": name,
                "tenantSlug": slug,
                "userName": "Admin",
                "email": f"admin@{slug}.com",
                "password": PASSWORD,
            },
        )
        assert answer.status == 201, await answer.text()
        return _session(client, runtime, await answer.json())

    return sign_up


@pytest.fixture
async def hotel(signup: SignUp) -> Session:
    return await signup()


@pytest.fixture
async def rival(signup: SignUp) -> Session:
    """Another tenant, which must see nothing of the first."""
    return await signup(name="Pousada Rival")
