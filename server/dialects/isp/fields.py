"""Field types that several bodies share."""

from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints

from server.desk.contacts.phones import normal_phone
from tenants.credentials import MAX_PASSWORD_BYTES, MIN_PASSWORD_CHARACTERS, check_password_rule
from tenants.problems import Invalid
from tenants.signup import check_slug
from tenants.users import EMAIL_PATTERN, MAX_EMAIL, normal_email

# What each password must have one of, and how that is said.
_ASKED = {
    "letra maiúscula": str.isupper,
    "número": str.isdecimal,
    "caractere especial": lambda character: not character.isalnum() and not character.isspace(),
}


def _strong(password: str) -> str:
    try:
        check_password_rule(password)
    except Invalid as broken:
        raise ValueError(broken.fields[0].message) from broken
    for name, fits in _ASKED.items():
        if not any(map(fits, password)):
            raise ValueError(f"A senha precisa ter pelo menos 1 {name}.")
    return password


def shown(**schema: str | int) -> Any:
    """What the OpenAPI document tells of a rule that a validator keeps."""
    return Field(json_schema_extra={**schema})


Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120), shown(pattern=r"\S")
]
Email = Annotated[
    str,
    StringConstraints(max_length=320),
    AfterValidator(normal_email),
    shown(pattern=EMAIL_PATTERN, maxLength=MAX_EMAIL),
]
# One that is being checked is any text.
Password = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
StrongPassword = Annotated[
    str,
    StringConstraints(max_length=1000),
    AfterValidator(_strong),
    shown(
        pattern=r"^(?=.*[A-Z])(?=.*[0-9])(?=.*[!-/:-@])",
        minLength=MIN_PASSWORD_CHARACTERS,
        maxLength=MAX_PASSWORD_BYTES,
    ),
]
Slug = Annotated[
    str,
    StringConstraints(max_length=40),
    AfterValidator(check_slug),
    shown(pattern="^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$"),
]
Phone = Annotated[str, StringConstraints(max_length=40), AfterValidator(normal_phone)]
Id = Annotated[str, StringConstraints(min_length=1, max_length=64)]
