"""Tables that a spreadsheet opens and runs nothing of."""

import csv
import io

import pytest

from server.web.csv import lines


@pytest.mark.parametrize(
    "formula", ["=1+1", "+55", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", '=HYPERLINK("http://x","y")']
)
def test_what_could_be_a_formula_is_a_text(formula: str) -> None:
    [[cell, after]] = csv.reader(io.StringIO(lines([[formula, "x"]]), newline=""), delimiter=";")
    assert (cell, after) == (f"'{formula}", "x")


def test_what_is_written_is_read_again() -> None:
    rows = [["a;b", 'diz "oi"', "duas\nlinhas", "ação"], ["", "1", "2.5", "=-1"]]
    read = list(
        csv.reader(
            io.StringIO(
                lines([["a;b", 'diz "oi"', "duas\nlinhas", "ação"], [None, 1, 2.5, "=-1"]]), newline=""
            ),
            delimiter=";",
        )
    )
    assert read == [rows[0], ["", "1", "2.5", "'=-1"]]
