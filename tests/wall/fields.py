"""Where an id may stand in a body or a query, read off the models."""

import types
import typing
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

# Fields that hold words, secrets or others' names: no id of ours means anything there (`Model.field`: in that model).
# Whatever is not named here is taken for a place of an id.
PLAIN = set(
    """
    accessToken appSecret avatarUrl bodyText buttonText buttons.id buttons.title clientMessageId color components
    customAttributes description displayPhoneNumber email footerText headerText language languageCode locale name
    newPassword notes oldPassword parameters password phoneNumber profilePictureUrl reason sections.rows.description
    CannedResponseIn.content CannedResponsePatch.content Note.content sections.rows.id sections.rows.title sections.title
    IntegrationIn.app IntegrationIn.key IntegrationIn.model IntegrationIn.url IntegrationPatch.app IntegrationPatch.key
    IntegrationPatch.model IntegrationPatch.url
    shortcut status templateName timeZone title verifyToken wabaId
    """.split()  # noqa: SIM905 — a table of words
)


def id_places(model: type[BaseModel] | None) -> set[str]:
    """Dotted paths, lists passed over: `sections.rows.id`."""
    if model is None:
        return set()
    return {path for path in _texts(model, "") if not PLAIN & {path, f"{model.__name__}.{path}"}}


def _texts(annotation: Any, path: str) -> Iterator[str]:
    """The places that take a text of the caller's choice: not an enumeration, a number or a date."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, field in annotation.model_fields.items():
            yield from _texts(field.annotation, f"{path}.{name}".lstrip("."))
    elif annotation in (str, Any) or origin is dict:
        yield path
    elif origin is typing.Annotated:
        yield from _texts(arguments[0], path)
    elif origin in (typing.Union, types.UnionType, list, tuple, set, frozenset):
        for argument in arguments:
            yield from _texts(argument, path)


def places_of_others(said: Any, path: str = "") -> Iterator[str]:
    """Where in what is said something of another tenant's stands: `$noun`."""
    if isinstance(said, dict):
        for name, part in said.items():
            yield from places_of_others(part, f"{path}.{name}".lstrip("."))
    elif isinstance(said, list):
        for part in said:
            yield from places_of_others(part, path)
    elif isinstance(said, str) and "$" in said:
        yield path
