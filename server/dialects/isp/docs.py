"""The API described: OpenAPI, and two readers for it."""

from pydantic import BaseModel, ConfigDict

from server import __version__
from server.web import openapi, readers
from server.web.endpoint import Route, Routes
from server.web.openapi import Manners, Schema
from server.web.readers import Reader

_DESCRIPTION = """\
Atendimento por WhatsApp para provedores de internet. Fora de `/auth/login`, `/auth/register` e `/auth/refresh`, toda rota
pede `Authorization: Bearer {access_token}`; a empresa é a do token.

Datas são ISO 8601 em UTC. Usuários têm números inteiros; conversas e mensagens, identificadores opacos. Toda resposta traz
`X-Request-ID`."""


class Error(BaseModel):
    """`field` where one is wrong. Some errors carry more, which the caller can act on (`tenants`, `templates`)."""

    model_config = ConfigDict(extra="allow")

    detail: str
    error_code: str
    field: str = ""


def _access(route: Route) -> tuple[list[Schema], list[Schema]]:
    return ([] if route.public else [{"bearer": []}]), []


_MANNERS = Manners(
    info={"title": "Sistema de Chat de Atendimento", "version": __version__, "description": _DESCRIPTION},
    error=Error,
    security_schemes={"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
    access=_access,
    statuses=openapi.default_statuses,
)


def describing(described: list[Route]) -> Routes:
    """The table that shows `described`."""
    return readers.describing(
        described,
        _MANNERS,
        document="/api/v1/openapi.json",
        readers={"/api/v1/docs": Reader.SWAGGER_UI, "/api/v1/redoc": Reader.REDOC},
    )
