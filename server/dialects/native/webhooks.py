"""Where WhatsApp calls. Without a slug the tenant is found in the body, since Meta sends no header of ours."""

from aiohttp import web

from server.web import webhooks
from server.web.endpoint import Routes
from server.web.webhooks import TENANT_HEADER, Handshake

routes = Routes("Webhooks")
_REFUSALS = (400, 403, 404)


@routes.get("/webhooks/whatsapp", public=True, media_type="text/plain", also=_REFUSALS)
async def verify(request: web.Request, query: Handshake) -> web.Response:
    """Meta's handshake: the tenant is found by `X-Tenant-Slug` or by the verify token."""
    return await webhooks.verify(request, query, request.headers.get(TENANT_HEADER))


@routes.get("/webhooks/whatsapp/{tenantSlug}", public=True, media_type="text/plain", also=_REFUSALS)
async def verify_for(request: web.Request, query: Handshake, tenantSlug: str) -> web.Response:
    """Meta's handshake on the URL of one tenant."""
    return await webhooks.verify(request, query, tenantSlug)


@routes.post("/webhooks/whatsapp", public=True, media_type="text/plain", also=(*_REFUSALS, 413, 415))
async def receive(request: web.Request) -> web.Response:
    """Events: the tenant is found by `X-Tenant-Slug` or by the phone number ids in the body."""
    return await webhooks.receive(request, request.headers.get(TENANT_HEADER))


@routes.post(
    "/webhooks/whatsapp/{tenantSlug}", public=True, media_type="text/plain", also=(*_REFUSALS, 413, 415)
)
async def receive_for(request: web.Request, tenantSlug: str) -> web.Response:
    """Events on the URL of one tenant: 200 once they are durable."""
    return await webhooks.receive(request, tenantSlug)
