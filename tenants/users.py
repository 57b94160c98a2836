"""The people of a tenant: who may sign in, and as what."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypedDict, Unpack

from pydantic import BaseModel, ConfigDict

from tenants import registry
from tenants.audit import SECRET, Action, Change, Target, differences
from tenants.conflicts import duplicates_as
from tenants.context import Context, atomic
from tenants.credentials import check_password_rule, hash_password, password_matches, revoke_sessions_of
from tenants.db import Database, ScopedDatabase
from tenants.events import AccessChanged, UserChanged
from tenants.ids import new_id
from tenants.models import Role, User, UserStatus
from tenants.permissions import MANAGED, Permission, requires
from tenants.problems import Conflict, Forbidden, Invalid, NotFound

# An address as people may write it: in any case, with white space around it.
EMAIL_PATTERN = (
    r"^\s*(?!.*\.\.)[A-Za-z0-9.!#$%&'*+=?^_`{|}~-]{1,64}"
    r"@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]\s*$"
)
MAX_EMAIL = 254
_UNTOLD = {"id", "number", "session_version", "last_login_at", "created_at", "updated_at"}
_TOLD = [field for field in User.model_fields if field not in _UNTOLD]
_NEW_PASSWORD = Change("password", SECRET, SECRET)


class EmailTaken(Conflict):
    message = "Já existe um usuário com este e-mail."


class LastAdmin(Conflict):
    message = "A conta precisa de ao menos um administrador ativo."


class WrongPassword(Invalid):
    code = "WRONG_PASSWORD"
    message = "A senha atual não confere."


class NewUser(BaseModel):
    """`email` as `normal_email` gives it."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    email: str
    name: str
    password: str
    role: Role = Role.AGENT
    team_ids: tuple[str, ...] = ()
    capacity: int | None = None


class UserChanges(TypedDict, total=False):
    email: str
    name: str
    password: str
    role: Role
    status: UserStatus
    avatar_url: str | None
    team_ids: list[str]
    capacity: int | None


def normal_email(text: str) -> str:
    """Trimmed and in lower case. Raises ValueError, in Portuguese, for what cannot be an address."""
    email = text.strip().lower()
    if len(email) > MAX_EMAIL or not re.fullmatch(EMAIL_PATTERN, email):
        raise ValueError("E-mail inválido.")
    return email


@requires(Permission.CATALOG_READ)
async def page(
    ctx: Context, *, status: UserStatus | None, role: Role | None, page: int, limit: int
) -> tuple[list[User], int]:
    """One page by name, and how many there are in all."""
    where = {field: wanted for field, wanted in (("status", status), ("role", role)) if wanted}
    found = await ctx.db.users.all(
        where, sort=[("name", 1), ("_id", 1)], skip=(page - 1) * limit, limit=limit
    )
    return [User.of(user) for user in found], await ctx.db.users.count(where)


@requires(Permission.CATALOG_READ)
async def by_id(ctx: Context, id: str) -> User:
    found = await ctx.db.users.by_id(id)
    if found is None:
        raise NotFound
    return User.of(found)


@requires(Permission.CATALOG_READ)
async def by_number(ctx: Context, number: int) -> User:
    found = await ctx.db.users.one({"number": number})
    if found is None:
        raise NotFound
    return User.of(found)


@requires(Permission.AGENTS_EDIT)
@duplicates_as(EmailTaken)
async def create(ctx: Context, database: Database, new: NewUser) -> User:
    """Raises EmailTaken; Forbidden for a role that the actor may not give."""
    _may_manage(ctx, new.role)
    check_password_rule(new.password)
    password_hash = await hash_password(new.password, rounds=ctx.keys.password_rounds)
    # First the way in: an address that leads to a tenant without such a user is harmless, a user without one is lost.
    await claim_email(database, new.email, ctx.tenant.id)
    return await _create(ctx, new, password_hash)


@atomic
async def _create(ctx: Context, new: NewUser, password_hash: str) -> User:
    await _check_teams(ctx, new.team_ids)
    user = await store(ctx.db, new, password_hash=password_hash, at=ctx.now())
    ctx.record(Action.USER_CREATED, _target(user), differences({}, _public(user), _TOLD))
    ctx.publish(UserChanged(user=_public(user)))
    return user


async def store(db: ScopedDatabase, new: NewUser, *, password_hash: str, at: datetime) -> User:
    """Only the document. `create` is the verb; sign-up has no context yet."""
    fields = {
        **new.model_dump(exclude={"password"}),
        "_id": new_id(),
        "number": await db.next_number("users"),
        "password_hash": password_hash,
        "status": UserStatus.ACTIVE,
        "session_version": 1,
        "created_at": at,
        "updated_at": at,
    }
    return User.of(await db.users.insert(fields))


