"""Statuses, echoes, history, and what is reported about customers, templates and the account."""

from datetime import UTC, datetime
from typing import Any

import pytest

from server.channels.meta_cloud.parse import phone_number_id_of
from server.desk.messages.inbound import (
    ChannelReported,
    IdentityChanged,
    MarketingPreference,
    Received,
    Revoked,
    Sender,
    StatusReported,
    TemplateReported,
    Unknown,
)
from server.desk.messages.models import Kind
from tests.channels.meta_samples import ANA, AT, WABA, read, samples


def test_status() -> None:
    (found,) = read("statuses", "sent")
    assert found == StatusReported(
        wamid="wamid.OUT",
        status="sent",
        at=datetime.fromtimestamp(1760000005, UTC),
        recipient="5511987654321",
        opaque='{"m":"01JXYZ","a":1}',
        pricing={"billable": True, "pricing_model": "PMP", "type": "regular", "category": "utility"},
        conversation={"id": "9c5", "expiration_timestamp": "1760086400", "origin": {"type": "utility"}},
    )
    for name in ("delivered", "read", "played"):
        (later,) = read("statuses", name)
        assert isinstance(later, StatusReported)
        assert (later.status, later.error, later.opaque) == (name, None, None)


def test_failed_status_says_why() -> None:
    (found,) = read("statuses", "failed")
    assert isinstance(found, StatusReported)
    assert found.error
    assert (found.error.code, found.error.title) == ("131026", "Mensagem não entregável")


def test_status_without_a_phone_and_status_nobody_knows() -> None:
    (to_user_id,) = read("statuses", "to_user_id")
    assert isinstance(to_user_id, StatusReported)
    assert to_user_id.recipient == "BR.77"
    assert isinstance(read("statuses", "deleted")[0], Unknown)


def test_echo_belongs_to_the_customer() -> None:
    (found,) = read("coexistence", "echo")
    assert isinstance(found, Received)
    assert (found.echo, found.sender, found.text) == (True, ANA, "Respondi pelo celular")
    (to_user_id,) = read("coexistence", "echo_to_user_id")
    assert isinstance(to_user_id, Received)
    assert (to_user_id.echo, to_user_id.sender, to_user_id.kind) == (
        True,
        Sender(user_id="BR.77"),
        Kind.IMAGE,
    )
    assert isinstance(read("coexistence", "echo_revoked")[0], Revoked)


def test_history() -> None:
    found = [past for past in read("coexistence", "history") if isinstance(past, Received)]
    assert [(m.wamid, m.echo, m.kind, m.details["history"], m.details["history_status"]) for m in found] == [
        ("wamid.H1", False, Kind.TEXT, True, "read"),
        ("wamid.H2", True, Kind.TEXT, True, "delivered"),
        ("wamid.H3", True, Kind.UNSUPPORTED, True, "played"),
    ]
    assert {(m.sender.wa_id, m.sender.user_id) for m in found} == {(ANA.wa_id, ANA.user_id)}


def test_history_that_was_not_shared() -> None:
    (found,) = read("coexistence", "history_declined")
    assert isinstance(found, ChannelReported)
    assert (found.event, found.severity, found.parks) == ("error 2593109", "warning", False)


@pytest.mark.parametrize(("name", "opted_in"), [("marketing_stop", False), ("marketing_resume", True)])
def test_marketing(name: str, opted_in: bool) -> None:
    assert read("customers", name) == [MarketingPreference(at=AT, sender=ANA, opted_in=opted_in)]


def test_other_preferences_are_not_about_marketing() -> None:
    assert isinstance(read("customers", "marketing_other")[0], Unknown)


def test_new_user_id() -> None:
    assert read("customers", "new_user_id") == [
        IdentityChanged(
            at=AT,
            old=Sender(wa_id="5511987654321", user_id="BR.1"),
            new=Sender(wa_id="5511987654321", user_id="BR.2"),
        )
    ]


@pytest.mark.parametrize(
    ("name", "change", "state"),
    [
        ("approved", "status", {"status": "APPROVED", "rejected_reason": None}),
        ("rejected", "status", {"status": "REJECTED", "rejected_reason": "INVALID_FORMAT"}),
        ("paused", "status", {"status": "PAUSED", "rejected_reason": None}),
        ("reinstated", "status", {"status": "APPROVED", "rejected_reason": None}),
        ("quality", "quality", {"quality": "YELLOW"}),
        ("category", "category", {"category": "MARKETING"}),
        (
            "components",
            "components",
            {
                "components": [
                    {"type": "HEADER", "text": "Reserva"},
                    {"type": "BODY", "text": "Olá {{1}}, tudo certo."},
                    {"type": "FOOTER", "text": "Hotel"},
                    {
                        "type": "BUTTONS",
                        "buttons": [{"type": "URL", "text": "Ver", "url": "https://hotel.example/{{1}}"}],
                    },
                ]
            },
        ),
    ],
)
def test_template(name: str, change: str, state: dict[str, Any]) -> None:
    expected = TemplateReported(name="confirma_reserva", language="pt_BR", change=change, state=state)
    assert read("templates", name) == [expected]


@pytest.mark.parametrize(
    ("name", "event", "severity", "parks"),
    [
        ("quality_flagged", "FLAGGED", "warning", False),
        ("limit_upgrade", "UPGRADE", "info", False),
        ("name_approved", "APPROVED", "info", False),
        ("review_rejected", "REJECTED", "warning", False),
        ("account_violation", "ACCOUNT_VIOLATION", "warning", False),
        ("account_deleted", "ACCOUNT_DELETED", "critical", True),
        ("account_disabled", "DISABLED_UPDATE", "critical", True),
        ("account_reinstated", "DISABLED_UPDATE", "info", False),
        ("account_no_replies", "ACCOUNT_RESTRICTION", "critical", True),
        ("account_no_campaigns", "ACCOUNT_RESTRICTION", "warning", False),
        ("alert", "OBA_REJECTED", "critical", False),
        ("capability", "updated", "info", False),
    ],
)
def test_account(name: str, event: str, severity: str, parks: bool) -> None:
    (found,) = read("account", name)
    assert isinstance(found, ChannelReported)
    assert (found.event, found.severity, found.parks) == (event, severity, parks)
    assert found.raw == {"waba_id": WABA} | samples("account")[name]["value"]


def test_errors_of_the_account() -> None:
    (found,) = read("messages", "errors_only")
    assert isinstance(found, ChannelReported)
    assert (found.event, found.severity, found.parks) == ("error 131042", "critical", True)


@pytest.mark.parametrize(
    ("file", "name"),
    [("account", "call"), ("coexistence", "contacts_of_the_app"), ("templates", "nameless")],
)
def test_what_has_no_place_yet_is_kept(file: str, name: str) -> None:
    change = samples(file)[name]
    assert read(file, name) == [Unknown(field=change["field"], raw=change["value"])]


def test_number() -> None:
    assert phone_number_id_of(samples("messages")["text"]) == "106540352242922"
    assert phone_number_id_of(samples("account")["account_deleted"]) is None
