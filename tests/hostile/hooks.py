"""Loaded by schemathesis: its callers must not take away their own ground.

Whoever deactivates himself is told 401 from then on, and nothing behind it is tried any more.
"""

import os
from typing import Any

import schemathesis

# What names a user, and what names nobody in its stead.
_USERS = {"/api/users/{id}": ("id", "spared"), "/api/v1/users/{user_id}": ("user_id", 2**53 - 1)}
_CREW = frozenset(os.environ.get("BALCAO_CREW", "").split(","))


@schemathesis.hook
def before_call(_context: Any, case: Any, _kwargs: dict[str, Any]) -> None:
    for path, (name, nobody) in _USERS.items():
        if case.operation.path == path and str(case.path_parameters.get(name)) in _CREW:
            case.path_parameters[name] = nobody
