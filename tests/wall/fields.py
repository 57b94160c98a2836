"""Where an id may stand in a body or a query, read off the models."""

import types
import typing
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

# Fields that hold words, secrets, counts or others' names: no id of ours means anything there (`Model.field`: in that
# model). A view's filters are words until a list is asked for with them; a number that is typed is nobody's until Meta
# has answered for it (tests/channels/test_connecting.py).
# Whatever is not named here is taken for a place of an id.
PLAIN = set(
    """
    accessToken appSecret avatarUrl bodyText buttonText buttons.id buttons.title clientMessageId client_message_id color
    components context.customer_name context.customer_plan createdHour customAttributes description displayPhoneNumber
    email footerText headerText language languageCode lastSeenSeq limit locale message name newPassword nome notes
    oldPassword page parameters password phoneNumber profilePictureUrl rating reason sections.rows.description
    sections.rows.id sections.rows.title sections.title settings.assistant.instructions settings.assistant.name
    settings.closeIdleAfter settings.hours.holidays.name settings.hours.holidays.periods.closes
    settings.hours.holidays.periods.opens settings.hours.weekly settings.replies.away settings.replies.greeting
    settings.routing.capacity shortcut status templateName template_name ticketType timeZone title verifyToken wabaId
    CannedResponseIn.content CannedResponsePatch.content ChannelIn.phoneNumberId EventsQuery.after IntegrationIn.app IntegrationIn.key
    IntegrationIn.model IntegrationIn.url IntegrationPatch.app IntegrationPatch.key IntegrationPatch.model
    IntegrationPatch.url Note.content Sync.after UserIn.capacity UserPatch.capacity AuditQuery.noun WebhookIn.url
    WebhookPatch.url filters.assignedToId filters.channelId filters.search
    filters.tagId filters.teamId settings.branding.color settings.replies.survey
    """.split()  # noqa: SIM905 — a table of words
)


def id_places(model: type[BaseModel] | None) -> set[str]:
    """Dotted paths, lists passed over: `sections.rows.id`."""
    if model is None:
        return set()
    return {path for path in _texts(model, "") if not PLAIN & {path, f"{model.__name__}.{path}"}}


def _texts(annotation: Any, path: str) -> Iterator[str]:
    """The places that take a text or a whole number of the caller's choice: not an enumeration or a date."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, field in annotation.model_fields.items():
            yield from _texts(field.annotation, f"{path}.{name}".lstrip("."))
    elif annotation in (str, int, Any) or origin is dict:
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
