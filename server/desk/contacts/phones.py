"""Telephone numbers as people type them."""

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber

from server.desk.contacts.models import old_brazilian_mobile

_HOME = "BR"
_MAX_LENGTH = 40


def normal_phone(text: str) -> str:
    """Digits with country code. A number without one is read as Brazilian first, then as one that lacks its `+`.

    Raises ValueError, in Portuguese, for what is no telephone number. Brazil's mobiles may lack the ninth digit, since
    WhatsApp writes many of them so.
    """
    readings = ((text, _HOME), (f"+{text.strip().lstrip('+')}", None))
    for written, region in readings if len(text) <= _MAX_LENGTH else ():
        number = _read(written, region)
        if number and (phonenumbers.is_valid_number(number) or old_brazilian_mobile(_digits(number))):
            return _digits(number)
    raise ValueError("Telefone inválido; use DDD e número, ou +país e número.")


def _read(text: str, region: str | None) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(text, region)
    except NumberParseException:
        return None


def _digits(number: PhoneNumber) -> str:
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164).removeprefix("+")
