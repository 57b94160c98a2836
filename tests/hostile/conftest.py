"""A house with the simulator at its side, whose log must stay quiet while it is mistreated."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from server.channels.simulator import Simulator
from server.settings import Settings
from tests.hostile.effort import tried


@pytest.fixture
def settings(settings: Settings, simulator: Simulator) -> Settings:
    return settings.model_copy(update={"graph_api_url": simulator.url, "simulator_url": simulator.url})


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Whoever sends nonsense must not be able to fill the log with errors."""
    with structlog.testing.capture_logs() as entries:
        yield
    assert not [entry for entry in entries if entry["log_level"] in ("error", "critical", "exception")]
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if tried:
        terminalreporter.section("tried")
    for what, count in tried.items():
        terminalreporter.write_line(f"{count:>9,}  {what}")
