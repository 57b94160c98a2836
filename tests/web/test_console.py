"""The built console, and the headers it is served with."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from yarl import URL

from server.web.console import serve_console
from server.web.security import secure
from tests.conftest import Client

Visitor = TestClient[web.Request, web.Application]


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    return tmp_path / "dist"


@pytest.fixture
async def visitor(dist: Path) -> AsyncIterator[Visitor]:
    app = web.Application()
    secure(app, behind_tls=True)
    serve_console(app, dist)
    async with TestClient(TestServer(app)) as visitor:
        yield visitor


def build(dist: Path) -> None:
    for name, text in {
        "index.html": "<!doctype html><title>Balcão</title>",
        "assets/index-B1x2Y3z4.js": "console.log(1)",
        "vendor/redoc/redoc.standalone.js": "redoc",
    }.items():
        (dist / name).parent.mkdir(parents=True, exist_ok=True)
        (dist / name).write_text(text)


async def test_without_a_build_it_says_so(visitor: Visitor, dist: Path) -> None:
    answer = await visitor.get("/")
    assert answer.status == 503
    assert answer.content_type == "text/html"
    assert "npm run build" in await answer.text()
    build(dist)
    assert (await visitor.get("/")).status == 200


async def test_pages_are_asked_about_and_assets_kept(visitor: Visitor, dist: Path) -> None:
    build(dist)
    page = await visitor.get("/")
    assert page.headers["Cache-Control"] == "no-cache"
    again = await visitor.get("/", headers={"If-None-Match": page.headers["ETag"]})
    assert again.status == 304
    asset = await visitor.get("/assets/index-B1x2Y3z4.js")
    assert asset.status == 200
    assert asset.content_type.endswith("javascript")
    assert "immutable" in asset.headers["Cache-Control"]
    vendored = await visitor.get("/vendor/redoc/redoc.standalone.js")
    assert (await vendored.text(), vendored.headers["Cache-Control"]) == ("redoc", "no-cache")


@pytest.mark.parametrize(
    "path",
    [
        "nothing.js", "../index.html", "..%2findex.html", "%2e%2e/%2e%2e/secret", "a%00b", "%ff", "%C3%A9.js", "%2fetc/passwd", ".",
    ],
)  # fmt: skip
async def test_nothing_else_is_served(visitor: Visitor, dist: Path, path: str) -> None:
    build(dist)
    (dist.parent / "secret").write_text("secret")
    answer = await visitor.get(URL(f"/assets/{path}", encoded=True))
    assert answer.status == 404
    assert "secret" not in await answer.text()


async def test_a_page_may_run_only_its_own_scripts(visitor: Visitor, dist: Path) -> None:
    build(dist)
    headers = (await visitor.get("/")).headers
    policy = dict(part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Strict-Transport-Security"].startswith("max-age=")


async def test_every_answer_carries_the_headers(client: Client) -> None:
    for path in ("/health", "/api/tags", "/nowhere", "/socket.io/?EIO=4&transport=polling"):
        headers = (await client.get(path)).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
        assert "Strict-Transport-Security" not in headers
