"""Checks the object of every plain message type (whatsapp.md 1.2)."""

from collections.abc import Callable
from typing import Any

from server.channels.simulator.graph import errors, fields
from server.channels.simulator.graph.interactive import check_interactive
from server.channels.simulator.graph.template_send import check_template
from server.channels.simulator.media import KINDS, MediaStore
from server.channels.simulator.world import Number

Json = dict[str, Any]
MEDIA_KEYS = {
    "image": {"id", "link", "caption"},
    "video": {"id", "link", "caption"},
    "audio": {"id", "link", "voice"},
    "document": {"id", "link", "caption", "filename"},
    "sticker": {"id", "link"},
}
MOST_CONTACTS = 5


def check(number: Number, media: MediaStore, kind: str, body: Json) -> Any:
    """The checked object named by `kind`. Raises GraphError."""
    if kind not in CHECKS:
        known = ", ".join(sorted(CHECKS)).upper()
        raise errors.parameter(f"Param type must be one of {{{known}}} - got {str(kind)[:50]!r}.")
    if kind != "contacts":
        fields.section(body, kind)
    CHECKS[kind](number, media, body)
    return body[kind]


def _text(number: Number, media: MediaStore, body: Json) -> None:
    text = body["text"]
    fields.only(text, "text", {"body", "preview_url"})
    fields.text(text, "body", 4096, "text['body']")


def check_media(number: Number, media: MediaStore, kind: str, found: Json) -> None:
    """Either an uploaded `id` of a fitting type or a public `link`."""
    fields.only(found, kind, MEDIA_KEYS[kind])
    fields.text(found, "caption", 1024, f"{kind}['caption']", required=False)
    fields.text(found, "filename", 240, f"{kind}['filename']", required=False)
    if ("id" in found) == ("link" in found):
        raise errors.parameter(f"The parameter {kind} needs either an id or a link.")
    if "link" in found:
        fields.link(found, "link", f"{kind}['link']")
        return
    item = media.find(str(found["id"]), number)
    if item is None:
        raise errors.parameter(
            f"Param {kind}['id'] is not a valid whatsapp business account media attachment ID"
        )
    if item.mime_type not in KINDS[kind].mime_types:
        raise errors.GraphError(131053, details=f"Media type {item.mime_type} cannot be sent as {kind}.")


def _media(kind: str) -> Callable[[Number, MediaStore, Json], None]:
    return lambda number, media, body: check_media(number, media, kind, body[kind])


def _location(number: Number, media: MediaStore, body: Json) -> None:
    location = body["location"]
    fields.only(location, "location", {"latitude", "longitude", "name", "address"})
    fields.number(location, "latitude", 90, "location['latitude']")
    fields.number(location, "longitude", 180, "location['longitude']")
    fields.text(location, "name", 1000, "location['name']", required=False)
    fields.text(location, "address", 1000, "location['address']", required=False)


def _contacts(number: Number, media: MediaStore, body: Json) -> None:
    if body.get("contacts") is None:
        raise errors.missing("Parameter 'contacts' is mandatory.")
    for index, card in enumerate(fields.items(body, "contacts", MOST_CONTACTS, "contacts")):
        path = f"contacts[{index}]['name']"
        name = fields.section(card, "name")
        fields.text(name, "formatted_name", 1000, f"{path}['formatted_name']")
        if not any(name.get(part) for part in ("first_name", "last_name", "middle_name", "suffix", "prefix")):
            raise errors.value(f"{path}: at least one name component besides formatted_name is needed.")


def _reaction(number: Number, media: MediaStore, body: Json) -> None:
    reaction = body["reaction"]
    fields.only(reaction, "reaction", {"message_id", "emoji"})
    message_id = fields.text(reaction, "message_id", 512, "reaction['message_id']")
    if message_id not in number.messages:
        raise errors.value("Message id is invalid: no such message, or older than 30 days.")
    emoji = reaction.get("emoji")
    if not isinstance(emoji, str) or (emoji and emoji.isascii()) or len(emoji) > 16:
        raise errors.value("Param reaction['emoji'] must be a single emoji, or empty to remove the reaction.")


def _interactive(number: Number, media: MediaStore, body: Json) -> None:
    check_interactive(body["interactive"], lambda kind, found: check_media(number, media, kind, found))


def _template(number: Number, media: MediaStore, body: Json) -> None:
    check_template(number.account, body["template"])


CHECKS: dict[str, Callable[[Number, MediaStore, Json], None]] = {
    "text": _text,
    **{kind: _media(kind) for kind in MEDIA_KEYS},
    "location": _location,
    "contacts": _contacts,
    "reaction": _reaction,
    "interactive": _interactive,
    "template": _template,
}
