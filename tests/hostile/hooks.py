"""Loaded by schemathesis: its callers must not take away their own ground.

Whoever deactivates himself is told 401 from then on, and nothing behind it is tried any more.
"""

import os
from typing import Any

import schemathesis

_CREW = frozenset(os.environ.get("BALCAO_CREW", "").split(","))


@schemathesis.hook
def before_call(_context: Any, case: Any, _kwargs: dict[str, Any]) -> None:
    if case.operation.path == "/api/users/{id}" and case.path_parameters.get("id") in _CREW:
        case.path_parameters["id"] = "spared"
