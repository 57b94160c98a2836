"""Who did what to the account."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field
from pydantic.alias_generators import to_camel

from server.desk import audit
from server.desk.audit import Filter
from server.dialects.native.fields import When
from server.dialects.native.schemas import Moment, Out, Query
from server.web.endpoint import Routes
from server.web.pages import Keyset, decode_cursor, encode_cursor
from tenants.audit import Action
from tenants.context import Context
from tenants.models import ActorKind

routes = Routes("Auditoria")


def _path(field: str) -> str:
    """`settings.close_idle_after` → `settings.closeIdleAfter`."""
    return ".".join(to_camel(part) for part in field.split("."))


def _camel(value: Any) -> Any:
    """The desk's names in the wire's spelling, all the way down; `MONDAY` is a value that stands where names do."""
    if isinstance(value, dict):
        return {to_camel(name) if name.islower() else name: _camel(part) for name, part in value.items()}
    return [_camel(part) for part in value] if isinstance(value, list) else value


class AuditQuery(Query):
    """`noun`: what it was done to: `users`, `channels`, `tenants`, …"""

    begin: Annotated[When | None, Field(validation_alias="from")] = None
    end: Annotated[When | None, Field(validation_alias="to")] = None
    actorId: str | None = None
    action: Action | None = None
    noun: str | None = None
    cursor: str | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50


class ActorOut(Out):
    """`id`: a user's, or an API key's; null of what the house did by itself."""

    id: str | None
    name: str
    kind: ActorKind


class TargetOut(Out):
    noun: str
    id: str | None
    name: str | None


class ChangeOut(Out):
    """Of a secret `before` and `after` show its last characters at most."""

    field: Annotated[str, BeforeValidator(_path)]
    before: Annotated[Any, BeforeValidator(_camel)]
    after: Annotated[Any, BeforeValidator(_camel)]


class EntryOut(Out):
    id: str
    at: Moment
    actor: ActorOut
    action: Action
    target: TargetOut
    changes: list[ChangeOut]
    ip: str | None
    requestId: str | None


class Entries(BaseModel):
    data: list[EntryOut]
    nextCursor: str | None


@routes.get("/api/audit")
async def list_audit(ctx: Context, query: AuditQuery) -> Entries:
    """Quem fez o quê na conta, do mais novo ao mais antigo."""
    wanted = Filter(query.begin, query.end, query.actorId, query.action, query.noun)
    below = decode_cursor(query.cursor) if query.cursor else None
    found, more = await audit.page(ctx, wanted, limit=query.limit, below=below)
    last = Keyset(found[-1].at, found[-1].id) if more else None
    return Entries(data=EntryOut.each(found), nextCursor=encode_cursor(last) if last else None)
