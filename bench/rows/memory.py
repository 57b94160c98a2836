"""What an idle socket costs: how much larger the process is once they are all there."""

import psutil

from bench.audience import seated
from bench.hotel import Hotel
from bench.house import House, free_port, program, python, until_ready
from bench.rows.fanout import SOCKETS_A_USER
from bench.size import Size
from bench.table import Row, at_most

NAME = "memory"
GOAL_KB = 25
# What a process allocates for its first sockets, it keeps.
WARM_SOCKETS = 20


async def measure(house: House, size: Size) -> list[Row]:
    count = size.idle_sockets
    async with house.runtime() as runtime, house.web() as web:
        hotel = await Hotel.found(runtime)
        tokens = await hotel.tokens(-(-count // SOCKETS_A_USER) + 1)
        ours = await _kb_a_socket(web.pid, house.settings.port, count, tokens, durable=True)
    port = free_port()
    async with program(*python("bench.peers.socketio_default", str(port))) as peer:
        await until_ready(f"http://127.0.0.1:{port}/ready")
        default = await _kb_a_socket(peer.pid, port, count, [""], durable=False)
    what = f"memory an idle socket, {count:,} of them"
    return [at_most(what, ours, " KB", goal=GOAL_KB), Row(what, ours, " KB", default, "python-socketio")]


async def _kb_a_socket(pid: int, port: int, count: int, tokens: list[str], *, durable: bool) -> float:
    async with seated(port, sockets=WARM_SOCKETS, tokens=tokens[:1], events=1, durable=durable):
        before = _resident(pid)
        async with seated(port, sockets=count, tokens=tokens[1:] or tokens, events=1, durable=durable):
            return (_resident(pid) - before) / count / 1024


def _resident(pid: int) -> int:
    return int(psutil.Process(pid).memory_info().rss)
