"""`python -m bench [--short] [--scale X] [NAME …]`: measure all, or what is named, and print one table of ratios."""

import argparse
import sys
import time

import uvloop

from bench import house, table
from bench.rows import (
    accept,
    console,
    drain,
    fanout,
    jobs,
    latency,
    memory,
    posting,
    reading,
    sending,
    startup,
)
from bench.size import LONG, SHORT, Size
from bench.table import Row

SUBJECTS = {
    subject.NAME: subject
    for subject in (accept, latency, drain, sending, reading, posting, fanout, jobs, memory, startup, console)
}


async def measure(names: list[str], size: Size) -> list[Row]:
    rows: list[Row] = []
    async with house.opened() as opened:
        for name in names:
            began = time.monotonic()
            found = await SUBJECTS[name].measure(opened, size)
            print(f"{name}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
            rows += found
    return rows


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"of {', '.join(SUBJECTS)}; all when none is named"
    )
    parser.add_argument(
        "--short", action="store_true", help="seconds a row: only to see that each still runs"
    )
    parser.add_argument(
        "--scale", type=float, default=0.1, help="of the grown tenants; 1 is up to 1 M conversations"
    )
    given = parser.parse_args()
    if unknown := set(given.names) - SUBJECTS.keys():
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    size = SHORT if given.short else LONG.scaled(given.scale)
    machine = table.machine()
    rows = uvloop.run(measure(given.names or list(SUBJECTS), size))
    note = "\nThe short form: the figures mean nothing." if given.short else ""
    print(f"{machine}{note}\n\n{table.as_text(rows)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
