"""Tables for spreadsheets."""

import csv
import io
from collections.abc import AsyncIterator, Iterable
from typing import Any

from aiohttp import web

from server.web.dialect import REQUEST_ID

# A cell that begins so is run as a formula, whatever it holds.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
# Without it a spreadsheet takes UTF-8 for an older encoding.
_BOM = "\ufeff"


def lines(rows: Iterable[Iterable[Any]]) -> str:
    """With semicolons, which is what a spreadsheet in Portuguese expects. A text that could be a formula is quoted."""
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(
        [_cell(cell) for cell in row] for row in rows
    )
    return text.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value


async def send_csv(
    request: web.Request, name: str, header: Iterable[str], pages: AsyncIterator[Iterable[Iterable[Any]]]
) -> web.StreamResponse:
    """A download of any length: no more than a page of it is held."""
    page: Iterable[Iterable[Any]] = await anext(
        pages, []
    )  # what is refused is refused before anything is said
    response = web.StreamResponse(
        headers={
            "Content-Type": "text/csv; charset=utf-8",
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "X-Request-ID": request[REQUEST_ID],
        }
    )
    await response.prepare(request)
    await response.write((_BOM + lines([header])).encode())
    while page:
        await response.write(lines(page).encode())
        page = await anext(pages, [])
    await response.write_eof()
    return response
