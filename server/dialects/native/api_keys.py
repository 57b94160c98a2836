"""Keys for programs."""

from typing import Annotated, Self

from pydantic import BaseModel, Field

from server.desk import api_keys
from server.desk.api_keys import NewApiKey
from server.dialects.native.fields import Label, When
from server.dialects.native.schemas import In, Moment, Out
from server.web.endpoint import Routes
from tenants.context import Context
from tenants.models import Role

routes = Routes("Chaves de API")


class ApiKeyIn(In):
    """Without `expiresAt` it does not expire."""

    name: Label
    role: Role
    expiresAt: When | None = None


class MakerOut(Out):
    id: str | None
    name: str


class ApiKeyOut(Out):
    """`prefix`: how the key begins. `lastUsedAt` is exact to the minute."""

    id: str
    name: str
    role: Role
    prefix: str
    createdBy: MakerOut
    createdAt: Moment
    expiresAt: Moment | None
    lastUsedAt: Moment | None


class NewApiKeyOut(ApiKeyOut):
    """With the key itself, which is shown this once."""

    key: Annotated[str, Field(examples=["bk_3f9a1c20_…"])]

    @classmethod
    def once(cls, new: NewApiKey) -> Self:
        return cls.model_validate({**new.shown.model_dump(), "key": new.key})


class ApiKeys(BaseModel):
    data: list[ApiKeyOut]


@routes.get("/api/api-keys")
async def list_api_keys(ctx: Context) -> ApiKeys:
    """As chaves da conta, da mais nova à mais antiga; também as vencidas."""
    return ApiKeys(data=ApiKeyOut.each(await api_keys.every(ctx)))


@routes.post("/api/api-keys", status=201)
async def create_api_key(ctx: Context, body: ApiKeyIn) -> NewApiKeyOut:
    """Cria uma chave. Ela aparece só nesta resposta."""
    return NewApiKeyOut.once(await api_keys.create(ctx, **body.for_desk()))


@routes.delete("/api/api-keys/{id}")
async def revoke_api_key(ctx: Context, id: str) -> None:
    """Revoga a chave; em até 5 segundos ela não abre mais nada."""
    await api_keys.revoke(ctx, id)
