"""At which suspensions a sweep stops a process."""

from collections.abc import Iterator

import pytest

from tests.model.victim import Point

MOST = 400  # suspensions of a job; more would be an endless one


def stride(config: pytest.Config, some: int) -> int:
    """Each suspension, or each of `some`. The option is known only where this directory was asked for."""
    return 1 if config.getoption("--crash-points", default="some") == "all" else some


def runs(each: int) -> int:
    """How many in a row must have ended before their points until the job is over: a send suspends 28 times or 53, as its
    answers come.
    """
    return 15 if each == 1 else 1


def points(each: int) -> Iterator[Point]:
    """Of each suspension both sides, or of each so many one side."""
    for place, suspension in enumerate(range(1, MOST, each)):
        if each == 1 or place % 2:
            yield Point(suspension, after=True)
        if each == 1 or not place % 2:
            yield Point(suspension, after=False)
