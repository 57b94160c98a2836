"""What every schema of this dialect shares: field names speak the wire, aliases speak the desk."""

from datetime import UTC, datetime
from typing import Annotated, Any, Self, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema

# Whole numbers that JavaScript keeps exactly; MongoDB keeps more.
Number = Annotated[int, Field(ge=1, le=2**53 - 1)]
MAX_PAGE = 100_000


def _no_text(value: Any) -> Any:
    if not isinstance(value, str | bool):
        return value
    raise ValueError("Precisa ser um número inteiro.")


# On a number of a body, where JSON tells numbers from texts; 1.0 is a whole one.
NoText = BeforeValidator(_no_text)


def _iso(moment: datetime) -> str:
    """As the document prints it: `2026-02-01T10:00:00Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


Moment = Annotated[
    datetime,
    PlainSerializer(_iso, return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]


def _with_plus(phone: Any) -> Any:
    return f"+{phone}" if phone else None


# The desk keeps digits only.
CustomerPhone = Annotated[str | None, BeforeValidator(_with_plus)]

T = TypeVar("T")
# Of the desk, for what is made of it; not shown itself.
Hidden = Annotated[T, Field(exclude=True)]


class Out(BaseModel):
    """Read straight off the desk's models. `context`: what else a field needs to know (pydantic's validation context)."""

    model_config = ConfigDict(from_attributes=True, populate_by_name=True)

    @classmethod
    def of(cls, thing: Any, **context: Any) -> Self:
        return cls.model_validate(thing, context=context)

    @classmethod
    def each(cls, things: Any, **context: Any) -> list[Self]:
        return [cls.model_validate(thing, context=context) for thing in things]


class In(BaseModel):
    """A body. An unknown field is an error."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    def for_desk(self) -> dict[str, Any]:
        """What was sent, in the desk's names and values."""
        fields = type(self).model_fields
        return {
            fields[name].serialization_alias or name: getattr(self, name) for name in self.model_fields_set
        }


class Query(BaseModel):
    """A query string. An unknown parameter is ignored: clients add cache busters and tracking of their own."""

    model_config = ConfigDict(extra="ignore")


class PageQuery(Query):
    page: Annotated[int, Field(ge=1, le=MAX_PAGE)] = 1
    limit: Annotated[int, Field(ge=1, le=100)] = 20

    @property
    def skip(self) -> int:
        return (self.page - 1) * self.limit


class Page(Out):
    """Each page names its rows itself: `users`, `conversations`."""

    total: int
    page: int
    pages: int


def pages_of(total: int, limit: int) -> int:
    return -(-total // limit)
