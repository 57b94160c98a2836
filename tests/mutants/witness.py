"""A pytest plugin (`-p tests.mutants.witness`): tells the runner what failed, and whether a check failed or something broke.

Writes one JSON line a failure to the file that BALCAO_WITNESS names: {test, check, said}.
"""

import json
import os
from pathlib import Path

import pytest

FILE_VARIABLE = "BALCAO_WITNESS"
_CHECKS = (AssertionError, pytest.fail.Exception)


def pytest_exception_interact(
    node: pytest.Item | pytest.Collector, call: pytest.CallInfo[object], report: pytest.TestReport
) -> None:
    if call.excinfo is None:
        return
    said = _check_in(call.excinfo.value)
    failure = {
        "test": node.nodeid,
        "check": said is not None and call.when == "call",
        "said": said or f"{call.when}: {call.excinfo.exconly()}",
    }
    with Path(os.environ[FILE_VARIABLE]).open("a") as lines:
        lines.write(json.dumps(failure) + "\n")


def _check_in(failure: BaseException) -> str | None:
    """The text of the check that failed; hypothesis may hand over several failures at once."""
    if isinstance(failure, BaseExceptionGroup):
        return next((said for part in failure.exceptions if (said := _check_in(part)) is not None), None)
    return str(failure) if isinstance(failure, _CHECKS) else None
