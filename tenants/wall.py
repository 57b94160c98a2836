"""What could reach past a tenant is refused before the store is asked."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Update = dict[str, Any] | list[dict[str, Any]]

_FOREIGN_STAGES = {"$lookup", "$graphLookup", "$unionWith", "$out", "$merge", "$collStats", "$indexStats"}
# Stages of an update that make the document anew, with or without its tenant.
_REPLACING = {"$project", "$replaceRoot", "$replaceWith"}


def checked_pipeline(pipeline: Sequence[dict[str, Any]]) -> Sequence[dict[str, Any]]:
    """Raises ValueError for a stage that reaches other collections, also where it hides in another stage."""
    if foreign := _FOREIGN_STAGES & set(_keys(pipeline)):
        raise ValueError(f"{', '.join(sorted(foreign))} would reach past the tenant")
    return pipeline


def _keys(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from value
    if isinstance(value, Mapping | list | tuple):
        for part in value.values() if isinstance(value, Mapping) else value:
            yield from _keys(part)


def checked_update(update: Update) -> Update:
    """Raises ValueError for an update that would move a document to another tenant, or to none."""
    for part in update if isinstance(update, list) else [update]:
        if _REPLACING & part.keys() or "tenant_id" in _written(part):
            raise ValueError("tenant_id cannot be changed")
    return update


def _written(part: Mapping[str, Any]) -> set[str]:
    """The top-level fields that an update, or a stage of one, writes."""
    names: list[Any] = []
    for operator, change in part.items():
        # `$unset` in a pipeline names its fields as a text or a list.
        names += [change] if isinstance(change, str) else change
        names += change.values() if operator == "$rename" else ()
    return {str(name).partition(".")[0] for name in names}
