"""The people of the account."""

from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from server.desk import colleagues
from server.dialects.native.fields import Email, Name, NewPassword
from server.dialects.native.schemas import In, Moment, Out, PageQuery, Pagination
from server.runtime import Runtime
from server.web.endpoint import Routes
from tenants.context import Context
from tenants.models import Role, UserStatus
from tenants.users import NewUser

routes = Routes("Usuários")

AvatarUrl = Annotated[str, StringConstraints(pattern=r"^https?://[^\s\"'<>]+$", max_length=2000)]
TeamIds = Annotated[list[str], Field(max_length=100)]
Capacity = Annotated[int, Field(ge=1, le=500)]


class UserIn(In):
    email: Email
    name: Name
    password: NewPassword
    role: Role = Role.AGENT
    teamIds: TeamIds = []
    capacity: Capacity | None = None


class UserPatch(In):
    email: Email = ""
    name: Name = ""
    password: NewPassword = ""
    role: Role = Role.AGENT
    status: UserStatus = UserStatus.ACTIVE
    avatarUrl: AvatarUrl | None = None
    teamIds: TeamIds = []
    capacity: Capacity | None = None


class UserQuery(PageQuery):
    status: UserStatus | None = None
    role: Role | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 100


class UserOut(Out):
    """`conversationsCount`: open conversations assigned to the user. `capacity` null: the account's."""

    id: str
    email: str
    name: str
    role: Role
    status: UserStatus
    avatarUrl: str | None
    lastLogin: Annotated[Moment | None, Field(validation_alias="last_login_at")]
    conversationsCount: Annotated[int, Field(validation_alias="open_conversations")]
    teamIds: list[str]
    capacity: int | None
    createdAt: Moment
    updatedAt: Moment


class Users(BaseModel):
    data: list[UserOut]
    pagination: Pagination


@routes.get("/api/users")
async def list_users(ctx: Context, query: UserQuery) -> Users:
    """Os usuários da conta, por nome."""
    found, total = await colleagues.page(ctx, **query.model_dump())
    return Users(data=UserOut.each(found), pagination=Pagination.over(total, query.page, query.limit))


@routes.post("/api/users", status=201)
async def create_user(ctx: Context, runtime: Runtime, body: UserIn) -> UserOut:
    """Cria um usuário, que já pode entrar."""
    return UserOut.of(await colleagues.create(ctx, runtime.database, NewUser(**body.for_desk())))


@routes.get("/api/users/{id}")
async def get_user(ctx: Context, id: str) -> UserOut:
    """Um usuário."""
    return UserOut.of(await colleagues.by_id(ctx, id))


@routes.patch("/api/users/{id}")
async def change_user(ctx: Context, runtime: Runtime, id: str, body: UserPatch) -> UserOut:
    """Muda o que for enviado. Novo papel, nova senha ou desativação encerram as sessões do usuário."""
    return UserOut.of(await colleagues.change(ctx, runtime.database, id, **body.for_desk()))


@routes.delete("/api/users/{id}")
async def deactivate_user(ctx: Context, runtime: Runtime, id: str) -> None:
    """Desativa o usuário; o que ele fez fica."""
    await colleagues.change(ctx, runtime.database, id, status=UserStatus.INACTIVE)
