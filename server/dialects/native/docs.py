"""The API described: OpenAPI, and two readers for it."""

import hashlib
import json
from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict

from server import __version__
from server.dialects.native.problems import Code, FieldReason, Reason
from server.dialects.native.schemas_live import BriefEvents, DurableEvents
from server.web import openapi, readers
from server.web.endpoint import Route, Routes
from server.web.openapi import Manners, Schema
from server.web.readers import Reader

_DESCRIPTION = """\
Atendimento por WhatsApp para várias empresas. Fora de `/auth/*`, toda rota autenticada pede dois cabeçalhos:
`Authorization: Bearer {token}` e `X-Tenant-Slug: {slug}`, que precisa ser o da empresa do token.

Datas são ISO 8601 em UTC, com milissegundos e `Z`. Identificadores são textos opacos. Toda resposta traz `X-Request-ID`.
Os eventos em tempo real (Socket.IO, em `/socket.io`) estão em `docs/`, e o que cada um traz, pelo nome, nos esquemas
`DurableEvents` e `BriefEvents`."""

_SLUG = {
    "name": "X-Tenant-Slug",
    "in": "header",
    "required": True,
    "description": "O identificador da empresa; precisa ser o do token.",
    "schema": {"type": "string"},
    "example": "hotel-abc",
}


class WrongField(BaseModel):
    """`field`: its path in the body or the query, `buttons.0.title`."""

    field: str
    message: str
    reason: FieldReason | None = None


class Error(BaseModel):
    """`message` is for a person (pt-BR), `error` and `reason` for a program: what is absent is not known more exactly.

    `details` on validation errors only. Some errors carry more, which the caller can act on (`tenants`,
    `templates`).
    """

    model_config = ConfigDict(extra="allow")

    error: Code
    reason: Reason | None = None
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
    beside=(DurableEvents, BriefEvents),
)


# What says nothing of shapes: a file made of the document stays as it is when only these change.
_PROSE = {"description", "summary", "title", "example", "examples"}


def document(described: Iterable[Route]) -> Schema:
    """As `/api/schema/` shows it. `x-shape` names what it is without its prose and its version."""
    written = openapi.describe(described, _MANNERS, servers=["/"])
    shape = json.dumps(_shape({part: written[part] for part in ("paths", "components")}), sort_keys=True)
    return {**written, "x-shape": hashlib.sha256(shape.encode()).hexdigest()}


def _shape(part: object) -> object:
    if isinstance(part, list):
        return [_shape(each) for each in part]
    if not isinstance(part, dict):
        return part
    # A field may well be called `title`: only text is prose.
    return {
        name: _shape(each) for name, each in part.items() if not (name in _PROSE and isinstance(each, str))
    }


def describing(described: list[Route]) -> Routes:
    """The table that shows `described`."""
    return readers.describing(
        described,
        _MANNERS,
        document="/api/schema/",
        readers={"/api/docs/": Reader.SWAGGER_UI, "/api/redoc/": Reader.REDOC},
    )
