"""Files: uploaded to be sent, and shown to the tenant's users only."""

from collections.abc import AsyncIterator
from urllib.parse import quote

from aiohttp import BodyPartReader, MultipartReader, web
from aiohttp.http_exceptions import BadHttpMessage

from server.desk import media
from server.desk.media import StoredMedia
from server.desk.messages.models import Kind
from server.dialects.native.schemas import Out
from server.web.dialect import REQUEST_ID
from server.web.endpoint import Routes
from server.web.wire import TooLarge, UnsupportedMediaType
from tenants.context import Context
from tenants.problems import Invalid

routes = Routes("Arquivos")

# Types that a browser may draw in our origin; any other is a download of unknown type.
_INLINE = ("image/jpeg", "image/png", "image/webp", "image/gif", "audio/", "video/")


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
    headers = _headers(stored)
    headers["X-Request-ID"] = request[REQUEST_ID]
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return web.Response(status=304, headers=headers)
    asked = _range(request, stored.size)
    if asked is not None and not asked:
        return web.Response(status=416, headers={"Content-Range": f"bytes */{stored.size}"})
    part = range(stored.size) if asked is None else asked
    if asked:
        headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{stored.size}"
    headers["Content-Length"] = str(len(part))
    response = web.StreamResponse(status=206 if asked else 200, headers=headers)
    return await _stream(request, ctx.db.files.chunks(id, start=part.start), response, len(part))


async def _stream(
    request: web.Request, chunks: AsyncIterator[bytes], response: web.StreamResponse, left: int
) -> web.StreamResponse:
    try:
        chunk = await anext(chunks, b"")
    except LookupError as lost:
        raise media.MediaNotFound from lost
    await response.prepare(request)
    while chunk and left > 0:
        await response.write(chunk[:left])
        left -= len(chunk)
        chunk = await anext(chunks, b"")
    await response.write_eof()
    return response


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


def _headers(stored: StoredMedia) -> dict[str, str]:
    essence = stored.mime_type.split(";")[0].strip().lower()
    inline = essence.startswith(_INLINE)
    name = quote(stored.filename or stored.id, safe="")
    return {
        "Content-Type": stored.mime_type
        if inline or essence == "application/pdf"
        else "application/octet-stream",
        "Content-Disposition": f"{'inline' if inline else 'attachment'}; filename*=UTF-8''{name}",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "private, max-age=31536000, immutable",
        # A browser may be used by several people, and keeps the file under its address alone.
        "Vary": "Authorization, X-Tenant-Slug",
        "ETag": f'"{stored.sha256}"',
        "Accept-Ranges": "bytes",
    }


def _range(request: web.Request, size: int) -> range | None:
    """The bytes asked for, empty when there are none of them; None for all, or what cannot be read, as HTTP asks."""
    try:
        wanted = request.http_range
    except ValueError:
        return None
    if wanted.start is None and wanted.stop is None:
        return None
    return range(size)[wanted]
