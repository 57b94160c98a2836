"""One call to the Graph API: written once, never retried, its failure classified by what may have happened."""

import time
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any
from urllib.parse import quote

import aiohttp
import orjson
from aiohttp.abc import AbstractStreamWriter
from yarl import URL

from server.channels.base import SendFailed
from server.channels.meta_cloud import errors
from server.channels.meta_cloud.reading import Json, number
from server.redaction import HIDDEN

LARGEST_ANSWER = 4 * 1024 * 1024
CONNECT_SECONDS = 5.0
LOST = (aiohttp.ClientError, TimeoutError, OSError)


class PastDeadline(Exception):
    """The body was not written because its time was over."""


class GuardedBody(aiohttp.BytesPayload):
    """Knows whether any of it may have gone out, and does not go out after its deadline (protocol.md, R4).

    aiohttp hands a body over when the connection stands, and holds the headers back until then, so the first
    write here is the first byte of the request on the wire.
    """

    def __init__(self, content: Json, *, deadline: float) -> None:
        super().__init__(orjson.dumps(content), content_type="application/json")
        self._deadline = deadline
        self.written = False
        self.too_late = False

    async def write_with_length(self, writer: AbstractStreamWriter, content_length: int | None) -> None:
        if time.monotonic() >= self._deadline:
            self.too_late = True
            raise PastDeadline
        self.written = True
        await super().write_with_length(writer, content_length)


class Graph:
    """Both sessions are shared and without `trust_env` (a proxy of the environment would see every token).

    `outside` is guarded: it asks for the files whose address an answer names.
    """

    def __init__(
        self,
        http: aiohttp.ClientSession,
        url: str,
        version: str,
        access_token: str,
        *,
        outside: aiohttp.ClientSession,
    ) -> None:
        self._http = http
        self._outside = outside
        self.root = URL(url)
        self._version = version
        self._headers = {"Authorization": f"Bearer {access_token}"}
        self._secrets = [access_token]

    def keep_secret(self, secret: str) -> None:
        """What is sent along in a call, and must not come back in the words of a failure."""
        self._secrets.append(secret)

    async def send(self, path: tuple[str, ...], content: Json, *, deadline: float, timeout: float) -> Json:
        """Post what reaches a customer. The answer to a 200; anything else is SendFailed."""
        body = GuardedBody(content, deadline=deadline)
        try:
            async with self._request("POST", self._url(path), timeout, data=body) as response:
                return await self._answer(response)
        except LOST as error:
            raise (errors.too_late() if body.too_late else errors.lost(written=body.written)) from error

    async def call(
        self,
        method: str,
        path: tuple[str, ...],
        *,
        params: dict[str, str] | None = None,
        json: Json | None = None,
        data: aiohttp.FormData | None = None,
        timeout: float,
    ) -> Json:
        """Anything that reaches no customer: when it fails, no message is in doubt."""
        url = self._url(path).with_query(params)
        try:
            async with self._request(method, url, timeout, json=json, data=data) as response:
                return await self._answer(response)
        except LOST as error:
            raise errors.without_doubt(errors.lost(written=False)) from error
        except SendFailed as failed:
            raise errors.without_doubt(failed) from None

    @asynccontextmanager
    async def download(self, url: URL, *, silence: float) -> AsyncIterator[aiohttp.ClientResponse]:
        """`silence`: seconds without a byte after which it is given up. The caller has checked the host."""
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_SECONDS, sock_read=silence)
        # The Graph API's own address is the operator's choice, and may be within his network.
        http = self._http if url.origin() == self.root.origin() else self._outside
        try:
            async with http.get(
                url, headers=self._headers, timeout=timeout, allow_redirects=False
            ) as response:
                yield response
        except LOST as error:
            raise errors.without_doubt(errors.lost(written=False)) from error

    def _url(self, path: tuple[str, ...]) -> URL:
        # Segments are ids that others chose: a slash or a question mark in one must not lead elsewhere.
        return self.root.joinpath(self._version, *(quote(part, safe="") for part in path), encoded=True)

    def _request(
        self, method: str, url: URL, timeout: float, **body: Any
    ) -> AbstractAsyncContextManager[aiohttp.ClientResponse]:
        return self._http.request(
            method,
            url,
            headers=self._headers,
            timeout=aiohttp.ClientTimeout(total=timeout, sock_connect=CONNECT_SECONDS),
            allow_redirects=False,
            **body,
        )

    async def _answer(self, response: aiohttp.ClientResponse) -> Json:
        body = _decoded(await _limited(response))
        if response.status == 200 and isinstance(body, dict) and "error" not in body:
            return body
        failed = errors.failure_of(response.status, body, retry_after=_retry_after(response))
        # Meta quotes what it was given, and whatever it says is stored and shown.
        texts = {
            name: self.hushed(getattr(failed.error, name))
            for name in ("code", "title", "cause", "next_step", "detail")
        }
        failed.error = failed.error.model_copy(update=texts)
        raise failed

    def hushed(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        return text


async def _limited(response: aiohttp.ClientResponse) -> bytes:
    """Nothing but the beginning of an answer that has no end."""
    received = bytearray()
    async for chunk in response.content.iter_any():
        received += chunk
        if len(received) > LARGEST_ANSWER:
            break
    return bytes(received[: LARGEST_ANSWER + 1])


def _decoded(body: bytes) -> Any:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        return None


def _retry_after(response: aiohttp.ClientResponse) -> float | None:
    seconds = number(response.headers.get("Retry-After"))
    return seconds if seconds is not None and 0 < seconds < 86_400 else None
