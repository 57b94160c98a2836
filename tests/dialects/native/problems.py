"""Every problem that the native API may tell of, as the classes say."""

import importlib
import pkgutil
from collections.abc import Iterator

import server
import tenants
from tenants.problems import Problem

# Other wires' own, and what only a socket says.
_ELSEWHERE = ("server.dialects.isp", "server.realtime", "server.channels.simulator", "tests")


def every_problem() -> set[type[Problem]]:
    for package in (server, tenants):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.startswith(_ELSEWHERE) and not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    return {kind for kind in _below(Problem) if not kind.__module__.startswith(_ELSEWHERE)}


def _below(kind: type[Problem]) -> Iterator[type[Problem]]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)
