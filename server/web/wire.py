"""Between bytes and models: JSON in and out, query strings, and validation errors as a person reads them."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, TypeVar

import orjson
from aiohttp import web
from pydantic import BaseModel, TypeAdapter, ValidationError

from tenants.problems import FieldError, Invalid, Problem

M = TypeVar("M", bound=BaseModel)

MAX_JSON_BYTES = 1_000_000
KEY_HEADER, MAX_KEY = "Idempotency-Key", 128
_MAX_DEPTH = 32
# More parts than any body of ours has; each of them may be looked at several times, and may be wrong.
_MAX_PARTS = 20_000
# Brackets before they are read: half a million little lists cost half a second. Texts may hold some, too.
_MAX_BRACKETS = 100_000
_MAX_INT = 2**63 - 1


class InvalidJson(Invalid):
    code = "INVALID_JSON"
    message = "O corpo não é JSON válido."


class UnsupportedMediaType(Problem):
    code = "UNSUPPORTED_MEDIA_TYPE"
    message = "Envie o corpo como application/json."


class TooLarge(Problem):
    code = "PAYLOAD_TOO_LARGE"
    message = "O corpo é grande demais."


class TooManyParts(Invalid):
    message = f"O corpo tem mais de {_MAX_PARTS} partes."


class NotAcceptableText(Invalid):
    message = "Texto com caracteres inválidos."


def iso(moment: datetime) -> str:
    """ISO 8601 in UTC with milliseconds and `Z` (native-api.md)."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _encode(value: Any) -> Any:
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def dumps(value: Any) -> bytes:
    return orjson.dumps(value, default=_encode, option=orjson.OPT_PASSTHROUGH_DATETIME)


