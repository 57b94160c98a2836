"""What a tenant has decided about its house. Everything has a default: a new tenant works without deciding anything."""

import datetime as dt
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

_CLOCK = r"^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$"
Clock = Annotated[
    str, StringConstraints(pattern=_CLOCK)
]  # "08:30" by the tenant's own clock; "24:00" ends a day
Minutes = Annotated[int, Field(ge=1, le=60 * 24 * 30)]
Text = Annotated[str, StringConstraints(max_length=1000)]
_PERIODS_A_DAY = 10


class Visibility(StrEnum):
    """Which conversations an agent sees: every one, or unassigned ones, his own and his teams'."""

    ALL = "ALL"
    OWN = "OWN"


class Distribution(StrEnum):
    """Who gets a waiting conversation: whoever takes it, the agent with the fewest, or each in turn."""

    MANUAL = "MANUAL"
    LEAST_BUSY = "LEAST_BUSY"
    ROUND_ROBIN = "ROUND_ROBIN"


Weekday = Literal["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"]


class _Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Period(_Settings):
    opens: Clock
    closes: Clock

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.opens >= self.closes:
            raise ValueError(
                "O fim do período precisa vir depois do início; o que passa da meia-noite se divide em dois dias (até 24:00, e de 00:00)."
            )
        return self


def _apart(periods: list[Period]) -> list[Period]:
    ordered = sorted(periods, key=lambda period: period.opens)
    if any(later.opens < one.closes for one, later in pairwise(ordered)):
        raise ValueError("Os períodos de um dia não podem se sobrepor.")
    return periods


Periods = Annotated[list[Period], Field(max_length=_PERIODS_A_DAY), AfterValidator(_apart)]  # of a day


class Holiday(_Settings):
    """Closed all day, or open in its own periods only."""

    date: dt.date
    name: Annotated[str, StringConstraints(max_length=80)] = ""
    periods: Periods = []


def _once_each(holidays: list[Holiday]) -> list[Holiday]:
    if len({holiday.date for holiday in holidays}) < len(holidays):
        raise ValueError("Cada feriado pode aparecer uma vez só.")
    return holidays


class BusinessHours(_Settings):
    """By the tenant's time zone. A weekday that is not named is closed."""

    weekly: dict[Weekday, Periods]
    holidays: Annotated[list[Holiday], Field(max_length=200), AfterValidator(_once_each)] = []


class RoutingSettings(_Settings):
    """`capacity`: conversations at once, of an agent who has no capacity of his own. `sticky`: who served him last first."""

    distribution: Distribution = Distribution.MANUAL
    sticky: bool = True
    capacity: Annotated[int, Field(ge=1, le=500)] = 5


class AutomaticReplies(_Settings):
    """Sent by the house: `greeting` when a customer begins a conversation, `away` when he writes outside the hours.

    `survey` asks for a rating when a person has closed his conversation.
    """

    greeting: Text | None = None
    away: Text | None = None
    survey: Text | None = None


class AssistantSettings(_Settings):
    """The bot that answers customers until a person does. `instructions`: what it should know of the house."""

    answers_customers: bool = False
    name: Annotated[str, StringConstraints(min_length=1, max_length=60)] = "Assistente"
    instructions: Annotated[str, StringConstraints(max_length=8000)] = ""


class Branding(_Settings):
    """How the console looks. `color`: "#rrggbb"; the console keeps its contrast. `logo_media_id`: a picture of the tenant's."""

    color: Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$", to_lower=True)] | None = None
    logo_media_id: Annotated[str, StringConstraints(min_length=1, max_length=64)] | None = None


class TenantSettings(_Settings):
    agent_visibility: Visibility = Visibility.ALL
    hours: BusinessHours | None = None  # None: always open
    routing: RoutingSettings = RoutingSettings()
    replies: AutomaticReplies = AutomaticReplies()
    claim_on_answer: bool = True  # who first answers a conversation that nobody has, has it
    close_idle_after: Minutes | None = None  # minutes without a message; None: never
    assistant: AssistantSettings = AssistantSettings()
    branding: Branding = Branding()

    @property
    def answers_by_itself(self) -> bool:
        return bool(self.replies.greeting or self.replies.away or self.assistant.answers_customers)
