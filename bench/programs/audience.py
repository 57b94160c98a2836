"""Many browsers in one process, as cheap as can be: WebSockets that count the events they hear.

Says `ready` once all are connected, then (for `events` > 0) how long it took from the first frame to the last, as JSON.
"""

import asyncio
import json
import struct
import sys
import time
from pathlib import Path
from typing import Any, cast

import uvloop

from bench.browser import EVENT, PING, PONG, Client

AT_ONCE = 50
_PATIENCE_SECONDS = 60.0
_UPGRADE = (
    "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
    "Connection: Upgrade\r\nSec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
_EVENT = EVENT.encode()
CONNECTED = "40"


class Audience:
    def __init__(self, spec: dict[str, Any]) -> None:
        self.durable = spec["durable"]
        self.wanted = spec["events"] * spec["sockets"]
        self.heard = 0
        self.first = self.last = 0.0
        self.sample = ""
        self.complete = asyncio.Event()

    def hear(self, frame: bytes) -> None:
        self.last = time.monotonic()
        if not self.heard:
            self.first, self.sample = self.last, frame.decode()
        self.heard += 1
        if self.heard == self.wanted:
            self.complete.set()


class Ear(asyncio.Protocol):
    def __init__(self, audience: Audience, token: str) -> None:
        self._audience = audience
        # Only counted: what is said of them is the same for everyone.
        self._client = Client(token, lambda _event: None)
        self._received = b""
        self._upgraded = False
        self.ready = asyncio.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._wire = cast("asyncio.Transport", transport)
        self._wire.write(_UPGRADE.encode())

    def data_received(self, data: bytes) -> None:
        data = self._received + data if self._received else data
        start = 0
        if not self._upgraded:
            start = data.find(b"\r\n\r\n") + 4
            self._upgraded = start > 3
        while self._upgraded and (found := _frame(data, start)):
            begin, start = found
            self._hear(data[begin:start])
        self._received = data[start:] if self._upgraded else data

    def _hear(self, frame: bytes) -> None:
        if frame.startswith(_EVENT):
            self._audience.hear(frame)
            return
        text = frame.decode(errors="replace")
        if not self.ready.is_set() and (said := self._client.answer(text)):
            self._wire.write(_masked(said.encode()))
        elif text == PING:
            self._wire.write(_masked(PONG.encode()))
        if self._client.live or (not self._audience.durable and text.startswith(CONNECTED)):
            self.ready.set()

    def connection_lost(self, error: Exception | None) -> None:
        print(f"a socket was closed: {error}", file=sys.stderr)


def _frame(data: bytes, start: int) -> tuple[int, int] | None:
    """Where the payload of the frame at `start` begins and ends; None while it is not all there."""
    if len(data) < start + 2:
        return None
    length, begin = data[start + 1], start + 2
    if length == 126:
        if len(data) < start + 4:
            return None
        length, begin = struct.unpack_from("!H", data, start + 2)[0], start + 4
    elif length == 127:
        if len(data) < start + 10:
            return None
        length, begin = struct.unpack_from("!Q", data, start + 2)[0], start + 10
    return (begin, begin + length) if len(data) >= begin + length else None


def _masked(payload: bytes) -> bytes:
    """With a mask of zeros, which leaves it as it is."""
    size = len(payload)
    header = (
        struct.pack("!BB", 0x81, 0x80 | size) if size < 126 else struct.pack("!BBH", 0x81, 0x80 | 126, size)
    )
    return header + b"\0\0\0\0" + payload


async def main(spec: dict[str, Any]) -> None:
    audience, tokens = Audience(spec), spec["tokens"]
    loop = asyncio.get_running_loop()
    ears: list[Ear] = []
    for start in range(0, spec["sockets"], AT_ONCE):
        batch = [
            Ear(audience, tokens[turn % len(tokens)])
            for turn in range(start, min(start + AT_ONCE, spec["sockets"]))
        ]
        for ear in batch:
            await loop.create_connection(lambda ear=ear: ear, "127.0.0.1", spec["port"])  # type: ignore[misc]
        async with asyncio.timeout(_PATIENCE_SECONDS):
            for ear in batch:
                await ear.ready.wait()
        ears += batch
    print("ready", flush=True)
    async with asyncio.timeout(_PATIENCE_SECONDS):
        await audience.complete.wait()
    took = audience.last - audience.first
    print(json.dumps({"heard": audience.heard, "took": took, "sample": audience.sample}), flush=True)


if __name__ == "__main__":
    uvloop.run(main(json.loads(Path(sys.argv[1]).read_text())))
