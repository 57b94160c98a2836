"""How long and how much: the form whose figures count, and the short one that shows that every row still runs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """Seconds of each load, repetitions, and counts of things."""

    seconds: float
    rounds: int
    drained: int
    sent: int
    sockets: int
    idle_sockets: int
    jobs: int
    small: int  # conversations
    large: int
    starts: int


SHORT = Size(
    seconds=0.5, rounds=1, drained=300, sent=40, sockets=100, idle_sockets=100, jobs=40, small=200, large=1_000, starts=1
)  # fmt: skip
LONG = Size(
    seconds=5, rounds=3, drained=6_000, sent=480, sockets=1_000, idle_sockets=5_000, jobs=1_000, small=10_000,
    large=1_000_000, starts=5,
)  # fmt: skip
