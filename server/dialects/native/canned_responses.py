"""Answers kept ready."""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, StringConstraints

from server.desk import canned_responses
from server.dialects.native.fields import Label, shown
from server.dialects.native.schemas import In, Moment, Out
from server.web.endpoint import Routes
from tenants.context import Context

routes = Routes("Respostas prontas")


def _shortcut(text: str) -> str:
    shortcut = text.strip().removeprefix("/").lower()
    if not re.fullmatch(r"[\w-]{1,40}", shortcut):
        raise ValueError("Use até 40 letras, números, hífens ou sublinhados, sem espaços.")
    return shortcut


Shortcut = Annotated[
    str, StringConstraints(max_length=60), AfterValidator(_shortcut), shown(pattern=r"^\s*/?[\w-]{1,40}\s*$")
]
# As long as a WhatsApp text may be.
Content = Annotated[str, StringConstraints(min_length=1, max_length=4096, pattern=r"\S")]


class CannedResponseIn(In):
    shortcut: Shortcut
    title: Label | None = None
    content: Content


class CannedResponsePatch(In):
    shortcut: Shortcut = ""
    title: Label | None = None
    content: Content = ""


class CannedResponseOut(Out):
    id: str
    shortcut: str
    title: str | None
    content: str
    createdAt: Moment
    updatedAt: Moment


class CannedResponses(BaseModel):
    data: list[CannedResponseOut]


@routes.get("/api/canned-responses")
async def list_canned_responses(ctx: Context) -> CannedResponses:
    """As respostas prontas da conta, por atalho."""
    return CannedResponses(data=CannedResponseOut.each(await canned_responses.every(ctx)))


@routes.post("/api/canned-responses", status=201)
async def create_canned_response(ctx: Context, body: CannedResponseIn) -> CannedResponseOut:
    """Cria uma resposta pronta; a barra antes do atalho é opcional."""
    return CannedResponseOut.of(await canned_responses.create(ctx, **body.for_desk()))


@routes.get("/api/canned-responses/{id}")
async def get_canned_response(ctx: Context, id: str) -> CannedResponseOut:
    """Uma resposta pronta."""
    return CannedResponseOut.of(await canned_responses.by_id(ctx, id))


@routes.patch("/api/canned-responses/{id}")
async def change_canned_response(ctx: Context, id: str, body: CannedResponsePatch) -> CannedResponseOut:
    """Muda o que for enviado."""
    return CannedResponseOut.of(await canned_responses.change(ctx, id, **body.for_desk()))


@routes.delete("/api/canned-responses/{id}")
async def remove_canned_response(ctx: Context, id: str) -> None:
    """Exclui a resposta pronta."""
    await canned_responses.remove(ctx, id)
