"""What identifies a customer, found in what he writes: CPF, CNPJ (also with letters, since 2026-07), a birth date."""

import re
from datetime import date

_CPF = re.compile(r"(?<![\w.])\d{3}[.\s]?\d{3}[.\s]?\d{3}[-\s]?\d{2}(?![\w])")
_CNPJ = re.compile(
    r"(?<![\w.])[0-9A-Z]{2}[.\s]?[0-9A-Z]{3}[.\s]?[0-9A-Z]{3}[/\s]?[0-9A-Z]{4}[-\s]?\d{2}(?!\w)",
    re.IGNORECASE,
)
_DATE = re.compile(r"(?<!\d)(\d{1,2})[/.\-\s](\d{1,2})[/.\-\s](\d{4})(?!\d)")
_COMPACT_DATE = re.compile(r"(?<!\d)(\d{2})(\d{2})((?:19|20)\d{2})(?!\d)")
_CPF_LENGTH = 11
_ALMOST_A_DOCUMENT = re.compile(r"\d(?:[.\s/-]?\d){7,}")
_MASK = "[CPF ou CNPJ informado]"


def normal_document(text: str) -> str:
    """Without punctuation, letters in capitals."""
    return re.sub(r"[^0-9A-Z]", "", text.upper())


def documents_in(text: str) -> list[str]:
    """Those whose check digits are right, without punctuation, in the order they stand."""
    found = [match for pattern in (_CPF, _CNPJ) for match in pattern.finditer(text)]
    written = [normal_document(match[0]) for match in sorted(found, key=lambda match: match.start())]
    return [document for document in dict.fromkeys(written) if is_document(document)]


def masked(text: str) -> str:
    """Without its documents: nobody outside needs to read them."""
    for pattern in (_CNPJ, _CPF):
        text = pattern.sub(_mask_if_real, text)
    return text


def _mask_if_real(match: re.Match[str]) -> str:
    return _MASK if is_document(normal_document(match[0])) else match[0]


def almost_a_document(text: str) -> bool:
    """A long number that is none: mistyped, most likely."""
    return bool(_ALMOST_A_DOCUMENT.search(text)) and not documents_in(text)


def is_person(document: str) -> bool:
    return len(document) == _CPF_LENGTH


def is_document(document: str) -> bool:
    if len(set(document)) == 1:  # 000.000.000-00 has right check digits
        return False
    first, last = (9, 10) if is_person(document) else (12, 13)
    if len(document) != last + 1:
        return False
    return all(document[place] == _check_digit(document[:place]) for place in (first, last))


def _check_digit(head: str) -> str:
    """Modulo 11, letters by their place in ASCII (Receita Federal, IN RFB 2.229/2024)."""
    highest = 11 if len(head) < _CPF_LENGTH else 9
    weights = [2 + place % (highest - 1) for place in range(len(head))][::-1]
    rest = sum((ord(c) - 48) * weight for c, weight in zip(head, weights, strict=True)) % 11
    return str(0 if rest < 2 else 11 - rest)


def birth_dates_in(text: str) -> list[date]:
    """Day first, as Brazilians write it."""
    found = [*_DATE.finditer(text), *_COMPACT_DATE.finditer(text)]
    dates = [
        _date(int(day), int(month), int(year)) for day, month, year in (match.groups() for match in found)
    ]
    return [date for date in dates if date]


def _date(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
