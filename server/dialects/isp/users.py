"""Usuários (seed 003). The number of a user is his id here."""

from typing import Annotated, Any

from pydantic import AfterValidator, Field, Strict

from server.desk import colleagues
from server.dialects.isp.fields import Email, Name, StrongPassword
from server.dialects.isp.schemas import In, Moment, Number, Out, Page, PageQuery, pages_of
from server.dialects.isp.words import ROLES, RoleWord
from server.runtime import Runtime
from server.web.endpoint import Routes
from tenants import users
from tenants.context import Context
from tenants.models import Role, User, UserStatus
from tenants.permissions import Permission, requires
from tenants.users import NewUser

routes = Routes("Usuários")


class UserBrief(Out):
    id: Annotated[int, Field(validation_alias="number")]
    email: str
    nome: Annotated[str, Field(validation_alias="name")]
    role: RoleWord


class UserOut(UserBrief):
    is_active: Annotated[bool, Field(validation_alias="active")]
    created_at: Moment


class Users(Page):
    users: list[UserOut]


class UsersQuery(PageQuery):
    role: RoleWord | None = None
    is_active: bool | None = None


class UserIn(In):
    email: Email
    password: StrongPassword
    nome: Annotated[Name, Field(serialization_alias="name")]
    role: RoleWord = Field(ROLES[Role.AGENT], validate_default=True)


def _status(is_active: bool) -> UserStatus:  # noqa: FBT001 - a validator
    return UserStatus.ACTIVE if is_active else UserStatus.INACTIVE


class UserChange(In):
    email: Email = ""
    password: StrongPassword = ""
    nome: Annotated[Name, Field(serialization_alias="name")] = ""
    role: RoleWord = Role.AGENT
    is_active: Annotated[bool, Strict(), AfterValidator(_status), Field(serialization_alias="status")] = True


@routes.get("/api/v1/users")
async def list_users(ctx: Context, query: UsersQuery) -> Users:
    """Os usuários, por nome. Para quem os administra."""
    status = None if query.is_active is None else _status(query.is_active)
    found, total = await _page(ctx, role=query.role, status=status, page=query.page, limit=query.limit)
    return Users(users=UserOut.each(found), total=total, page=query.page, pages=pages_of(total, query.limit))


@requires(Permission.AGENTS_EDIT)
async def _page(ctx: Context, /, **asked: Any) -> tuple[list[User], int]:
    """Elsewhere everyone may look up his colleagues; this list is for those who manage them."""
    return await users.page(ctx, **asked)


@routes.post("/api/v1/users", status=201)
async def create_user(ctx: Context, runtime: Runtime, body: UserIn) -> UserOut:
    """Cria um usuário. Um supervisor cria atendentes e usuários básicos; um administrador, qualquer um."""
    return UserOut.of(await colleagues.create(ctx, runtime.database, NewUser(**body.for_desk())))


@routes.get("/api/v1/users/{user_id}")
async def get_user(ctx: Context, user_id: Number) -> UserOut:
    """Um usuário."""
    return UserOut.of(await users.by_number(ctx, user_id))


@routes.put("/api/v1/users/{user_id}")
async def change_user(ctx: Context, runtime: Runtime, user_id: Number, body: UserChange) -> UserOut:
    """Muda o que for enviado. Novo papel, nova senha ou desativação encerram as sessões do usuário."""
    user = await users.by_number(ctx, user_id)
    return UserOut.of(await colleagues.change(ctx, runtime.database, user.id, **body.for_desk()))


@routes.delete("/api/v1/users/{user_id}", status=200)
async def deactivate_user(ctx: Context, runtime: Runtime, user_id: Number) -> UserOut:
    """Desativa o usuário; o que ele fez fica."""
    user = await users.by_number(ctx, user_id)
    return UserOut.of(await colleagues.change(ctx, runtime.database, user.id, status=UserStatus.INACTIVE))
