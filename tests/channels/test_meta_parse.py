"""Messages of customers, of every kind that Meta documents."""

from datetime import UTC, datetime
from typing import Any

import pytest

from server.channels.meta_cloud.parse import parse
from server.desk.messages.inbound import Edited, IdentityChanged, Received, Revoked, Sender, Unknown
from server.desk.messages.models import Kind
from tests.channels.meta_samples import ANA, AT, NOW, WABA, read, samples


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
    wrong_times: list[Any] = [None, "", "ontem", -5, "9" * 400, True, [], 1e300, "nan"]
    for wrong in wrong_times:
        change["value"]["messages"][0]["timestamp"] = wrong
        (found,) = parse(change, waba_id=WABA, received_at=NOW)
        assert isinstance(found, Received)
        assert found.at == NOW


@pytest.mark.parametrize("name", ["no_sender", "no_id"])
def test_a_message_nobody_can_be_given_is_unknown(name: str) -> None:
    raw = samples("messages")[name]["value"]["messages"][0]
    assert read("messages", name) == [Unknown(field="messages", raw=raw)]
