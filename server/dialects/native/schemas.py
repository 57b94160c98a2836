"""What every native schema shares: field names speak the wire (camelCase), aliases speak the desk (snake_case)."""

from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import AliasGenerator, BaseModel, ConfigDict, Field, PlainSerializer
from pydantic.alias_generators import to_snake

from server.web.wire import iso

Moment = Annotated[datetime, PlainSerializer(iso, return_type=str)]


class Out(BaseModel):
    """Read straight off the desk's models: `tenantId` is taken from `tenant_id`."""

    model_config = ConfigDict(
        from_attributes=True,
        populate_by_name=True,
        alias_generator=AliasGenerator(validation_alias=to_snake),
        # An answer has all its fields: a default fills one in, and leaves none out.
        json_schema_serialization_defaults_required=True,
    )

    @classmethod
    def of(cls, thing: Any) -> Self:
        return cls.model_validate(thing)

    @classmethod
    def each(cls, things: Any) -> list[Self]:
        return [cls.model_validate(thing) for thing in things]


class In(BaseModel):
    """A body. `for_desk()` gives what was sent, in the desk's names. An unknown field is an error."""

    model_config = ConfigDict(extra="forbid", alias_generator=AliasGenerator(serialization_alias=to_snake))

    def for_desk(self) -> dict[str, Any]:
        return self.model_dump(by_alias=True, exclude_unset=True)


class Query(BaseModel):
    """A query string. An unknown parameter is ignored: clients add cache busters and tracking of their own."""

    model_config = ConfigDict(extra="ignore", alias_generator=AliasGenerator(serialization_alias=to_snake))


class PageQuery(Query):
    page: Annotated[int, Field(ge=1, le=100_000)] = 1
    limit: Annotated[int, Field(ge=1, le=100)] = 20


class Pagination(BaseModel):
    page: int
    limit: int
    total: int
    pages: int
    totalPages: int

    @classmethod
    def over(cls, total: int, page: int, limit: int) -> Self:
        pages = -(-total // limit)
        return cls(page=page, limit=limit, total=total, pages=pages, totalPages=pages)
