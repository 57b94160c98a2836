"""What the house says, compared with what a document prints (tests/examples/native, tests/examples/isp)."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

NATIVE = Path(__file__).with_name("native")
ISP = Path(__file__).with_name("isp")
_SECONDS = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d"
TIMES = [re.compile(rf"{_SECONDS}\.\d{{3}}Z"), re.compile(rf"{_SECONDS}Z")]
OPAQUE = re.compile(r"(?:\bid|Id|Ids\[\]|[tT]oken|[cC]ursor)$")


def example(name: str, *, of: Path = NATIVE, **real: Any) -> Any:
    """A printed example; `real` takes the place of the ids that it makes up."""
    printed = json.loads((of / f"{name}.json").read_text())
    return printed | real if real else printed


def assert_like(name: str, found: Any, but: Mapping[str, Any] | None = None, *, of: Path = NATIVE) -> None:
    """`found` says all that the example says: the same keys, types and values; more keys are welcome.

    Ids, tokens and times are the house's own, in the printed form. `but` names what is otherwise in this scene:
    `{"data[].unreadCount": 0}`.
    """
    differences = list(_differences(example(name, of=of), found, but or {}, ""))
    assert not differences, "\n".join([f"not like {name}:", *differences])


def _differences(printed: Any, found: Any, but: Mapping[str, Any], path: str) -> Iterator[str]:
    if path in but:
        if found != but[path]:
            yield f"{path}: {found!r}, not {but[path]!r}"
    elif isinstance(printed, dict) and isinstance(found, dict):
        for key, part in printed.items():
            place = f"{path}.{key}".lstrip(".")
            if key in found:
                yield from _differences(part, found[key], but, place)
            else:
                yield f"{place}: missing"
    elif isinstance(printed, list) and isinstance(found, list):
        if printed and len(found) != len(printed):
            yield f"{path}: {len(found)} items, not {len(printed)}"
        for part, other in zip(printed, found, strict=False):
            yield from _differences(part, other, but, f"{path}[]")
    elif not _same(printed, found, path):
        yield f"{path}: {found!r}, not {printed!r}"


def _same(printed: Any, found: Any, path: str) -> bool:
    if type(found) is not type(printed):
        return False
    if not isinstance(printed, str):
        return bool(found == printed)
    for time in TIMES:
        if time.fullmatch(printed):
            return bool(time.fullmatch(found))
    if printed.startswith("wamid."):
        return bool(found.startswith("wamid."))
    return bool(found) if OPAQUE.search(path) or printed == "..." else bool(found == printed)
