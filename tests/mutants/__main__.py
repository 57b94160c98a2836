"""`python -m tests.mutants [NAME …] [--only GROUP]`: every mutant must be killed by a check that fails.

Prints a table (mutant, invariant, seconds, killed by) and ends with 1 if one survived. `--list` only names them.
"""

import argparse
import sys
from collections.abc import Sequence

from tests.mutants import assistant, protocol, wall
from tests.mutants.mutant import Mutant
from tests.mutants.runner import Verdict, failures_without_mutants, strike

GROUPS: dict[str, Sequence[Mutant]] = {
    "protocol": protocol.MUTANTS, "wall": wall.MUTANTS, "assistant": assistant.MUTANTS,
}  # fmt: skip


def main() -> int:
    arguments = _arguments()
    chosen = _chosen(arguments)
    if not arguments.trust and (failing := failures_without_mutants(chosen)):
        print("Without any mutant these fail already:", *failing, sep="\n  ")
        return 2
    print(f"{'mutant':<38} {'breaks':<6} {'s':>4}  killed by", flush=True)
    verdicts = [_shown(strike(mutant)) for mutant in chosen]
    survived = [verdict.mutant.name for verdict in verdicts if not verdict.killed]
    print(f"\n{len(verdicts) - len(survived)} of {len(verdicts)} killed.", *survived)
    return 1 if survived else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("names", nargs="*", help="only these mutants")
    parser.add_argument("--only", choices=GROUPS, help="only this group")
    parser.add_argument("--trust", action="store_true", help="do not first run the tests without any mutant")
    parser.add_argument("--list", action="store_true", help="name them and what they break")
    return parser.parse_args()


def _chosen(arguments: argparse.Namespace) -> list[Mutant]:
    groups = [arguments.only] if arguments.only else list(GROUPS)
    known = {mutant.name: mutant for group in groups for mutant in GROUPS[group]}
    if unknown := set(arguments.names) - set(known):
        sys.exit(f"No such mutants: {', '.join(sorted(unknown))}. Known: {', '.join(known)}")
    chosen = [known[name] for name in arguments.names] or list(known.values())
    if arguments.list:
        for mutant in chosen:
            print(f"{mutant.name:<38} {mutant.invariant:<6} {mutant.breaks}")
        sys.exit(0)
    return chosen


def _shown(verdict: Verdict) -> Verdict:
    mutant, by = verdict.mutant, verdict.by if verdict.killed else f"SURVIVED: {verdict.by}"
    print(f"{mutant.name:<38} {mutant.invariant:<6} {verdict.seconds:>4.0f}  {by[:120]}", flush=True)
    return verdict


if __name__ == "__main__":
    sys.exit(main())
