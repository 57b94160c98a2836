"""Rows of ratios. Absolute figures drift with the machine; a figure beside its bound from the same run does not."""

import os
import platform
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

HEADINGS = ("what", "figure", "beside", "ratio", "goal", "")


@dataclass(frozen=True, slots=True)
class Row:
    """`figure / bound` is the ratio, and `goal` what it must reach. Without a goal the row only informs."""

    what: str
    figure: float
    unit: str
    bound: float
    against: str
    goal: float | None = None
    sense: Literal["≥", "≤"] = "≥"
    # What else was seen of it.
    spread: str = ""

    @property
    def ratio(self) -> float:
        return self.figure / self.bound if self.bound else float("nan")

    @property
    def met(self) -> bool | None:
        if self.goal is None:
            return None
        return self.ratio >= self.goal if self.sense == "≥" else self.ratio <= self.goal

    def cells(self) -> tuple[str, ...]:
        goal = f"{self.sense} {self.goal:g}" if self.goal is not None else ""
        mark = {True: "met", False: "MISSED", None: ""}[self.met]
        beside = f"{number(self.bound)}{self.unit} {self.against}"
        figure = f"{number(self.figure)}{self.unit}"
        if self.spread:
            figure += f" ({self.spread})"
        return (self.what, figure, beside, f"{self.ratio:.2f}", goal, mark)


def at_least(what: str, figure: float, unit: str, *, goal: float, against: str = "goal") -> Row:
    """A figure whose goal is a figure."""
    return Row(what, figure, unit, goal, against, goal=1.0)


def at_most(what: str, figure: float, unit: str, *, goal: float, against: str = "goal") -> Row:
    return Row(what, figure, unit, goal, against, goal=1.0, sense="≤")


def number(value: float) -> str:
    if value != value:  # noqa: PLR0124 — only NaN differs from itself
        return "—"
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2 if abs(value) >= 0.1 or not value else 4
    return f"{value:,.{digits}f}"


def as_text(rows: Iterable[Row]) -> str:
    """As Markdown, so that the terminal's table can be put into the document as it is."""
    table = [HEADINGS, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in table) for column in range(len(HEADINGS))]
    table.insert(1, tuple("-" * width for width in widths))
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |"
        for line in table
    )


def machine() -> str:
    load = os.getloadavg()[0]
    python = f"{sys.implementation.name} {platform.python_version()}"
    return f"{os.cpu_count()} cores, {python}, {platform.system()} {platform.machine()}, load {load:.1f} at the start"
