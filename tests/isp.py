"""Whoever speaks the ISP dialect: a Bearer token and nothing else."""

from dataclasses import dataclass
from typing import Any

from aiohttp import ClientResponse

from tests.conftest import PASSWORD, Client, Session
from tests.factories import body_of

Json = dict[str, Any]
ROOT = "/api/v1"
STRONG = "SenhaSegura123!"
ERROR = {"detail", "error_code"}


@dataclass
class Person:
    client: Client
    token: str
    user: Json

    async def request(self, method: str, path: str, **options: Any) -> ClientResponse:
        headers = {"Authorization": f"Bearer {self.token}", **options.pop("headers", {})}
        return await self.client.request(method, ROOT + path, headers=headers, **options)

    async def get(self, path: str, **query: Any) -> ClientResponse:
        return await self.request("GET", path, params=query)

    async def post(self, path: str, json: Any = None, **options: Any) -> ClientResponse:
        return await self.request("POST", path, json=json, **options)

    async def put(self, path: str, json: Any = None) -> ClientResponse:
        return await self.request("PUT", path, json=json)

    async def delete(self, path: str) -> ClientResponse:
        return await self.request("DELETE", path)

    async def reads(self, path: str, **query: Any) -> Json:
        return await body_of(await self.get(path, **query))

    @property
    def number(self) -> int:
        return int(self.user["id"])


async def enters(client: Client, email: str, password: str = PASSWORD, **more: Any) -> Person:
    said = {"email": email, "password": password, **more}
    body = await body_of(await client.post(f"{ROOT}/auth/login", json=said))
    return Person(client, body["access_token"], body["user"])


async def as_person(session: Session) -> Person:
    """The same user, signed in here."""
    return await enters(session.client, session.user["email"], tenant_slug=session.slug)


async def refusal(answer: ClientResponse, status: int, code: str, field: str | None = None) -> Json:
    """The error, which must be this one in this dialect's envelope."""
    body = await body_of(answer, status)
    assert (body["error_code"], body.get("field")) == (code, field), body
    assert body["detail"]
    assert set(body) >= ERROR
    return body
