"""What every kind of answer tells the browser that it must not do with it."""

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer

from server.app import make_app
from server.dialects import native
from server.settings import Settings
from server.web.dialect import RUNTIME
from tests.conftest import Client, Session
from tests.factories import a_file

PAGES = ["/api/docs/", "/api/redoc/"]
# One answer of each kind: JSON, errors of each layer, text, a script, an asset, polling, the document.
ANSWERS = [
    ("GET", "/health"), ("GET", "/ready"), ("GET", "/metrics"), ("GET", "/api/schema/"), ("GET", "/api/docs/start.js"),
    ("GET", "/api/tags"), ("POST", "/auth/login"), ("GET", "/nowhere"), ("DELETE", "/api/tags"), ("TRACE", "/api/tags"),
    ("GET", "/webhooks/whatsapp"), ("POST", "/webhooks/whatsapp"), ("GET", "/vendor/swagger-ui/LICENSE"), ("GET", "/assets/nothing.js"),
    ("GET", "/socket.io/?EIO=4&transport=polling"), ("GET", "/socket.io/?EIO=3"), ("OPTIONS", "/socket.io/?EIO=4&transport=polling"), ("GET", "/"), *(("GET", page) for page in PAGES),
]  # fmt: skip


def policy_of(answer: ClientResponse) -> dict[str, str]:
    [policy] = answer.headers.getall("Content-Security-Policy")
    return dict(part.strip().partition(" ")[::2] for part in policy.split(";"))


@pytest.mark.parametrize("method, path", ANSWERS)
async def test_every_answer(client: Client, method: str, path: str) -> None:
    answer = await client.request(method, path)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert policy_of(answer)["frame-ancestors"] == "'none'"
    assert policy_of(answer)["default-src"] in ("'none'", "'self'")
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert answer.headers["Server"] == "balcao"


@pytest.mark.parametrize(
    "route", [r for r in native.routes if r.method == "GET" and "{" not in r.path], ids=lambda r: r.path
)
async def test_what_is_told_to_one_person_is_kept_by_nobody(hotel: Session, route: Any) -> None:
    answer = await hotel.get(route.path)
    kept = route.path.endswith("start.js")
    assert answer.headers["Cache-Control"] == ("no-cache" if kept else "no-store")


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_runs_and_wears_only_what_is_ours(client: Client, path: str) -> None:
    answers = [await client.get(path) for _ in range(2)]
    nonces = [
        re.findall(r"'nonce-([\w-]{22})'", answer.headers["Content-Security-Policy"]) for answer in answers
    ]
    assert nonces[0] != nonces[1]
    policy, page = policy_of(answers[0]), await answers[0].text()
    assert "script-src" not in policy
    assert policy["style-src"] == f"'self' 'nonce-{nonces[0][0]}'"
    assert nonces[0][0] in page
    assert not re.search(r"<script(?![^>]*src=)|<style|style=|\son\w+=|javascript:", page)


async def test_a_file_is_shown_in_a_sandbox(hotel: Session) -> None:
    file = await a_file(hotel)
    for headers in ({}, {"Range": "bytes=0-3"}):
        answer = await hotel.get(file["url"], headers=headers)
        assert answer.headers.getall("Content-Security-Policy") == ["sandbox; default-src 'none'"]
        assert answer.headers["Content-Disposition"].startswith("inline; filename*=UTF-8''")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"].startswith("private")
        assert "Authorization" in answer.headers["Vary"]
    assert (await hotel.client.get(file["url"])).status == 401


async def test_a_websocket_says_it_too(hotel: Session) -> None:
    socket = await hotel.client.ws_connect("/socket.io/?EIO=4&transport=websocket")
    assert socket._response.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in socket._response.headers
    await socket.close()


@pytest.fixture
async def behind_tls(settings: Settings) -> AsyncIterator[Client]:
    app = make_app(settings.model_copy(update={"public_url": "https://balcao.example"}))
    async with TestClient(TestServer(app)) as client:
        await app[RUNTIME].indexed.wait()
        yield client


async def test_behind_tls_nobody_comes_back_without(behind_tls: Client) -> None:
    for method, path in ANSWERS:
        answer = await behind_tls.request(method, path)
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000", path


async def test_a_stranger_of_another_origin_gets_no_socket(client: Client) -> None:
    for path in ("polling", "websocket"):
        answer = await client.get(
            f"/socket.io/?EIO=4&transport={path}", headers={"Origin": "https://evil.example"}
        )
        assert answer.status == 403
        assert "Access-Control-Allow-Origin" not in answer.headers
