"""`python -m bench.chaos [--short] [--faults N] [--messages N] [--seconds S] [--seed K]`: 1 when a promise was broken.

The seed is that of the process faults and of the agents' pauses; what the provider does wrong is drawn by itself.
"""

import argparse
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import uvloop

from bench import table
from bench.chaos import report
from bench.chaos.run import run
from bench.chaos.size import LONG, SHORT


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.chaos", description=__doc__)
    parser.add_argument("--short", action="store_true", help="half a minute: each kind of fault once")
    parser.add_argument("--faults", type=int, help="of processes; the provider's come on top")
    parser.add_argument("--messages", type=int, help="in and out together")
    parser.add_argument("--seconds", type=float, help="over which both are spread")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    wanted = {name: getattr(given, name) for name in ("faults", "messages", "seconds")}
    size = replace(SHORT if given.short else LONG, **{name: value for name, value in wanted.items() if value})
    machine = table.machine()
    directory = Path(tempfile.mkdtemp(prefix="balcao-chaos-"))
    found = uvloop.run(run(directory, size, seed=given.seed))
    print(f"{machine}, seed {given.seed}\n\n{report.as_text(found)}")
    if found.clean:
        shutil.rmtree(directory)
        return 0
    print(f"\nThe logs and the stores' files are in {directory}.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
