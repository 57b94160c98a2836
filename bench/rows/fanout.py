"""One event to a thousand sockets of one process, beside python-socketio and Node's socket.io as they come."""

import asyncio
import shutil
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from statistics import median

import aiohttp
import orjson

from bench.audience import Audience, seated
from bench.hotel import Hotel
from bench.house import House, answer_of, free_port, program, python, until_ready
from bench.size import Size
from bench.table import Row
from server.desk.channels import Channel
from server.desk.messages.inbound import Received, Sender
from server.desk.messages.models import Kind
from server.desk.messages.receiving import receive
from server.processes import Process

NAME = "fanout"
EVENTS = 50
SOCKETS_A_USER = 20
SOCKET_IO = "socket.io@4.8.1"
# A server on the given port.
Start = Callable[[int], AbstractAsyncContextManager[Process]]


async def measure(house: House, size: Size) -> list[Row]:
    ours, sample = await _house(house, size)
    default = await _peer(_python_peer, size, sample)
    rows = [
        Row(
            what := f"fan-out to {size.sockets:,} sockets",
            ours,
            " frames/s",
            default,
            "python-socketio",
            goal=1.1,
        )
    ]
    if directory := await _node(house.directory):
        node = await _peer(lambda port: program("node", _SCRIPT, str(port), str(directory)), size, sample)
        rows.append(Row(what, ours, " frames/s", node, "Node socket.io", goal=1.1))
    return rows


async def _house(house: House, size: Size) -> tuple[float, str]:
    async with house.runtime() as runtime, house.web():
        hotel = await Hotel.found(runtime)
        channel = await hotel.connect()
        tokens = await hotel.tokens(-(-size.sockets // SOCKETS_A_USER))
        await _write(hotel, channel, "first")
        rates, sample = [], ""
        for turn in range(size.rounds):
            async with seated(
                house.settings.port, sockets=size.sockets, tokens=tokens, events=EVENTS, durable=True
            ) as audience:
                await _write(hotel, channel, f"turn{turn}")
                rate, sample = await _rate(audience)
                rates.append(rate)
    return median(rates), sample


async def _write(hotel: Hotel, channel: Channel, run: str) -> None:
    """One customer's messages: the first time a conversation is opened, from then on each is one event."""
    async with hotel.enter() as ctx:
        customer = Sender(wa_id="5511987654321", name="João Silva")
        texts = ("Olá! Gostaria de reservar um quarto com vista para o mar.",) * EVENTS
        written = [
            Received(wamid=f"wamid.{run}.{place}", at=ctx.now(), sender=customer, kind=Kind.TEXT, text=text)
            for place, text in enumerate(texts)
        ]
        await receive(ctx, channel.id, written)


async def _rate(audience: Audience) -> tuple[float, str]:
    seen = await audience.heard()
    return (seen["heard"] - 1) / seen["took"], seen["sample"]


def _python_peer(port: int) -> AbstractAsyncContextManager[Process]:
    return program(*python("bench.peers.socketio_default", str(port)))


async def _peer(start: Start, size: Size, sample: str) -> float:
    """The same frame to as many sockets."""
    rates = []
    for _ in range(size.rounds):
        port = free_port()
        async with start(port), aiohttp.ClientSession() as http:
            await until_ready(f"http://127.0.0.1:{port}/ready")
            async with seated(
                port, sockets=size.sockets, tokens=[""], events=EVENTS, durable=False
            ) as audience:
                said = orjson.dumps(orjson.loads(sample[2:]))
                telling = asyncio.create_task(
                    http.post(f"http://127.0.0.1:{port}/emit?times={EVENTS}", data=said)
                )
                rates.append((await _rate(audience))[0])
                await telling
    return median(rates)


_SCRIPT = str(Path(__file__).parent.parent / "peers" / "socketio_node.mjs")


async def _node(directory: Path) -> Path | None:
    """Node's socket.io, installed outside of the house; None where there is no Node or no registry."""
    if not (shutil.which("node") and shutil.which("npm")):
        return None
    try:
        await answer_of(
            "npm", "install", "--prefix", str(directory), "--no-audit", "--no-fund", "--silent", SOCKET_IO
        )
    except RuntimeError:
        return None
    return directory
