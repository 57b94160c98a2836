"""What is posted for every kind of message, word for word."""

from typing import Any

import pytest

from server.channels.base import Outgoing, SendFailed, Verdict
from server.channels.meta_cloud.send import payload, read_receipt
from server.desk.messages.content import (
    Button,
    Buttons,
    Contacts,
    Content,
    ListMenu,
    Location,
    ReactionContent,
    Template,
    Text,
)
from server.desk.messages.models import Kind, Media

ENVELOPE = {"messaging_product": "whatsapp", "recipient_type": "individual", "to": "5511987654321"}


def outgoing(content: Content, **more: Any) -> Outgoing:
    fields = {"kind": content.kind, "text": content.text_shown, "details": content.details()}
    return Outgoing(**({"to": "5511987654321"} | fields | more))


def with_media(kind: Kind, media: Media | None, *, text: str = "") -> Outgoing:
    return Outgoing(to="5511987654321", kind=kind, text=text, details={}, media=media)


CARD: dict[str, Any] = {
    "name": {"formatted_name": "Bruno Lima", "first_name": "Bruno"},
    "phones": [{"phone": "+5521998887766", "type": "CELL"}],
}
BUTTONS = Buttons(
    body_text="Confirma?",
    buttons=[Button(id="s", title="Sim"), Button(id="n", title="Não")],
    header_text="Reserva",
    footer_text="Hotel",
)
MENU = ListMenu.model_validate(
    {
        "body_text": "Escolha",
        "button_text": "Ver planos",
        "sections": [
            {"title": "Casa", "rows": [{"id": "1", "title": "100 Mb", "description": "R$ 79"}]},
            {"title": "Empresa", "rows": [{"id": "2", "title": "300 Mb"}]},
        ],
    }
)
COMPONENTS = [
    {"type": "header", "parameters": [{"type": "image", "image": {"id": "55"}}]},
    {"type": "button", "sub_type": "url", "index": "0", "parameters": [{"type": "text", "text": "x"}]},
]


@pytest.mark.parametrize(
    ("content", "kind", "body"),
    [
        (Text(text="Olá https://x.br"), "text", {"body": "Olá https://x.br", "preview_url": True}),
        (Text(text="Olá", preview_url=False), "text", {"body": "Olá", "preview_url": False}),
        (
            Location(latitude=-23.5, longitude=-46.6, name="Loja", address="Rua A, 1"),
            "location",
            {"latitude": -23.5, "longitude": -46.6, "name": "Loja", "address": "Rua A, 1"},
        ),
        (Location(latitude=0.0, longitude=0.0), "location", {"latitude": 0.0, "longitude": 0.0}),
        (Contacts.model_validate({"contacts": [CARD]}), "contacts", [CARD]),
        (
            BUTTONS,
            "interactive",
            {
                "type": "button",
                "header": {"type": "text", "text": "Reserva"},
                "body": {"text": "Confirma?"},
                "footer": {"text": "Hotel"},
                "action": {
                    "buttons": [
                        {"type": "reply", "reply": {"id": "s", "title": "Sim"}},
                        {"type": "reply", "reply": {"id": "n", "title": "Não"}},
                    ]
                },
            },
        ),
        (
            MENU,
            "interactive",
            {
                "type": "list",
                "body": {"text": "Escolha"},
                "action": {
                    "button": "Ver planos",
                    "sections": [
                        {"title": "Casa", "rows": [{"id": "1", "title": "100 Mb", "description": "R$ 79"}]},
                        {"title": "Empresa", "rows": [{"id": "2", "title": "300 Mb"}]},
                    ],
                },
            },
        ),
        (
            Template(template_name="boas_vindas"),
            "template",
            {"name": "boas_vindas", "language": {"code": "pt_BR"}},
        ),
        (
            Template(template_name="confirma", language_code="en_US", parameters=["Ana", "10/12"]),
            "template",
            {
                "name": "confirma",
                "language": {"code": "en_US"},
                "components": [
                    {
                        "type": "body",
                        "parameters": [{"type": "text", "text": "Ana"}, {"type": "text", "text": "10/12"}],
                    }
                ],
            },
        ),
        (
            Template(template_name="oferta", parameters=["ignorado"], components=COMPONENTS),
            "template",
            {"name": "oferta", "language": {"code": "pt_BR"}, "components": COMPONENTS},
        ),
    ],
)
def test_content(content: Content, kind: str, body: Any) -> None:
    assert payload(outgoing(content)) == ENVELOPE | {"type": kind, kind: body}


