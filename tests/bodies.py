"""The fields of a body, found in its model, and bodies with another value in one of them."""

import itertools
import json
from collections.abc import Iterator
from typing import Any, get_args, get_origin

from pydantic import BaseModel

Json = dict[str, Any]


def fields(model: type[BaseModel]) -> Iterator[tuple[list[str | int], Any]]:
    """Every field of a body, also of the models within it: its path and its annotation."""
    for name, field in model.model_fields.items():
        yield [name], field.annotation
        for inner in _models_in(field.annotation):
            in_list = "list[" in str(field.annotation)
            for path, annotation in fields(inner):
                yield [name, *([0] if in_list else []), *path], annotation


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)


def is_text(annotation: Any) -> bool:
    """Takes a text, and nothing else but null: enumerations and constrained texts too."""
    if get_origin(annotation) in (list, dict):
        return False
    parts = [part for part in get_args(annotation) if part is not type(None)] or [annotation]
    return all(isinstance(part, type) and issubclass(part, str) for part in parts)


def with_value(body: Json, path: list[str | int], value: Any) -> Json:
    """A copy of `body` with `value` at `path`."""
    copy: Any = json.loads(json.dumps(body))
    place = copy
    for step, following in itertools.pairwise(path):
        empty: Any = [{}] if following == 0 else {}
        if isinstance(step, str) and not place.get(step):
            place[step] = empty
        place = place[step]
    place[path[-1]] = value
    return dict(copy)
