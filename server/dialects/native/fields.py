"""Field types that several native bodies share."""

from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, StringConstraints

from tenants.credentials import check_password_rule
from tenants.problems import Invalid
from tenants.signup import check_slug
from tenants.users import EMAIL_PATTERN, MAX_EMAIL, normal_email


def _password(text: str) -> str:
    try:
        check_password_rule(text)
    except Invalid as broken:
        raise ValueError(broken.fields[0].message) from broken
    return text


def _written_out(value: Any) -> Any:
    """Pydantic would also read seconds since 1970, which nobody means here."""
    if not isinstance(value, str) or not value[:4].isdigit() or "-" not in value:
        raise ValueError("Data inválida; use o formato 2026-01-31T12:00:00Z.")
    return value


def shown(**schema: str | int) -> Any:
    """What the OpenAPI document tells of a rule that a validator keeps."""
    return Field(json_schema_extra={**schema})


def _short(limit: int) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=limit)


Id = Annotated[str, StringConstraints(min_length=1, max_length=64)]
When = Annotated[AwareDatetime, BeforeValidator(_written_out)]  # with its time zone
Name = Annotated[str, _short(120), shown(pattern=r"\S")]
Label = Annotated[str, _short(60), shown(pattern=r"\S")]
Description = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
Email = Annotated[
    str,
    StringConstraints(max_length=320),
    AfterValidator(normal_email),
    shown(pattern=EMAIL_PATTERN, maxLength=MAX_EMAIL),
]
# The rule for a password that is being chosen; one that is being checked is any text.
NewPassword = Annotated[
    str, StringConstraints(max_length=1000), AfterValidator(_password), shown(minLength=8, maxLength=72)
]
Password = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
Slug = Annotated[
    str,
    StringConstraints(max_length=40),
    AfterValidator(check_slug),
    shown(pattern="^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$"),
]
