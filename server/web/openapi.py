"""The OpenAPI 3.1 document of a dialect, read off its route tables."""

import inspect
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Literal

from aiohttp import web
from pydantic import BaseModel, TypeAdapter
from pydantic.alias_generators import to_camel

from server.web.endpoint import Route

Schema = dict[str, Any]
Mode = Literal["validation", "serialization"]
Key = tuple[str, Mode]

_REF = "#/components/schemas/{model}"
_MEANING = {
    400: "Dados inválidos",
    401: "Credenciais ausentes, inválidas ou expiradas",
    403: "Sem permissão",
    404: "Não encontrado",
    409: "Conflito com o estado atual",
    413: "Corpo grande demais",
    415: "Formato do corpo não aceito",
    429: "Muitas requisições",
    503: "Temporariamente indisponível",
}
_RETRY_AFTER = {"Retry-After": "Segundos a esperar"}
_HEADERS = {
    429: {
        **_RETRY_AFTER,
        "X-RateLimit-Limit": "Requisições por período",
        "X-RateLimit-Remaining": "Quantas ainda cabem no período",
        "X-RateLimit-Reset": "Quando volta a caber uma, em segundos desde 1970",
    },
    503: _RETRY_AFTER,
}
_UPLOAD = {
    "type": "object",
    "properties": {
        "file": {"type": "string", "contentMediaType": "application/octet-stream", "minLength": 1}
    },
    "required": ["file"],
}


@dataclass(frozen=True, slots=True)
class Manners:
    """What a dialect says of itself: `access(route)` gives security requirements and header parameters.

    `beside`: what it says elsewhere than in an answer; described among the schemas.
    """

    info: Schema
    error: type[BaseModel]
    security_schemes: Schema
    access: Callable[[Route], tuple[list[Schema], list[Schema]]]
    statuses: Callable[[Route], Iterable[int]]
    beside: Sequence[type] = ()


def describe(routes: Iterable[Route], manners: Manners, *, servers: Iterable[str]) -> Schema:
    shown = [route for route in routes if route.documented]
    names = _operation_ids(shown)
    schemas, definitions = _schemas(shown, names, manners)
    paths: dict[str, Schema] = {}
    for route in shown:
        operation = _operation(route, names[id(route)], schemas, definitions, manners)
        paths.setdefault(_path(route), {})[route.method.lower()] = operation
    _drop_parameters_models(shown, schemas, definitions, names)
    return {
        "openapi": "3.1.0",
        "info": manners.info,
        "servers": [{"url": server} for server in servers],
        "tags": [{"name": tag} for tag in dict.fromkeys(route.tag for route in shown)],
        "paths": paths,
        "components": {
            "schemas": definitions,
            "responses": {
                str(status): _problem(status, schemas["error", "serialization"]) for status in _MEANING
            },
            "securitySchemes": manners.security_schemes,
        },
    }


def default_statuses(route: Route) -> list[int]:
    """The problems that a route of this shape can have."""
    takes_body = bool(route.body or route.upload)
    found = [
        (400, takes_body or route.query or route.path_parameters or not route.public),
        (401, not route.public),
        (403, not route.public),
        (404, route.path_parameters),
        (409, route.method != "GET" and not route.public),
        (413, takes_body),
        (415, takes_body),
        (429, route.throttled or route.limit),
        (503, True),
    ]
    told = {status for status, possible in found if possible}
    return sorted(told.union(status for status in route.also if status >= HTTPStatus.BAD_REQUEST))


def _path(route: Route) -> str:
    return re.sub(r"{(\w+):[^}]*}", r"{\1}", route.path)


def _operation_ids(routes: Iterable[Route]) -> dict[int, str]:
    """By `id(route)`: the handler's name, numbered where one handler serves several routes."""
    taken: dict[str, int] = {}
    names = {}
    for route in routes:
        name = to_camel(route.handler.__name__)
        taken[name] = taken.get(name, 0) + 1
        names[id(route)] = name if taken[name] == 1 else f"{name}{taken[name]}"
    return names


