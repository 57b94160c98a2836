"""Labels on conversations."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, StringConstraints

from server.desk import tags
from server.dialects.native.fields import Label
from server.dialects.native.schemas import In, Moment, Out
from server.web.endpoint import Routes
from tenants.context import Context

routes = Routes("Etiquetas")

Color = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$"), AfterValidator(str.upper)]


class TagIn(In):
    name: Label
    color: Color = "#607D8B"


class TagPatch(In):
    name: Label = ""
    color: Color = ""


class TagOut(Out):
    id: str
    name: str
    color: str
    createdAt: Moment
    updatedAt: Moment


class Tags(BaseModel):
    data: list[TagOut]


@routes.get("/api/tags")
async def list_tags(ctx: Context) -> Tags:
    """As etiquetas da conta, por nome."""
    return Tags(data=TagOut.each(await tags.every(ctx)))


@routes.post("/api/tags", status=201)
async def create_tag(ctx: Context, body: TagIn) -> TagOut:
    """Cria uma etiqueta."""
    return TagOut.of(await tags.create(ctx, name=body.name, color=body.color))


@routes.patch("/api/tags/{id}")
async def change_tag(ctx: Context, id: str, body: TagPatch) -> TagOut:
    """Muda o nome ou a cor, também nas conversas que já a têm."""
    return TagOut.of(await tags.change(ctx, id, **body.for_desk()))


@routes.delete("/api/tags/{id}")
async def remove_tag(ctx: Context, id: str) -> None:
    """Exclui a etiqueta e a tira das conversas."""
    await tags.remove(ctx, id)
