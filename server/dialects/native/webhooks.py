"""Where WhatsApp calls. Without a slug the tenant is found in the body, since Meta sends no header of ours."""

from typing import Annotated

from aiohttp import web
from pydantic import Field

from server.channels.intake import MAX_BYTES, Intake
from server.dialects.native.schemas import Query
from server.web.endpoint import Routes
from server.web.wire import UnsupportedMediaType, check_text, read_bytes
from tenants.problems import Forbidden

routes = Routes("Webhooks")
INTAKE = web.AppKey("intake", Intake)
_TENANT_HEADER = "X-Tenant-Slug"
_REFUSALS = (400, 403, 404)


class Handshake(Query):
    mode: Annotated[str, Field(validation_alias="hub.mode", min_length=1)]
    verify_token: Annotated[str, Field(validation_alias="hub.verify_token", min_length=1)]
    challenge: Annotated[str, Field(validation_alias="hub.challenge", min_length=1)]


@routes.get("/webhooks/whatsapp", public=True, media_type="text/plain", also=_REFUSALS)
async def verify(request: web.Request, query: Handshake) -> web.Response:
    """Meta's handshake: the tenant is found by `X-Tenant-Slug` or by the verify token."""
    return await _verify(request, query, request.headers.get(_TENANT_HEADER))


@routes.get("/webhooks/whatsapp/{tenantSlug}", public=True, media_type="text/plain", also=_REFUSALS)
async def verify_for(request: web.Request, query: Handshake, tenantSlug: str) -> web.Response:
    """Meta's handshake on the URL of one tenant."""
    return await _verify(request, query, tenantSlug)


@routes.post("/webhooks/whatsapp", public=True, media_type="text/plain", also=(*_REFUSALS, 413, 415))
async def receive(request: web.Request) -> web.Response:
    """Events: the tenant is found by `X-Tenant-Slug` or by the phone number ids in the body."""
    return await _receive(request, request.headers.get(_TENANT_HEADER))


@routes.post(
    "/webhooks/whatsapp/{tenantSlug}", public=True, media_type="text/plain", also=(*_REFUSALS, 413, 415)
)
async def receive_for(request: web.Request, tenantSlug: str) -> web.Response:
    """Events on the URL of one tenant: 200 once they are durable."""
    return await _receive(request, tenantSlug)


async def _receive(request: web.Request, slug: str | None) -> web.Response:
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise UnsupportedMediaType("Envie o corpo sem Content-Encoding.")
    raw = await read_bytes(request, limit=MAX_BYTES)
    signature = request.headers.get("X-Hub-Signature-256", "")
    await request.app[INTAKE].accept(raw, signature=signature, slug=_slug(slug))
    return web.Response(text="EVENT_RECEIVED")


async def _verify(request: web.Request, query: Handshake, slug: str | None) -> web.Response:
    if query.mode != "subscribe":
        raise Forbidden("hub.mode precisa ser subscribe.")
    await request.app[INTAKE].verify(query.verify_token, slug=_slug(slug))
    return web.Response(text=query.challenge)


def _slug(given: str | None) -> str | None:
    return check_text(given.strip().lower(), "tenantSlug") if given and given.strip() else None
