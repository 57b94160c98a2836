"""Files of messages, for whoever may read the conversations. The document does not name them; `content` leads here."""

import re

from aiohttp import web

from server.desk import media
from server.web.endpoint import Routes
from server.web.files import send_file
from tenants.context import Context

routes = Routes("Arquivos")
_ADDRESS = "/api/v1/media"
_OURS = re.compile(rf"(?:https?://[^/]+)?{_ADDRESS}/([0-9a-z]{{26}})")


def media_address(id: str) -> str:
    return f"{_ADDRESS}/{id}"


def media_id_in(address: str) -> str | None:
    """Of a file of ours; None for an address elsewhere, and for what is none."""
    ours = _OURS.fullmatch(address)
    return ours[1] if ours else None


@routes.get(f"{_ADDRESS}/{{media_id}}", media_type="application/octet-stream")
async def get_media(ctx: Context, request: web.Request, media_id: str) -> web.StreamResponse:
    """O conteúdo de um arquivo; aceita `Range` e `If-None-Match`."""
    return await send_file(request, ctx.db.files, await media.by_id(ctx, media_id))
