"""Where WhatsApp calls. Without a slug the tenant is found in the body, since Meta sends no header of ours."""

from aiohttp import web

from server.channels.intake import MAX_BYTES, Intake
from server.web.endpoint import Routes
from server.web.wire import UnsupportedMediaType, check_text, read_bytes
from tenants.problems import Forbidden, Invalid

routes = Routes("Webhooks")
INTAKE = web.AppKey("intake", Intake)
_TENANT_HEADER = "X-Tenant-Slug"


@routes.get("/webhooks/whatsapp", public=True, media_type="text/plain")
async def verify(request: web.Request) -> web.Response:
    """Meta's handshake: the tenant is found by `X-Tenant-Slug` or by the verify token."""
    return await _verify(request, request.headers.get(_TENANT_HEADER))


@routes.get("/webhooks/whatsapp/{tenantSlug}", public=True, media_type="text/plain")
async def verify_for(request: web.Request, tenantSlug: str) -> web.Response:
    """Meta's handshake on the URL of one tenant."""
    return await _verify(request, tenantSlug)


@routes.post("/webhooks/whatsapp", public=True, media_type="text/plain")
async def receive(request: web.Request) -> web.Response:
    """Events: the tenant is found by `X-Tenant-Slug` or by the phone number ids in the body."""
    return await _receive(request, request.headers.get(_TENANT_HEADER))


@routes.post("/webhooks/whatsapp/{tenantSlug}", public=True, media_type="text/plain")
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


async def _verify(request: web.Request, slug: str | None) -> web.Response:
    if _single(request, "hub.mode") != "subscribe":
        raise Forbidden("hub.mode precisa ser subscribe.")
    challenge = _single(request, "hub.challenge")
    await request.app[INTAKE].verify(_single(request, "hub.verify_token"), slug=_slug(slug))
    return web.Response(text=challenge, headers={"X-Content-Type-Options": "nosniff"})


def _single(request: web.Request, name: str) -> str:
    """A parameter given twice, or as `name[…]`, is an attempt at something else."""
    values = request.query.getall(name, [])
    if len(values) != 1 or not values[0]:
        raise Invalid.field(name, "Envie este parâmetro uma vez.")
    return check_text(values[0], name)


def _slug(given: str | None) -> str | None:
    return check_text(given.strip().lower(), "tenantSlug") if given and given.strip() else None
