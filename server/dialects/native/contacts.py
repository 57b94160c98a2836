"""Contatos: the tenant's customers."""

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from server.desk.contacts import directory, merging, queries
from server.desk.contacts.phones import normal_phone
from server.dialects.native.fields import Email, Id, Name
from server.dialects.native.schemas import In, Moment, Out, PageQuery, Pagination
from server.dialects.native.schemas_conversations import TagBrief
from server.web.endpoint import Routes
from tenants.context import Context

routes = Routes("Contatos")

Phone = Annotated[str, StringConstraints(max_length=40), AfterValidator(normal_phone)]
PictureUrl = Annotated[str, StringConstraints(pattern=r"^https?://[^\s\"'<>]+$", max_length=2000)]
Notes = Annotated[str, StringConstraints(max_length=5000)]
TagIds = Annotated[list[Id], Field(max_length=50)]
Key = Annotated[str, StringConstraints(min_length=1, max_length=64)]
Value = (
    Annotated[str, StringConstraints(max_length=1000)]
    | bool
    | int
    | Annotated[float, Field(allow_inf_nan=False)]
    | None
)
Attributes = Annotated[dict[Key, Value], Field(max_length=50)]


class ContactFields(In):
    name: Name | None = None
    email: Email | None = None
    profilePictureUrl: PictureUrl | None = None
    notes: Notes | None = None
    tagIds: TagIds = []
    customAttributes: Annotated[Attributes, Field(serialization_alias="attributes")] = {}


class ContactIn(ContactFields):
    phoneNumber: Annotated[Phone, Field(serialization_alias="phone")]


class ContactPatch(ContactFields):
    phoneNumber: Annotated[Phone | None, Field(serialization_alias="phone")] = None


class ContactsQuery(PageQuery):
    search: Annotated[str, StringConstraints(max_length=200)] | None = None


class ContactOut(Out):
    id: str
    name: str | None
    phoneNumber: str | None
    email: str | None
    profilePictureUrl: str | None
    tags: list[TagBrief]
    notes: str | None
    customAttributes: Annotated[dict[str, Any], Field(validation_alias="attributes")]
    createdAt: Moment
    updatedAt: Moment
    conversationsCount: int
    lastConversationAt: Moment | None


class ContactPage(BaseModel):
    data: list[ContactOut]
    pagination: Pagination


@routes.get("/api/contacts")
async def list_contacts(ctx: Context, query: ContactsQuery) -> ContactPage:
    """Os contatos por nome; `search` procura por nome, e-mail ou telefone, sem acentos nem maiúsculas."""
    found = await queries.page(ctx, search=query.search or None, page=query.page, limit=query.limit)
    return ContactPage(
        data=ContactOut.each(found.rows), pagination=Pagination.over(found.total, query.page, query.limit)
    )


@routes.post("/api/contacts", status=201)
async def create_contact(ctx: Context, body: ContactIn) -> ContactOut:
    """Cria um contato; 409 com `contactId` se o telefone já é de outro."""
    return ContactOut.of(await directory.create(ctx, **body.for_desk()))


class ContactStats(Out):
    total: int
    withConversations: int
    withoutConversations: int
    recentContacts: list[ContactOut]


@routes.get("/api/contacts/stats")
async def read_contact_stats(ctx: Context) -> ContactStats:
    """Quantos contatos há, e os últimos com quem se conversou."""
    return ContactStats.of(await queries.stats(ctx))


@routes.get("/api/contacts/phone/{number}")
async def find_by_phone(ctx: Context, number: str) -> ContactOut:
    """O contato de um telefone, escrito como for: com ou sem país, com ou sem o nono dígito."""
    return ContactOut.of(await queries.by_phone(ctx, number))


@routes.get("/api/contacts/{id}")
async def get_contact(ctx: Context, id: str) -> ContactOut:
    """Um contato."""
    return ContactOut.of(await queries.by_id(ctx, id))


@routes.patch("/api/contacts/{id}")
async def change_contact(ctx: Context, id: str, body: ContactPatch) -> ContactOut:
    """Muda o que for enviado; `tagIds` e `customAttributes` substituem o que havia."""
    return ContactOut.of(await directory.change(ctx, id, **body.for_desk()))


@routes.delete("/api/contacts/{id}")
async def remove_contact(ctx: Context, id: str) -> None:
    """Exclui o contato; se ele tem conversas, elas ficam, sem nada que o identifique."""
    await directory.remove(ctx, id)


class MergeIn(In):
    intoId: Id


@routes.post("/api/contacts/{id}/merge")
async def merge_contacts(ctx: Context, id: str, body: MergeIn) -> ContactOut:
    """Junta este contato a `intoId`, que fica com as conversas, os telefones e o que lhe faltava."""
    return ContactOut.of(await merging.merge(ctx, id, into_id=body.intoId))
