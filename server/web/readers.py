"""An API described: its OpenAPI document and readers for it, served from our own files (no CDN, no inline script)."""

import functools
import secrets
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from aiohttp import web

from server.runtime import Runtime
from server.web import openapi
from server.web.endpoint import Route, Routes
from server.web.openapi import Manners, Schema

# ReDoc styles itself from script, under the nonce of its page, and searches in a worker that it makes of a blob.
_POLICY = (
    "default-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

_PAGE = """<!doctype html>
<html lang="pt-BR">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="/vendor/swagger-ui/favicon-32x32.png">
<title>API · Balcão</title>
{style}</head>
<body>
<div id="reader"></div>
<script src="{program}"></script>
<script src="{start}" nonce="{nonce}"></script>
</body>
</html>
"""


class Reader(StrEnum):
    SWAGGER_UI = "swagger-ui"
    REDOC = "redoc"


_STYLE = {
    Reader.SWAGGER_UI: '<link rel="stylesheet" href="/vendor/swagger-ui/swagger-ui.css">\n',
    Reader.REDOC: "",
}
_PROGRAM = {
    Reader.SWAGGER_UI: "/vendor/swagger-ui/swagger-ui-bundle.js",
    Reader.REDOC: "/vendor/redoc/redoc.standalone.js",
}
_START = {
    Reader.SWAGGER_UI: """\
SwaggerUIBundle({ url: "%s", dom_id: "#reader", deepLinking: true, persistAuthorization: true });
""",
    Reader.REDOC: """\
const { nonce } = document.currentScript;
Redoc.init("%s", { nonce, hideDownloadButton: false }, document.getElementById("reader"));
""",
}


def describing(
    described: Sequence[Route], manners: Manners, *, document: str, readers: Mapping[str, Reader]
) -> Routes:
    """The table that shows `described`: its OpenAPI at the address `document`, and pages that read it, by address."""
    routes = Routes("Documentação")

    @functools.cache
    def written(public_url: str) -> Schema:
        # First the address the reader came by, so that trying a route out works behind any name.
        return openapi.describe(described, manners, servers=["/", public_url])

    @routes.get(document, public=True, documented=False)
    async def schema(runtime: Runtime) -> dict[str, Any]:
        return written(runtime.settings.public_url)

    for path, reader in readers.items():
        script = f"{path.rstrip('/')}/start.js"
        _serve_page(routes, path, reader, script)
        _serve_script(routes, script, _START[reader] % document)
    return routes


def _serve_page(routes: Routes, path: str, reader: Reader, script: str) -> None:
    @routes.get(path, public=True, documented=False, media_type="text/html")
    async def read() -> web.StreamResponse:
        nonce = secrets.token_urlsafe(16)
        headers = {"Content-Security-Policy": _POLICY.format(nonce=nonce)}
        page = _PAGE.format(style=_STYLE[reader], program=_PROGRAM[reader], start=script, nonce=nonce)
        return web.Response(text=page, content_type="text/html", headers=headers)


def _serve_script(routes: Routes, path: str, script: str) -> None:
    @routes.get(path, public=True, documented=False, media_type="text/javascript")
    async def read() -> web.StreamResponse:
        return web.Response(
            text=script, content_type="text/javascript", headers={"Cache-Control": "no-cache"}
        )
