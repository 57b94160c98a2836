"""The eight kinds of thing that go wrong on purpose.

Nouns subclass these near their own code and set `code` and a Portuguese `message`. The kinds carry no status
codes: each dialect renders them its own way.
"""

import re
from dataclasses import dataclass
from typing import Any

_WORD_BEGINS = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class FieldError:
    """One wrong field: `field` is its path on the wire (`buttons.0.title`), `message` is for a person.

    `reason` is the message for a program, where it has a name.
    """

    field: str
    message: str
    reason: str | None = None


class Problem(Exception):
    """Something the caller can be told about; `extra` is data the caller can act on (JSON values only)."""

    code = "PROBLEM"
    message = "Algo deu errado."

    def __init__(
        self,
        message: str | None = None,
        *,
        code: str | None = None,
        fields: list[FieldError] | None = None,
        extra: dict[str, Any] | None = None,
        retry_after: int | None = None,
    ) -> None:
        self.message = message or type(self).message
        self.code = code or type(self).code
        self.fields = fields or []
        self.extra = extra or {}
        self.retry_after = retry_after
        super().__init__(self.message)

    @classmethod
    def reason(cls) -> str | None:
        """More exact than `code`, for whoever says it in other words: "TAG_TAKEN". None of what has no message of its own."""
        if cls.__module__ == __name__ or "message" not in vars(cls):
            return None
        named = _WORD_BEGINS.sub("_", cls.__name__).upper()
        return None if named == cls.code else named


class Unauthenticated(Problem):
    code = "UNAUTHENTICATED"
    message = "Credenciais ausentes, inválidas ou expiradas."


class Forbidden(Problem):
    code = "FORBIDDEN"
    message = "Você não tem permissão para isto."


class NotFound(Problem):
    code = "NOT_FOUND"
    message = "Não encontrado."


class Invalid(Problem):
    code = "VALIDATION_ERROR"
    message = "Dados inválidos."

    @classmethod
    def field(cls, field: str, message: str) -> "Invalid":
        return cls(fields=[FieldError(field, message)])


class Conflict(Problem):
    code = "CONFLICT"
    message = "Conflito com o estado atual."


class Locked(Problem):
    code = "LOCKED"
    message = "Recurso bloqueado."


class RateLimited(Problem):
    code = "RATE_LIMITED"
    message = "Muitas requisições; tente de novo em instantes."


class Unavailable(Problem):
    code = "UNAVAILABLE"
    message = "Temporariamente indisponível; tente de novo em instantes."

    def __init__(self, message: str | None = None, *, retry_after: int = 5, **details: Any) -> None:
        super().__init__(message, retry_after=retry_after, **details)
