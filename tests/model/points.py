"""At which suspensions a sweep stops a process."""

import pytest

MOST = 400  # suspensions of a job; more would be an endless one


def stride(config: pytest.Config, some: int) -> int:
    """Each suspension, or each of `some`. The option is known only where this directory was asked for."""
    return 1 if config.getoption("--crash-points", default="some") == "all" else some
