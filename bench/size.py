"""How long and how much: the form whose figures count, and the short one that shows that every row still runs."""

from dataclasses import dataclass, replace


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
    starts: int
    # Of the console: how often it is opened, how often each thing is done in it, conversations in its list.
    openings: int
    acts: int
    listed: int
    # Messages of its longest conversation, and those that come while somebody looks.
    written: int
    # Conversations of the tenant that is read from, ten messages each; all but the first are compared with the first.
    grown: tuple[int, ...]

    def scaled(self, factor: float) -> "Size":
        """With the larger tenants so many times as large; one that is no larger than the first is left out."""
        first, *larger = self.grown
        scaled = (int(count * factor) for count in larger)
        return replace(self, grown=(first, *(count for count in scaled if count > first)))


SHORT = Size(
    seconds=0.5, rounds=1, drained=300, sent=40, sockets=100, idle_sockets=100, jobs=40, starts=1, openings=1,
    acts=3, listed=600, written=200, grown=(200, 1_000)
)  # fmt: skip
LONG = Size(
    seconds=5, rounds=3, drained=6_000, sent=480, sockets=1_000, idle_sockets=5_000, jobs=1_000, starts=5, openings=7,
    acts=30, listed=10_000, written=1_000, grown=(10_000, 100_000, 1_000_000),
)  # fmt: skip
