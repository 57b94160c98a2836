"""Sends requests over kept connections, as fast as they are answered or at a steady rate; prints what it saw as JSON.

A process of its own, the same for everyone who is measured: on two cores it takes its share from each alike.
At a steady rate a request's time runs from when it was due, so that a server that stalls cannot hide behind a waiting client.
"""

import asyncio
import itertools
import json
import re
import sys
import time
from collections import Counter, deque
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import uvloop

from bench.webhooks import Sender

Make = Callable[[], bytes]
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_PATIENCE_SECONDS = 10.0


class Connection(asyncio.Protocol):
    """One request at a time."""

    def __init__(self, on_answer: Callable[["Connection", int], None]) -> None:
        self._on_answer = on_answer
        self._received = b""
        self._wire: asyncio.Transport | None = None
        self.began = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._wire = cast("asyncio.Transport", transport)

    def send(self, request: bytes, began: float) -> None:
        assert self._wire
        self.began = began
        self._wire.write(request)

    def data_received(self, data: bytes) -> None:
        self._received += data
        end = self._received.find(b"\r\n\r\n")
        if end < 0:
            return
        length = _LENGTH.search(self._received, 0, end + 2)
        if len(self._received) >= end + 4 + (int(length[1]) if length else 0):
            status, self._received = int(self._received[9:12]), b""
            self._on_answer(self, status)

    def close(self) -> None:
        if self._wire:
            self._wire.abort()


class Load:
    """`rate` None: each connection sends as soon as it is answered."""

    def __init__(self, make: Make, *, rate: float | None) -> None:
        self._make, self._rate = make, rate
        self._idle: deque[Connection] = deque()
        self._due: deque[float] = deque()
        self._open = True
        self._answered = asyncio.Event()
        self.seconds: list[float] = []
        self.statuses: Counter[int] = Counter()

    async def run(self, port: int, *, connections: int, seconds: float) -> float:
        """How long it took."""
        loop = asyncio.get_running_loop()
        for _ in range(connections):
            _, connection = await loop.create_connection(lambda: Connection(self._hear), "127.0.0.1", port)
            self._idle.append(connection)
        everyone = list(self._idle)
        began = time.monotonic()
        await (self._steadily(began, seconds) if self._rate else self._at_once(seconds))
        self._open = False
        await self._settled(len(everyone))
        took = time.monotonic() - began
        for connection in everyone:
            connection.close()
        return took

    async def _at_once(self, seconds: float) -> None:
        while self._idle:
            self._idle.popleft().send(self._make(), time.monotonic())
        await asyncio.sleep(seconds)

    async def _steadily(self, began: float, seconds: float) -> None:
        assert self._rate
        for turn in range(int(self._rate * seconds)):
            due = began + turn / self._rate
            if (wait := due - time.monotonic()) > 0:
                await asyncio.sleep(wait)
            self._due.append(due)
            self._send_due()

    def _send_due(self) -> None:
        while self._due and self._idle:
            self._idle.popleft().send(self._make(), self._due.popleft())

    def _hear(self, connection: Connection, status: int) -> None:
        now = time.monotonic()
        self.seconds.append(now - connection.began)
        self.statuses[status] += 1
        if self._open and self._rate is None:
            connection.send(self._make(), now)
            return
        self._idle.append(connection)
        self._send_due()
        self._answered.set()

    async def _settled(self, connections: int) -> None:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while len(self._idle) < connections or self._due:
                self._answered.clear()
                await self._answered.wait()


def webhooks(spec: dict[str, Any]) -> Make:
    """The text is the time at which it was made (time.monotonic_ns, the same for all processes)."""
    sender = Sender(**spec["sender"])
    body_of = sender.bodies()

    def make() -> bytes:
        body = body_of(f"t{time.monotonic_ns()}", 1)
        return _request("POST", spec["path"], {"X-Hub-Signature-256": sender.signature(body)}, body)

    return make


def gets(spec: dict[str, Any]) -> Make:
    turns = itertools.cycle([_request("GET", path, spec["headers"]) for path in spec["paths"]])
    return lambda: next(turns)


def messages(spec: dict[str, Any]) -> Make:
    """An agent's answers, each with a key of its own, going round the conversations."""
    places = itertools.cycle(spec["conversations"])
    serial = itertools.count()

    def make() -> bytes:
        key = f"{spec['run']}-{next(serial)}"
        said = {
            "conversationId": next(places),
            "content": "Bom dia! O café é até as dez.",
            "clientMessageId": key,
        }
        return _request("POST", "/api/messages", spec["headers"], json.dumps(said).encode())

    return make


def _request(method: str, path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    lines = [
        f"{method} {path} HTTP/1.1",
        "Host: 127.0.0.1",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


MAKERS: dict[str, Callable[[dict[str, Any]], Make]] = {
    "webhooks": webhooks,
    "gets": gets,
    "messages": messages,
}


async def main(spec: dict[str, Any]) -> None:
    make, port, connections = MAKERS[spec["make"]](spec), spec["port"], spec["connections"]
    if spec["warm"]:
        await Load(make, rate=None).run(port, connections=connections, seconds=spec["warm"])
    load = Load(make, rate=spec["rate"])
    took = await load.run(port, connections=connections, seconds=spec["seconds"])
    print(json.dumps({"took": took, "seconds": load.seconds, "statuses": load.statuses}))


if __name__ == "__main__":
    uvloop.run(main(json.loads(Path(sys.argv[1]).read_text())))
