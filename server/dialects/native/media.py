"""Files: uploaded to be sent, and shown to the tenant's users only."""

from collections.abc import AsyncIterator

from aiohttp import BodyPartReader, MultipartReader, web
from aiohttp.http_exceptions import BadHttpMessage

from server.desk import media
from server.desk.media import StoredMedia
from server.desk.messages.models import Kind
from server.dialects.native.schemas import Out
from server.web.endpoint import Routes
from server.web.files import send_file
from server.web.wire import TooLarge, UnsupportedMediaType
from tenants.context import Context
from tenants.problems import Invalid

routes = Routes("Arquivos")

# Other fields of a form before `file`: there is none that we read.
_MAX_PARTS, _MAX_OTHER_BYTES = 20, 65_536

# What aiohttp raises for a multipart body that is not one.
_MALFORMED = (ValueError, BadHttpMessage)


class Malformed(Invalid):
    message = "O corpo multipart está malformado."


class MediaOut(Out):
    id: str
    url: str
    kind: Kind
    mimeType: str
    size: int
    filename: str | None
    sha256: str

    @classmethod
    def at(cls, stored: StoredMedia) -> "MediaOut":
        return cls.model_validate({**stored.model_dump(), "url": f"/api/media/{stored.id}"})


@routes.post("/api/media", status=201, upload=True)
async def upload_media(ctx: Context, request: web.Request) -> MediaOut:
    """Guarda um arquivo (campo `file`, até 100 MB) para enviar com `mediaId`."""
    return await _upload(ctx, request)


@routes.post("/api/media/upload", status=201, upload=True)
async def upload_media_alias(ctx: Context, request: web.Request) -> MediaOut:
    """O mesmo que `POST /api/media`."""
    return await _upload(ctx, request)


async def _upload(ctx: Context, request: web.Request) -> MediaOut:
    try:
        part = await _file_part(request)
        stored = await media.upload(
            ctx, _chunks(part), filename=_clean(part.filename), declared=part.headers.get("Content-Type")
        )
    except media.FileTooLarge as large:
        raise TooLarge(large.message, fields=large.fields) from large
    except media.TypeRefused as refused:
        raise UnsupportedMediaType(refused.message, fields=refused.fields) from refused
    return MediaOut.at(stored)


@routes.get("/api/media/{id}", media_type="application/octet-stream")
async def get_media(ctx: Context, request: web.Request, id: str) -> web.StreamResponse:
    """O conteúdo de um arquivo; aceita `Range` e `If-None-Match`."""
    stored = await media.by_id(ctx, id)
    return await send_file(request, ctx.db.files, stored)


async def _file_part(request: web.Request) -> BodyPartReader:
    if request.content_type != "multipart/form-data":
        raise UnsupportedMediaType("Envie multipart/form-data com o campo file.")
    if (request.content_length or 0) > media.MAX_BYTES + 1_000_000:
        raise TooLarge
    try:
        parts = await request.multipart()
        for _ in range(_MAX_PARTS):
            part = await parts.next()
            if isinstance(part, BodyPartReader) and part.name == "file":
                return part
            await _pass_over(part)
    except _MALFORMED as malformed:
        raise Malformed from malformed
    raise Malformed("O campo file não está entre os primeiros.")


async def _pass_over(part: MultipartReader | BodyPartReader | None) -> None:
    """Another field: a small one. Multiparts within multiparts are nobody's form."""
    if part is None:
        raise Invalid.field("file", "Campo obrigatório.")
    if not isinstance(part, BodyPartReader):
        raise Malformed
    passed = 0
    while chunk := await part.read_chunk():
        passed += len(chunk)
        if passed > _MAX_OTHER_BYTES:
            raise TooLarge


async def _chunks(part: BodyPartReader) -> AsyncIterator[bytes]:
    try:
        while chunk := await part.read_chunk(64 * 1024):
            yield chunk
    except _MALFORMED as malformed:
        raise Malformed from malformed


def _clean(filename: str | None) -> str | None:
    """A name without a path, control characters or bytes that are not text."""
    if not filename:
        return None
    name = filename.replace("\\", "/").rsplit("/", 1)[-1].encode(errors="replace").decode()
    return "".join(c for c in name if c.isprintable())[:240] or None
