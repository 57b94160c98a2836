"""Upload, look up, download and delete media (whatsapp.md 1.3)."""

from typing import Any

from aiohttp import BodyPartReader, web

from server.channels.simulator.graph import errors
from server.channels.simulator.graph.access import PROVIDER, account_of, endpoint, number_of, reply
from server.channels.simulator.graph.perform import perform
from server.channels.simulator.media import MEGABYTE, UPLOAD_SECONDS, check_upload
from server.channels.simulator.world import Media, Number

Json = dict[str, Any]
LARGEST_FILE = 100 * MEGABYTE


@endpoint
async def upload(request: web.Request) -> web.StreamResponse:
    number, store = number_of(request), request.app[PROVIDER].media
    form = await read_form(request)

    def act() -> Json:
        if form.get("messaging_product") != "whatsapp":
            raise errors.parameter("The parameter messaging_product is required.")
        if "file" not in form:
            raise errors.parameter("The parameter file is required.")
        mime_type = form["mime_type"] or form.get("type", "")
        check_upload(mime_type, len(form["file"]))
        kept = store.keep(number, mime_type, form["file"], seconds=UPLOAD_SECONDS, filename=form["filename"])
        return {"id": kept.id}

    return await perform(request, "upload", number, act)


async def read_form(request: web.Request) -> Json:
    """The text fields, `file` as bytes with its `filename` and `mime_type`."""
    if not request.content_type.startswith("multipart/"):
        raise errors.parameter("The body must be multipart/form-data.")
    form: Json = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or not part.name:
            continue
        if part.name == "file":
            form["file"] = await _limited(part)
            form["filename"] = part.filename or ""
            form["mime_type"] = part.headers.get("Content-Type", "")
        else:
            form[part.name] = await part.text()
    return form


async def _limited(part: BodyPartReader) -> bytes:
    """One byte above the limit is enough to be refused; the rest is read and let go."""
    kept = bytearray()
    while chunk := await part.read_chunk(256 * 1024):
        kept += chunk[: LARGEST_FILE + 1 - len(kept)]
    return bytes(kept)


async def show(request: web.Request, item: Media) -> web.StreamResponse:
    """GET /{media id}: its address for the next minutes."""
    number = _number(request, item)
    base = f"{request.scheme}://{request.host}"
    store = request.app[PROVIDER].media

    def act() -> Json:
        return {
            "messaging_product": "whatsapp",
            "url": store.url(item, base, number.settings.media_url_seconds),
            "mime_type": item.mime_type,
            "sha256": item.sha256.hex(),
            "file_size": item.size,
            "id": item.id,
        }

    return await perform(request, "media", number, act)


async def delete(request: web.Request, item: Media) -> web.StreamResponse:
    request.app[PROVIDER].media.drop(item.id)
    return reply({"success": True})


@endpoint
async def download(request: web.Request) -> web.StreamResponse:
    """404 when the address has died, 401 without the account's token."""
    item = request.app[PROVIDER].media.at_url(dict(request.query))
    if item is None:
        return web.Response(status=404, text="URL signature expired")
    if account_of(request) is not item.account:
        raise errors.bad_token()
    content = request.app[PROVIDER].media.content(item)
    return await perform(
        request,
        "download",
        _number(request, item),
        lambda: web.Response(body=content, content_type=item.mime_type),
    )


def _number(request: web.Request, item: Media) -> Number:
    return request.app[PROVIDER].world.numbers[item.phone_number_id]
