"""`python -m bench.clients [play | collisions] [--short]`: clients that miss nothing, agents that do not collide."""

import argparse
import sys
from collections.abc import Callable, Coroutine

import uvloop

from bench import house
from bench.clients.collisions import Race, collide
from bench.clients.play import LONG, SHORT, Outcome, play
from bench.table import machine
from server.settings import Settings

FACTS = ("applied", "missed", "doubled", "disordered", "changed", "foreign", "leaked")
LONGEST_SILENCE = 15.0


async def show_play(settings: Settings, *, short: bool) -> bool:
    outcome = await play(settings, SHORT if short else LONG)
    print(as_text(outcome))
    return outcome.faults == 0 and max(outcome.silence) <= LONGEST_SILENCE


def as_text(outcome: Outcome) -> str:
    rows = [(name, *(getattr(verdict, fact) for fact in FACTS)) for name, verdict in outcome.verdicts.items()]
    table = [("client", *FACTS), ("---",) * (len(FACTS) + 1), *rows]
    return "\n".join(
        [
            *("| " + " | ".join(map(str, row)) + " |" for row in table),
            "",
            f"{outcome.commits:,} events were committed while {outcome.cuts} lines were cut,",
            f"Redis was killed {outcome.redis_kills} times and a web process {outcome.web_kills} times.",
            f"All logs were complete {outcome.settled_after:.1f} s after the end of it.",
            f"Lists of conversations that were wrong then: {len(outcome.wrong_lists)}.",
            f"Silence was found after {max(outcome.silence):.1f} s at the most, in {len(outcome.silence)} tries.",
        ]
    )


async def show_collisions(settings: Settings, *, short: bool) -> bool:
    agents, conversations, rivals = (24, 80, 6) if short else (160, 800, 8)
    race = await collide(settings, agents=agents, conversations=conversations, rivals=rivals)
    print(f"{agents} agents, {conversations} conversations, each claimed and answered by {rivals} at once\n")
    print(race_as_text(race))
    return not race.clashes


def race_as_text(race: Race) -> str:
    claims, replies = race.statuses(race.claims), race.statuses(race.replies)
    rows = [
        ("", "asked", "won", "refused with 409", "anything else"),
        ("---",) * 5,
        ("claims", claims.total(), claims[200], claims[409], claims.total() - claims[200] - claims[409]),
        (
            "replies",
            replies.total(),
            replies[201],
            replies[409],
            replies.total() - replies[201] - replies[409],
        ),
    ]
    table = "\n".join("| " + " | ".join(map(str, row)) + " |" for row in rows)
    clashes = "\n".join(race.clashes[:20])
    return f"{table}\n\n{len(race.clashes)} clashes, in {race.seconds:.0f} s\n{clashes}"


PROGRAMS: dict[str, Callable[..., Coroutine[None, None, bool]]] = {
    "play": show_play,
    "collisions": show_collisions,
}


async def run(name: str, *, short: bool) -> bool:
    async with house.opened() as opened:
        return await PROGRAMS[name](opened.settings, short=short)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.clients", description=__doc__)
    parser.add_argument("program", nargs="?", choices=PROGRAMS, default="play")
    parser.add_argument("--short", action="store_true", help="seconds: what the tests run")
    given = parser.parse_args()
    print(f"{machine()}\n")
    return 0 if uvloop.run(run(given.program, short=given.short)) else 1


if __name__ == "__main__":
    sys.exit(main())
