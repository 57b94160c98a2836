"""This wire's words for what the desk calls otherwise, both ways."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Annotated, Any, NamedTuple, TypeVar

from pydantic import BaseModel, GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationError
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from server.desk.channels import ChannelType
from server.desk.conversations.models import ConversationStatus, Resolution
from server.desk.messages.models import Direction, Kind, Status
from server.web.wire import field_errors
from tenants.models import Role
from tenants.problems import FieldError, Invalid

C = TypeVar("C", bound=BaseModel)


@dataclass(frozen=True, eq=False)
class Spoken:
    """Put on an enumeration: it is read and written in these words, and is the desk's own in between."""

    words: Mapping[Any, str]

    def __get_pydantic_core_schema__(self, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self._read, serialization=core_schema.plain_serializer_function_ser_schema(self._written)
        )

    def __get_pydantic_json_schema__(self, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> Any:
        return {"type": "string", "enum": list(self.words.values())}

    def _read(self, value: Any) -> Any:
        if isinstance(value, Enum):
            return value
        for meant, word in self.words.items():
            if word == value:
                return meant
        expected = ", ".join(f"'{word}'" for word in self.words.values())
        raise PydanticCustomError("enum", "Valor inválido; use {expected}.", {"expected": expected})

    def _written(self, value: Any) -> str:
        return self.words[value]


class Stage(StrEnum):
    """What this wire calls a conversation's status."""

    QUEUE = "queue"
    IN_PROGRESS = "in_progress"
    RESOLVED = "resolved"
    CLOSED = "closed"


class Standing(NamedTuple):
    """What makes a stage, in the desk's words; no resolutions: whatever they are."""

    statuses: tuple[ConversationStatus, ...]
    resolutions: tuple[Resolution | None, ...] = ()


STANDINGS = {
    Stage.QUEUE: Standing((ConversationStatus.OPEN,)),
    Stage.IN_PROGRESS: Standing((ConversationStatus.IN_PROGRESS, ConversationStatus.WAITING)),
    Stage.RESOLVED: Standing((ConversationStatus.CLOSED,), (Resolution.RESOLVED,)),
    Stage.CLOSED: Standing(
        (ConversationStatus.CLOSED,), (None, *(r for r in Resolution if r is not Resolution.RESOLVED))
    ),
}


def stage_of(status: ConversationStatus, resolution: Resolution | None) -> Stage:
    return next(
        stage
        for stage, standing in STANDINGS.items()
        if status in standing.statuses and (not standing.resolutions or resolution in standing.resolutions)
    )


ROLES = {
    Role.ADMIN: "admin",
    Role.SUPERVISOR: "supervisor",
    Role.AGENT: "atendente",
    Role.VIEWER: "user",
}
RESOLUTIONS = {resolution: resolution.lower() for resolution in Resolution}
CHANNELS = {ChannelType.WHATSAPP_CLOUD: "whatsapp"}
# A note never leaves the house: this wire has no word for it, and does not show it.
DIRECTIONS = {Direction.INBOUND: "incoming", Direction.OUTBOUND: "outgoing"}
STATUSES = {status: status.lower() for status in Status}
KINDS = {kind: kind.lower() for kind in Kind if kind is not Kind.NOTE}
BOT = "bot"

RoleWord = Annotated[Role, Spoken(ROLES)]
ResolutionWord = Annotated[Resolution, Spoken(RESOLUTIONS)]
ChannelWord = Annotated[ChannelType, Spoken(CHANNELS)]
DirectionWord = Annotated[Direction, Spoken(DIRECTIONS)]
StatusWord = Annotated[Status, Spoken(STATUSES)]
KindWord = Annotated[Kind, Spoken(KINDS)]

# What the desk calls a wrong field, in this wire's words.
_FIELDS = {"userId": "to_agent_id", "mediaId": "content", "file": "content"}
_CONTENT = {
    "text": "content",
    "link": "content",
    "media_id": "content",
    "body": "content",
    "language_code": "language",
}


def field_on_wire(field: str) -> str:
    return _FIELDS.get(field, field)


def inside(field: str, model: type[C], values: Any) -> C:
    """Read what a field of a body holds."""
    try:
        return model.model_validate(values)
    except ValidationError as errors:
        wrong = field_errors(errors)
        raise Invalid(fields=[FieldError(f"{field}.{e.field}", e.message) for e in wrong]) from errors


def in_wire_names(model: Callable[..., C], **values: Any) -> C:
    """Make desk content; what is wrong is told in the names that the client used."""
    try:
        return model(**values)
    except ValidationError as errors:
        raise Invalid(fields=[_on_wire(error) for error in field_errors(errors)]) from errors


def _on_wire(error: FieldError) -> FieldError:
    head, dot, rest = error.field.partition(".")
    return FieldError(f"{_CONTENT.get(head, head)}{dot}{rest}", error.message)