def json_response(value: Any, *, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    return web.Response(body=dumps(value), status=status, content_type="application/json", headers=headers)


async def read_bytes(request: web.Request, *, limit: int) -> bytes:
    """The raw body; raises TooLarge beyond `limit` bytes without reading on."""
    if (request.content_length or 0) > limit:
        raise TooLarge
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > limit:
            raise TooLarge
    return bytes(body)


async def read_json(request: web.Request, *, limit: int = MAX_JSON_BYTES) -> dict[str, Any]:
    raw = await read_bytes(request, limit=limit)
    if not raw.strip():
        return {}
    if request.content_type not in ("application/json", "text/json") and not request.content_type.endswith(
        "+json"
    ):
        raise UnsupportedMediaType
    return parse_object(raw)


def parse_object(raw: bytes) -> dict[str, Any]:
    """What a client sent, fit to be stored. Raises Invalid."""
    if raw.count(b"[") + raw.count(b"{") > _MAX_BRACKETS:
        raise TooManyParts
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError as broken:
        raise InvalidJson from broken
    if not isinstance(value, dict):
        raise InvalidJson("O corpo precisa ser um objeto JSON.")
    _check_size(value)
    _check_storable(value, "", 0)
    return value


def _check_size(value: Any) -> None:
    left, waiting = _MAX_PARTS, [value]
    while waiting:
        whole = waiting.pop()
        parts = whole.values() if isinstance(whole, dict) else whole
        left -= len(parts)
        if left < 0:
            raise TooManyParts
        waiting.extend(part for part in parts if isinstance(part, dict | list))


def _check_storable(value: Any, path: str, depth: int) -> None:
    """Refuse what MongoDB would: deep nests, 64-bit overflow, NUL. Keys cannot be operators either."""
    if depth > _MAX_DEPTH:
        raise Invalid.field(path, "Estrutura profunda demais.")
    if isinstance(value, dict):
        for key, part in value.items():
            if "\0" in key or key.startswith("$"):
                raise Invalid.field(f"{path}{key}".replace("\0", "\\0"), "Nome de campo inválido.")
            _check_storable(part, f"{path}{key}.", depth + 1)
    elif isinstance(value, list):
        for place, part in enumerate(value):
            _check_storable(part, f"{path}{place}.", depth + 1)
    elif isinstance(value, str):
        if "\0" in value:
            raise Invalid.field(path.rstrip("."), "Texto com caracteres inválidos.")
    elif isinstance(value, int) and abs(value) > _MAX_INT:
        raise Invalid.field(path.rstrip("."), "Número grande demais.")


def check_text(value: str, field: str) -> str:
    """Percent-encoding can smuggle in bytes that are not UTF-8, and NUL."""
    if "\0" in value or not _is_utf8(value):
        raise NotAcceptableText(fields=[FieldError(field, "Texto com caracteres inválidos.")])
    return value


def _is_utf8(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def idempotency_key(request: web.Request) -> str | None:
    key = check_text(request.headers.get(KEY_HEADER, ""), KEY_HEADER)
    if len(key) > MAX_KEY:
        raise Invalid.field(KEY_HEADER, f"Pode ter no máximo {MAX_KEY} caracteres.")
    return key or None


def read_query(request: web.Request, model: type[M]) -> M:
    values: dict[str, Any] = {}
    for key, value in request.query.items():
        if key in values:
            raise Invalid.field(check_text(key, "query"), "Parâmetro repetido.")
        values[check_text(key, "query")] = check_text(value, key)
    return validate(model, values)


def parse(annotation: Any, text: str, field: str) -> Any:
    """What a text in an address says, where it is to be something else than a text."""
    try:
        return TypeAdapter(annotation).validate_python(text)
    except ValidationError as errors:
        raise Invalid(fields=[replace(e, field=field) for e in field_errors(errors)]) from errors


def validate(model: type[M], value: Any) -> M:
    try:
        return model.model_validate(value)
    except ValidationError as errors:
        raise Invalid(fields=field_errors(errors)) from errors


def field_errors(errors: ValidationError) -> list[FieldError]:
    found = errors.errors(include_url=False, include_input=False)
    return [
        FieldError(
            ".".join(str(part) for part in e["loc"]) or "body",
            _in_portuguese(e),
            e["type"] if e["type"] in PORTUGUESE else None,
        )
        for e in found[:50]
    ]


PORTUGUESE = {
    "missing": "Campo obrigatório.",
    "extra_forbidden": "Campo desconhecido.",
    "string_type": "Precisa ser um texto.",
    "string_too_short": "Precisa ter ao menos {min_length} caractere(s).",
    "string_too_long": "Pode ter no máximo {max_length} caracteres.",
    "string_pattern_mismatch": "Formato inválido.",
    "int_type": "Precisa ser um número inteiro.",
    "int_parsing": "Precisa ser um número inteiro.",
    "float_type": "Precisa ser um número.",
    "float_parsing": "Precisa ser um número.",
    "bool_type": "Precisa ser verdadeiro ou falso.",
    "bool_parsing": "Precisa ser verdadeiro ou falso.",
    "list_type": "Precisa ser uma lista.",
    "dict_type": "Precisa ser um objeto.",
    "model_type": "Precisa ser um objeto.",
    "enum": "Valor inválido; use {expected}.",
    "literal_error": "Valor inválido; use {expected}.",
    "too_short": "Precisa ter ao menos {min_length} item(ns).",
    "too_long": "Pode ter no máximo {max_length} itens.",
    "greater_than_equal": "Precisa ser maior ou igual a {ge}.",
    "less_than_equal": "Precisa ser menor ou igual a {le}.",
    "finite_number": "Precisa ser um número finito.",
    "datetime_parsing": "Data inválida.",
    "datetime_from_date_parsing": "Data inválida.",
    "date_parsing": "Data inválida.",
    "date_type": "Data inválida.",
    "date_from_datetime_parsing": "Data inválida.",
    "date_from_datetime_inexact": "Informe só a data, sem hora.",
}


def _in_portuguese(error: Any) -> str:
    if error["type"] == "value_error":
        return re.sub(r"^Value error, ", "", error["msg"])
    template = PORTUGUESE.get(error["type"])
    context = {key: str(value).replace(" or ", " ou ") for key, value in (error.get("ctx") or {}).items()}
    return template.format_map(context) if template else "Valor inválido."
