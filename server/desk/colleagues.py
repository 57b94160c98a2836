"""The tenant's people as the desk sees them: with the conversations on their hands."""

from collections.abc import Sequence
from typing import Unpack

from tenants import users
from tenants.context import Context
from tenants.db import Database
from tenants.models import Role, User, UserStatus
from tenants.permissions import Permission, roles_with
from tenants.users import NewUser, UserChanges

WORKING_ROLES = roles_with(Permission.CONVERSATIONS_WORK)
ABLE = {"status": UserStatus.ACTIVE, "role": {"$in": WORKING_ROLES}}  # the filter of who may answer customers


class Colleague(User):
    """`open_conversations` counts those assigned to the user that are not closed."""

    open_conversations: int = 0


async def page(
    ctx: Context, *, status: UserStatus | None, role: Role | None, page: int, limit: int
) -> tuple[list[Colleague], int]:
    """One page by name, and how many there are in all."""
    found, total = await users.page(ctx, status=status, role=role, page=page, limit=limit)
    return await _with_load(ctx, found), total


async def by_id(ctx: Context, id: str) -> Colleague:
    return (await _with_load(ctx, [await users.by_id(ctx, id)]))[0]


async def create(ctx: Context, database: Database, new: NewUser) -> Colleague:
    return Colleague(**(await users.create(ctx, database, new)).model_dump())


async def change(ctx: Context, database: Database, id: str, **changes: Unpack[UserChanges]) -> Colleague:
    user = await users.change(ctx, database, id, **changes)
    if changes.keys() & {"name", "email"}:
        # Outside the transaction: closed conversations carry the name too, and there may be any number of them.
        copy = {"assigned_to.name": user.name, "assigned_to.email": user.email}
        await ctx.db.conversations.update_all({"assigned_to_id": id}, {"$set": copy})
    return (await _with_load(ctx, [user]))[0]


async def _with_load(ctx: Context, found: Sequence[User]) -> list[Colleague]:
    assigned = {
        "assigned_to_id": {"$in": [user.id for user in found]},
        "status": {"$ne": "CLOSED"},
        "open": True,
    }
    counted = await ctx.db.conversations.aggregate(
        [{"$match": assigned}, {"$group": {"_id": "$assigned_to_id", "count": {"$sum": 1}}}]
    )
    load = {row["_id"]: row["count"] for row in counted}
    return [Colleague(**user.model_dump(), open_conversations=load.get(user.id, 0)) for user in found]
