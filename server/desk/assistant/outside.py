"""What the assistant asks of the outside, in nobody's own words: language models, and the records of an internet provider.

`server/integrations` has those that there are. Whatever goes wrong out there is one of the two failures below.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from pydantic import BaseModel, ConfigDict


class Trouble(StrEnum):
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    LIMITED = "limited"  # too many calls, or nobody free to answer
    REFUSED = "refused"  # our key, or what we asked
    BLOCKED = "blocked"  # the model may not talk about this
    MALFORMED = "malformed"


class OutsideFailed(Exception):
    """`detail` is for the log; it never holds a secret."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        self.trouble, self.detail = trouble, detail
        super().__init__(f"{trouble}: {detail}" if detail else str(trouble))


class ProviderFailed(OutsideFailed):
    pass


class RecordsFailed(OutsideFailed):
    pass


class Call(NamedTuple):
    """A tool that the model wants to have run."""

    id: str
    name: str
    arguments: dict[str, Any]


class Said(NamedTuple):
    by_customer: bool
    text: str


class Asked(NamedTuple):
    """`raw`: the model's turn as its provider wrote it, to go back word for word (Gemini's thought signatures)."""

    calls: list[Call]
    raw: Any


class Told(NamedTuple):
    """What became of the calls, in their order; JSON values only."""

    results: list[tuple[Call, dict[str, Any]]]


class Wrote(NamedTuple):
    text: str


Turn = Said | Asked | Told


class Tool(NamedTuple):
    """`parameters` is a JSON schema of type object."""

    name: str
    description: str
    parameters: dict[str, Any]


class Prompt(NamedTuple):
    instructions: str
    turns: list[Turn]
    tools: list[Tool]


class Provider(Protocol):
    """A language model. Raises ProviderFailed, and nothing else."""

    @property
    def name(self) -> str: ...

    async def ask(self, prompt: Prompt) -> Asked | Wrote: ...


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True)


class Contract(_Record):
    """`status` is for a person to read."""

    id: str
    plan: str
    active: bool
    status: str


class Customer(_Record):
    """`document`: CPF or CNPJ without punctuation. `phones`: digits."""

    document: str
    name: str
    birth_date: date | None
    phones: list[str]
    contracts: list[Contract]


class Invoice(_Record):
    """An open one. `line`: the digitable line. `pix`: the code to copy and paste."""

    id: str
    due: date
    amount: Decimal
    line: str | None = None
    pix: str | None = None
    link: str | None = None


class Access(_Record):
    online: bool
    text: str


class Records(Protocol):
    """What an internet provider keeps of its customers. Raises RecordsFailed, and nothing else."""

    async def by_document(self, document: str) -> Customer | None: ...

    async def access(self, contract_id: str) -> Access: ...

    async def open_invoices(self, contract_id: str) -> list[Invoice]:
        """Oldest first."""
        ...

    async def second_copy(self, contract_id: str) -> Invoice | None:
        """The oldest open invoice with everything that it can be paid with."""
        ...

    async def open_ticket(self, contract_id: str, description: str) -> str:
        """Returns its protocol."""
        ...


@dataclass(frozen=True, slots=True)
class Outside:
    """What a tenant has connected. The providers are asked in their order."""

    providers: list[Provider] = field(default_factory=list)
    records: Records | None = None
