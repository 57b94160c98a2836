import asyncio
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from server.processes import CannotStart
from server.supervisor import Program, Supervisor
from tests.running.processes import family, survivors

Said = list[tuple[str, str]]


@pytest.fixture
def said() -> Said:
    return []


def python(
    supervisor: Supervisor, name: str, code: str, *arguments: str | Path, stop_seconds: float = 60
) -> Program:
    return supervisor.program(
        name, [sys.executable, "-c", code, *map(str, arguments)], os.environ, stop_seconds=stop_seconds
    )


def told_to(said: Said, *, stop_first: tuple[str, ...] = ()) -> Supervisor:
    return Supervisor(lambda name, line: said.append((name, line)), stop_first=stop_first, first_delay=0.05)


async def until(said: Said, text: str, *, times: int = 1) -> None:
    async with asyncio.timeout(60):
        while sum(text in line for _, line in said) < times:
            await asyncio.sleep(0.02)


async def test_what_dies_comes_back_ever_slower(said: Said) -> None:
    async with told_to(said) as supervisor:
        # Before: on a busy machine it may have died by the time that it counts as started.
        supervisor.settle()
        await supervisor.start(python(supervisor, "web", "print('working', flush=True); exit(3)"))
        await until(said, "working", times=3)
    restarts = [line for _, line in said if "volta em" in line]
    assert restarts[:2] == [
        "parou com o código 3; volta em 0.05 s",
        "parou com o código 3; volta em 0.1 s",
    ]


async def test_a_death_before_all_is_up_is_final(said: Said) -> None:
    async with told_to(said) as supervisor:
        await supervisor.start(python(supervisor, "web", "exit(2)"))
        with pytest.raises(CannotStart, match="web terminou com o código 2"):
            await supervisor.unless_one_dies(asyncio.sleep(20))


async def test_what_cannot_be_started_again_is_tried_again(said: Said, tmp_path: Path) -> None:
    command = tmp_path / "program"
    command.write_text("#!/bin/sh\necho working\nexec sleep 60\n")
    command.chmod(0o755)
    async with told_to(said) as supervisor:
        await supervisor.start(program := supervisor.program("web", [str(command)], os.environ))
        supervisor.settle()
        await until(said, "working")
        command.rename(tmp_path / "away")
        assert program.process is not None
        program.process.kill()
        await until(said, "não voltou")
        (tmp_path / "away").rename(command)
        await until(said, "working", times=2)


LISTENER = """
import signal, sys, time
def stop(*_):
    print("stopping", time.monotonic(), flush=True)
    time.sleep(0.3)
    print("stopped", time.monotonic(), flush=True)
    sys.exit(0)
signal.signal(signal.SIGTERM, stop)
print("started", flush=True)
time.sleep(60)
"""


def stops(said: Said) -> list[tuple[str, str]]:
    times = [
        (float(line.split()[1]), name, line.split()[0]) for name, line in said if line.startswith("stop")
    ]
    return [(name, word) for _, name, word in sorted(times)]


@pytest.mark.parametrize(
    ("stop_first", "order"),
    [
        ((), ["workers", "web", "clock", "store"]),
        (("web", "workers", "clock"), ["web", "workers", "clock", "store"]),
    ],
)
async def test_stages_stop_one_after_the_other(
    said: Said, stop_first: tuple[str, ...], order: list[str]
) -> None:
    async with told_to(said, stop_first=stop_first) as supervisor:
        for name in ("store", "clock", "web", "workers"):
            await supervisor.start(python(supervisor, name, LISTENER))
        await until(said, "started", times=4)
    assert stops(said) == [(name, word) for name in order for word in ("stopping", "stopped")]


# Ends once the other one has been asked to end as well.
COMPANION = """
import signal, sys, time
from pathlib import Path
asked = Path(sys.argv[1])
def stop(*_):
    (asked / sys.argv[2]).touch()
    while len(list(asked.iterdir())) < 2:
        time.sleep(0.02)
    print("stopped together", flush=True)
    sys.exit(0)
signal.signal(signal.SIGTERM, stop)
print("started", flush=True)
time.sleep(60)
"""


