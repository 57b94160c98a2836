"""What really happened, as the far side and the agent know it: what the checks hold the database against."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import orjson

from server.desk.messages.models import Delivery, Policy
from tests.model.sight import Document, Sight
from tests.model.stage import Branch, Letter


class Acceptance(NamedTuple):
    """The provider took a message, once: `place` is its place among all that it took."""

    wamid: str
    place: int
    attempt: int


class Written(NamedTuple):
    """What an agent asked for; `promised` when he was told 201."""

    text: str
    conversation_id: str
    policy: Policy
    promised: bool = False


@dataclass
class Story:
    """Of one branch. Texts are unique and stand for messages, so that nothing here depends on the house's own marks."""

    branch: Branch
    sight: Sight = field(default_factory=Sight.nothing)
    written: dict[str, Written] = field(default_factory=dict)
    poison: list[bytes] = field(default_factory=list)
    given_up: set[str] = field(default_factory=set)  # texts that were once UNCONFIRMED
    late: set[str] = field(
        default_factory=set
    )  # `resend`, accepted, and W passed before a status was processed
    ranks: dict[tuple[str, str | None, int], int] = field(default_factory=dict)
    feed: list[str] = field(default_factory=list)  # ids of events in the order numbered, as seen so far

    def accepted(self) -> dict[str, list[Acceptance]]:
        """By text, in order."""
        number, found = self.branch.number, defaultdict[str, list[Acceptance]](list)
        for place, entry in enumerate(number._provider.world.accepted):
            if entry.phone_number_id == number.phone_number_id:
                text = number.number.messages[entry.wamid].content["body"]
                attempt = orjson.loads(entry.opaque or "{}").get("a", 0)
                found[text].append(Acceptance(entry.wamid, place, attempt))
        return found

    def ids_of(self, *deliveries: Delivery) -> list[str]:
        """The messages that were seen in one of these states."""
        return [message["_id"] for message in self.sight.outbound if message["delivery"] in deliveries]

    def free_conversation(self, pick: int) -> int:
        """The place of one in which nothing waits, if there is one."""
        busy = {message["conversation_id"] for message in self.sight.outbound if message["moving"]}
        free = [place for place, row in enumerate(self.sight.conversations) if row["_id"] not in busy]
        return free[pick % len(free)] if free else pick

    def reported(self) -> dict[str, set[str]]:
        """By wamid, the statuses in acknowledged letters."""
        found = defaultdict[str, set[str]](set)
        for value in self.acknowledged("statuses"):
            for status in value["statuses"]:
                found[status["id"]].add(status["status"])
        return found

    def acknowledged(self, what: str) -> Iterator[Document]:
        for letter in self.branch.letters:
            if letter.acknowledged:
                yield from (value for value in values_of(letter) if what in value)


def values_of(letter: Letter) -> Iterator[Document]:
    for entry in orjson.loads(letter.raw)["entry"]:
        for change in entry["changes"]:
            yield change["value"]
