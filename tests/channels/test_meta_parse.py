"""Every kind of change that Meta documents, and every kind of nonsense."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.channels.meta_cloud.parse import parse, phone_number_id_of
from server.channels.meta_cloud.reading import storable
from server.desk.messages.inbound import (
    ChannelReported,
    Edited,
    IdentityChanged,
    Inbound,
    MarketingPreference,
    Received,
    Revoked,
    Sender,
    StatusReported,
    TemplateReported,
    Unknown,
)
from server.desk.messages.models import Kind

SAMPLES = Path(__file__).parent / "samples"
WABA = "102290129340398"
NOW = datetime(2026, 11, 1, tzinfo=UTC)
AT = datetime.fromtimestamp(1760000000, UTC)
ANA = Sender(wa_id="5511987654321", user_id="BR.13491208655302741918", name="Ana Souza")


def samples(name: str) -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads((SAMPLES / f"{name}.json").read_bytes())
    return found


EVERY_SAMPLE = [
    change
    for file in ("messages", "statuses", "coexistence", "customers", "templates", "account")
    for change in samples(file).values()
]


def read(file: str, name: str) -> list[Inbound]:
    return parse(samples(file)[name], waba_id=WABA, received_at=NOW)


def message(name: str) -> Received:
    (found,) = read("messages", name)
    assert isinstance(found, Received)
    return found


@pytest.mark.parametrize(
    ("name", "kind", "text", "details"),
    [
        ("text", Kind.TEXT, "Olá, quero saber o preço", {}),
        ("forwarded", Kind.TEXT, "Repassando", {"forwarded": True}),
        ("frequently_forwarded", Kind.TEXT, "Repassando muito", {"frequently_forwarded": True}),
        ("image", Kind.IMAGE, "Nota fiscal", {}),
        ("video", Kind.VIDEO, "", {}),
        ("voice_note", Kind.AUDIO, "", {}),
        ("document", Kind.DOCUMENT, "Segue o contrato", {}),
        ("sticker", Kind.STICKER, "", {}),
        (
            "place",
            Kind.LOCATION,
            "MASP",
            {
                "latitude": -23.5613,
                "longitude": -46.6565,
                "name": "MASP",
                "address": "Av. Paulista, 1578",
                "url": "https://masp.org.br",
            },
        ),
        ("pin", Kind.LOCATION, "", {"latitude": -23.5613, "longitude": -46.6565}),
        ("reaction", Kind.REACTION, "👍", {"emoji": "👍", "target": "wamid.QUESTION"}),
        ("reaction_removed", Kind.REACTION, "", {"emoji": "", "target": "wamid.QUESTION"}),
        (
            "template_button",
            Kind.INTERACTIVE,
            "Confirmar",
            {"interactive_type": "template_button", "title": "Confirmar", "payload": "CONFIRMAR_42"},
        ),
        (
            "button_reply",
            Kind.INTERACTIVE,
            "Sim, quero",
            {"interactive_type": "button_reply", "id": "sim", "title": "Sim, quero"},
        ),
        (
            "list_reply",
            Kind.INTERACTIVE,
            "Plano 300",
            {
                "interactive_type": "list_reply",
                "id": "plano_2",
                "title": "Plano 300",
                "description": "300 Mb por R$ 99",
            },
        ),
        (
            "form_reply",
            Kind.INTERACTIVE,
            "Sent",
            {
                "interactive_type": "form_reply",
                "title": "Sent",
                "name": "flow",
                "response": {"flow_token": "abc", "nome": "Ana", "nota": 9},
            },
        ),
        (
            "order",
            Kind.ORDER,
            "Entregar à tarde",
            {
                "catalog_id": "194836987003835",
                "items": [
                    {"product_retailer_id": "PAO", "quantity": 2, "item_price": 12.5, "currency": "BRL"}
                ],
            },
        ),
        ("chat_opened", Kind.SYSTEM, "", {"event": "request_welcome"}),
        ("group", Kind.TEXT, "oi, grupo", {"group_id": "Y2FwaV9ncm91cDox"}),
    ],
)
def test_message(name: str, kind: Kind, text: str, details: dict[str, Any]) -> None:
    found = message(name)
    assert (found.kind, found.text, found.details) == (kind, text, details)
    assert (found.wamid, found.at, found.sender, found.echo) == ("wamid.HBgNNTUx", AT, ANA, False)


@pytest.mark.parametrize(
    ("name", "mime_type", "flags"),
    [
        (
            "image",
            "image/jpeg",
            {"url": "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1908647269898587"},
        ),
        ("video", "video/mp4", {}),
        ("voice_note", "audio/ogg; codecs=opus", {"voice": True}),
        ("document", "application/pdf", {"filename": "contrato.pdf"}),
        ("sticker", "image/webp", {"animated": True}),
    ],
)
def test_media(name: str, mime_type: str, flags: dict[str, Any]) -> None:
    media = message(name).media
    assert media
    assert media.model_dump(exclude_defaults=True) == {
        "provider_id": "1908647269898587",
        "mime_type": mime_type,
        "sha256": "SfInY0gGKTsJlUWbwxC1k+FAD0FZHvzwfpvO0zX0GUI=",
        **flags,
    }


def test_contacts_keep_their_cards_and_show_their_names() -> None:
    found = message("contacts")
    assert found.text == "Bruno Lima, Carla"
    assert [card["phones"][0]["phone"] for card in found.details["contacts"]] == [
        "+55 21 99888-7766",
        "+55 31 3333-4444",
    ]


def test_context() -> None:
    assert message("reply").reply_to == "wamid.QUESTION"
    assert message("forwarded").reply_to is None
    about = message("text_about_product")
    assert about.details == {
        "referred_product": {"catalog_id": "194836987003835", "product_retailer_id": "di9ozbzfi4"}
    }
    ad = message("text_with_ad").details["referral"]
    assert (ad["source_type"], ad["ctwa_clid"]) == ("ad", "Aff-n8ZTODiE79d22KtAwQKj9e")


@pytest.mark.parametrize(
    ("name", "reason", "code"),
    [
        ("unsupported", "poll", "131051"),
        ("too_large", "Media download error", "131052"),
        ("interactive_without_content", "interactive", None),
        ("call_permission", "interactive", None),
        ("from_the_future", "hologram", None),
    ],
)
def test_what_cannot_be_shown_is_kept_whole(name: str, reason: str, code: str | None) -> None:
    found = message(name)
    assert (found.kind, found.details["reason"]) == (Kind.UNSUPPORTED, reason)
    assert found.details["raw"] == samples("messages")[name]["value"]["messages"][0]
    assert found.details.get("error", {"code": None})["code"] == code


@pytest.mark.parametrize(
    ("name", "text"),
    [("edit", "Corrigindo: às 15h"), ("edit_caption", "Nota certa"), ("edit_caption_away", "")],
)
def test_edited(name: str, text: str) -> None:
    assert read("messages", name) == [Edited(target="wamid.FIRST", at=AT, text=text)]


def test_revoked() -> None:
    assert read("messages", "revoke") == [Revoked(target="wamid.FIRST", at=AT)]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (
            "system_new_number",
            Sender(wa_id="5511987654321", user_id="BR.13491208655302741918"),
            Sender(wa_id="5511900001111", user_id="BR.2222"),
        ),
        ("system_new_number_old_shape", Sender(wa_id="5511987654321"), Sender(wa_id="5511900001111")),
        ("system_new_user_id", Sender(user_id="BR.1"), Sender(user_id="BR.2")),
    ],
)
def test_a_changed_identity_comes_before_the_note_about_it(name: str, old: Sender, new: Sender) -> None:
    changed, note = read("messages", name)
    assert changed == IdentityChanged(at=AT, old=old, new=new)
    assert isinstance(note, Received)
    assert (note.kind, note.sender, note.wamid) == (Kind.SYSTEM, new, "wamid.SYSTEM")
    assert note.details["event"] in {"user_changed_number", "user_changed_user_id"}


def test_a_changed_security_code_is_a_note() -> None:
    found = message("system_identity")
    assert (found.kind, found.sender, found.text) == (Kind.SYSTEM, ANA, "User identity changed")


@pytest.mark.parametrize(
    ("name", "sender"),
    [
        ("user_id_only", Sender(user_id="BR.77", name="Caio", username="caio.m")),
        ("user_id_in_from", Sender(user_id="BR.77", name="Caio")),
        ("ninth_digit", Sender(wa_id="5563992484773", user_id="BR.88", name="Davi")),
        ("somebody_elses_contact", Sender(wa_id="5521977776666")),
    ],
)
def test_sender(name: str, sender: Sender) -> None:
    assert message(name).sender == sender


def test_each_message_of_a_batch_has_its_own_sender() -> None:
    found = read("messages", "two_people")
    assert [(m.sender.name, m.text) for m in found if isinstance(m, Received)] == [
        ("Beto", "de Beto"),
        ("Ana Souza", "de Ana"),
    ]


def test_times() -> None:
    assert message("milliseconds").at == datetime.fromtimestamp(1760000000.123, UTC)
    change = samples("messages")["text"]
    for wrong in (None, "", "ontem", -5, "9" * 400, True, [], 1e300, "nan"):
        change["value"]["messages"][0]["timestamp"] = wrong
        (found,) = parse(change, waba_id=WABA, received_at=NOW)
        assert isinstance(found, Received)
        assert found.at == NOW


@pytest.mark.parametrize("name", ["no_sender", "no_id"])
def test_a_message_nobody_can_be_given_is_unknown(name: str) -> None:
    raw = samples("messages")[name]["value"]["messages"][0]
    assert read("messages", name) == [Unknown(field="messages", raw=raw)]


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


@pytest.mark.parametrize("nonsense", [None, 7, "x", [], [[]], {}, {"field": 3}, {"field": "messages"}])
def test_nonsense_is_unknown(nonsense: Any) -> None:
    (found,) = parse(nonsense, waba_id=WABA)
    assert isinstance(found, Unknown)
    assert phone_number_id_of(nonsense) is None


def test_one_broken_message_does_not_hide_its_neighbours() -> None:
    change = samples("messages")["two_people"]
    change["value"]["messages"].insert(0, "garbage")
    change["value"]["messages"].insert(2, {"type": ["text"], "from": {"a": 1}})
    found = parse(change, waba_id=WABA)
    assert [type(each) for each in found] == [Unknown, Received, Unknown, Received]


LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.text(st.characters(), max_size=8)
    | st.sampled_from(
        ["", "text", "image", "system", "edit", "0", "+55 11 9", "BR.1", "\ud800", "\0", "9" * 30]
    )
)
JSON = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "type", "from", "text", "body", "errors", "\0"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, item in inner for place in _places(item, (*path, key)))]


def _replaced(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    copy = value.copy()
    copy[path[0]] = _replaced(value[path[0]], path[1:], new)
    return copy


@st.composite
def mutated(draw: st.DrawFn) -> Any:
    change = draw(st.sampled_from(EVERY_SAMPLE))
    for _ in range(draw(st.integers(1, 4))):
        change = _replaced(change, draw(st.sampled_from(_places(change))), draw(JSON))
    return change


@settings(max_examples=1200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated() | JSON)
def test_never_raises_and_never_keeps_what_cannot_be_stored(change: Any) -> None:
    phone_number_id_of(change)
    found = parse(change, waba_id=WABA)
    assert found
    for inbound in found:
        dumped = inbound.model_dump()
        assert storable(dumped) == dumped or any(map(_is_nan, _leaves(dumped)))
        assert not isinstance(inbound, Received) or inbound.sender.wa_id or inbound.sender.user_id


NASTY: list[Any] = [None, True, 7, -(2**70), 1.5, float("inf"), "", "x", "\ud800", [], ["x"], [[]], {}, {"id": {}}]


@pytest.mark.parametrize("change", EVERY_SAMPLE, ids=lambda change: change["field"])
def test_every_place_may_hold_anything(change: Any) -> None:
    for place in _places(change):
        for nasty in NASTY:
            found = parse(_replaced(change, place, nasty), waba_id=WABA, received_at=NOW)
            assert found, (place, nasty)
            orjson.dumps([inbound.model_dump() for inbound in found])


def _leaves(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [leaf for item in value.values() for leaf in _leaves(item)]
    if isinstance(value, list):
        return [leaf for item in value for leaf in _leaves(item)]
    return [value]


def _is_nan(leaf: Any) -> bool:
    return isinstance(leaf, float) and leaf != leaf  # noqa: PLR0124


def test_a_pit_has_a_floor() -> None:
    pit: Any = "bottom"
    for _ in range(5000):
        pit = [pit]
    change = samples("messages")["from_the_future"]
    change["value"]["messages"][0]["hologram"] = pit
    (found,) = parse(change, waba_id=WABA)
    assert isinstance(found, Received)
    assert len(orjson.dumps(found.details)) < 1000


def test_parsing_twice_says_the_same() -> None:
    for change in EVERY_SAMPLE:
        assert parse(change, waba_id=WABA, received_at=NOW) == parse(change, waba_id=WABA, received_at=NOW)
