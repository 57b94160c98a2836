"""WEB_CONCURRENCY: several web processes, one port."""

import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.conftest import free_port
from tests.running.processes import family, survivors
from tests.stores import Stores

ROOT = Path(__file__).parents[2]
START_SECONDS = 60


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def web(stores: Stores, mongo_database: str, tmp_path: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    ours = {
        "WEB_CONCURRENCY": "2",
        "PORT": str(port),
        "DATA_DIR": str(tmp_path),
        "MONGO_DATABASE": mongo_database,
    }
    urls = {"MONGO_URL": stores.mongo_url, "REDIS_URL": stores.redis_url}
    process = subprocess.Popen(
        [sys.executable, "-m", "server", "web"], cwd=ROOT, env=os.environ | ours | urls
    )
    yield process
    process.kill()
    process.wait(30)


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def listeners(port: int, above: int) -> list[psutil.Process]:
    """The processes below `above` that listen on `port`."""
    found = []
    for process in family(above):
        with contextlib.suppress(psutil.NoSuchProcess):
            if any(c.laddr.port == port and c.status == "LISTEN" for c in process.net_connections("tcp")):
                found.append(process)
    return found


def is_ready(port: int) -> bool:
    with contextlib.suppress(urllib.error.HTTPError):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/ready", timeout=START_SECONDS).close()
        return True
    return False


def test_two_processes_share_a_port_and_come_back(web: subprocess.Popen[bytes], port: int) -> None:
    until(lambda: len(listeners(port, web.pid)) == 2)
    killed = listeners(port, web.pid)[0]
    killed.kill()
    until(lambda: len(listeners(port, web.pid)) == 2 and killed not in listeners(port, web.pid))
    # A process listens before it has seen that the indexes are there.
    until(lambda: is_ready(port))
    children = family(web.pid)
    web.send_signal(signal.SIGTERM)
    assert web.wait(60) == 0
    assert survivors(children, within=0.5) == []
