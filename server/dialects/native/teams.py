"""Queues with people."""

from typing import Annotated

from pydantic import BaseModel, Field

from server.desk import teams
from server.dialects.native.fields import Description, Label
from server.dialects.native.schemas import In, Moment, Out
from server.web.endpoint import Routes
from tenants.context import Context

routes = Routes("Equipes")

MemberIds = Annotated[list[str], Field(max_length=1000)]


class TeamIn(In):
    name: Label
    description: Description | None = None
    memberIds: MemberIds = []


class TeamPatch(In):
    name: Label = ""
    description: Description | None = None
    memberIds: MemberIds = []


class TeamOut(Out):
    id: str
    name: str
    description: str | None
    memberIds: list[str]
    createdAt: Moment
    updatedAt: Moment


class Teams(BaseModel):
    data: list[TeamOut]


@routes.get("/api/teams")
async def list_teams(ctx: Context) -> Teams:
    """As equipes da conta, por nome, com os seus membros."""
    return Teams(data=TeamOut.each(await teams.every(ctx)))


@routes.post("/api/teams", status=201)
async def create_team(ctx: Context, body: TeamIn) -> TeamOut:
    """Cria uma equipe."""
    return TeamOut.of(await teams.create(ctx, **body.for_desk()))


@routes.get("/api/teams/{id}")
async def get_team(ctx: Context, id: str) -> TeamOut:
    """Uma equipe."""
    return TeamOut.of(await teams.by_id(ctx, id))


@routes.patch("/api/teams/{id}")
async def change_team(ctx: Context, id: str, body: TeamPatch) -> TeamOut:
    """Muda o que for enviado; `memberIds` substitui a lista inteira."""
    return TeamOut.of(await teams.change(ctx, id, **body.for_desk()))


@routes.delete("/api/teams/{id}")
async def remove_team(ctx: Context, id: str) -> None:
    """Exclui a equipe; 409 enquanto houver conversas abertas com ela."""
    await teams.remove(ctx, id)