def _schemas(
    routes: list[Route], names: dict[int, str], manners: Manners
) -> tuple[dict[Key, Schema], dict[str, Schema]]:
    said = {"error": manners.error, **{f"beside.{shape.__name__}": shape for shape in manners.beside}}
    wanted: list[tuple[str, Mode, TypeAdapter[Any]]] = [
        (name, "serialization", TypeAdapter(shape)) for name, shape in said.items()
    ]
    for route in routes:
        name = names[id(route)]
        if route.body:
            wanted.append((f"{name}.body", "validation", TypeAdapter(route.body)))
        if route.query:
            wanted.append((f"{name}.query", "validation", TypeAdapter(route.query)))
        if _is_model(route.returns):
            wanted.append((f"{name}.answer", "serialization", TypeAdapter(route.returns)))
    schemas, document = TypeAdapter.json_schemas(wanted, ref_template=_REF)
    return schemas, document.get("$defs", {})


def _is_model(returns: Any) -> bool:
    if returns is None or returns is type(None):
        return False
    return not (inspect.isclass(returns) and issubclass(returns, web.StreamResponse))


def _operation(
    route: Route, name: str, schemas: dict[Key, Schema], definitions: dict[str, Schema], manners: Manners
) -> Schema:
    security, headers = manners.access(route)
    in_path = [
        {
            "name": p,
            "in": "path",
            "required": True,
            "schema": TypeAdapter(route.parameters.get(p, str)).json_schema(),
        }
        for p in route.path_parameters
    ]
    query = schemas.get((f"{name}.query", "validation"))
    in_query = _query_parameters(_resolved(query, definitions)) if query else []
    summary, _, more = (inspect.getdoc(route.handler) or route.handler.__name__).partition("\n")
    operation = {
        "operationId": name,
        "tags": [route.tag],
        "summary": summary.strip(),
        **({"description": more.strip()} if more.strip() else {}),
        "security": security,
        "parameters": [*in_path, *in_query, *headers],
        "responses": _answers(route, schemas.get((f"{name}.answer", "serialization")))
        | {str(status): {"$ref": f"#/components/responses/{status}"} for status in manners.statuses(route)},
    }
    if body := _body(route, schemas.get((f"{name}.body", "validation")), definitions):
        operation["requestBody"] = body
    return operation


def _body(route: Route, schema: Schema | None, definitions: dict[str, Schema]) -> Schema | None:
    if route.upload:
        return {"required": True, "content": {"multipart/form-data": {"schema": _UPLOAD}}}
    if schema is None:
        return None
    model = _resolved(schema, definitions)
    if route.method in ("PATCH", "PUT"):
        # What is not sent stays as it is: a default would say otherwise.
        for part in model.get("properties", {}).values():
            part.pop("default", None)
    return {"required": bool(model.get("required")), "content": {"application/json": {"schema": schema}}}


def _answers(route: Route, schema: Schema | None) -> dict[str, Schema]:
    """By status, where nothing went wrong."""
    content: Schema = {}
    if schema is not None:
        content = {"content": {route.media_type: {"schema": schema}}}
    elif route.status != HTTPStatus.NO_CONTENT and route.returns not in (None, type(None)):
        content = {"content": {route.media_type: {}}}
    told = [route.status, *(status for status in route.also if status < HTTPStatus.BAD_REQUEST)]
    return {str(status): {"description": HTTPStatus(status).phrase, **content} for status in told}


def _query_parameters(model: Schema) -> list[Schema]:
    required = model.get("required", [])
    return [
        {"name": name, "in": "query", "required": name in required, "schema": _without_null(schema)}
        for name, schema in model.get("properties", {}).items()
    ]


def _without_null(schema: Schema) -> Schema:
    """An absent parameter is `None` to us; nobody can send null in a query string."""
    options = [option for option in schema.get("anyOf", []) if option != {"type": "null"}]
    rest = {
        key: value for key, value in schema.items() if key != "anyOf" and (key, value) != ("default", None)
    }
    if len(options) == 1:
        return {**rest, **options[0]}
    return {**rest, "anyOf": options} if options else rest


def _resolved(schema: Schema, definitions: dict[str, Schema]) -> Schema:
    return definitions[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def _drop_parameters_models(
    routes: list[Route], schemas: dict[Key, Schema], definitions: dict[str, Schema], names: dict[int, str]
) -> None:
    """Query models are shown as parameters; as schemas nothing refers to them."""
    for route in routes:
        schema = schemas.get((f"{names[id(route)]}.query", "validation"), {})
        definitions.pop(schema.get("$ref", "").rpartition("/")[2], None)


def _problem(status: int, error: Schema) -> Schema:
    headers = {
        name: {"description": meaning, "schema": {"type": "integer"}}
        for name, meaning in _HEADERS.get(status, {}).items()
    }
    return {
        "description": _MEANING[status],
        "headers": headers,
        "content": {"application/json": {"schema": error}},
    }
