"""Browsers of other origins: those on the list may call, with credentials; the rest are told nothing."""

import pytest
from aiohttp.test_utils import TestClient, TestServer

from server.app import make_app
from server.settings import Settings

ORIGIN = "https://app.hotel.example"
PREFLIGHT = {
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization, content-type, x-tenant-slug, idempotency-key",
}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"cors_origins": (ORIGIN,)})


async def test_a_listed_origin_may_call_with_credentials(settings: Settings) -> None:
    async with TestClient(TestServer(make_app(settings))) as client:
        answer = await client.options("/api/messages", headers={"Origin": ORIGIN, **PREFLIGHT})
        assert answer.status == 200
        assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
        assert answer.headers["Access-Control-Allow-Credentials"] == "true"
        refused = await client.get("/api/conversations", headers={"Origin": ORIGIN})
        assert refused.status == 401
        assert refused.headers["Access-Control-Allow-Origin"] == ORIGIN
        assert "X-Request-ID" in refused.headers["Access-Control-Expose-Headers"]


async def test_an_unlisted_origin_may_not(settings: Settings) -> None:
    async with TestClient(TestServer(make_app(settings))) as client:
        answer = await client.options(
            "/api/messages", headers={"Origin": "https://evil.example", **PREFLIGHT}
        )
        assert answer.status == 403
        seen = await client.get("/health", headers={"Origin": "https://evil.example"})
        assert "Access-Control-Allow-Origin" not in seen.headers