def _may_manage(ctx: Context, *roles: Role) -> None:
    if not ctx.can(Permission.USERS_EDIT) and set(roles) - set(MANAGED):
        raise Forbidden


@requires(Permission.AGENTS_EDIT)
@duplicates_as(EmailTaken)
async def change(ctx: Context, database: Database, id: str, **changes: Unpack[UserChanges]) -> User:
    """A new role, password or deactivation signs the user out everywhere. Raises LastAdmin.

    Forbidden for a user, or to a role, that the actor may not manage.
    """
    before = await by_id(ctx, id)
    _may_manage(ctx, before.role)
    updates: dict[str, Any] = dict(changes)
    if password := updates.pop("password", None):
        check_password_rule(password)
        updates["password_hash"] = await hash_password(password, rounds=ctx.keys.password_rounds)
    if email := updates.get("email"):
        await claim_email(database, email, ctx.tenant.id)
    user = await _change(ctx, id, updates)
    if user.email != before.email:
        await registry.release_address(database, _address(before.email, ctx.tenant.id), ctx.tenant.id)
    return user


@atomic
async def _change(ctx: Context, id: str, updates: dict[str, Any]) -> User:
    await _check_teams(ctx, updates.get("team_ids", ()))
    found = await ctx.db.users.change(
        {"_id": id}, {"$set": {**updates, "updated_at": ctx.now()}}, before=True
    )
    if found is None:
        raise NotFound
    before, user = User.of(found), User.of({**found, **updates, "updated_at": ctx.now()})
    _may_manage(ctx, before.role, user.role)
    if before.role != user.role or (before.active and not user.active) or "password_hash" in updates:
        await _sign_out(ctx, id)
    if _is_admin(before) and not _is_admin(user):
        await _keep_an_admin(ctx)
    password = [_NEW_PASSWORD] if "password_hash" in updates else []
    told = differences(_public(before), _public(user), _TOLD)
    ctx.record(Action.USER_CHANGED, _target(user), [*told, *password])
    ctx.publish(UserChanged(user=_public(user)))
    ctx.publish(AccessChanged(user_id=id))
    return user


async def _sign_out(ctx: Context, id: str) -> None:
    await ctx.db.users.update({"_id": id}, {"$inc": {"session_version": 1}})
    await revoke_sessions_of(ctx, id)


async def _keep_an_admin(ctx: Context) -> None:
    """Counted by writing: two admins who demote each other at once then conflict, and one of them is refused."""
    admins = {"role": Role.ADMIN, "status": UserStatus.ACTIVE}
    if not await ctx.db.users.update_all(admins, {"$set": {"counted": new_id()}}):
        raise LastAdmin


async def change_own_password(ctx: Context, *, session_id: str, old: str, new: str) -> None:
    """Signs out the user's other sessions. Raises WrongPassword."""
    assert ctx.actor.id
    found = await ctx.db.users.by_id(ctx.actor.id)
    rounds = ctx.keys.password_rounds
    if found is None or not await password_matches(old, found["password_hash"], rounds=rounds):
        raise WrongPassword
    await _set_password(ctx, ctx.actor.id, session_id, await hash_password(new, rounds=rounds))


@atomic
async def _set_password(ctx: Context, id: str, session_id: str, password_hash: str) -> None:
    await ctx.db.users.update(
        {"_id": id}, {"$set": {"password_hash": password_hash, "updated_at": ctx.now()}}
    )
    await revoke_sessions_of(ctx, id, but=session_id)
    ctx.record(Action.USER_CHANGED, Target("users", id, ctx.actor.name), [_NEW_PASSWORD])
    ctx.publish(AccessChanged(user_id=id))


async def claim_email(database: Database, email: str, tenant_id: str) -> None:
    """Let a login that names no tenant find this one."""
    await registry.claim_address(database, _address(email, tenant_id), tenant_id)


def _address(email: str, tenant_id: str) -> str:
    return f"{registry.email_key(email)}/{tenant_id}"


async def _check_teams(ctx: Context, ids: Sequence[str]) -> None:
    if set(ids) - (await ctx.db.teams.by_ids(ids)).keys():
        raise Invalid.field("teamIds", "Equipe não encontrada.")


def _is_admin(user: User) -> bool:
    return user.active and user.role is Role.ADMIN


def _target(user: User) -> Target:
    return Target("users", user.id, user.name)


def _public(user: User) -> dict[str, Any]:
    return user.model_dump(by_alias=True)