async def test_a_stage_stops_together(said: Said, tmp_path: Path) -> None:
    async with told_to(said) as supervisor:
        names = ("web.0", "web.1")
        await supervisor.start(*(python(supervisor, name, COMPANION, tmp_path, name) for name in names))
        await until(said, "started", times=2)
    assert sorted(said) == sorted((name, word) for name in names for word in ("started", "stopped together"))


async def test_what_ignores_the_request_is_killed_with_its_children(said: Said) -> None:
    stubborn = "import signal, subprocess, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    stubborn += "subprocess.Popen(['sleep', '60'])\nprint('started', flush=True)\ntime.sleep(60)"
    async with told_to(said) as supervisor:
        await supervisor.start(program := python(supervisor, "web", stubborn, stop_seconds=1))
        await until(said, "started")
        assert program.process is not None
        children = family(program.process.pid)
        assert len(children) == 1
    assert program.process.returncode == -signal.SIGKILL
    assert survivors(children, within=30) == []


async def test_an_endless_line_does_not_silence_a_program(said: Said) -> None:
    async with told_to(said) as supervisor:
        code = (
            "import sys; sys.stdout.write('x' * 3_000_000 + '\\nafterwards\\n'); sys.stdout.flush(); input()"
        )
        await supervisor.start(python(supervisor, "web", f"{code}\nimport time; time.sleep(60)"))
        await until(said, "afterwards")


HOUSE = """
import asyncio, os, sys
from functools import partial
from pathlib import Path
from server import embedded
from server.supervisor import Program, Supervisor, until_asked_to_stop

async def house(data_dir):
    with embedded.data_lock(data_dir) as lock:
        async with Supervisor(lambda name, line: None) as supervisor:
            stores = embedded.mongod(data_dir), embedded.redis(data_dir)
            await supervisor.start(*(Program(store.name, partial(store.start, lock)) for store in stores))
            await supervisor.start(supervisor.program("web", ["sleep", "60"], os.environ))
            supervisor.settle()
            print("up", flush=True)
            await asyncio.Event().wait()

asyncio.run(until_asked_to_stop(house(Path(sys.argv[1]))))
"""


@pytest.fixture
def house(tmp_path: Path) -> subprocess.Popen[str]:
    """A supervisor with real stores and a program, up."""
    process = subprocess.Popen([sys.executable, "-c", HOUSE, tmp_path], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "up\n"
    return process


@pytest.mark.parametrize("request_to_stop", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_nothing_is_left_after_a_stop(house: subprocess.Popen[str], request_to_stop: signal.Signals) -> None:
    children = family(house.pid)
    house.send_signal(request_to_stop)
    assert house.wait(60) == 0
    assert survivors(children, within=0.2) == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children of their parent's death")
def test_nothing_is_left_after_kill_9(house: subprocess.Popen[str], tmp_path: Path) -> None:
    children = family(house.pid)
    assert {process.name() for process in children} >= {"mongod", "redis-server", "sleep"}
    house.kill()
    assert survivors(children, within=60) == []
    last_words = (tmp_path / "mongo/mongod.log").read_text()
    assert re.search('"Now exiting"|"Shutting down"', last_words), "mongod was not given the time to close"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children of their parent's death")
def test_a_new_house_opens_while_the_killed_one_closes(house: subprocess.Popen[str], tmp_path: Path) -> None:
    house.kill()
    house.wait(30)
    again = subprocess.Popen([sys.executable, "-c", HOUSE, tmp_path], stdout=subprocess.PIPE, text=True)
    assert again.stdout is not None
    assert again.stdout.readline() == "up\n"
    again.terminate()
    assert again.wait(60) == 0


def test_watching_notices_who_survives() -> None:
    """The tests above would pass if `survivors` saw nobody."""
    process = subprocess.Popen(["sleep", "60"])
    assert survivors([psutil.Process(process.pid)], within=0.1) == ["sleep 60"]
    process.kill()
    process.wait(5)
