"""How long the model plays.

`--hypothesis-profile=long` plays for minutes, `mutants` stops at the first sight of a fault. `--crash-points=all` kills at
each suspension instead of at some.
"""

import pytest
from hypothesis import HealthCheck, Phase, settings

_ANY = settings(deadline=None, suppress_health_check=list(HealthCheck), print_blob=True)

settings.register_profile(
    "model", _ANY, derandomize=True, max_examples=12, stateful_step_count=25, database=None
)
settings.register_profile("long", _ANY, max_examples=200, stateful_step_count=50)
settings.register_profile(
    "mutants", _ANY, derandomize=True, max_examples=60, stateful_step_count=40, database=None,
    phases=(Phase.generate,), report_multiple_bugs=False,
)  # fmt: skip


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--crash-points", choices=["some", "all"], default="some")
