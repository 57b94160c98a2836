"""What the assistant remembers of one conversation (`memory`), beside its messages."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from server.desk.assistant.outside import Contract


class Expects(StrEnum):
    """What it has asked the customer for."""

    DOCUMENT = "DOCUMENT"
    BIRTH_DATE = "BIRTH_DATE"
    CONTRACT = "CONTRACT"  # which of several
    TICKET = "TICKET"  # whether to open one


class Verified(BaseModel):
    """The customer is who he says: his contracts are the only ones that may be asked about."""

    at: datetime
    name: str
    contracts: list[Contract]


class State(BaseModel):
    """`misses`: answers in a row that were not understood. `pending`: the intent that waits for `expects`.

    `document`: given by the customer, kept until his birth date has decided. `tries`: times it was not he.
    `answered`: the `seq` of the customer's newest message that has been answered. `revision`: counts what was remembered.
    """

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)

    revision: int = 0
    answered: int = 0
    answers: int = 0
    misses: int = 0
    tries: int = 0
    expects: Expects | None = None
    pending: str | None = None
    document: str | None = None
    verified: Verified | None = None
    contract_id: str | None = None
    codes: list[str] = []  # what can be paid with, as the records gave it here
