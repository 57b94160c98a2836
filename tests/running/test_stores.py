"""The tests' own stores (tests/stores.py), seen from outside a run of pytest."""

import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from tests.running.processes import survivors
from tests.stores import DIRECTORY_VARIABLE

ROOT = Path(__file__).parents[2]
A_TEST = """
import time
from pathlib import Path
from tests.stores import Stores

def test_it(stores: Stores) -> None:
    print(stores.mongo_url, flush=True)
    deadline = time.monotonic() + 120
    while not Path({leave!r}).exists() and time.monotonic() < deadline:
        time.sleep(0.05)
"""


def start(tmp_path: Path, leave: Path) -> subprocess.Popen[str]:
    """A run of pytest with stores of its own, once they are up; it ends when there is a file `leave`."""
    (tmp_path / "test_it.py").write_text(A_TEST.format(leave=str(leave)))
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("BALCAO_", "PYTEST_"))}
    run = subprocess.Popen(
        [sys.executable, "-m", "pytest", "-s", "-p", "tests.stores", "--rootdir", tmp_path, tmp_path],
        cwd=ROOT,
        env=bare,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert run.stdout is not None
    assert any("mongodb://" in line for line in iter(run.stdout.readline, ""))
    return run


def keeper_of(run: subprocess.Popen[str]) -> psutil.Process:
    (keeper,) = (child for child in psutil.Process(run.pid).children() if "tests.stores" in child.cmdline())
    return keeper


@pytest.mark.parametrize("killed", [False, True])
def test_nothing_is_left_after_a_run(tmp_path: Path, *, killed: bool) -> None:
    run = start(tmp_path, leave := tmp_path / "leave")
    keeper = keeper_of(run)
    directory = Path(keeper.cmdline()[-1])
    family = [keeper, *keeper.children(recursive=True)]
    assert {process.name() for process in family[1:]} == {"mongod", "redis-server"}
    if killed:
        run.kill()
    leave.touch()
    run.communicate(timeout=90)
    assert survivors(family, within=60) == []
    assert not directory.exists()
    assert DIRECTORY_VARIABLE in os.environ, "this run has its own"
