"""The native wire's names for what the desk calls otherwise."""

import re
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic.alias_generators import to_camel, to_snake

from server.desk.messages import content
from server.desk.messages.models import MEDIA_KINDS, Kind
from server.web.wire import field_errors
from tenants.problems import Invalid

C = TypeVar("C", bound=BaseModel)

# Where the desk's field is not just the wire's in another spelling.
_ON_WIRE = {"text": "content", "link": "content", "target": "metadata.messageId"}
_OUR_MEDIA = re.compile(r"(?:https?://[^/]+)?/api/media/([0-9a-z]{26})")


def snake(value: Any) -> Any:
    """The wire's keys in the desk's spelling, all the way down; a bare string is such a key."""
    if isinstance(value, str):
        return to_snake(value)
    return {to_snake(key): _snake_keys(part) for key, part in value.items()}


def _snake_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {to_snake(key): _snake_keys(part) for key, part in value.items()}
    return [_snake_keys(part) for part in value] if isinstance(value, list) else value


def in_wire_names(model: type[C], values: dict[str, Any]) -> C:
    """Validate desk content; what is wrong is told in the names that the client used."""
    try:
        return model.model_validate(values)
    except ValidationError as errors:
        raise Invalid(fields=[replace(e, field=_on_wire(e.field)) for e in field_errors(errors)]) from errors


def _on_wire(path: str) -> str:
    head, *rest = path.split(".")
    return ".".join([_ON_WIRE.get(head, to_camel(head)), *(to_camel(part) for part in rest)])


def content_of(kind: Kind, text: str, metadata: dict[str, Any], media_id: str | None) -> content.AnyContent:
    """What `POST /api/messages` means: `content` is the text or the media's address, the rest is in `metadata`."""
    if kind is Kind.TEXT:
        return in_wire_names(content.Text, {"text": text, **_only(metadata, "preview_url")})
    if kind in MEDIA_KINDS:
        return in_wire_names(content.MediaContent, _media(kind, text, metadata, media_id))
    if kind is Kind.LOCATION:
        return in_wire_names(content.Location, metadata)
    if kind is Kind.CONTACTS:
        return in_wire_names(content.Contacts, metadata)
    target = metadata.get("message_id") or metadata.get("target")
    return in_wire_names(content.ReactionContent, {"target": target, "emoji": metadata.get("emoji", text)})


def _media(kind: Kind, text: str, metadata: dict[str, Any], media_id: str | None) -> dict[str, Any]:
    ours = _OUR_MEDIA.fullmatch(text)
    media_id = media_id or metadata.get("media_id") or (ours[1] if ours else None)
    source = {"media_id": media_id} if media_id else {"link": text or None}
    return {"kind": kind, **source, **_only(metadata, "caption", "filename", "voice")}


def _only(values: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: values[name] for name in names if values.get(name) is not None}
