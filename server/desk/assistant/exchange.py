"""One turn of the talk: what the customer said, and everything that is needed to answer."""

from dataclasses import dataclass, field

from server.desk.assistant.answers import About
from server.desk.assistant.outside import Records, Said
from server.desk.assistant.state import State
from tenants.context import Context


@dataclass(slots=True)
class Exchange:
    """`conversation_id` None: somebody only asks what would be said. `phone`: the customer's, digits.

    `readable`: False for a picture, a voice note and the like. `history`: what was said before, oldest first.
    """

    ctx: Context
    text: str
    about: About
    state: State
    records: Records | None = None
    conversation_id: str | None = None
    phone: str | None = None
    readable: bool = True
    verified_now: bool = False  # by this very message
    history: list[Said] = field(default_factory=list)
