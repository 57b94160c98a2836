"""Which stores a production refuses, and what becomes of a process whose store comes up late and unsafe.

The embedded servers are such stores: MongoDB 6.0 and Redis 6.2 of before the holes were mended.
"""

import asyncio
import base64
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from structlog.testing import capture_logs

from server import embedded, store_safety
from server.__main__ import COMMANDS
from server.processes import PIPE, CannotStart, Process, spawn, stop
from server.runtime import Runtime
from server.settings import Settings
from server.store_safety import HOLES, Found, is_sound, judge
from tests.conftest import free_port
from tests.line import Line
from tests.stores import Stores
from tests.workers import environment

SOUND = [
    ("MongoDB", "4.4.30"), ("MongoDB", "5.0.32"), ("MongoDB", "6.0.27"), ("MongoDB", "7.0.28"), ("MongoDB", "7.0.31"), ("MongoDB", "8.0.17"),
    ("MongoDB", "8.2.3"), ("MongoDB", "8.3.0"), ("MongoDB", "9.0.0-rc1"), ("Redis", "6.2.20"), ("Redis", "7.2.11"), ("Redis", "7.4.6"),
    ("Redis", "8.0.4"), ("Redis", "8.2.2"), ("Redis", "8.4.0"), ("Valkey", "7.2.11"), ("Valkey", "8.0.6"), ("Valkey", "8.1.4"), ("Valkey", "9.0.0"),
]  # fmt: skip
FATAL = [
    ("MongoDB", "3.6.23"), ("MongoDB", "4.4.29"), ("MongoDB", "6.0.5"), ("MongoDB", "6.0.26"), ("MongoDB", "6.1.1"), ("MongoDB", "7.0.27"), ("MongoDB", "7.3.4"),
    ("MongoDB", "8.0.16"), ("MongoDB", "8.1.9"), ("MongoDB", "8.2.2"), ("MongoDB", ""), ("MongoDB", "8"), ("Redis", "6.0.20"), ("Redis", "6.2.14"),
    ("Redis", "7.0.15"), ("Redis", "7.2.10"), ("Redis", "8.0.3"), ("Redis", "8.2.1"), ("Valkey", "8.0.5"), ("Valkey", "8.1.3"), ("Valkey", "x.y.z"),
]  # fmt: skip


@pytest.mark.parametrize("server, version", SOUND)
def test_releases_that_were_mended(server: str, version: str) -> None:
    assert is_sound(version, HOLES[server].fixed)


@pytest.mark.parametrize("server, version", FATAL)
def test_releases_that_were_not(server: str, version: str) -> None:
    assert not is_sound(version, HOLES[server].fixed)


def production(settings: Settings, **changes: Any) -> Settings:
    secrets = {
        "jwt_secret": os.urandom(32).hex(),
        "secrets_key": (base64.urlsafe_b64encode(os.urandom(32)).decode(),),
    }
    return Settings.load(**{**settings.model_dump(), **secrets, "app_env": "production", **changes})


@pytest.mark.parametrize("server, version", FATAL[:2])
def test_refused_in_production_and_said_elsewhere(settings: Settings, server: str, version: str) -> None:
    found = Found(server, version, "mongodb://elsewhere")
    with pytest.raises(CannotStart, match=HOLES[server].name):
        judge(found, production(settings))
    with capture_logs() as said:
        judge(found, settings)
    assert [(entry["event"], entry["version"], entry["log_level"]) for entry in said] == [
        ("store.unsafe", version, "warning")
    ]


def test_of_the_embedded_stores_nothing_is_said_in_development(settings: Settings, tmp_path: Path) -> None:
    url = embedded.mongod(tmp_path).url
    own = settings.model_copy(update={"mongo_url": url})
    with capture_logs() as said:
        judge(Found("MongoDB", "6.0.5", url), own)
    assert said == []


@pytest.mark.parametrize("name", ["MONGO_URL", "REDIS_URL"])
def test_embedded_stores_are_not_for_production(settings: Settings, tmp_path: Path, name: str) -> None:
    stores = {"MONGO_URL": embedded.mongod, "REDIS_URL": embedded.redis}
    url = stores[name](tmp_path).url.replace("127.0.0.1", "localhost")
    with pytest.raises(CannotStart, match=f"^{name}: em produção"):
        store_safety.first_look(production(settings, **{name.lower(): url}))


def test_a_store_that_is_down_is_no_obstacle(settings: Settings) -> None:
    down = {
        "mongo_url": f"mongodb://127.0.0.1:{free_port()}/",
        "redis_url": f"redis://127.0.0.1:{free_port()}/",
    }
    store_safety.first_look(production(settings, **down))


@asynccontextmanager
async def web(settings: Settings) -> AsyncIterator[Process]:
    process = await spawn([sys.executable, "-m", "server", "web"], env=environment(settings), stdout=PIPE)
    try:
        yield process
    finally:
        await stop(process, within=10)


async def end_of(process: Process) -> tuple[int | None, str]:
    said, _ = await asyncio.wait_for(process.communicate(), 90)
    return process.returncode, said.decode()


@pytest.mark.parametrize("copies", [1, 2])
def test_a_production_does_not_start_on_them(settings: Settings, copies: int) -> None:
    with pytest.raises(CannotStart, match="CVE-2025-14847"):
        COMMANDS["web"](production(settings, web_concurrency=copies))


def test_up_is_not_for_production(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert COMMANDS["up"](production(settings)) == 1
    assert "desenvolvimento" in capsys.readouterr().err


async def test_in_development_it_serves_and_warns(runtime: Runtime) -> None:
    with capture_logs() as said:
        await store_safety.keep_looking(runtime)
    assert {entry["hole"] for entry in said if entry["event"] == "store.unsafe"} == {
        "CVE-2025-14847",
        "CVE-2025-49844",
    }


@pytest.fixture
async def line(stores: Stores) -> AsyncIterator[Line]:
    """To MongoDB; cut."""
    found = re.search(r":(\d+)/", stores.mongo_url)
    assert found
    async with Line(int(found[1])) as line:
        await line.cut()
        yield line


async def test_one_that_comes_up_late_is_looked_at_then(settings: Settings, line: Line) -> None:
    """Until then the process lives, and is not ready."""
    url = line.url.replace("http:", "mongodb:") + "?directConnection=true"
    redis = f"redis://127.0.0.1:{free_port()}/"
    async with web(production(settings, mongo_url=url, redis_url=redis)) as process:
        await until(settings, 503)
        assert process.returncode is None
        await line.mend()
        code, said = await end_of(process)
    assert code == 2
    assert "MongoDB 6.0" in said
    assert "Traceback" not in said


async def until(settings: Settings, status: int) -> None:
    """`/ready` answers so."""
    async with asyncio.timeout(90), aiohttp.ClientSession() as http:
        while True:
            try:
                answer = await http.get(f"http://127.0.0.1:{settings.port}/ready")
            except aiohttp.ClientError:
                await asyncio.sleep(0.05)
                continue
            if answer.status == status:
                return
            await asyncio.sleep(0.05)
