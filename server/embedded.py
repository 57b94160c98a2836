"""Real stores without an installation, for development and tests: a one-node `mongod` replica set and `redis-server`."""

import asyncio
import contextlib
import fcntl
import hashlib
import os
import random
import re
import signal
import socket
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from server.binaries import MONGOD, REDIS
from server.processes import CannotStart, Process, spawn
from server.settings import Settings, keep
from tenants.db import STORE_DOWN, initiate_replica_set

STORE_START_SECONDS = 60
LOCK_WAIT_SECONDS = 15
POLL_SECONDS = 0.02
# The kernel's limit is 108 bytes on Linux and 104 on macOS, with the final zero.
LONGEST_SOCKET_PATH = 100
# Below the ports that the kernel hands to outgoing connections, so that a kept port stays free.
KEPT_PORTS = range(20000, 32000)


@dataclass(frozen=True, slots=True)
class Store:
    name: str
    url: str
    command: tuple[str, ...]
    log: Path
    answers: Callable[[], Awaitable[None]]

    async def start(self, lock: int) -> Process:
        """Start it and return once it serves. `lock` (of `data_lock`) stays held until the store has ended too."""
        if self.log.exists():
            self.log.replace(f"{self.log}.previous")
        with self.log.open("wb") as log:
            # SIGTERM is the kinder signal: a store whose supervisor was killed still closes its files.
            process = await spawn(self.command, stdout=log, inherited=[lock], signal_on_orphan=signal.SIGTERM)
        try:
            await self._until_it_serves(process)
        except BaseException:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            raise
        return process

    async def _until_it_serves(self, process: Process) -> None:
        ended = asyncio.ensure_future(process.wait())
        serving = asyncio.ensure_future(self.answers())
        try:
            await asyncio.wait(
                (ended, serving), timeout=STORE_START_SECONDS, return_when=asyncio.FIRST_COMPLETED
            )
            if not serving.done():
                raise CannotStart(self._failure(process))
            serving.result()
        except STORE_DOWN as error:
            raise CannotStart(f"{self.name}: {error}") from error
        finally:
            ended.cancel()
            serving.cancel()

    def _failure(self, process: Process) -> str:
        silent = f"não respondeu em {STORE_START_SECONDS} s"
        reason = silent if process.returncode is None else f"terminou com {process.returncode}"
        last_lines = "\n".join(self.log.read_text(errors="replace").splitlines()[-5:])
        return f"{self.name} {reason}; as últimas linhas de {self.log}:\n{last_lines}"


def mongod(data_dir: Path) -> Store:
    """A replica set of one on 127.0.0.1. Its port is chosen once: the set's own configuration names it."""
    directory = _private(data_dir / "mongo")
    port = int(keep(directory / "port", lambda: str(_free_port())))
    _refuse_busy_port(port)
    command = (str(MONGOD.find()), "--dbpath", str(directory), "--port", str(port), "--bind_ip", "127.0.0.1")
    replication = ("--replSet", "rs0", "--oplogSize", "64")
    small = ("--wiredTigerCacheSizeGB", "0.25", "--setParameter", "diagnosticDataCollectionEnabled=false")
    # A process killed in the middle of a transaction must not hold its documents for the usual minute.
    quick = ("--setParameter", "transactionLifetimeLimitSeconds=3")
    # Without zlib: CVE-2025-14847 is in the mongod 6.0.5 of the wheel.
    safe = ("--networkMessageCompressors", "snappy,zstd", "--nounixsocket")

    async def answers() -> None:
        while not _listens(port):
            await asyncio.sleep(POLL_SECONDS)
        await initiate_replica_set(f"127.0.0.1:{port}")

    url = f"mongodb://127.0.0.1:{port}/?replicaSet=rs0"
    return Store(
        "mongod", url, command + replication + small + quick + safe, directory / "mongod.log", answers
    )


def redis(data_dir: Path) -> Store:
    """A Redis with an append-only file, on a UNIX socket that only this user can open, without a TCP port."""
    directory = _private(data_dir / "redis").resolve()
    path = _socket_path(directory)
    command = (str(REDIS.find()), "--dir", str(directory), "--appendonly", "yes", "--save", "")
    private = ("--port", "0", "--unixsocket", str(path), "--unixsocketperm", "700")

    async def answers() -> None:
        while not await _pongs(path):
            await asyncio.sleep(POLL_SECONDS)

    return Store("redis", f"unix://{path}?db=0", command + private, directory / "redis.log", answers)


def own_urls(settings: Settings) -> dict[str, str]:
    """Of the settings that name a store of this module, kept in DATA_DIR: name and URL."""
    own = {}
    port, path = settings.data_dir / "mongo" / "port", settings.data_dir / "redis"
    if port.exists() and re.search(
        rf"(127\.0\.0\.1|localhost|\[::1\]):{port.read_text()}\b", settings.mongo_url
    ):
        own["MONGO_URL"] = settings.mongo_url
    if path.exists() and settings.redis_url.startswith(f"unix://{_socket_path(path.resolve())}"):
        own["REDIS_URL"] = settings.redis_url
    return own


@contextlib.contextmanager
def data_lock(data_dir: Path) -> Iterator[int]:
    """Hold DATA_DIR for this process and for the stores, which inherit the descriptor that this yields.

    The kernel lets go when the last holder has ended, so the lock is never stale: at worst it is held by stores that
    are just closing, which is waited for. Raises CannotStart while another supervisor lives.
    """
    path = _private(data_dir) / "lock"
    with path.open("a+") as file:
        _take(file.fileno(), path)
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield file.fileno()


def _take(descriptor: int, path: Path) -> None:
    deadline = time.monotonic() + LOCK_WAIT_SECONDS
    while True:
        try:
            return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = path.read_text()
            if time.monotonic() > deadline or _lives(holder):
                raise CannotStart(f"{path.parent} está em uso pelo processo {holder or '?'}.") from None
        time.sleep(POLL_SECONDS)


def _lives(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True


def _private(directory: Path) -> Path:
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    return directory


def _free_port() -> int:
    return next(port for port in random.sample(KEPT_PORTS, len(KEPT_PORTS)) if _bindable(port))


def _bindable(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def _refuse_busy_port(port: int) -> None:
    if not _bindable(port):
        raise CannotStart(
            f"A porta {port} é a do MongoDB local e está em uso por outro programa; encerre-o e tente de novo."
        )


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


async def _pongs(path: Path) -> bool:
    """False also while Redis is still loading its file."""
    try:
        reader, writer = await asyncio.open_unix_connection(path)
    except OSError:
        return False
    try:
        writer.write(b"PING\r\n")
        return (await reader.readline()).startswith(b"+PONG")
    except ConnectionError:
        return False  # it is ending
    finally:
        writer.close()


def _socket_path(directory: Path) -> Path:
    """In the data directory, or in a short private one when the path would be longer than the kernel allows."""
    path = directory / "redis.sock"
    if len(os.fsencode(path)) <= LONGEST_SOCKET_PATH:
        return path
    name = hashlib.sha256(os.fsencode(directory)).hexdigest()[:16]
    short = _private(Path(tempfile.gettempdir()) / f"balcao-{os.getuid()}-{name}")
    if short.stat().st_uid != os.getuid() or short.stat().st_mode & 0o077:
        raise CannotStart(f"{short} não é só deste usuário; apague-o ou defina TMPDIR.")
    return short / "redis.sock"
