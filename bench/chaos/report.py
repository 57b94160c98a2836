"""The run as Markdown, to be read in a terminal and put into the document as it is."""

from collections import Counter
from collections.abc import Iterable, Iterator

from bench.chaos.run import Report

_SHOWN_BREACHES = 5


def as_text(report: Report) -> str:
    tables = (
        _table(("fault", "times"), _faults(report)),
        _table(("what happened", ""), _happened(report)),
        _table(("broken promises", ""), _broken(report)),
    )
    return "\n\n".join(tables) + "".join(_examples(report))


def _faults(report: Report) -> Iterator[tuple[str, str]]:
    for title, counted in (("process", report.process), ("provider", report.provider)):
        for kind, times in sorted(counted.items()):
            yield f"{title}: {kind}", f"{times:,}"
        yield f"**{title} faults**", f"**{counted.total():,}**"


def _happened(report: Report) -> Iterator[tuple[str, str]]:
    for name, figure in report.figures.items():
        yield name, f"{figure:,}"
    yield "requests that agents had to repeat", f"{report.retries:,}"
    yield "settled after the last fault and message", _seconds(report.settled)
    yield "the whole run", _seconds(report.took)


def _broken(report: Report) -> Iterator[tuple[str, str]]:
    for name, found in report.breaches.items():
        yield name, f"{len(found):,}"
    total = Counter({name: len(found) for name, found in report.breaches.items()}).total()
    yield "**all**", f"**{total:,}**"


def _examples(report: Report) -> Iterator[str]:
    for name, found in report.breaches.items():
        if found:
            shown = "\n".join(f"- {line}" for line in found[:_SHOWN_BREACHES])
            yield f"\n\n{name}, the first {min(len(found), _SHOWN_BREACHES)} of {len(found)}:\n\n{shown}"


def _seconds(seconds: float | None) -> str:
    return "never" if seconds is None else f"{seconds:,.1f} s"


def _table(headings: tuple[str, str], rows: Iterable[tuple[str, str]]) -> str:
    lines = [headings, *rows]
    wide, narrow = (max(len(line[column]) for line in lines) for column in range(2))
    lines.insert(1, ("-" * wide, "-" * (narrow - 1) + ":"))
    return "\n".join(f"| {name.ljust(wide)} | {figure.rjust(narrow)} |" for name, figure in lines)
