import json
import subprocess
import sys
from typing import Any

import pytest

from server.redaction import HIDDEN, redact

PROGRAM = """
import logging, sys, structlog
from server import logs

logs.configure("INFO", sys.argv[1])
structlog.contextvars.bind_contextvars(tenant="hotel", request_id="r1", job="drain")
log = structlog.get_logger()
log.info("channel.connected", accessToken="EAAGm0PX4ZCpsBAsecret", number="5511")
log.debug("not.told")
logging.getLogger("rq.worker").warning("asked %s", "Authorization: Bearer sekret-token-1")
logging.getLogger("rq.worker").info("not told")
try:
    password = "sekret-in-a-local"
    raise ValueError("login with password=sekret failed")
except ValueError:
    log.exception("login.failed")
"""


def said(format: str) -> str:
    """What a fresh process says: set-up is once a process, and pytest has its own."""
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, format], capture_output=True, text=True, check=True, timeout=90
    )
    assert ran.stdout == ""
    return ran.stderr


@pytest.fixture(scope="module")
def machine_lines() -> list[dict[str, Any]]:
    return [json.loads(line) for line in said("json").splitlines()]


def test_machines_get_one_object_a_line(machine_lines: list[dict[str, Any]]) -> None:
    assert [line["event"] for line in machine_lines] == [
        "channel.connected",
        f"asked Authorization: Bearer {HIDDEN}",
        "login.failed",
    ]


def test_every_line_has_its_context(machine_lines: list[dict[str, Any]]) -> None:
    for line in machine_lines:
        assert (line["tenant"], line["request_id"], line["job"]) == ("hotel", "r1", "drain")
        assert line["timestamp"].endswith("Z")
    assert [line["level"] for line in machine_lines] == ["info", "warning", "error"]
    assert "ValueError" in machine_lines[2]["exception"]


@pytest.mark.parametrize("format", ["text", "json"])
def test_no_secret_is_told(format: str) -> None:
    text = said(format)
    assert "channel.connected" in text
    assert "not told" not in text
    assert "not.told" not in text
    assert "sekret" not in text.replace('password = "sekret-in-a-local"', "")
    assert "EAAG" not in text


@pytest.mark.parametrize(
    "name",
    [
        "accessToken",
        "appSecret",
        "verifyToken",
        "password",
        "token",
        "authorization",
        "refreshToken",
        "X-Hub-Signature-256",
        "api_key",
        "hub.verify_token",
        "JWT_SECRET",
        "oldPassword",
        "Set-Cookie",
        "mongo_url",
    ],
)
def test_secrets_are_known_by_name(name: str) -> None:
    assert redact({"headers": [{name: "tell-nobody"}]}) == {"headers": [{name: HIDDEN}]}


@pytest.mark.parametrize(
    "text",
    [
        "Bearer tell-nobody",
        "{'accessToken': 'tell-nobody'}",
        '{"appSecret":"tell-nobody"}',
        "GET /webhooks?hub.verify_token=tell-nobody&hub.mode=subscribe",
        "mongodb://balcao:tell-nobody@db.example/?x=1",
        b"password=tell-nobody",
        ValueError("token: tell-nobody"),
        {"deep": [("Basic tell-nobody",)]},
    ],
)
def test_secrets_are_known_by_look(text: Any) -> None:
    assert "tell-nobody" not in str(redact(text))


@pytest.mark.parametrize(
    "value", ["token refreshed", "conversation 42 closed", 7, 1.5, None, True, "https://h.example:8080/a@b"]
)
def test_the_rest_is_told_as_it_is(value: Any) -> None:
    assert redact({"field": value}) == {"field": value}
