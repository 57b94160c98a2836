"""The body of `POST /{phone number id}/messages` for every kind of message (whatsapp.md 1.2)."""

from collections.abc import Callable
from typing import Any

from server.channels.base import Outgoing, Remedy, SendFailed, Verdict
from server.channels.meta_cloud.reading import Json, present
from server.desk.media_types import kind_of
from server.desk.messages.models import MEDIA_KINDS, Kind, Media, SendError

CAPTIONED = frozenset({Kind.IMAGE, Kind.VIDEO, Kind.DOCUMENT})

UNSENDABLE = SendError(
    code="UNSUPPORTED",
    title="Este tipo de mensagem não é enviado",
    cause="O WhatsApp não tem como levar esta mensagem ao cliente.",
    next_step="Escreva de outra forma.",
)
NO_RECIPIENT = SendError(
    code="NO_RECIPIENT",
    title="Cliente sem identificação no WhatsApp",
    cause="O contato não tem telefone nem identificador do WhatsApp.",
    next_step="Cadastre o telefone do contato.",
)
NO_FILE = SendError(
    code="NO_FILE",
    title="Mensagem sem arquivo",
    cause="O arquivo da mensagem não está disponível para envio.",
    next_step="Anexe o arquivo de novo.",
)


def payload(outgoing: Outgoing) -> Json:
    """Raises SendFailed (rejected) for what cannot be sent at all."""
    kind, content = _content(outgoing)
    body: Json = {"messaging_product": "whatsapp", "recipient_type": "individual", **_recipient(outgoing)}
    if outgoing.reply_to and outgoing.kind is not Kind.REACTION:
        body["context"] = {"message_id": outgoing.reply_to}
    if outgoing.opaque:
        body["biz_opaque_callback_data"] = outgoing.opaque
    return body | {"type": kind, kind: content}


def read_receipt(wamid: str, *, typing: bool) -> Json:
    body: Json = {"messaging_product": "whatsapp", "status": "read", "message_id": wamid}
    return body | ({"typing_indicator": {"type": "text"}} if typing else {})


def _recipient(outgoing: Outgoing) -> Json:
    if outgoing.to:
        return {"to": outgoing.to}
    if outgoing.user_id:
        return {"recipient": outgoing.user_id}
    raise _unsendable(NO_RECIPIENT)


def _content(outgoing: Outgoing) -> tuple[str, Any]:
    if outgoing.kind in MEDIA_KINDS:
        return outgoing.kind.value.lower(), _media(outgoing)
    build = BUILDERS.get(outgoing.kind)
    if build is None:
        raise _unsendable(UNSENDABLE)
    return outgoing.kind.value.lower(), build(outgoing)


def _unsendable(error: SendError) -> SendFailed:
    return SendFailed(Verdict.REJECTED, Remedy.GIVE_UP, error)


def _text(outgoing: Outgoing) -> Json:
    return {"body": outgoing.text, "preview_url": bool(outgoing.details.get("preview_url"))}


def _media(outgoing: Outgoing) -> Json:
    if outgoing.media is None:
        raise _unsendable(NO_FILE)
    content = _source(outgoing.media)
    if outgoing.kind in CAPTIONED and outgoing.text:
        content["caption"] = outgoing.text
    if outgoing.kind is Kind.DOCUMENT and outgoing.media.filename:
        content["filename"] = outgoing.media.filename
    if outgoing.kind is Kind.AUDIO and outgoing.media.voice:
        content["voice"] = True
    return content


def _source(media: Media) -> Json:
    if media.provider_id:
        return {"id": media.provider_id}
    if media.link:
        return {"link": media.link}
    raise _unsendable(NO_FILE)


def _location(outgoing: Outgoing) -> Json:
    return present(outgoing.details, "latitude", "longitude", "name", "address")


def _contacts(outgoing: Outgoing) -> Any:
    return outgoing.details["contacts"]


def _reaction(outgoing: Outgoing) -> Json:
    target = outgoing.target_wamid or outgoing.details["target"]
    return {"message_id": target, "emoji": outgoing.details.get("emoji", "")}


def _template(outgoing: Outgoing) -> Json:
    details = outgoing.details
    components: list[Json] = list(details.get("components") or _components(details.get("parameters") or []))
    if outgoing.media and not any(_is_header(component) for component in components):
        components.insert(0, _media_header(outgoing.media))
    template: Json = {"name": details["template_name"], "language": {"code": details["language_code"]}}
    return template | ({"components": components} if components else {})


def _components(parameters: list[str]) -> list[Json]:
    filled = [{"type": "text", "text": value} for value in parameters]
    return [{"type": "body", "parameters": filled}] if filled else []


def _is_header(component: Json) -> bool:
    return str(component.get("type")).lower() == "header"


def _media_header(media: Media) -> Json:
    kind = kind_of(media.mime_type or "").value.lower()
    content = _source(media)
    if kind == "document" and media.filename:
        content["filename"] = media.filename
    return {"type": "header", "parameters": [{"type": kind, kind: content}]}


def _interactive(outgoing: Outgoing) -> Json:
    details = outgoing.details
    kind = details.get("interactive_type")
    action = ACTIONS.get(str(kind))
    if action is None:
        raise _unsendable(UNSENDABLE)
    body: Json = {"type": kind, "body": {"text": details.get("body_text") or outgoing.text}}
    if details.get("header_text"):
        body["header"] = {"type": "text", "text": details["header_text"]}
    if details.get("footer_text"):
        body["footer"] = {"text": details["footer_text"]}
    return body | {"action": action(details)}


def _buttons(details: Json) -> Json:
    return {
        "buttons": [{"type": "reply", "reply": present(each, "id", "title")} for each in details["buttons"]]
    }


def _list(details: Json) -> Json:
    sections = [
        present({"title": section.get("title") or None}, "title")
        | {"rows": [_row(row) for row in section["rows"]]}
        for section in details["sections"]
    ]
    return {"button": details["button_text"], "sections": sections}


def _row(row: Json) -> Json:
    words = present(row, "id", "title")
    return words | ({"description": row["description"]} if row.get("description") else {})


ACTIONS: dict[str, Callable[[Json], Json]] = {"button": _buttons, "list": _list}
BUILDERS: dict[Kind, Callable[[Outgoing], Any]] = {
    Kind.TEXT: _text,
    Kind.LOCATION: _location,
    Kind.CONTACTS: _contacts,
    Kind.REACTION: _reaction,
    Kind.TEMPLATE: _template,
    Kind.INTERACTIVE: _interactive,
}
