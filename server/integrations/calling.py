"""One HTTP call to somebody's system: bounded in time and size, redirects not followed, failures told apart."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import aiohttp
import orjson
from yarl import URL

from server.desk.assistant.outside import OutsideFailed, Trouble

_LARGEST_ANSWER = 4 * 1024 * 1024
_CONNECT_SECONDS = 5.0
_LONGEST_WAIT = 5.0


class Answer(NamedTuple):
    """`content`: the JSON value; None for what is none."""

    status: int
    content: Any
    retry_after: float | None


@dataclass(frozen=True, slots=True)
class Line:
    """To one system. `failure` is what its troubles are raised as."""

    http: aiohttp.ClientSession
    root: str
    timeout: float
    failure: type[OutsideFailed]

    async def post(
        self,
        path: str,
        *,
        json: Any = None,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        sent = {"data": form} if form is not None else {"data": orjson.dumps(json)}
        typed = {} if form is not None else {"Content-Type": "application/json"}
        return await self._call("POST", path, headers={**typed, **(headers or {})}, **sent)

    async def get(self, path: str, *, headers: Mapping[str, str] | None = None) -> Answer:
        return await self._call("GET", path, headers=headers or {})

    async def _call(self, method: str, path: str, **sent: Any) -> Answer:
        timeout = aiohttp.ClientTimeout(total=self.timeout, connect=_CONNECT_SECONDS)
        try:
            async with self.http.request(
                method, _at(self.root, path), timeout=timeout, allow_redirects=False, **sent
            ) as got:
                return Answer(got.status, await self._content(got), _seconds(got.headers.get("Retry-After")))
        except TimeoutError as slow:
            raise self.failure(Trouble.TIMEOUT, f"{self.timeout:g} s") from slow
        except (aiohttp.ClientError, OSError, ValueError) as away:
            # Its words may hold the address, and that a key.
            raise self.failure(Trouble.UNREACHABLE, type(away).__name__) from None

    async def _content(self, got: aiohttp.ClientResponse) -> Any:
        raw = bytearray()
        async for chunk in got.content.iter_any():
            raw += chunk
            if len(raw) > _LARGEST_ANSWER:
                raise self.failure(Trouble.MALFORMED, "an answer without end")
        try:
            return orjson.loads(raw)
        except orjson.JSONDecodeError:
            return None


def _at(root: str, path: str) -> URL:
    return URL(f"{root.rstrip('/')}/{path}")


def _seconds(retry_after: str | None) -> float | None:
    try:
        return float(retry_after) if retry_after else None
    except ValueError:
        return None


async def wait_to_retry(answer: Answer) -> bool:
    """Whether the system only asked for a moment; the moment is over then."""
    seconds = 1.0 if answer.retry_after is None else max(answer.retry_after, 0.0)
    if answer.status not in {429, 503} or seconds > _LONGEST_WAIT:
        return False
    await asyncio.sleep(seconds)
    return True
