"""What a message says, by its type (whatsapp.md 1.5)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import orjson

from server.channels.meta_cloud.reading import (
    Json,
    items,
    mapping,
    number,
    objects,
    phone,
    present,
    storable,
    text,
)
from server.desk.messages.inbound import InboundMedia
from server.desk.messages.models import Kind


@dataclass(frozen=True, slots=True)
class Said:
    kind: Kind
    text: str = ""
    details: Json = field(default_factory=dict)
    media: InboundMedia | None = None


def said(message: Json) -> Said | None:
    """None when the type is not known here, or its content is not shaped as documented."""
    kind = text(message.get("type"))
    reader = READERS.get(kind or "")
    return reader(message.get(kind)) if kind and reader else None


def _text(content: Any) -> Said | None:
    body = text(mapping(content).get("body"))
    return Said(Kind.TEXT, body) if body else None


def _media(kind: Kind) -> Callable[[Any], Said | None]:
    def read(content: Any) -> Said | None:
        file = mapping(content)
        media_id = text(file.get("id"))
        if not media_id:
            return None
        media = InboundMedia(
            provider_id=media_id,
            mime_type=text(file.get("mime_type")),
            sha256=text(file.get("sha256")),
            filename=text(file.get("filename")),
            voice=file.get("voice") is True,
            animated=file.get("animated") is True,
            url=text(file.get("url")),
        )
        return Said(kind, text(file.get("caption")) or "", media=media)

    return read


def _location(content: Any) -> Said | None:
    place = mapping(content)
    latitude, longitude = number(place.get("latitude")), number(place.get("longitude"))
    if latitude is None or longitude is None or not (abs(latitude) <= 90 and abs(longitude) <= 180):
        return None
    words = {name: text(place.get(name)) for name in ("name", "address", "url")}
    details: Json = {"latitude": latitude, "longitude": longitude} | present(words, *words)
    return Said(Kind.LOCATION, words["name"] or words["address"] or "", details)


def _contacts(content: Any) -> Said | None:
    cards = objects(content)
    if not cards:
        return None
    names = [_card_name(card) for card in cards]
    return Said(Kind.CONTACTS, ", ".join(name for name in names if name), {"contacts": cards})


def _card_name(card: Json) -> str | None:
    name = mapping(card.get("name"))
    phones = objects(card.get("phones"))
    return (
        text(name.get("formatted_name"))
        or text(name.get("first_name"))
        or (text(phones[0].get("phone")) if phones else None)
    )


def _reaction(content: Any) -> Said | None:
    target = text(mapping(content).get("message_id"))
    if not target:
        return None
    emoji = text(mapping(content).get("emoji")) or ""
    return Said(Kind.REACTION, emoji, {"emoji": emoji, "target": target})


def _button(content: Any) -> Said | None:
    button = mapping(content)
    title, payload = text(button.get("text")), text(button.get("payload"))
    if not (title or payload):
        return None
    details = present({"title": title, "payload": payload}, "title", "payload")
    return Said(Kind.INTERACTIVE, title or payload or "", {"interactive_type": "template_button", **details})


def _interactive(content: Any) -> Said | None:
    kind = text(mapping(content).get("type")) or ""
    reply = mapping(mapping(content).get(kind))
    if kind == "nfm_reply":
        return _form(reply)
    if kind not in ("button_reply", "list_reply"):
        return None
    words = {name: text(reply.get(name)) for name in ("id", "title", "description")}
    if not (words["id"] or words["title"]):
        return None
    details = {"interactive_type": kind, **present(words, *words)}
    return Said(Kind.INTERACTIVE, words["title"] or words["id"] or "", details)


def _form(reply: Json) -> Said | None:
    if reply.get("response_json") is None:
        return None
    words = {"title": text(reply.get("body")), "name": text(reply.get("name"))}
    details = {"interactive_type": "form_reply", "response": _decoded(reply["response_json"])}
    return Said(Kind.INTERACTIVE, words["title"] or "", details | present(words, *words))


def _decoded(written: Any) -> Any:
    if not isinstance(written, str):
        return written
    try:
        return storable(orjson.loads(written))
    except orjson.JSONDecodeError:
        return written


def _order(content: Any) -> Said | None:
    order = mapping(content)
    products = objects(order.get("product_items"))
    if not products:
        return None
    details: Json = {"items": products} | present({"catalog_id": text(order.get("catalog_id"))}, "catalog_id")
    return Said(Kind.ORDER, text(order.get("text")) or "", details)


def _system(content: Any) -> Said | None:
    system = mapping(content)
    event = text(system.get("type"))
    if not event:
        return None
    details = {name: text(system.get(name)) for name in ("user_id", "previous_user_id")}
    details["wa_id"] = phone(system.get("wa_id")) or phone(system.get("new_wa_id"))
    return Said(Kind.SYSTEM, text(system.get("body")) or "", {"event": event, **present(details, *details)})


def _chat_opened(content: Any) -> Said:
    return Said(Kind.SYSTEM, details={"event": "request_welcome"})


READERS: dict[str, Callable[[Any], Said | None]] = {
    "text": _text,
    "image": _media(Kind.IMAGE),
    "video": _media(Kind.VIDEO),
    "audio": _media(Kind.AUDIO),
    "voice": _media(Kind.AUDIO),
    "document": _media(Kind.DOCUMENT),
    "sticker": _media(Kind.STICKER),
    "location": _location,
    "contacts": _contacts,
    "reaction": _reaction,
    "button": _button,
    "interactive": _interactive,
    "order": _order,
    "system": _system,
    "request_welcome": _chat_opened,
}


def surroundings(message: Json) -> Json:
    """What any type may come with: forwarding, the ad it answers, the product it asks about, its group."""
    context = mapping(message.get("context"))
    flags = {name: True for name in ("forwarded", "frequently_forwarded") if context.get(name) is True}
    product = mapping(context.get("referred_product"))
    referral = mapping(message.get("referral"))
    return (
        flags
        | ({"referred_product": product} if product else {})
        | ({"referral": referral} if referral else {})
        | present({"group_id": text(message.get("group_id"))}, "group_id")
    )


def replied_to(message: Json) -> str | None:
    return text(mapping(message.get("context")).get("id"))


def why_unsupported(message: Json) -> Json:
    """`reason`: the type WhatsApp names, or the error it gives instead of the content."""
    kind = text(message.get("type")) or "untyped"
    errors = [mapping(error) for error in items(message.get("errors"))]
    named = text(mapping(message.get("unsupported")).get("type"))
    title = text(errors[0].get("title")) if errors else None
    return {"reason": named or title or kind, "raw": message}
