"""Applies mutants to a copy of the tree and runs the tests that should kill them.

A mutant is killed when a check fails in a test that passes without it. A test that breaks (an import error, a fixture, an
exception nobody checks for) or does not end kills nothing.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from tests.mutants.mutant import ROOT, Mutant
from tests.mutants.witness import FILE_VARIABLE

TIMEOUT = 1800  # seconds for one run
_COPIED = ("server", "tenants", "workers", "tests")


class Verdict(NamedTuple):
    mutant: Mutant
    killed: bool
    by: str  # the test and what it said, or why nothing was proven
    seconds: float


def strike(mutant: Mutant) -> Verdict:
    """Run the mutant's killers against it."""
    began = time.monotonic()
    with _copy_of_the_tree() as tree:
        mutant.apply(tree)
        failures = _failures(tree, mutant.killers)
    checks = [failure for failure in failures if failure["check"]]
    shown = (checks or failures or [{"test": "", "said": "it survived"}])[0]
    return Verdict(mutant, bool(checks), _line(shown), time.monotonic() - began)


def failures_without_mutants(mutants: Iterable[Mutant]) -> list[str]:
    """What the killers say of the code as it is: must be nothing, or no kill means anything."""
    killers = dict.fromkeys(killer for mutant in mutants for killer in mutant.killers)
    with _copy_of_the_tree() as tree:
        return [_line(failure) for failure in _failures(tree, list(killers))]


@contextmanager
def _copy_of_the_tree() -> Iterator[Path]:
    """The packages are copied, everything else (the built console, the documents) is linked to."""
    with tempfile.TemporaryDirectory(prefix="balcao-mutant-") as directory:
        tree = Path(directory)
        for path in ROOT.iterdir():
            if path.name in _COPIED:
                shutil.copytree(path, tree / path.name, ignore=shutil.ignore_patterns("__pycache__"))
            elif not path.name.startswith("."):
                (tree / path.name).symlink_to(path)
        yield tree


def _failures(tree: Path, killers: Sequence[str]) -> list[dict[str, Any]]:
    """As tests/mutants/witness.py writes them."""
    lines = tree / "failures.jsonl"
    options = ["-q", "--exitfirst", "-p", "tests.mutants.witness", "-p", "no:cacheprovider"]
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "pytest", *options, *killers],
            cwd=tree,
            env={**os.environ, FILE_VARIABLE: str(lines), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            timeout=TIMEOUT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return [{"test": "", "check": False, "said": f"no end within {TIMEOUT} s"}]
    found = [json.loads(line) for line in lines.read_text().splitlines()] if lines.exists() else []
    lines.unlink(missing_ok=True)
    if ended.returncode and not found:
        return [{"test": "", "check": False, "said": ended.stdout[-500:] + ended.stderr[-500:]}]
    return found


def _line(failure: dict[str, Any]) -> str:
    said = next((line for line in str(failure["said"]).splitlines() if line.strip()), "")
    return f"{failure['test'].rpartition('/')[2]} {said}".strip()
