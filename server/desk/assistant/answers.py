"""What the assistant says, and what it knows of whom it talks to."""

from dataclasses import dataclass, replace
from typing import Self

from server.desk.conversations.models import Priority

LOW = 0.5  # below it the assistant has not understood


@dataclass(frozen=True, slots=True)
class Answer:
    """`reason`: why a person should go on, when one should. `by`: who thought of it."""

    response: str
    intent: str
    confidence: float
    should_transfer: bool = False
    suggested_actions: tuple[str, ...] = ()
    reason: str | None = None
    priority: Priority | None = None
    by: str = "rules"

    @property
    def understood(self) -> bool:
        return self.confidence >= LOW

    def handing_over(self, reason: str, response: str | None = None) -> Self:
        return replace(self, should_transfer=True, reason=reason, response=response or self.response)


@dataclass(frozen=True, slots=True)
class About:
    """What the caller tells of the customer."""

    customer_name: str | None = None
    customer_plan: str | None = None

    @property
    def first_name(self) -> str | None:
        names = (self.customer_name or "").split()
        return names[0] if names and names[0].isalpha() else None
