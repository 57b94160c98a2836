"""Cursors: opaque to the client, a keyset to us."""

import base64
import binascii
from datetime import UTC, datetime
from typing import NamedTuple

from tenants.problems import Invalid


class Keyset(NamedTuple):
    """The last row of a page: rows after it come strictly below `(at, id)`."""

    at: datetime
    id: str


def encode_cursor(keyset: Keyset) -> str:
    return (
        base64.urlsafe_b64encode(f"{int(keyset.at.timestamp() * 1000)}.{keyset.id}".encode())
        .decode()
        .rstrip("=")
    )


def decode_cursor(cursor: str) -> Keyset:
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        milliseconds, _, id = raw.partition(".")
        return Keyset(datetime.fromtimestamp(int(milliseconds) / 1000, UTC), id)
    except (ValueError, binascii.Error, OverflowError, OSError) as broken:
        raise Invalid.field("cursor", "Cursor inválido.") from broken
