"""Codes of the Cloud API: what may have become of the message, what the outbox does, what a person reads."""

import re
from typing import Any

import pytest

from server.channels.base import Remedy, Verdict
from server.channels.meta_cloud.error_table import MEANINGS, Meaning
from server.channels.meta_cloud.errors import describe, failure_of, lost, too_late, without_doubt

NOT_SENT, REJECTED, UNKNOWN = Verdict.NOT_SENT, Verdict.REJECTED, Verdict.UNKNOWN


def graph_error(code: int, details: str = "") -> dict[str, Any]:
    return {
        "error": {
            "message": f"(#{code}) Something",
            "type": "OAuthException",
            "code": code,
            "error_data": {"messaging_product": "whatsapp", "details": details},
            "fbtrace_id": "A1b2",
        }
    }


CLASSES: list[tuple[Verdict, Remedy, list[int]]] = [
    (NOT_SENT, Remedy.RETRY, [2, 131000, 131016, 133004, 131057]),
    (NOT_SENT, Remedy.PAUSE_NUMBER, [4, 80007, 130429]),
    (NOT_SENT, Remedy.PAUSE_RECIPIENT, [131056]),
    (
        NOT_SENT,
        Remedy.PARK_CHANNEL,
        [0, 3, 10, 190, 200, 273, 299, 368, 131005, 131031, 131037, 131042, 131045, 133010],
    ),
    (REJECTED, Remedy.OFFER_TEMPLATE, [131047]),
    (
        REJECTED,
        Remedy.GIVE_UP,
        [
            *(
                1,
                135000,
                131048,
                131064,
                131049,
                130472,
                131026,
                130403,
                131050,
                131021,
                131030,
                131062,
                130497,
            ),
            *(
                33,
                100,
                131008,
                131009,
                131051,
                131053,
                132000,
                132001,
                132005,
                132007,
                132008,
                132012,
                132018,
            ),
            *(132015, 132016, 131063, 132068, 132069, 999999),
        ],
    ),
]


@pytest.mark.parametrize(
    ("code", "verdict", "remedy"),
    [(code, verdict, remedy) for verdict, remedy, codes in CLASSES for code in codes],
)
def test_refusal(code: int, verdict: Verdict, remedy: Remedy) -> None:
    failed = failure_of(400, graph_error(code))
    assert (failed.verdict, failed.remedy, failed.error.code) == (verdict, remedy, str(code))


@pytest.mark.parametrize("code", [1, 2, 3, 100, 131000, 131016, 131026, 131045, 131057, 133004, 999999])
@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_server_error_proves_nothing_whatever_its_code(status: int, code: int) -> None:
    failed = failure_of(status, graph_error(code))
    assert failed.verdict is UNKNOWN
    assert failed.error.code == str(code)
    assert "antes de reenviar" in failed.error.next_step


@pytest.mark.parametrize("code", [4, 80007, 130429, 131056])
@pytest.mark.parametrize("status", [200, 400, 403, 429, 500, 503])
def test_a_throttle_is_a_throttle_whatever_its_status(status: int, code: int) -> None:
    assert failure_of(status, graph_error(code)).verdict is NOT_SENT


@pytest.mark.parametrize(
    "body", [None, {}, [], "x", {"error": None}, {"error": "x"}, {"error": {"code": "x"}}]
)
@pytest.mark.parametrize(
    ("status", "verdict"),
    [(200, UNKNOWN), (302, UNKNOWN), (403, UNKNOWN), (408, UNKNOWN), (429, NOT_SENT), (502, UNKNOWN)],
)
def test_words_that_are_not_metas_prove_nothing(status: int, verdict: Verdict, body: Any) -> None:
    assert failure_of(status, body).verdict is verdict


def test_too_many_requests_waits_as_long_as_asked() -> None:
    failed = failure_of(429, None, retry_after=7.0)
    assert (failed.remedy, failed.retry_after) == (Remedy.PAUSE_NUMBER, 7.0)
    assert failure_of(400, graph_error(131056)).retry_after == 4
    assert failure_of(400, graph_error(131056), retry_after=9.0).retry_after == 9.0


def test_no_answer() -> None:
    assert (lost(written=False).verdict, lost(written=True).verdict) == (NOT_SENT, UNKNOWN)
    assert (too_late().verdict, too_late().remedy) == (NOT_SENT, Remedy.RETRY)


def test_calls_that_reach_no_customer_leave_nothing_in_doubt() -> None:
    failed = without_doubt(failure_of(503, None))
    assert (failed.verdict, failed.error.code) == (NOT_SENT, "UNREACHABLE")
    refused = failure_of(400, graph_error(100))
    assert without_doubt(refused) is refused
    parked = without_doubt(failure_of(500, graph_error(131045)))
    assert (parked.verdict, parked.remedy) == (NOT_SENT, Remedy.PARK_CHANNEL)


def test_what_older_tables_get_wrong() -> None:
    """131031 is a locked account; 133015 and 133016 are about registration; 80007 takes hours, not seconds."""
    assert "bloqueada" in describe(131031).title
    assert "não tem WhatsApp" in describe(131026).cause
    assert "bloqueou" not in describe(131026).cause
    assert "Modelo não encontrado" in describe(132001).title
    assert "Modelo pausado" in describe(132015).title
    for registration in (133015, 133016):
        assert "odelo" not in describe(registration).title + describe(registration).cause
    assert (failure_of(400, graph_error(80007)).retry_after or 0) > 60


def test_details_are_shown_where_they_help() -> None:
    assert "body.text is too long" in describe(100, details="body.text is too long").cause
    assert "Message Undeliverable" not in describe(131026, details="Message Undeliverable").cause
    assert describe(777, title="Odd", details="very odd").title == "Odd"
    assert "very odd" in describe(777, title="Odd", details="very odd").cause
    assert describe(777, title="Odd", details="very odd").detail == "very odd"
    assert describe(131026, details="Message Undeliverable").detail == ""


@pytest.mark.parametrize("code", [None, "", "abc", 1.5, "1e400", True, "131026", 131026])
def test_codes_of_any_shape(code: Any) -> None:
    described = describe(code)
    assert described.code
    assert (described.title == "Mensagem não entregável") == (str(code) == "131026")


@pytest.mark.parametrize(("code", "meaning"), list(MEANINGS.items()))
def test_every_meaning_is_for_a_person(code: int, meaning: Meaning) -> None:
    for sentence in (meaning.cause, meaning.next_step):
        assert re.fullmatch(r"[A-ZÀ-Ú].*\.", sentence), f"{code}: {sentence}"
    assert 3 < len(meaning.title) < 45
    assert not meaning.title.endswith(".")
