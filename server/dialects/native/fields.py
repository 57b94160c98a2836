"""Field types that several native bodies share."""

from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from tenants.credentials import check_password_rule
from tenants.problems import Invalid
from tenants.signup import check_slug
from tenants.users import normal_email


def _password(text: str) -> str:
    try:
        check_password_rule(text)
    except Invalid as broken:
        raise ValueError(broken.fields[0].message) from broken
    return text


def _short(limit: int) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=limit)


Id = Annotated[str, StringConstraints(min_length=1, max_length=64)]
Name = Annotated[str, _short(120)]
Label = Annotated[str, _short(60)]
Description = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
Email = Annotated[str, StringConstraints(max_length=320), AfterValidator(normal_email)]
# The rule for a password that is being chosen; one that is being checked is any text.
NewPassword = Annotated[str, StringConstraints(max_length=1000), AfterValidator(_password)]
Password = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
Slug = Annotated[str, StringConstraints(max_length=40), AfterValidator(check_slug)]
