"""WhatsApp (seed 003): where Meta calls, and writing to a telephone number."""

from aiohttp import web

from server.desk.messages import reaching
from server.dialects.isp.fields import Phone
from server.dialects.isp.limits import SENDS, WEBHOOKS
from server.dialects.isp.messages import MAX_BYTES, MessageIn, MessageOut, TemplateIn, answered
from server.web import webhooks
from server.web.endpoint import Routes
from server.web.webhooks import TENANT_HEADER, Handshake
from server.web.wire import idempotency_key
from tenants.context import Context

routes = Routes("WhatsApp")
_REFUSALS = (400, 403, 404)


@routes.get("/api/v1/whatsapp/webhook", public=True, limit=WEBHOOKS, media_type="text/plain", also=_REFUSALS)
async def verify_webhook(request: web.Request, query: Handshake) -> web.Response:
    """Meta's handshake: the tenant is found by the verify token."""
    return await webhooks.verify(request, query, request.headers.get(TENANT_HEADER))


@routes.post(
    "/api/v1/whatsapp/webhook",
    public=True,
    limit=WEBHOOKS,
    media_type="text/plain",
    also=(*_REFUSALS, 413, 415),
)
async def receive_webhook(request: web.Request) -> web.Response:
    """Events, signed with `X-Hub-Signature-256`; 200 once they are durable."""
    return await webhooks.receive(request, request.headers.get(TENANT_HEADER))


class SendIn(MessageIn):
    to: Phone


@routes.post("/api/v1/whatsapp/send", status=201, limit=SENDS, also=(200,), max_bytes=MAX_BYTES)
async def send(ctx: Context, body: SendIn, request: web.Request) -> MessageOut:
    """Envia a um telefone, na conversa aberta com ele ou em uma nova. 409 `WINDOW_CLOSED` fora da janela de 24 horas."""
    what = await body.for_sending(ctx)
    key = idempotency_key(request)
    return answered(await reaching.send_to(ctx, body.to, what, client_message_id=key))  # type: ignore[return-value]


class TemplateSendIn(TemplateIn):
    to: Phone


@routes.post("/api/v1/whatsapp/send-template", status=201, limit=SENDS, also=(200,))
async def send_template(ctx: Context, body: TemplateSendIn, request: web.Request) -> MessageOut:
    """Envia um modelo aprovado a um telefone; o único que sai fora da janela de 24 horas."""
    key = idempotency_key(request)
    return answered(await reaching.send_to(ctx, body.to, body.as_content(), client_message_id=key))  # type: ignore[return-value]
