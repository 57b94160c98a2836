"""A stored file as an answer: in parts, if asked, and never as a page of ours."""

from collections.abc import AsyncIterator
from urllib.parse import quote

from aiohttp import web

from server.desk import media
from server.desk.media import StoredMedia
from server.web.dialect import REQUEST_ID
from tenants.db import ScopedFiles

# Types that a browser may draw in our origin; any other is a download of unknown type.
_INLINE = ("image/jpeg", "image/png", "image/webp", "image/gif", "audio/", "video/")


async def send_file(request: web.Request, files: ScopedFiles, stored: StoredMedia) -> web.StreamResponse:
    """Takes `Range` and `If-None-Match`. Raises MediaNotFound when its bytes are gone."""
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
    return await _stream(request, files.chunks(stored.id, start=part.start), response, len(part))


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
