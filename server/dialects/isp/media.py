"""Files of messages, for whoever may read the conversations. The document does not name them; `content` leads here."""

from aiohttp import web

from server.desk import media
from server.web.endpoint import Routes
from server.web.files import send_file
from tenants.context import Context

routes = Routes("Arquivos")
_ADDRESS = "/api/v1/media"


def media_address(id: str) -> str:
    return f"{_ADDRESS}/{id}"


@routes.get(f"{_ADDRESS}/{{media_id}}", media_type="application/octet-stream")
async def get_media(ctx: Context, request: web.Request, media_id: str) -> web.StreamResponse:
    """O conteúdo de um arquivo; aceita `Range` e `If-None-Match`."""
    return await send_file(request, ctx.db.files, await media.by_id(ctx, media_id))
