"""What every dialect does where WhatsApp calls, whatever the address."""

from typing import Annotated

from aiohttp import web
from pydantic import BaseModel, Field

from server.channels.intake import MAX_BYTES, Intake
from server.web.wire import UnsupportedMediaType, check_text, read_bytes
from tenants.problems import Forbidden

INTAKE = web.AppKey("intake", Intake)
TENANT_HEADER = "X-Tenant-Slug"


async def receive(request: web.Request, slug: str | None) -> web.Response:
    """Events: 200 once they are durable. Without a `slug` the tenant is found by the numbers in the body."""
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise UnsupportedMediaType("Envie o corpo sem Content-Encoding.")
    raw = await read_bytes(request, limit=MAX_BYTES)
    signature = request.headers.get("X-Hub-Signature-256", "")
    await request.app[INTAKE].accept(raw, signature=signature, slug=_slug(slug))
    return web.Response(text="EVENT_RECEIVED")


class Handshake(BaseModel):
    mode: Annotated[str, Field(validation_alias="hub.mode", min_length=1)]
    verify_token: Annotated[str, Field(validation_alias="hub.verify_token", min_length=1)]
    challenge: Annotated[str, Field(validation_alias="hub.challenge", min_length=1)]


async def verify(request: web.Request, query: Handshake, slug: str | None) -> web.Response:
    """Without a `slug` the tenant is found by the token."""
    if query.mode != "subscribe":
        raise Forbidden("hub.mode precisa ser subscribe.")
    await request.app[INTAKE].verify(query.verify_token, slug=_slug(slug))
    return web.Response(text=query.challenge)


def _slug(given: str | None) -> str | None:
    return check_text(given.strip().lower(), "tenantSlug") if given and given.strip() else None
