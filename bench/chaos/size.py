"""How much of everything: the long form is the proof, the short one shows in every build that the proof still runs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clocks:
    """The house's own, in seconds (SEND_TIMEOUT, SEND_LEASE, UNCONFIRMED_AFTER): short, so that a run sees them expire."""

    timeout: float
    lease: float
    patience: float

    @property
    def beyond(self) -> float:
        """Longer than a lease and the patience after it: whoever is stopped so long wakes up after all is settled."""
        return self.lease + self.patience + 1


@dataclass(frozen=True, slots=True)
class Size:
    tenants: int
    numbers: int  # of each tenant
    customers: int  # of each number
    messages: int  # in and out together
    faults: int  # of processes; the provider's own come on top
    seconds: float  # over which messages and faults are spread
    clocks: Clocks

    @property
    def conversations(self) -> int:
        return self.tenants * self.numbers * self.customers

    @property
    def inbound(self) -> int:
        """A number's, beside the first of each customer."""
        everything = self.messages * 3 // 5 - self.conversations
        return max(everything // (self.tenants * self.numbers), 1)

    @property
    def outbound(self) -> int:
        """A conversation's."""
        return max(self.messages * 2 // 5 // self.conversations, 1)


SHORT = Size(
    tenants=2, numbers=2, customers=6, messages=400, faults=15, seconds=10,
    clocks=Clocks(timeout=1.2, lease=1.6, patience=2.0),
)  # fmt: skip
LONG = Size(
    tenants=4, numbers=2, customers=25, messages=20_000, faults=160, seconds=1_200,
    clocks=Clocks(timeout=2.0, lease=3.0, patience=5.0),
)  # fmt: skip
