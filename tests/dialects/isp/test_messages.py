"""What may be sent in the ISP dialect: text, a picture or a document in four forms, a template."""

import base64
from typing import Any

import pytest

from tests.conftest import Session
from tests.factories import PIXEL, body_of, stored
from tests.isp import Person, refusal

Json = dict[str, Any]
PICTURE = base64.b64encode(PIXEL).decode()
PAPER = base64.b64encode(b"%PDF-1.4 segunda via do boleto").decode()
LINK = "https://cdn.exemplo.com/foto.jpg"


@pytest.fixture
def path(conversation: Json) -> str:
    return f"/conversations/{conversation['id']}/messages"


async def test_text(agent: Person, path: str, hotel: Session) -> None:
    body = await body_of(await agent.post(path, {"content": "Sua internet será normalizada."}), 201)
    assert (body["type"], body["content"], body["direction"]) == (
        "text",
        "Sua internet será normalizada.",
        "outgoing",
    )
    assert (body["status"], body["sent_by"], body["caption"]) == ("sent", "Maria Atendente", None)
    kept = await stored(hotel, "messages", body["id"])
    assert (kept["kind"], kept["text"], kept["delivery"]) == ("TEXT", body["content"], "QUEUED")


async def test_the_same_key_sends_once(agent: Person, path: str, hotel: Session) -> None:
    said, headers = {"content": "Olá"}, {"Idempotency-Key": "a-mesma"}
    first = await body_of(await agent.post(path, said, headers=headers), 201)
    assert await body_of(await agent.post(path, said, headers=headers), 200) == first
    assert await hotel.db.messages.count({"direction": "OUTBOUND"}) == 1
    await refusal(
        await agent.post(path, said, headers={"Idempotency-Key": "x" * 129}),
        400, "VALIDATION_ERROR", "Idempotency-Key",
    )  # fmt: skip


@pytest.mark.parametrize("said", [LINK, {"url": LINK, "caption": "O modem"}])
async def test_a_picture_by_its_address(agent: Person, path: str, hotel: Session, said: Any) -> None:
    body = await body_of(await agent.post(path, {"type": "image", "content": said}), 201)
    assert (body["type"], body["content"]) == ("image", LINK)
    assert body["caption"] == (said["caption"] if isinstance(said, dict) else None)
    kept = await stored(hotel, "messages", body["id"])
    assert kept["media"]["link"] == LINK


@pytest.mark.parametrize(
    "said",
    [
        PICTURE,
        PICTURE[:40] + "\n" + PICTURE[40:],
        f"data:image/png;base64,{PICTURE}",
        {"url": f"data:image/png;base64,{PICTURE}", "caption": "O modem"},
        {"url": PICTURE, "filename": "modem.png"},
    ],
)
async def test_a_picture_itself(agent: Person, viewer: Person, path: str, hotel: Session, said: Any) -> None:
    body = await body_of(await agent.post(path, {"type": "image", "content": said}), 201)
    kept = await stored(hotel, "messages", body["id"])
    assert await hotel.db.files.read(kept["media"]["id"]) == PIXEL
    assert (kept["kind"], kept["media"]["mime_type"]) == ("IMAGE", "image/png")
    assert body["content"] == f"/api/v1/media/{kept['media']['id']}"
    shown = await viewer.get(body["content"].removeprefix("/api/v1"))
    assert (await shown.read(), shown.content_type) == (PIXEL, "image/png")


async def test_a_picture_is_for_its_tenant(agent: Person, stranger: Person, path: str) -> None:
    body = await body_of(await agent.post(path, {"type": "image", "content": PICTURE}), 201)
    await refusal(await stranger.get(body["content"].removeprefix("/api/v1")), 404, "NOT_FOUND")
    await refusal(await stranger.client.get(body["content"]), 401, "UNAUTHENTICATED")


@pytest.mark.parametrize("host", ["", "https://balcao.example"])
async def test_what_is_shown_can_be_sent_again(agent: Person, path: str, hotel: Session, host: str) -> None:
    """Its address has the letters of base64, and is none."""
    first = await body_of(await agent.post(path, {"type": "image", "content": PICTURE}), 201)
    said = {"type": "image", "content": host + first["content"]}
    again = await body_of(await agent.post(path, said), 201)
    assert again["content"] == first["content"]
    assert await hotel.db.media.count({}) == 1


