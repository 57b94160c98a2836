"""Problems by name: the OpenAPI document has them all, and so the console has words for each (`npm run check`)."""

import re
from pathlib import Path
from typing import get_args

import pytest

from server.channels.meta_cloud.error_table import MEANINGS
from server.desk.alarms import Kind
from server.desk.channels import ReasonCode
from server.dialects.native.problems import Code, FieldReason, Reason
from server.web.wire import PORTUGUESE
from tests.conftest import Client, Session
from tests.dialects.native.problems import every_problem
from tests.factories import body_of, made

CONSOLE = Path(__file__).parents[3] / "static"


def test_each_code_and_reason_is_described() -> None:
    kinds = every_problem()
    assert set(get_args(Code)) == {kind.code for kind in kinds}
    assert set(get_args(Reason)) == {kind.reason() for kind in kinds} - {None}
    assert set(get_args(FieldReason)) == PORTUGUESE.keys()


def test_a_reason_has_one_message() -> None:
    said: dict[str, str] = {}
    for kind in every_problem():
        if reason := kind.reason():
            assert said.setdefault(reason, kind.message) == kind.message, reason
            assert re.fullmatch(r"[A-Z]+(_[A-Z]+)*", reason)


async def test_an_answer_says_the_reason_where_there_is_one(client: Client, hotel: Session) -> None:
    await made(hotel, "/api/tags", name="VIP")
    taken = await body_of(await hotel.post("/api/tags", {"name": "VIP"}), 409)
    assert taken == {
        "error": "CONFLICT",
        "reason": "TAG_TAKEN",
        "message": "Já existe uma etiqueta com este nome.",
    }
    missing = await body_of(await hotel.get("/api/conversations/nenhuma"), 404)
    assert (missing["error"], missing["reason"]) == ("NOT_FOUND", "CONVERSATION_NOT_FOUND")
    assert "reason" not in await body_of(await client.get("/api/tags"), 401)


async def test_a_wrong_field_says_its_reason(hotel: Session) -> None:
    wrong = await body_of(await hotel.post("/api/tags", {"name": "x" * 500, "more": 1}), 400)
    told = {detail["field"]: detail["reason"] for detail in wrong["details"]}
    assert told == {"name": "string_too_long", "more": "extra_forbidden"}
    unnamed = await body_of(await hotel.patch("/api/tenant", {"timeZone": "Marte/Base"}), 400)
    assert [detail.keys() for detail in unnamed["details"]] == [{"field", "message"}]


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_console_explains_each_failure_of_a_send(language: str) -> None:
    """By WhatsApp's codes and the house's own; what stands in `SendError`s, of which no type knows all."""
    written = (CONSOLE / f"src/words/{language}/failures.ts").read_text()
    explained = set(re.findall(r"^  (\w+): of\(", written, re.MULTILINE))
    assert explained == {str(code) for code in MEANINGS} | _own_codes() | {"UNKNOWN"}


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_console_explains_why_a_channel_does_not_work(language: str) -> None:
    """Each by a name of its own, or by the alarm of that name."""
    written = (CONSOLE / f"src/words/{language}/said.ts").read_text()
    standings = written[written.index("  standings: {") : written.index("  ownWords")]
    explained = set(re.findall(r"^    ([A-Z]+): \{", standings, re.MULTILINE))
    assert explained == set(ReasonCode) - {kind.upper() for kind in Kind}


def _own_codes() -> set[str]:
    sources = [path.read_text() for path in (CONSOLE.parent / "server").rglob("*.py")]
    return {code for text in sources for code in re.findall(r'SendError\(\s*code="(\w+)"', text)}
