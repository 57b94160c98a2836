"""Secrets that would be known anywhere, and everything that a house leaves behind, searched for them."""

import base64
import secrets
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pymongo
import redis
from bson.raw_bson import RawBSONDocument

_NEEDLE = 14  # what a log cuts off in the middle is found too


@dataclass
class Canaries:
    """Each secret by its name; no pattern of the redaction knows them by their look."""

    values: dict[str, str] = field(default_factory=dict)

    def hatch(self, name: str) -> str:
        self.values[name] = secrets.token_hex(24)
        return self.values[name]

    def know(self, name: str, value: str) -> str:
        """One that was made elsewhere. Of a token only its last part is secret."""
        self.values[name] = value.rpartition(".")[2]
        return value

    def found_in(self, haystack: bytes) -> set[str]:
        return {
            name for name, value in self.values.items() if any(form in haystack for form in _forms(value))
        }


def _forms(value: str) -> Iterator[bytes]:
    """As it is, and in base64, wherever in it the secret begins."""
    needle = value[:_NEEDLE].encode()
    yield needle
    for shift in range(3):
        yield base64.b64encode(b"x" * shift + needle)[4:-4]


class Visitor:
    """Asks at the front door, and keeps every answer with what it was meant to tell."""

    def __init__(self, url: str, canaries: Canaries) -> None:
        self._url, self._canaries = url, canaries
        self._http = aiohttp.ClientSession()
        self.leaks: list[tuple[str, set[str]]] = []

    async def close(self) -> None:
        await self._http.close()

    async def ask(
        self, method: str, path: str, body: Any = None, *, at: str | None = None, **options: Any
    ) -> tuple[int, Any]:
        """Status and body; what of the secrets is in the answer counts as leaked."""
        status, text, leaked = await self._ask(method, (at or self._url) + path, json=body, **options)
        if leaked:
            self.leaks.append((f"{method} {path} → {status}", leaked))
        return status, text

    async def sign_in(self, path: str, body: dict[str, str]) -> dict[str, Any]:
        """The one answer that tells secrets: the session's own tokens, and nothing else."""
        async with self._http.post(self._url + path, json=body) as answer:
            text = await answer.text()
            assert answer.status in (200, 201), text
            leaked = self._canaries.found_in(f"{answer.headers} {text}".encode())
            if leaked:
                self.leaks.append((f"POST {path}", leaked))
            told: dict[str, Any] = await answer.json()
        serial = len(self._canaries.values)
        self._canaries.know(f"JWT {serial}", told["token"])
        self._canaries.know(f"refresh token {serial}", told["refreshToken"])
        return told

    async def _ask(self, method: str, url: str, **options: Any) -> tuple[int, Any, set[str]]:
        async with self._http.request(method, url, **options) as answer:
            raw = await answer.read()
            leaked = self._canaries.found_in(f"{answer.status} {answer.headers} ".encode() + raw)
            told = await answer.json() if answer.content_type == "application/json" and raw else raw
            return answer.status, told, leaked


def stored(url: str, database: str) -> Iterator[tuple[str, bytes]]:
    """Every document of every collection as the bytes it is kept in, files included."""
    with pymongo.MongoClient[RawBSONDocument](url, document_class=RawBSONDocument) as client:
        for name in client[database].list_collection_names():
            for document in client[database][name].find({}):
                yield f"collection {name}", _readable(bytes(document.raw))


def remembered(url: str) -> Iterator[tuple[str, bytes]]:
    """Every key of Redis with all that it holds; RQ compresses what it keeps."""
    with redis.Redis.from_url(url) as client:
        for key in client.scan_iter():
            yield f"Redis {key!r}", key + b" " + _content(client, key)


def _content(client: "redis.Redis", key: bytes) -> bytes:
    kind: Any = client.type(key)
    read: Any = {
        b"string": client.get,
        b"hash": client.hgetall,
        b"set": client.smembers,
        b"list": lambda key: client.lrange(key, 0, -1),
        b"zset": lambda key: client.zrange(key, 0, -1),
        b"stream": client.xrange,
    }[kind]
    return b" ".join(_readable(part) for part in _parts(read(key)))


def _parts(value: Any) -> Iterator[bytes]:
    if isinstance(value, dict):
        value = [*value.keys(), *value.values()]
    for part in value if isinstance(value, (list, set, tuple)) else [value]:
        if isinstance(part, bytes):
            yield part
        elif part is not None:
            yield str(part).encode()


def _readable(raw: bytes) -> bytes:
    try:
        return raw + zlib.decompress(raw)
    except zlib.error:
        return raw


def logged(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.glob("*.log")):
        for number, line in enumerate(path.read_bytes().splitlines(), 1):
            yield f"{path.name}:{number}", line
