"""Years of a tenant's life, written straight into the store: contacts, conversations and messages in the desk's own shapes.

Each document starts from one that the desk's builders made, so that a new field of theirs is here too.
"""

import itertools
import random
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bench.hotel import Hotel
from bench.house import House
from server.desk.channels import Channel
from server.desk.contacts.models import derived
from server.desk.conversations import tallies
from server.desk.conversations.models import ConversationStatus, OpenedBy, Priority
from server.desk.conversations.opening import new_conversation
from server.desk.messages.documents import last_message, new_message
from server.desk.messages.models import Direction, Kind, Status
from server.desk.words import tokens
from tenants.context import Context
from tenants.db import ScopedCollection
from tenants.ids import new_id

Document = dict[str, Any]
# How many of a hundred conversations stand so.
Statuses = Mapping[ConversationStatus, int]
MESSAGES_EACH = 10
BATCH = 4_000
AGENTS = 20
TEAMS = 4
TAGS = 12
_YEARS = timedelta(days=730)
_FIRST = (
    "Ana", "Bruno", "Carla", "Daniel", "Elisa", "Fábio", "Gabriela", "Heitor", "Inês", "João", "Karina", "Luís", "Rita",
)  # fmt: skip
_LAST = (
    "Souza",
    "Lima",
    "Costa",
    "Araújo",
    "Ribeiro",
    "Almeida",
    "Carvalho",
    "Gonçalves",
    "Moreira",
    "Teixeira",
)
_WORDS = (
    "reserva", "quarto", "diária", "café", "piscina", "check-in", "hoje", "amanhã", "pagamento", "cartão", "pix", "recibo",
    "obrigado", "gostaria", "confirmar", "cancelar", "hóspede", "criança", "berço", "vista", "mar", "estacionamento",
    "transfer", "aeroporto", "horário", "jantar", "suíte", "casal", "solteiro", "disponibilidade", "valor", "desconto",
    "pacote", "feriado", "janeiro", "cachorro", "toalha", "limpeza", "barulho", "chave", "recepção",
)  # fmt: skip
RARE_WORD = "zepelim"
_TEXTS = 5_000
# In memory at once; within so many conversations the messages are written far apart, as they come in life.
_SLICE = 20_000
_REMEMBERED = 5_000
# Most conversations of a grown tenant are over.
GROWN: Statuses = {
    ConversationStatus.CLOSED: 90,
    ConversationStatus.OPEN: 4,
    ConversationStatus.IN_PROGRESS: 4,
    ConversationStatus.WAITING: 2,
}
# Those of an inbox that nobody empties.
STILL_OPEN: Statuses = {
    ConversationStatus.OPEN: 40,
    ConversationStatus.IN_PROGRESS: 40,
    ConversationStatus.WAITING: 20,
}
_PRIORITIES = {Priority.MEDIUM: 80, Priority.LOW: 10, Priority.HIGH: 8, Priority.URGENT: 2}


@dataclass(slots=True)
class Life:
    """What was written, for those who read it again."""

    hotel: Hotel
    channels: list[Channel]
    agents: list[str]
    teams: list[str]
    tags: list[str]
    conversations: list[str]  # some of them