@pytest.mark.parametrize(
    ("kind", "media", "text", "body"),
    [
        (Kind.IMAGE, Media(provider_id="9"), "Foto", {"id": "9", "caption": "Foto"}),
        (Kind.IMAGE, Media(link="https://x.br/a.jpg"), "", {"link": "https://x.br/a.jpg"}),
        (Kind.IMAGE, Media(provider_id="9", link="https://x.br/a.jpg"), "", {"id": "9"}),
        (Kind.VIDEO, Media(provider_id="9"), "Vídeo", {"id": "9", "caption": "Vídeo"}),
        (Kind.AUDIO, Media(provider_id="9"), "", {"id": "9"}),
        (Kind.AUDIO, Media(provider_id="9", voice=True), "", {"id": "9", "voice": True}),
        (
            Kind.DOCUMENT,
            Media(provider_id="9", filename="a.pdf"),
            "Contrato",
            {"id": "9", "caption": "Contrato", "filename": "a.pdf"},
        ),
        (Kind.STICKER, Media(provider_id="9", filename="a.webp", animated=True), "", {"id": "9"}),
    ],
)
def test_media(kind: Kind, media: Media, text: str, body: Any) -> None:
    name = kind.value.lower()
    assert payload(with_media(kind, media, text=text)) == ENVELOPE | {"type": name, name: body}


@pytest.mark.parametrize("emoji", ["👍", ""])
def test_reaction_goes_to_the_message_on_the_provider(emoji: str) -> None:
    content = ReactionContent(target="01JOURS", emoji=emoji)
    body = payload(outgoing(content, target_wamid="wamid.Q", reply_to="wamid.Q"))
    assert body == ENVELOPE | {"type": "reaction", "reaction": {"message_id": "wamid.Q", "emoji": emoji}}


def test_reply_and_what_comes_back_with_statuses() -> None:
    body = payload(outgoing(Text(text="Sim"), reply_to="wamid.Q", opaque='{"m":"1","a":1}'))
    assert body["context"] == {"message_id": "wamid.Q"}
    assert body["biz_opaque_callback_data"] == '{"m":"1","a":1}'


def test_a_customer_without_a_phone_is_a_recipient() -> None:
    body = payload(outgoing(Text(text="Oi"), to=None, user_id="BR.77"))
    assert body["recipient"] == "BR.77"
    assert "to" not in body
    both = payload(outgoing(Text(text="Oi"), user_id="BR.77"))
    assert both["to"] == "5511987654321"
    assert "recipient" not in both


def test_a_template_may_carry_a_file_in_its_header() -> None:
    media = Media(provider_id="9", mime_type="application/pdf", filename="boleto.pdf")
    template = payload(outgoing(Template(template_name="boleto", parameters=["Ana"]), media=media))[
        "template"
    ]
    assert template["components"] == [
        {
            "type": "header",
            "parameters": [{"type": "document", "document": {"id": "9", "filename": "boleto.pdf"}}],
        },
        {"type": "body", "parameters": [{"type": "text", "text": "Ana"}]},
    ]
    explicit = outgoing(Template(template_name="oferta", components=COMPONENTS), media=media)
    assert payload(explicit)["template"]["components"] == COMPONENTS


@pytest.mark.parametrize(
    ("unsendable", "code"),
    [
        (Outgoing(to=None, kind=Kind.TEXT, text="Oi", details={}), "NO_RECIPIENT"),
        (with_media(Kind.IMAGE, None), "NO_FILE"),
        (with_media(Kind.IMAGE, Media(id="ours")), "NO_FILE"),
        (Outgoing(to="55", kind=Kind.NOTE, text="só nossa", details={}), "UNSUPPORTED"),
        (Outgoing(to="55", kind=Kind.ORDER, text="", details={}), "UNSUPPORTED"),
        (Outgoing(to="55", kind=Kind.INTERACTIVE, text="", details={}), "UNSUPPORTED"),
    ],
)
def test_what_cannot_be_sent_is_refused_before_anything_leaves(unsendable: Outgoing, code: str) -> None:
    with pytest.raises(SendFailed) as raised:
        payload(unsendable)
    assert (raised.value.verdict, raised.value.error.code) == (Verdict.REJECTED, code)


def test_read_receipt() -> None:
    read = {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.Q"}
    assert read_receipt("wamid.Q", typing=False) == read
    assert read_receipt("wamid.Q", typing=True) == read | {"typing_indicator": {"type": "text"}}
