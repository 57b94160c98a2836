"""Visões salvas: the filters of `GET /api/conversations`, kept under a name."""

from typing import Annotated

from pydantic import BaseModel, Field, StrictBool, StringConstraints

from server.desk import views
from server.desk.conversations.models import ConversationStatus, Priority
from server.dialects.native.fields import Id, Label
from server.dialects.native.schemas import In, Out
from server.web.endpoint import Routes
from tenants.context import Context

routes = Routes("Visões")


class Filters(BaseModel):
    """As `GET /api/conversations` takes them, but `status` is a list; what is null narrows nothing."""

    status: Annotated[list[ConversationStatus], Field(max_length=4)] | None = None
    priority: Priority | None = None
    assignedToId: Id | None = None
    channelId: Id | None = None
    teamId: Id | None = None
    tagId: Id | None = None
    unread: StrictBool | None = None
    search: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = None


class FiltersIn(Filters, In):
    """None need be sent."""


class FiltersOut(Filters, Out):
    """All of them."""


class ViewIn(In):
    name: Label
    filters: FiltersIn
    shared: StrictBool = False


class ViewOut(Out):
    id: str
    name: str
    filters: FiltersOut
    shared: bool


class Views(BaseModel):
    data: list[ViewOut]


@routes.get("/api/views")
async def list_views(ctx: Context) -> Views:
    """As visões salvas: as suas e as da equipe toda."""
    return Views(data=ViewOut.each(await views.every(ctx)))


@routes.post("/api/views", status=201)
async def save_view(ctx: Context, body: ViewIn) -> ViewOut:
    """Salva uma visão; `shared` a mostra a todos."""
    return ViewOut.of(await views.save(ctx, **body.for_desk()))


@routes.delete("/api/views/{id}")
async def remove_view(ctx: Context, id: str) -> None:
    """Exclui uma visão."""
    await views.remove(ctx, id)
