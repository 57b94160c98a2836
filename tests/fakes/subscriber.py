"""Somebody's system that wants to hear of events, and may be ill."""

import asyncio
import base64
import hashlib
import hmac
from typing import Any, NamedTuple

import orjson
from aiohttp import web


class Heard(NamedTuple):
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        return dict(orjson.loads(self.body))

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    def is_signed_with(self, secret: str) -> bool:
        """As the Standard Webhooks' own libraries check it."""
        key = base64.b64decode(secret.removeprefix("whsec_"))
        signed = f"{self.id}.{self.headers['webhook-timestamp']}.".encode() + self.body
        expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        return f"v1,{expected}" in self.headers["webhook-signature"].split()


class FakeSubscriber:
    """`answers`: the statuses of the next answers; then 204. `slow`: seconds before each."""

    def __init__(self) -> None:
        self.heard: list[Heard] = []
        self.answers: list[int] = []
        self.slow = 0.0

    @property
    def kinds(self) -> list[str]:
        return [heard.json["type"] for heard in self.heard]

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_post("/{tail:.*}", self._hear)
        return app

    async def _hear(self, request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.heard.append(Heard(headers, await request.read()))
        await asyncio.sleep(self.slow)
        status = self.answers.pop(0) if self.answers else 204
        return web.Response(status=status, headers={"Location": "/elsewhere"} if status == 302 else {})