class Furnisher:
    def __init__(self, ctx: Context, life: Life, statuses: Statuses, *, seed: int = 7) -> None:
        self._ctx, self._life, self._statuses = ctx, life, statuses
        self._chance = random.Random(seed)
        self._now = ctx.now()
        self._texts = [self._text(turn) for turn in range(_TEXTS)]
        self._cells: Counter[tuple[Any, ...]] = Counter()

    def _text(self, turn: int) -> tuple[str, list[str]]:
        words = self._chance.choices(_WORDS, k=self._chance.randint(2, 14))
        if turn == 0:
            words.append(RARE_WORD)
        text = " ".join(words).capitalize()
        return text, tokens(text)

    async def furnish(self, conversations: int) -> None:
        """Oldest first."""
        await self._count(conversations)
        step = max(conversations // _REMEMBERED, 1)
        for start in range(0, conversations, _SLICE):
            end = min(start + _SLICE, conversations)
            rows = [self._conversation(turn, conversations) for turn in range(start, end)]
            await self._write(rows)
            self._life.conversations += [row["_id"] for row in rows[::step]]
        await self._tally()

    async def _write(self, rows: list[Document]) -> None:
        db = self._ctx.db
        for place in range(MESSAGES_EACH):
            await _insert(db.messages, (self._message(row, place) for row in rows))
        await _insert(db.contacts, (row.pop("_contact") for row in rows))
        await _insert(db.conversations, rows)

    async def _tally(self) -> None:
        kept = [
            {"base": True, "count": count, "unread": 0, **dict(zip(tallies.DIMENSIONS, cell, strict=True))}
            for cell, count in self._cells.items()
        ]
        await self._ctx.db.tallies.insert_all([{"_id": new_id(), **cell} for cell in kept])

    async def _count(self, conversations: int) -> None:
        """What comes later is numbered after these."""
        each = {"contacts": 2, "conversations": 2, "messages": MESSAGES_EACH}
        for noun, times in each.items():
            value = {"$set": {"value": (conversations + 1) * times}}
            await self._ctx.db.counters.update({"noun": noun}, value, upsert=True)

    def _conversation(self, turn: int, conversations: int) -> Document:
        at = self._now - _YEARS * (1 - turn / conversations)
        channel = self._chance.choice(self._life.channels)
        contact = self._contact(turn, at)
        row = new_conversation(
            self._ctx, contact, channel_id=channel.id, number=turn + 1, opened_by=OpenedBy.CUSTOMER, at=at
        )
        row |= self._standing() | {"_contact": contact, "first_response_at": at + timedelta(minutes=7)}
        self._cells[tuple(row.get(dimension) for dimension in tallies.DIMENSIONS)] += 1
        return row

    def _standing(self) -> Document:
        """Where it stands and whose it is."""
        status = self._one_of(self._statuses)
        assigned = None if status is ConversationStatus.OPEN else self._chance.choice(self._life.agents)
        return {
            "status": status, "open": status is not ConversationStatus.CLOSED, "priority": self._one_of(_PRIORITIES),
            "assigned_to_id": assigned, "team_id": self._chance.choice([None, *self._life.teams]),
            "tag_ids": self._chance.sample(self._life.tags, self._chance.choice((0, 0, 1, 2))),
        }  # fmt: skip

    def _one_of(self, weights: Mapping[Any, int]) -> Any:
        return self._chance.choices(list(weights), list(weights.values()))[0]

    def _contact(self, turn: int, at: datetime) -> Document:
        phone = f"5511{910_000_000 + turn}"
        contact: Document = {
            "_id": new_id(), "tenant_id": self._ctx.tenant.id, "number": turn + 1,
            "name": f"{self._chance.choice(_FIRST)} {self._chance.choice(_LAST)}", "named_by": "channel",
            "phone": phone, "wa_id": phone, "user_id": None, "username": None, "tag_ids": [], "attributes": {},
            "windows": {}, "conversations_count": 1, "last_conversation_at": at, "created_at": at, "updated_at": at,
        }  # fmt: skip
        return contact | derived(contact)

    def _message(self, row: Document, place: int) -> Document:
        at = row["created_at"] + timedelta(minutes=5 * place)
        text, words = self._texts[self._chance.randrange(_TEXTS)]
        inbound = place % 2 == 0
        row["seq"] += 1
        message = new_message(
            row, number=row["number"] * MESSAGES_EACH + place, seq=row["seq"], kind=Kind.TEXT, text="", at=at,
            direction=Direction.INBOUND if inbound else Direction.OUTBOUND, timestamp=at,
            wamid=f"wamid.{row['_id']}{place}", details={}, media=None, status=Status.READ, status_at={},
            reply_to_id=None, reply_to_wamid=None, stages={"stored": at},
        )  # fmt: skip
        message |= {"text": text, "words": words}
        row |= {"last_message": last_message(message), "last_message_at": at, "updated_at": at}
        return message


async def _insert(collection: ScopedCollection, documents: Iterable[Document]) -> None:
    for batch in _batches(documents, BATCH):
        await collection.insert_all(batch)


def _batches(documents: Iterable[Document], size: int) -> Iterator[list[Document]]:
    waiting = iter(documents)
    while batch := list(itertools.islice(waiting, size)):
        yield batch


async def furnish(hotel: Hotel, conversations: int, statuses: Statuses = GROWN) -> Life:
    """A tenant with so many conversations, ten messages each."""
    channels = [await hotel.connect() for _ in range(3)]
    life = Life(
        hotel, channels, [hotel.admin.id, *(new_id() for _ in range(AGENTS - 1))],
        [new_id() for _ in range(TEAMS)], [new_id() for _ in range(TAGS)], [],
    )  # fmt: skip
    async with hotel.enter() as ctx:
        await Furnisher(ctx, life, statuses).furnish(conversations)
    return life


@asynccontextmanager
async def furnished(
    house: House, conversations: int, statuses: Statuses = GROWN
) -> AsyncIterator[tuple[House, Life]]:
    """The house on a database of its own, which is filled before it is indexed (so it is quick) and dropped in the end."""
    house = house.on(f"bench_{conversations}")
    async with house.runtime() as runtime:
        life = await furnish(await Hotel.found(runtime), conversations, statuses)
        await runtime.database.ensure_indexes()
        try:
            yield house, life
        finally:
            await runtime.database.drop()
