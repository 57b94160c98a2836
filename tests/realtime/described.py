"""What the OpenAPI document says of the live socket, and whether what was heard is just that."""

import functools
from typing import Any

from openapi_schema_validator import OAS31Validator

from server.dialects import native

Schema = dict[str, Any]
_PLACE = "/components/schemas"


@functools.cache
def _components() -> Schema:
    """Closed: a field that nobody has described is wrong too."""
    schemas: Schema = native.docs.document(native.routes)["components"]["schemas"]
    return {name: {**schema, **_closed(schema)} for name, schema in schemas.items()}


def _closed(schema: Schema) -> Schema:
    return (
        {}
        if "additionalProperties" in schema or "properties" not in schema
        else {"additionalProperties": False}
    )


def names(of: str) -> set[str]:
    """The events that `DurableEvents` or `BriefEvents` describes."""
    return set(_components()[of]["properties"])


@functools.cache
def _validator(name: str) -> OAS31Validator:
    of = "DurableEvents" if name in names("DurableEvents") else "BriefEvents"
    place = f"#{_PLACE}/{of}/properties/{name.replace('/', '~1')}"
    return OAS31Validator({"$ref": place, "components": {"schemas": _components()}})


def wrong_with(name: str, payload: Any) -> list[str]:
    """Of an event as it came on a plain socket or as an `ev`: what is not as it is described."""
    if name not in names("DurableEvents") | names("BriefEvents"):
        return [f"{name}: nobody describes it"]
    said = payload
    if isinstance(payload, dict) and name not in ("ev", "tail"):
        said = {field: value for field, value in payload.items() if field != "seq"}
    wrong = [f"{name}: {error.message} at {error.json_path}" for error in _validator(name).iter_errors(said)]
    frames = payload.get("frames", []) if name == "ev" else []
    return wrong + [found for frame in frames for found in wrong_with(*frame)]
