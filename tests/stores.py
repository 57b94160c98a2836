"""Real stores for the tests: one `mongod` and one `redis-server` a run, shared by all pytest-xdist workers.

The first test that asks starts a keeper (this file as a program) that owns the stores. pytest holds a file lock; when it
ends, even by `kill -9`, the kernel frees the lock and the keeper stops the stores and removes their files.
"""

import asyncio
import contextlib
import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pymongo
import pytest
import redis

from server import embedded
from server.processes import stop

DIRECTORY_VARIABLE = "BALCAO_TEST_STORES"
STOP_SECONDS = 10
ROOT = Path(__file__).parent.parent
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")

_keepers: list[subprocess.Popen[str]] = []


@dataclass(frozen=True, slots=True)
class Stores:
    mongo_url: str
    redis_url: str


@pytest.fixture(scope="session")
def stores() -> Stores:
    """The run's stores; the first worker to ask starts them and the others wait for it."""
    directory = Path(os.environ[DIRECTORY_VARIABLE])
    with (directory / "starting").open("w") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        urls = directory / "urls"
        if not urls.exists():
            urls.write_text(_start_keeper(directory))
        return Stores(*urls.read_text().split())


@pytest.fixture
def mongo_database(stores: Stores) -> Iterator[str]:
    """The name of this worker's database, emptied after each test: twenty times faster than a new one with its indexes."""
    name = f"test_{WORKER}"
    yield name
    with pymongo.MongoClient[dict[str, object]](stores.mongo_url) as client:
        for collection in client[name].list_collections(filter={"type": "collection"}):
            client[name][collection["name"]].delete_many({})


@pytest.fixture
def redis_url(stores: Stores) -> Iterator[str]:
    """The URL of this worker's own Redis database, emptied after each test. Pub/sub channels know no databases."""
    url = stores.redis_url.replace("?db=0", f"?db={WORKER.removeprefix('gw')}")
    yield url
    with redis.Redis.from_url(url) as client:
        client.flushdb()


def pytest_configure(config: pytest.Config) -> None:
    """Make the run's directory, in pytest-xdist's controller or in a plain pytest; the workers inherit its name."""
    if DIRECTORY_VARIABLE not in os.environ:
        memory = Path("/dev/shm")
        parent = memory if os.access(memory, os.W_OK) else None
        directory = os.environ[DIRECTORY_VARIABLE] = tempfile.mkdtemp(prefix="balcao-tests-", dir=parent)
        alive = os.open(f"{directory}/alive", os.O_CREAT | os.O_RDWR)
        fcntl.flock(alive, fcntl.LOCK_EX)
        config.add_cleanup(lambda: _end_run(directory, alive))


def _end_run(directory: str, alive: int) -> None:
    del os.environ[DIRECTORY_VARIABLE]
    os.close(alive)
    if not Path(directory, "urls").exists():
        shutil.rmtree(directory)


def _start_keeper(directory: Path) -> str:
    with (directory / "keeper.log").open("w") as log:
        keeper = subprocess.Popen(
            [sys.executable, "-m", "tests.stores", directory],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            start_new_session=True,
        )
    # A Popen that is collected while its process lives is reported as a leak.
    _keepers.append(keeper)
    assert keeper.stdout
    urls = keeper.stdout.readline()
    if not urls:
        pytest.exit(f"The stores did not start:\n{(directory / 'keeper.log').read_text()}", returncode=1)
    return urls


async def _keep(directory: Path) -> None:
    with embedded.data_lock(directory) as lock:
        found = [embedded.mongod(directory), embedded.redis(directory)]
        processes = await asyncio.gather(*(store.start(lock) for store in found))
        print(*(store.url for store in found), flush=True)
        await asyncio.to_thread(_until_pytest_ends, directory)
        await asyncio.gather(*(stop(process, within=STOP_SECONDS) for process in processes))
    shutil.rmtree(directory)


def _until_pytest_ends(directory: Path) -> None:
    with (directory / "alive").open() as alive:
        fcntl.flock(alive, fcntl.LOCK_EX)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_keep(Path(sys.argv[1])))
