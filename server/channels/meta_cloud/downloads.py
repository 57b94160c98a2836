"""Files that customers sent: looked up, fetched from Meta's hosts only, counted and compared while they stream."""

import base64
import hashlib
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from typing import NamedTuple

import aiohttp
from yarl import URL

from server.channels.base import FetchedMedia, MediaGone, SendFailed, Verdict
from server.channels.meta_cloud import errors
from server.channels.meta_cloud.reading import number, text
from server.channels.meta_cloud.transport import Graph
from server.desk.messages.models import Media

META_HOSTS = ("graph.facebook.com", "lookaside.fbsbx.com", ".fbcdn.net", ".whatsapp.net")
CHUNK = 64 * 1024
SILENCE_SECONDS = 30.0
LOOKUP_SECONDS = 15.0
# What an address that has died answers (it lives 5 minutes).
DEAD_ADDRESS = frozenset({401, 403, 404, 410})

EXPIRED = "O arquivo não está mais disponível no WhatsApp."
TOO_LARGE = "O arquivo passa do tamanho que aceitamos."
DIFFERENT = "O arquivo recebido não é o que o WhatsApp anunciou."
FOREIGN = "O WhatsApp indicou um endereço de arquivo que não é da Meta."


class Found(NamedTuple):
    url: URL
    mime_type: str | None
    size: int | None
    digests: frozenset[bytes]  # SHA-256, by whoever announced one


class Downloads:
    """`hosts`: names, or suffixes that begin with a dot, that may be asked for files over https."""

    def __init__(self, graph: Graph, *, phone_number_id: str, hosts: Sequence[str] = META_HOSTS) -> None:
        self._graph = graph
        self._phone_number_id = phone_number_id
        self._hosts = tuple(hosts)

    async def fetch(self, media: Media, *, limit: int) -> FetchedMedia:
        """The chunks raise MediaGone or SendFailed too: the file itself is only asked for when they are read."""
        found = await self._find(media, limit)
        mime_type = found.mime_type or media.mime_type or "application/octet-stream"
        return FetchedMedia(mime_type, found.size, self._chunks(found, media, limit))

    async def _find(self, media: Media, limit: int) -> Found:
        if not media.provider_id:
            raise MediaGone(EXPIRED)
        try:
            answer = await self._graph.call(
                "GET",
                (media.provider_id,),
                params={"phone_number_id": self._phone_number_id},
                timeout=LOOKUP_SECONDS,
            )
        except SendFailed as failed:
            raise (MediaGone(EXPIRED) if failed.verdict is Verdict.REJECTED else failed) from failed
        size = number(answer.get("file_size"))
        if size is not None and size > limit:
            raise MediaGone(TOO_LARGE)
        return Found(
            url=self._trusted(text(answer.get("url")) or ""),
            mime_type=text(answer.get("mime_type")),
            size=None if size is None else int(size),
            digests=frozenset(filter(None, map(_digest, (media.sha256, text(answer.get("sha256")))))),
        )

    def _trusted(self, address: str) -> URL:
        """The token goes along, and the address is only as good as who wrote it."""
        try:
            url = URL(address)
        except ValueError as error:
            raise MediaGone(FOREIGN) from error
        if url.user is not None or not (self._is_metas(url) or _origin(url) == _origin(self._graph.root)):
            raise MediaGone(FOREIGN)
        return url

    def _is_metas(self, url: URL) -> bool:
        host = url.host or ""
        known = any(host.endswith(name) if name.startswith(".") else host == name for name in self._hosts)
        return url.scheme == "https" and url.port == 443 and known

    async def _chunks(self, found: Found, media: Media, limit: int) -> AsyncIterator[bytes]:
        async with AsyncExitStack() as stack:
            response = await self._get(stack, found)
            if response.status in DEAD_ADDRESS:
                found = await self._find(media, limit)
                response = await self._get(stack, found)
            if response.status in DEAD_ADDRESS:
                raise MediaGone(EXPIRED)
            if response.status != 200:
                raise errors.without_doubt(errors.failure_of(response.status, None))
            async for chunk in _verified(response, found.digests, limit):
                yield chunk

    async def _get(self, stack: AsyncExitStack, found: Found) -> aiohttp.ClientResponse:
        return await stack.enter_async_context(self._graph.download(found.url, silence=SILENCE_SECONDS))


async def _verified(
    response: aiohttp.ClientResponse, digests: frozenset[bytes], limit: int
) -> AsyncIterator[bytes]:
    received, digest = 0, hashlib.sha256()
    async for chunk in response.content.iter_chunked(CHUNK):
        received += len(chunk)
        if received > limit:
            raise MediaGone(TOO_LARGE)
        digest.update(chunk)
        yield chunk
    if digests and digest.digest() not in digests:
        raise MediaGone(DIFFERENT)


def _origin(url: URL) -> tuple[str, str | None, int | None]:
    return url.scheme, url.host, url.port


def _digest(written: str | None) -> bytes | None:
    """SHA-256 in hex or base64 (webhooks and the API differ); None for what is neither."""
    try:
        digest = bytes.fromhex(written or "") if len(written or "") == 64 else base64.b64decode(written or "")
    except ValueError:
        return None
    return digest if len(digest) == hashlib.sha256().digest_size else None
