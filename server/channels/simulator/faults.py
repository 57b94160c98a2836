"""Faults on demand: what the network and Meta do on a bad day, by count or by chance."""

import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

# Faults of an answer, in the order of how much of the request took effect.
ANSWER_KINDS = {
    "error": "a Graph error with `code` (and `details`, `status`); nothing accepted",
    "http_500": "HTTP 500; nothing accepted",
    "http_429": "HTTP 429 with code 130429; nothing accepted",
    "late": "no answer for `seconds`; nothing accepted",
    "reset": "the connection is reset; nothing accepted",
    "accepted_late": "accepted, the answer is held for `seconds`",
    "accepted_reset": "accepted, then the connection is reset",
    "accepted_500": "accepted, then HTTP 500",
    "status_first": "accepted, the webhooks `sent` and `delivered` arrive before the answer",
}
WEBHOOK_KINDS = {
    "duplicate": "the same bytes are posted `times` times in all, `seconds` apart",
    "shuffle": "a change leaves its customer's order and arrives after a random part of `seconds`",
    "delay": "a change, and all behind it in its customer's order, waits `seconds`",
    "batch": "changes wait up to `seconds` for up to `size` of them to share one body; stands until removed",
    "drop_status": "a status (only `status`, when given) is never sent",
    "late_status": "`sent`, and with it what follows, comes `seconds` late",
    "hold": "no webhook goes out while it stands; all of them go when it is removed",
}
OPERATIONS = ("send", "template", "read", "upload", "media", "download", "templates", "subscribe", "node")
_DEFAULTS: dict[str, Json] = {
    "late": {"seconds": 30.0},
    "accepted_late": {"seconds": 30.0},
    "duplicate": {"times": 2, "seconds": 0.0},
    "shuffle": {"seconds": 1.0},
    "delay": {"seconds": 1.0},
    "batch": {"size": 100, "seconds": 0.2},
    "late_status": {"seconds": 10.0},
}
_PARAMETERS = {"code", "details", "status", "seconds", "times", "size"}
MAX_UPDATES = 1000


@dataclass(slots=True)
class Fault:
    """`count` None is until removed; `number` None is every number; `parameters` as the kind says."""

    id: str
    kind: str
    number: str | None = None
    operation: str = "send"
    count: int | None = None
    probability: float = 1.0
    parameters: Json = field(default_factory=dict)
    fired: int = 0

    def as_json(self) -> Json:
        return {
            "id": self.id,
            "kind": self.kind,
            "phoneNumberId": self.number,
            "operation": self.operation,
            "count": self.count,
            "probability": self.probability,
            "fired": self.fired,
            **self.parameters,
        }


class Faults:
    """`on_change` hears of every fault that comes, goes or takes effect."""

    def __init__(self, seed: int | None = None, on_change: Callable[[], None] = lambda: None) -> None:
        self.random = random.Random(seed)
        self._on_change = on_change
        self._faults: dict[str, Fault] = {}
        self._ids = itertools.count(1)

    def __iter__(self) -> Any:
        return iter(list(self._faults.values()))

    def add(
        self,
        kind: str,
        *,
        count: int | None = None,
        probability: float = 1.0,
        number: str | None = None,
        operation: str = "send",
        **parameters: Any,
    ) -> Fault:
        """ValueError for a kind, an operation or a parameter that does not exist."""
        _check(kind, operation, count, probability, parameters)
        fault = Fault(
            id=f"f{next(self._ids)}",
            kind=kind,
            number=number,
            operation=operation,
            count=count,
            probability=probability,
            parameters=_DEFAULTS.get(kind, {}) | parameters,
        )
        self._faults[fault.id] = fault
        self._on_change()
        return fault

    def remove(self, fault_id: str) -> bool:
        found = self._faults.pop(fault_id, None)
        self._on_change()
        return found is not None

    def clear(self) -> None:
        self._faults.clear()
        self._on_change()

    def for_answer(self, number: str, *operations: str) -> Fault | None:
        return self._take(
            lambda f: f.kind in ANSWER_KINDS and f.operation in operations and f.number in (None, number)
        )

    def for_webhook(self, kind: str, number: str, status: str | None = None) -> Fault | None:
        return self._take(
            lambda f: (
                f.kind == kind and f.number in (None, number) and f.parameters.get("status") in (None, status)
            )
        )

    def standing(self, kind: str, number: str) -> Fault | None:
        """The fault without drawing or counting it: for what changes how, not whether, things are sent."""
        found = (f for f in self._faults.values() if f.kind == kind and f.number in (None, number))
        return next(found, None) if self._faults else None

    def _take(self, matches: Any) -> Fault | None:
        if not self._faults:
            return None
        for fault in self._faults.values():
            if matches(fault) and self.random.random() < fault.probability:
                self._count_down(fault)
                return fault
        return None

    def _count_down(self, fault: Fault) -> None:
        fault.fired += 1
        if fault.count is not None:
            fault.count -= 1
            if fault.count <= 0:
                del self._faults[fault.id]
        self._on_change()


def _check(kind: str, operation: str, count: object, probability: object, parameters: Json) -> None:
    if kind not in ANSWER_KINDS and kind not in WEBHOOK_KINDS:
        raise ValueError(f"unknown fault {kind!r}, known are {', '.join([*ANSWER_KINDS, *WEBHOOK_KINDS])}")
    if operation not in OPERATIONS:
        raise ValueError(f"unknown operation {operation!r}, known are {', '.join(OPERATIONS)}")
    if unknown := set(parameters) - _PARAMETERS:
        raise ValueError(f"unknown parameters {', '.join(sorted(unknown))}")
    if kind == "error" and not isinstance(parameters.get("code"), int):
        raise ValueError("the fault error needs a code")
    if count is not None and (not isinstance(count, int) or count < 1):
        raise ValueError("count is a whole number from 1")
    if not isinstance(probability, (int, float)) or not 0 < probability <= 1:
        raise ValueError("probability is above 0 and at most 1")
    if not 1 <= parameters.get("size", 1) <= MAX_UPDATES:
        raise ValueError(f"size is 1 to {MAX_UPDATES}")
