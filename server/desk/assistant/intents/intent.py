"""What a customer may want: how it is said, and what is answered."""

from enum import StrEnum
from typing import NamedTuple

from server.desk.conversations.models import Priority


class Need(StrEnum):
    """What has to be looked up or done in the provider's records, where they are connected."""

    INVOICE = "INVOICE"
    ACCESS = "ACCESS"
    TICKET = "TICKET"


class Intent(NamedTuple):
    """`phrases`: in each, every word must occur, in any order; `a|b` is either, `canc*` whatever begins so. Folded.

    `unless`: phrases under which it is not meant. `weight`: among several that are meant the heavier one counts.
    `text`: the answer; `{plan}` becomes " de 100 Mbps", or nothing. `greets`: whether a first answer begins with "Olá".
    """

    name: str
    description: str
    phrases: tuple[str, ...]
    text: str
    actions: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    transfers: bool = False
    priority: Priority | None = None
    need: Need | None = None
    weight: float = 0
    greets: bool = True
