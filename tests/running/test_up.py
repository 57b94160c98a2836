"""`make run`, from outside: the whole house on ports and a directory of its own."""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.conftest import free_port
from tests.running.processes import family, survivors

ROOT = Path(__file__).parents[2]
# For machines with much else to do.
STOP_PATIENCE = 60
HOTEL = {
    "tenantName": "Hotel Mar",
    "tenantSlug": "hotel-mar",
    "userName": "Ana",
    "email": "ana@mar.com",
    "password": "senha123",
}


class House:
    """One data directory and its ports; `open` starts the supervisor and waits for its welcome."""

    def __init__(self, data_dir: Path) -> None:
        self.port, self.simulator_port = free_port(), free_port()
        ours = {
            "PORT": self.port,
            "SIMULATOR_PORT": self.simulator_port,
            "DATA_DIR": data_dir,
            "BCRYPT_ROUNDS": 4,
        }
        theirs = {
            name: value for name, value in os.environ.items() if not name.endswith(("_URL", "LOG_LEVEL"))
        }
        self.env = theirs | {name: str(value) for name, value in ours.items()}

    def start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "server", "up"],
            cwd=ROOT,
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    @contextmanager
    def open(self) -> Iterator[tuple[subprocess.Popen[str], str]]:
        """The supervisor, and what it said until all was up."""
        supervisor = self.start()
        said = ""
        assert supervisor.stdout is not None
        try:
            while "Dados" not in said:
                line = supervisor.stdout.readline()
                assert line, f"it ended after saying:\n{said}"
                said += line
            yield supervisor, said
        finally:
            supervisor.kill()
            supervisor.wait(30)

    def call(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            data=json.dumps(body).encode() if body else None,
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            parsed: dict[str, Any] = json.load(answer)
            return parsed


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path / "data")


def test_it_opens_quietly_keeps_its_data_and_closes_cleanly(house: House) -> None:
    with house.open() as (supervisor, said):
        assert f"http://127.0.0.1:{house.port}/" in said
        assert f"http://127.0.0.1:{house.simulator_port}/" in said
        assert "hotel-demo" in said
        assert "admin@hotel.demo" in said
        assert "│" not in said, "a program had something to complain about"
        house.call("/auth/register", HOTEL)
        children = family(supervisor.pid)
        supervisor.send_signal(signal.SIGINT)
        assert supervisor.wait(STOP_PATIENCE) == 0
        assert survivors(children, within=0.2) == []
    with house.open() as (supervisor, _):
        user = {"email": HOTEL["email"], "password": HOTEL["password"], "tenantSlug": HOTEL["tenantSlug"]}
        assert house.call("/auth/login", user)["tenant"]["slug"] == "hotel-mar"
        supervisor.send_signal(signal.SIGTERM)
        assert supervisor.wait(STOP_PATIENCE) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children of their parent's death")
def test_a_dead_program_comes_back_and_kill_9_leaves_nobody(house: House) -> None:
    with house.open() as (supervisor, _):
        (web,) = (child for child in family(supervisor.pid) if child.cmdline()[-2:] == ["server", "web"])
        web.kill()
        assert supervisor.stdout is not None
        lines = iter(supervisor.stdout.readline, "")
        assert any(re.search(r"web │ parou com o código -9; volta em 1 s", line) for line in lines)
        until_answering(house)
        children = family(supervisor.pid)
        supervisor.kill()
        assert survivors(children, within=60) == []


def until_answering(house: House) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            house.call("/ready")
            return
        time.sleep(0.1)
    pytest.fail("the web process did not come back")


@pytest.mark.parametrize("variable", ["PORT", "SIMULATOR_PORT"])
def test_a_busy_port_is_told_before_anything_starts(house: House, tmp_path: Path, variable: str) -> None:
    port = house.port if variable == "PORT" else house.simulator_port
    with socket.create_server(("127.0.0.1", port)):
        supervisor = house.start()
        said, _ = supervisor.communicate(timeout=90)
    assert supervisor.returncode == 1
    assert f"127.0.0.1:{port} não está livre" in said
    assert f"{variable}=" in said
    assert not (tmp_path / "data/mongo").exists()


def test_a_second_house_in_the_same_directory_is_refused(house: House, tmp_path: Path) -> None:
    with house.open() as (supervisor, _):
        second = House(tmp_path / "data").start()
        said, _ = second.communicate(timeout=90)
        assert second.returncode == 1
        assert f"em uso pelo processo {supervisor.pid}" in said
        children = family(supervisor.pid)
        supervisor.terminate()
        assert supervisor.wait(STOP_PATIENCE) == 0
    assert survivors(children, within=1) == []


def test_bad_settings_are_told_in_one_line_each(house: House) -> None:
    house.env |= {"LOG_FORMAT": "yaml", "NUMBER_RATE": "many"}
    supervisor = house.start()
    said, _ = supervisor.communicate(timeout=90)
    assert supervisor.returncode == 2
    assert [line.partition(":")[0] for line in said.splitlines()[1:]] == ["LOG_FORMAT", "NUMBER_RATE"]
    assert not psutil.pid_exists(supervisor.pid)
