"""Queues with people: a conversation may wait for a team. Who is in it is kept with the user."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict, Unpack

from server.desk.events import CatalogChanged
from server.desk.words import fold
from tenants.audit import Action, Target, differences
from tenants.conflicts import duplicates_as
from tenants.context import Context, atomic
from tenants.events import AccessChanged
from tenants.ids import new_id
from tenants.models import Document
from tenants.permissions import Permission, requires
from tenants.problems import Conflict, Invalid, NotFound

_TOLD = ("name", "description", "member_ids")


class Team(Document):
    number: int
    name: str
    description: str | None = None
    member_ids: list[str] = []
    created_at: datetime
    updated_at: datetime


class TeamChanges(TypedDict, total=False):
    name: str
    description: str | None
    member_ids: list[str]


class TeamTaken(Conflict):
    message = "Já existe uma equipe com este nome."


class TeamInUse(Conflict):
    message = "A equipe tem conversas em aberto; transfira-as antes."


@requires(Permission.CATALOG_READ)
async def every(ctx: Context) -> list[Team]:
    """By name, each with its members."""
    members = await _members(ctx)
    found = await ctx.db.teams.all(sort=[("name_key", 1)])
    return [Team.of({**team, "member_ids": members[team["_id"]]}) for team in found]


@requires(Permission.CATALOG_READ)
async def by_id(ctx: Context, id: str) -> Team:
    team = await ctx.db.teams.by_id(id)
    if team is None:
        raise NotFound
    return Team.of({**team, "member_ids": (await _members(ctx))[id]})


async def _members(ctx: Context) -> dict[str, list[str]]:
    members = defaultdict(list)
    for user in await ctx.db.users.all(
        {"team_ids.0": {"$exists": True}}, sort=[("_id", 1)], fields=["team_ids"]
    ):
        for team_id in user["team_ids"]:
            members[team_id].append(user["_id"])
    return members


@requires(Permission.CATALOG_EDIT)
@duplicates_as(TeamTaken)
@atomic
async def create(
    ctx: Context, *, name: str, description: str | None = None, member_ids: Sequence[str] = ()
) -> Team:
    id = new_id()
    document = {
        "_id": id,
        "number": await ctx.db.next_number("teams"),
        "name": name,
        "name_key": fold(name),
        "description": description,
        "created_at": ctx.now(),
        "updated_at": ctx.now(),
    }
    await ctx.db.teams.insert(document)
    await _set_members(ctx, id, member_ids)
    team = await _announce(ctx, id)
    ctx.record(Action.TEAM_CREATED, _target(team), differences({}, team.model_dump(), _TOLD))
    return team


@requires(Permission.CATALOG_EDIT)
@duplicates_as(TeamTaken)
@atomic
async def change(ctx: Context, id: str, **changes: Unpack[TeamChanges]) -> Team:
    before = await by_id(ctx, id)
    fields = {name: value for name, value in changes.items() if name != "member_ids"}
    if "name" in changes:
        fields["name_key"] = fold(changes["name"])
    await ctx.db.teams.update({"_id": id}, {"$set": {**fields, "updated_at": ctx.now()}})
    if "member_ids" in changes:
        await _set_members(ctx, id, changes["member_ids"])
    team = await _announce(ctx, id)
    told = differences(before.model_dump(), team.model_dump(), _TOLD)
    ctx.record(Action.TEAM_CHANGED, _target(team), told)
    return team


async def _set_members(ctx: Context, id: str, member_ids: Sequence[str]) -> None:
    wanted = list(member_ids)
    if set(wanted) - (await ctx.db.users.by_ids(wanted)).keys():
        raise Invalid.field("memberIds", "Usuário não encontrado.")
    await ctx.db.users.update_all({"team_ids": id, "_id": {"$nin": wanted}}, {"$pull": {"team_ids": id}})
    await ctx.db.users.update_all({"_id": {"$in": wanted}}, {"$addToSet": {"team_ids": id}})
    ctx.publish(AccessChanged())


async def _announce(ctx: Context, id: str) -> Team:
    ctx.publish(CatalogChanged(noun="teams", id=id))
    return await by_id(ctx, id)


@requires(Permission.CATALOG_EDIT)
@atomic
async def remove(ctx: Context, id: str) -> None:
    """Raises TeamInUse while conversations wait for it; closed ones keep its id."""
    if await ctx.db.conversations.exists({"team_id": id, "open": True}):
        raise TeamInUse
    team = await by_id(ctx, id)
    await ctx.db.teams.delete({"_id": id})
    await _set_members(ctx, id, ())
    ctx.record(Action.TEAM_REMOVED, _target(team))
    ctx.publish(CatalogChanged(noun="teams", id=id))


def _target(team: Team) -> Target:
    return Target("teams", team.id, team.name)
