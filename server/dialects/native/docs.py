"""The API described: OpenAPI, and two readers for it, served from our own files (no CDN, no inline script)."""

import functools
import secrets
from typing import Any

from aiohttp import web
from pydantic import BaseModel, ConfigDict

from server import __version__
from server.runtime import Runtime
from server.web import openapi
from server.web.endpoint import Route, Routes
from server.web.openapi import Manners, Schema

_DESCRIPTION = """\
Atendimento por WhatsApp para várias empresas. Fora de `/auth/*`, toda rota autenticada pede dois cabeçalhos:
`Authorization: Bearer {token}` e `X-Tenant-Slug: {slug}`, que precisa ser o da empresa do token.

Datas são ISO 8601 em UTC, com milissegundos e `Z`. Identificadores são textos opacos. Toda resposta traz `X-Request-ID`.
Os eventos em tempo real (Socket.IO, em `/socket.io`) estão em `docs/`."""

_SLUG = {
    "name": "X-Tenant-Slug",
    "in": "header",
    "required": True,
    "description": "O identificador da empresa; precisa ser o do token.",
    "schema": {"type": "string"},
    "example": "hotel-abc",
}

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
{head}</head>
<body>
<div id="reader"></div>
<script src="{reader}"></script>
<script src="{start}" nonce="{{nonce}}"></script>
</body>
</html>
"""
_SWAGGER_UI = _PAGE.format(
    head='<link rel="stylesheet" href="/vendor/swagger-ui/swagger-ui.css">\n',
    reader="/vendor/swagger-ui/swagger-ui-bundle.js",
    start="/api/docs/start.js",
)
_REDOC = _PAGE.format(head="", reader="/vendor/redoc/redoc.standalone.js", start="/api/redoc/start.js")
_START_SWAGGER_UI = """\
SwaggerUIBundle({ url: "/api/schema/", dom_id: "#reader", deepLinking: true, persistAuthorization: true });
"""
_START_REDOC = """\
const { nonce } = document.currentScript;
Redoc.init("/api/schema/", { nonce, hideDownloadButton: false }, document.getElementById("reader"));
"""


class WrongField(BaseModel):
    """`field`: its path in the body or the query, `buttons.0.title`."""

    field: str
    message: str


class Error(BaseModel):
    """`details` on validation errors only. Some errors carry more, which the caller can act on (`tenants`, `templates`)."""

    model_config = ConfigDict(extra="allow")

    error: str
    message: str
    details: list[WrongField] = []


def _access(route: Route) -> tuple[list[Schema], list[Schema]]:
    signing_in = route.path.startswith("/auth/")
    if route.path == "/auth/logout":
        return [{}, {"bearer": []}], []
    if route.public:
        return [], [{**_SLUG, "required": False}] if route.path == "/auth/login" else []
    return [{"bearer": []}], [{**_SLUG, "required": not signing_in}]


_MANNERS = Manners(
    info={"title": "Balcão", "version": __version__, "description": _DESCRIPTION},
    error=Error,
    security_schemes={"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
    access=_access,
    statuses=openapi.default_statuses,
)


def describing(described: list[Route]) -> Routes:
    """The table that shows `described`."""
    routes = Routes("Documentação")

    @functools.cache
    def document(public_url: str) -> Schema:
        # First the address the reader came by, so that trying a route out works behind any name.
        return openapi.describe(described, _MANNERS, servers=["/", public_url])

    @routes.get("/api/schema/", public=True, documented=False)
    async def schema(runtime: Runtime) -> dict[str, Any]:
        return document(runtime.settings.public_url)

    for path, page, script in (
        ("/api/docs/", _SWAGGER_UI, _START_SWAGGER_UI),
        ("/api/redoc/", _REDOC, _START_REDOC),
    ):
        _serve_page(routes, path, page)
        _serve_script(routes, f"{path}start.js", script)
    return routes


def _serve_page(routes: Routes, path: str, page: str) -> None:
    @routes.get(path, public=True, documented=False, media_type="text/html")
    async def read() -> web.StreamResponse:
        nonce = secrets.token_urlsafe(16)
        headers = {"Content-Security-Policy": _POLICY.format(nonce=nonce)}
        return web.Response(text=page.format(nonce=nonce), content_type="text/html", headers=headers)


def _serve_script(routes: Routes, path: str, script: str) -> None:
    @routes.get(path, public=True, documented=False, media_type="text/javascript")
    async def read() -> web.StreamResponse:
        return web.Response(
            text=script, content_type="text/javascript", headers={"Cache-Control": "no-cache"}
        )
