"""The ISP dialect described: /api/v1/openapi.json and its readers."""

import json
import re
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from server.dialects import isp
from tests.conftest import Client


@pytest.fixture
async def document(client: Client) -> dict[str, Any]:
    answer = await client.get("/api/v1/openapi.json")
    assert (answer.status, answer.content_type) == (200, "application/json")
    body: dict[str, Any] = await answer.json()
    return body


async def test_it_is_valid_openapi_3_1(document: dict[str, Any]) -> None:
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []


async def test_every_route_of_the_document_is_in_it(document: dict[str, Any]) -> None:
    described = {(method.upper(), path) for path, item in document["paths"].items() for method in item}
    assert described == {(route.method, route.path) for route in isp.routes if route.documented}
    assert described >= {
        ("POST", "/api/v1/auth/login"), ("POST", "/api/v1/auth/logout"), ("POST", "/api/v1/auth/refresh"),
        ("GET", "/api/v1/auth/me"), ("POST", "/api/v1/auth/register"), ("GET", "/api/v1/users"), ("POST", "/api/v1/users"),
        ("GET", "/api/v1/users/{user_id}"), ("PUT", "/api/v1/users/{user_id}"), ("DELETE", "/api/v1/users/{user_id}"),
        ("GET", "/api/v1/conversations"), ("GET", "/api/v1/conversations/{conversation_id}"),
        ("POST", "/api/v1/conversations/{conversation_id}/messages"),
        ("POST", "/api/v1/conversations/{conversation_id}/transfer"),
        ("POST", "/api/v1/conversations/{conversation_id}/close"), ("GET", "/api/v1/whatsapp/webhook"),
        ("POST", "/api/v1/whatsapp/webhook"), ("POST", "/api/v1/whatsapp/send"),
        ("POST", "/api/v1/whatsapp/send-template"), ("POST", "/api/v1/chatbot/message"), ("POST", "/api/v1/chatbot/escalate"),
        ("GET", "/api/v1/dashboard/metrics"), ("GET", "/api/v1/dashboard/agents"), ("GET", "/api/v1/dashboard/queue"),
    }  # fmt: skip


async def test_words_and_numbers_are_this_wires(document: dict[str, Any]) -> None:
    user = document["components"]["schemas"]["UserOut"]["properties"]
    assert user["role"]["enum"] == ["admin", "supervisor", "atendente", "user"]
    assert user["id"]["type"] == "integer"
    [path] = document["paths"]["/api/v1/users/{user_id}"]["get"]["parameters"]
    assert path["schema"]["type"] == "integer"
    row = document["components"]["schemas"]["ConversationOut"]
    assert "desk_status" not in row["properties"]
    assert row["properties"]["started_at"]["format"] == "date-time"
    assert set(document["components"]["schemas"]["Error"]["required"]) == {"detail", "error_code"}
    text = json.dumps(document)
    assert not re.search(r"IN_PROGRESS|AGENT|X-Tenant-Slug\"", text)


@pytest.mark.parametrize("path", ["/api/v1/docs", "/api/v1/redoc"])
async def test_the_readers_need_nobody_elses_server(client: Client, path: str) -> None:
    answer = await client.get(path)
    assert (answer.status, answer.content_type) == (200, "text/html")
    assert not re.search(r"<script(?![^>]*src=)|style=|https?://|//cdn", await answer.text())
    start = await client.get(f"{path}/start.js")
    assert (start.status, start.content_type) == (200, "text/javascript")
    assert "/api/v1/openapi.json" in await start.text()
