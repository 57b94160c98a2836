"""An audit that could look nothing up is no success: against servers that are away, silent, honest, and half asleep."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests import audit
from tests.audit import FOUND, NOT_LOOKED_UP, Answer, Unanswered, read_npm_audit, read_pip_audit
from tests.conftest import free_port

Json = dict[str, Any]
BULK = "/-/npm/v1/security/advisories/bulk"
MINIMIST = {
    "id": 1,
    "url": "https://x",
    "title": "x",
    "severity": "critical",
    "vulnerable_versions": "<0.2.1",
}


class Advisories:
    """What OSV and npm's registry say; both on one server."""

    def __init__(self) -> None:
        self.npm: Json = {}
        self.asked: list[str] = []

    async def osv(self, request: web.Request) -> web.Response:
        self.asked.append((await request.json())["package"]["name"])
        return web.json_response({})

    async def bulk(self, request: web.Request) -> web.Response:
        return web.json_response(self.npm)


@pytest.fixture
async def advisories(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Advisories]:
    said = Advisories()
    app = web.Application()
    app.router.add_post("/v1/query", said.osv)
    app.router.add_post(BULK, said.bulk)
    async with TestServer(app) as server:
        address = str(server.make_url("")).rstrip("/")
        monkeypatch.setenv("OSV_URL", f"{address}/v1/query")
        monkeypatch.setenv("npm_config_registry", address)
        yield said


def test_without_the_internet_it_fails_loudly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    nowhere = f"http://127.0.0.1:{free_port()}"
    monkeypatch.setenv("OSV_URL", f"{nowhere}/v1/query")
    monkeypatch.setenv("npm_config_registry", nowhere)
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    assert audit.main() == NOT_LOOKED_UP
    said = capsys.readouterr()
    assert said.err.count("NOT LOOKED UP") == 3
    assert said.out == ""


async def test_servers_that_know_nothing_are_not_believed(advisories: Advisories) -> None:
    """A mirror may answer every question with an empty list."""
    with pytest.raises(Unanswered, match="knows nothing against pyyaml"):
        await asyncio.to_thread(audit.python)
    assert advisories.asked == ["pyyaml"]
    with pytest.raises(Unanswered, match="knows nothing against minimist"):
        await asyncio.to_thread(audit.npm)


async def test_what_is_shipped_is_looked_up(advisories: Advisories) -> None:
    advisories.npm = {
        "minimist": [MINIMIST],
        "preact": [{**MINIMIST, "severity": "high", "vulnerable_versions": "*"}],
    }
    answer = await asyncio.to_thread(audit.npm, "--omit=dev")
    assert answer.looked_up > 5
    assert "preact: high" in answer.findings


def test_the_worst_of_three_is_the_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers: dict[str, Answer | Unanswered] = {}

    def npm(*options: str) -> Answer:
        return told("shipped" if options else "all")

    def told(what: str) -> Answer:
        answer = answers[what]
        if isinstance(answer, Unanswered):
            raise answer
        return answer

    monkeypatch.setattr(audit, "python", lambda: told("python"))
    monkeypatch.setattr(audit, "npm", npm)
    clean, bad = Answer(3, ()), Answer(3, ("x 1: CVE-1",))
    for each, code in (
        ((clean, clean, clean), 0),
        ((clean, bad, clean), FOUND),
        ((bad, clean, Unanswered("away")), NOT_LOOKED_UP),
    ):
        answers.update(zip(("python", "shipped", "all"), each, strict=True))
        assert audit.main() == code
    assert "x 1: CVE-1" in capsys.readouterr().out


def wheel(name: str = "x", **more: Any) -> Json:
    return {"name": name, "version": "1", "vulns": [], **more}


def test_what_pip_audit_may_say() -> None:
    def read(*told: Json, wanted: tuple[str, ...] = ()) -> Answer:
        return read_pip_audit(json.dumps({"dependencies": told, "fixes": []}), "", wanted=wanted)

    assert read(wheel("Ruamel_Yaml"), wheel(), wanted=("ruamel-yaml",)) == (2, ())
    assert read(wheel(vulns=[{"id": "PYSEC-1"}])) == (1, ("x 1: PYSEC-1",))
    with pytest.raises(Unanswered, match="1 of 2 were skipped: y"):
        read(wheel(), {"name": "y", "skip_reason": "Dependency not found"})
    with pytest.raises(Unanswered, match="nothing"):
        read()
    with pytest.raises(Unanswered, match="aiohttp"):
        read(wheel(), wanted=("aiohttp", "x"))
    for out, err in (("", "ConnectionError: away"), ("", ""), ("No known vulnerabilities found", "")):
        with pytest.raises(Unanswered):
            read_pip_audit(out, err, wanted=())


def test_what_npm_may_say() -> None:
    def read(*severities: str, total: int = 9) -> Answer:
        bad = {f"p{n}": {"severity": severity} for n, severity in enumerate(severities)}
        metadata = {"dependencies": {"total": total}}
        return read_npm_audit(
            json.dumps({"auditReportVersion": 2, "vulnerabilities": bad, "metadata": metadata}), ""
        )

    assert read("low", "moderate") == (9, ())
    assert read("low", "high", "critical") == (9, ("p1: high", "p2: critical"))
    for said in ("{}", '{"message": "405"}', '{"error": {"code": "ENOAUDIT"}}', "", "<html>"):
        with pytest.raises(Unanswered):
            read_npm_audit(said, "")
    with pytest.raises(Unanswered, match="nothing"):
        read(total=0)


def test_everything_pinned_is_expected() -> None:
    assert {"aiohttp", "pydantic-settings", "pytest", "uvloop", "pymongo"} <= audit.pinned()