async def test_a_large_picture_fits(agent: Person, path: str, hotel: Session) -> None:
    large = PIXEL + bytes(5 * 1024 * 1024 - len(PIXEL))
    body = await body_of(
        await agent.post(path, {"type": "image", "content": base64.b64encode(large).decode()}), 201
    )
    kept = await stored(hotel, "messages", body["id"])
    assert kept["media"]["size"] == len(large)
    beyond = base64.b64encode(large + b"x").decode()
    await refusal(
        await agent.post(path, {"type": "image", "content": beyond}), 413, "PAYLOAD_TOO_LARGE", "content"
    )
    await refusal(await agent.post(path, {"content": "x" * 8_000_000}), 413, "PAYLOAD_TOO_LARGE")
    assert await hotel.db.media.count({}) == 1


async def test_a_document(agent: Person, path: str, hotel: Session) -> None:
    said = {"url": PAPER, "filename": "boleto.pdf", "caption": "Segunda via"}
    body = await body_of(await agent.post(path, {"type": "document", "content": said}), 201)
    kept = await stored(hotel, "messages", body["id"])
    assert (kept["kind"], kept["media"]["filename"], kept["text"]) == (
        "DOCUMENT",
        "boleto.pdf",
        "Segunda via",
    )


@pytest.mark.parametrize(
    "said",
    ["boas_vindas", {"template_name": "boas_vindas", "language": "pt_BR", "components": [{"type": "body"}]}],
)
async def test_a_template(agent: Person, path: str, hotel: Session, said: Any) -> None:
    body = await body_of(await agent.post(path, {"type": "template", "content": said}), 201)
    kept = await stored(hotel, "messages", body["id"])
    assert (kept["kind"], kept["details"]["template_name"]) == ("TEMPLATE", "boas_vindas")


_WRONG: list[tuple[Json, str]] = [
    ({}, "content"),
    ({"content": ""}, "content"),
    ({"content": "  "}, "content"),
    ({"content": "x" * 4097}, "content"),
    ({"content": 7}, "content"),
    ({"content": {"url": LINK}}, "content"),
    ({"content": "x", "type": "sticker"}, "type"),
    ({"content": "x", "kind": "text"}, "kind"),
    ({"type": "image", "content": "não é base64"}, "content"),
    ({"type": "image", "content": "data:image/png;base64,@@"}, "content"),
    ({"type": "image", "content": "ftp://x"}, "content"),
    ({"type": "image", "content": {"caption": "x"}}, "content.url"),
    ({"type": "image", "content": {"url": LINK, "x": 1}}, "content.x"),
    ({"type": "image", "content": {"url": LINK, "caption": "x" * 1025}}, "content.caption"),
    ({"type": "image", "content": "https://" + "x" * 2000}, "content"),
    ({"type": "template", "content": "Nome Errado"}, "template_name"),
    ({"type": "template", "content": {"language": "pt_BR"}}, "content.template_name"),
    ({"type": "template", "content": {"template_name": "x", "language": "português"}}, "language"),
]


async def test_what_is_wrong_is_named(agent: Person, path: str, hotel: Session) -> None:
    for said, field in _WRONG:
        await refusal(await agent.post(path, said), 400, "VALIDATION_ERROR", field)
    assert await hotel.db.messages.count({"direction": "OUTBOUND"}) == 0


@pytest.mark.parametrize(
    "kind, content",
    [("image", PAPER), ("document", PICTURE), ("image", base64.b64encode(b"MZ\0\1").decode())],
)
async def test_a_file_of_another_kind_is_not_kept(
    agent: Person, path: str, hotel: Session, kind: str, content: str
) -> None:
    refused = await agent.post(path, {"type": kind, "content": content})
    await refusal(refused, 415, "UNSUPPORTED_MEDIA_TYPE", "content")
    assert await hotel.db.media.count({}) == 0


async def test_bodies_that_are_none(agent: Person, path: str) -> None:
    await refusal(
        await agent.request("POST", path, data=b"{", headers={"Content-Type": "application/json"}),
        400,
        "INVALID_JSON",
    )
    await refusal(
        await agent.request("POST", path, data=b"x", headers={"Content-Type": "text/plain"}),
        415,
        "UNSUPPORTED_MEDIA_TYPE",
    )
