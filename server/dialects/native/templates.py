"""Approved message templates: listed from our copy, read anew on request."""

from typing import Any

from pydantic import BaseModel

from server.channels.base import Remedy, SendFailed
from server.channels.registry import open_channel
from server.desk import channels, templates
from server.desk.channels import Channel
from server.dialects.native.schemas import Moment, Out, Query
from server.runtime import Runtime
from server.web.endpoint import Routes
from tenants.context import Context
from tenants.permissions import Permission, requires
from tenants.problems import Conflict, Problem, Unavailable

routes = Routes("Modelos")
# What somebody has to put right, however often it is tried.
_LASTING = (Remedy.PARK_CHANNEL, Remedy.GIVE_UP)


class ProviderRefused(Conflict):
    code = "PROVIDER_REFUSED"


class TemplateQuery(Query):
    channelId: str | None = None
    status: str | None = None
    language: str | None = None


class TemplateOut(Out):
    """`body` keeps its placeholders (`{{1}}`); `parameterCount` says how many values it asks for."""

    id: str
    channelId: str
    name: str
    language: str
    status: str
    category: str | None
    body: str
    parameterCount: int
    components: list[dict[str, Any]]
    rejectedReason: str | None
    updatedAt: Moment


class Templates(BaseModel):
    data: list[TemplateOut]


class Synced(BaseModel):
    synced: int


@routes.get("/api/templates")
async def list_templates(ctx: Context, query: TemplateQuery) -> Templates:
    """Os modelos de mensagem, por nome."""
    found = await templates.every(
        ctx, channel_id=query.channelId, status=query.status, language=query.language
    )
    return Templates(data=TemplateOut.each(found))


@routes.post("/api/templates/sync", also=(404,))
async def sync_templates(ctx: Context, runtime: Runtime, query: TemplateQuery) -> Synced:
    """Lê os modelos no provedor agora, de um canal (`channelId`) ou de todos; 409 com a causa se ele recusar, 503 se não responder."""
    return Synced(synced=await _sync(ctx, runtime, query.channelId))


@requires(Permission.CATALOG_EDIT)
async def _sync(ctx: Context, runtime: Runtime, channel_id: str | None) -> int:
    wanted = [await channels.by_id(ctx, channel_id)] if channel_id else await channels.every(ctx)
    return sum([await _sync_one(ctx, runtime, channel) for channel in wanted])


async def _sync_one(ctx: Context, runtime: Runtime, channel: Channel) -> int:
    try:
        listed = await open_channel(runtime, ctx.tenant.id, channel).templates()
    except SendFailed as failed:
        raise _problem(failed) from failed
    return await templates.sync(ctx, channel.id, [template.model_dump() for template in listed])


def _problem(failed: SendFailed) -> Problem:
    error = failed.error
    kind = ProviderRefused if failed.remedy in _LASTING else Unavailable
    return kind(" ".join(filter(None, (error.title, error.cause, error.next_step))))
