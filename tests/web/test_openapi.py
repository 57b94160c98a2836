"""GET /api/schema/ and its two readers."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from server.dialects import native
from server.dialects.native.tags import Tags
from server.web.openapi import default_statuses
from tenants.context import Context
from tests.conftest import Client

CONSOLE = Path(__file__).parents[2] / "static"


@pytest.fixture
async def document(client: Client) -> dict[str, Any]:
    answer = await client.get("/api/schema/")
    assert answer.status == 200
    assert answer.content_type == "application/json"
    body: dict[str, Any] = await answer.json()
    return body


async def test_it_is_valid_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"] == "3.1.0"
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []


async def test_every_route_is_in_it_and_nothing_else(document: dict[str, Any]) -> None:
    described = {(method.upper(), path) for path, item in document["paths"].items() for method in item}
    routes = {(r.method, re.sub(r":[^}]*}", "}", r.path)) for r in native.routes if r.documented}
    assert described == routes
    assert ("GET", "/health") in described
    assert not any(path.startswith(("/api/docs", "/api/schema", "/api/redoc")) for _, path in described)


async def test_authenticated_operations_say_what_they_need(document: dict[str, Any]) -> None:
    for route in native.routes:
        if route.public or not route.documented:
            continue
        operation = document["paths"][re.sub(r":[^}]*}", "}", route.path)][route.method.lower()]
        assert operation["security"] == [{"bearer": []}], route.path
        [slug] = [p for p in operation["parameters"] if p["name"] == "X-Tenant-Slug"]
        assert slug["required"] is not route.path.startswith("/auth/")
        assert {"401", "403", "503"} <= operation["responses"].keys()
        assert {str(status) for status in default_statuses(route)} <= operation["responses"].keys()


async def test_bodies_parameters_and_answers(document: dict[str, Any]) -> None:
    create = document["paths"]["/api/users"]["post"]
    body = create["requestBody"]["content"]["application/json"]["schema"]
    assert body == {"$ref": "#/components/schemas/UserIn"}
    assert create["requestBody"]["required"] is True
    answer = create["responses"]["201"]["content"]["application/json"]["schema"]
    assert answer == {"$ref": "#/components/schemas/UserOut"}
    listing = document["paths"]["/api/users"]["get"]["parameters"]
    status = next(parameter for parameter in listing if parameter["name"] == "status")
    assert (status["in"], status["required"]) == ("query", False)
    assert status["schema"] == {"$ref": "#/components/schemas/UserStatus"}
    remove = document["paths"]["/api/users/{id}"]["delete"]
    assert "content" not in remove["responses"]["204"]
    assert remove["parameters"][0] == {
        "name": "id", "in": "path", "required": True, "schema": {"type": "string"},
    }  # fmt: skip


async def test_a_patch_shows_no_defaults(document: dict[str, Any]) -> None:
    patch = document["components"]["schemas"]["UserPatch"]
    assert patch["additionalProperties"] is False
    assert not [name for name, part in patch["properties"].items() if "default" in part]


async def test_errors_are_described_once(document: dict[str, Any]) -> None:
    limited = document["components"]["responses"]["429"]
    assert limited["headers"].keys() == {
        "Retry-After", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset",
    }  # fmt: skip
    assert limited["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/Error"}
    error = document["components"]["schemas"]["Error"]
    assert error["required"] == ["error", "message"]
    assert error["properties"].keys() == {"error", "reason", "message", "details"}


async def test_uploads_are_multipart(document: dict[str, Any]) -> None:
    uploads = [route for route in native.routes if route.upload]
    assert uploads
    for route in uploads:
        content = document["paths"][route.path]["post"]["requestBody"]["content"]
        assert content.keys() == {"multipart/form-data"}


async def test_operation_ids_are_distinct(document: dict[str, Any]) -> None:
    ids = [operation["operationId"] for item in document["paths"].values() for operation in item.values()]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-z][A-Za-z0-9]+", id) for id in ids)


async def test_nothing_of_the_desk_shows_through(document: dict[str, Any]) -> None:
    text = json.dumps(document)
    assert "password_hash" not in text
    assert "session_version" not in text


def test_the_consoles_types_are_made_of_it() -> None:
    """Otherwise: `npm --prefix static run types`."""
    shape = native.docs.document(native.routes)["x-shape"]
    assert shape in (CONSOLE / "src/api/schema.ts").read_text().splitlines()[1]


def test_what_is_only_prose_makes_no_other_shape() -> None:
    async def said_otherwise(ctx: Context) -> Tags:
        """Outras palavras."""
        raise NotImplementedError

    said_otherwise.__name__ = "list_tags"
    [listing] = [route for route in native.routes if (route.method, route.path) == ("GET", "/api/tags")]

    def shape(**changes: Any) -> Any:
        return native.docs.document([replace(listing, **changes)])["x-shape"]

    assert shape(handler=said_otherwise) == shape()
    assert shape(status=202) != shape()


@pytest.mark.parametrize("path", ["/api/docs/", "/api/redoc/"])
async def test_the_readers_need_nobody_elses_server(client: Client, path: str) -> None:
    answer = await client.get(path)
    page = await answer.text()
    assert (answer.status, answer.content_type) == (200, "text/html")
    assert not re.search(r"<script(?![^>]*src=)|style=|https?://|//cdn", page)
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    start = await client.get(f"{path}start.js")
    assert (start.status, start.content_type) == (200, "text/javascript")
    assert "/api/schema/" in await start.text()
