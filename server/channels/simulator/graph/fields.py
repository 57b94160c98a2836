"""Small checks of a request body; each names what is wrong the way Meta does."""

from collections.abc import Callable
from typing import Any

from server.channels.simulator.graph import errors
from server.channels.simulator.graph.errors import GraphError

Json = dict[str, Any]
Failure = Callable[[str], GraphError]


def section(parent: Json, name: str) -> Json:
    """A mandatory object. 131008 when it is missing, 100 when it is something else."""
    found = parent.get(name)
    if found is None:
        raise errors.missing(f"Parameter '{name}' is mandatory.")
    if not isinstance(found, dict):
        raise errors.parameter(f"Param {name} must be a JSON object.")
    return found


def only(parent: Json, name: str, allowed: set[str]) -> None:
    for key in parent:
        if key not in allowed:
            raise errors.parameter(f'Unexpected key "{key}" on param "{name}".')


def text(
    parent: Json,
    name: str,
    longest: int,
    path: str,
    *,
    required: bool = True,
    fail: Failure = errors.parameter,
) -> str:
    """The string `parent[name]` of 1 to `longest` characters; "" when it may be absent and is."""
    found = parent.get(name)
    if found is None:
        if required:
            raise fail(f"The parameter {path} is required.")
        return ""
    if not isinstance(found, str):
        raise fail(f"Param {path} must be a string.")
    if required and not found.strip():
        raise fail(f"Param {path} must be a non-empty string.")
    if len(found) > longest:
        raise fail(f"Param {path} must be at most {longest} characters long.")
    return found


def number(parent: Json, name: str, limit: float, path: str) -> float:
    found = parent.get(name)
    if isinstance(found, str):
        found = _as_number(found)
    if isinstance(found, bool) or not isinstance(found, (int, float)) or abs(found) > limit:
        raise errors.parameter(f"Param {path} must be a number from -{limit:g} to {limit:g}.")
    return float(found)


def _as_number(written: str) -> float | None:
    return float(written) if written.replace("-", "", 1).replace(".", "", 1).isdigit() else None


def items(parent: Json, name: str, most: int, path: str, *, fail: Failure = errors.parameter) -> list[Json]:
    """A list of 1 to `most` objects."""
    found = parent.get(name)
    if not isinstance(found, list) or not found or not all(isinstance(item, dict) for item in found):
        raise fail(f"The parameter {path} must be a non-empty array of objects.")
    if len(found) > most:
        raise fail(f"Param {path} must be at most {most} elements long, got {len(found)}.")
    return found


def link(parent: Json, name: str, path: str, *, fail: Failure = errors.parameter) -> str:
    found = text(parent, name, 2000, path, fail=fail)
    if not found.startswith(("https://", "http://")):
        raise fail(f"Param {path} is not a valid URI.")
    return found
