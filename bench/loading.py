"""Starting the load (`programs/load.py`) and reading what it saw."""

import json
import tempfile
from dataclasses import dataclass
from typing import Any

from bench.house import answer_of, python


@dataclass(frozen=True, slots=True)
class Seen:
    """`seconds`: how long each request took, sorted."""

    took: float
    seconds: list[float]
    statuses: dict[str, int]

    @property
    def rate(self) -> float:
        return len(self.seconds) / self.took

    def ms(self, percent: float) -> float:
        return percentile(self.seconds, percent) * 1000


def percentile(ordered: list[float], percent: float) -> float:
    return ordered[min(int(len(ordered) * percent / 100), len(ordered) - 1)]


async def load(
    make: str, port: int, *, expect: int, seconds: float, connections: int, rate: float | None = None,
    warm: float = 0, **spec: Any,
) -> Seen:  # fmt: skip
    """`warm`: seconds at full speed before it counts.

    Raises RuntimeError when anything but `expect` was answered: a fast error is no result.
    """
    spec |= {
        "make": make,
        "port": port,
        "seconds": seconds,
        "connections": connections,
        "rate": rate,
        "warm": warm,
    }
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(spec, file)
        file.flush()
        said = json.loads(await answer_of(*python("bench.programs.load", file.name)))
    seen = Seen(said["took"], sorted(said["seconds"]), said["statuses"])
    if set(seen.statuses) != {str(expect)}:
        raise RuntimeError(f"{make}: expected {expect}, answered {seen.statuses}")
    return seen
