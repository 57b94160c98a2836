"""A WebSocket by hand, for a client who does not read."""

import asyncio
import socket
import struct

from server.realtime.realtime import REALTIME
from tests.conftest import Session
from tests.realtime.conftest import PATIENCE


async def unread(session: Session, address: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A WebSocket whose end of the line is narrow and unread."""
    url = session.client.make_url("/")
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.settimeout(0)
    await asyncio.get_running_loop().sock_connect(line, (url.host, url.port))
    reader, writer = await asyncio.open_connection(sock=line, limit=4096)
    writer.write(
        f"GET {address} HTTP/1.1\r\nHost: {url.host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode()
    )
    await reader.readuntil(b"\r\n\r\n")
    return reader, writer


async def are_connected(session: Session, count: int) -> None:
    """So many sockets of the tenant, once the server has cut off the others."""
    assert session.client.app
    floors = session.client.app[REALTIME]._floors
    async with asyncio.timeout(PATIENCE):
        while sum(len(floor.connections) for floor in floors.get(session.tenant["id"], [])) != count:
            await asyncio.sleep(0.02)


def masked(text: str) -> bytes:
    """A client's text frame, under a mask of zeros."""
    return struct.pack("!BBH4x", 0x81, 0x80 | 126, len(text)) + text.encode()
