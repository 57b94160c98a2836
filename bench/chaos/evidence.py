"""What a run is judged by: the provider's own log, the database, and the 201s that agents hold in their hands.

Nothing of the house is imported here or in the checker: neither its models nor its driver's settings nor its words.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
import pymongo
from bson.codec_options import CodecOptions
from pymongo.read_concern import ReadConcern

Document = dict[str, Any]
# Events carry whole messages; of them only what is judged is read. A webhook's raw bytes are not evidence.
_FIELDS: dict[str, list[str]] = {
    "events": [
        "tenant_id", "seq", "kind", "at", "pending", "conversation_id", "payload.message._id", "payload.message.delivery",
    ],
    "webhook_inbox": ["tenant_id", "state", "n", "error"],
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """A customer's message. `place` is its line in the log, `heard` the line by which its webhook had its 200."""

    wamid: str
    number: str
    customer: str
    text: str
    place: int
    heard: int | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """A send that the provider took, `at` in seconds since 1970. `message_id` is what the sender attached to it."""

    wamid: str
    number: str
    text: str
    message_id: str
    place: int
    at: float


@dataclass(frozen=True, slots=True)
class ProviderLog:
    """`reported`: by wamid, the statuses whose webhook was answered 200."""

    said: list[Said]
    accepted: list[Accepted]
    reported: dict[str, set[str]]


@dataclass(frozen=True, slots=True)
class Promise:
    """An agent's message that was answered 201, or 200 when it was tried again."""

    tenant_id: str
    conversation_id: str
    message_id: str
    key: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """`owners`: the tenant of each number. `shuffled`: numbers whose provider itself loses the order of what it tells."""

    log: ProviderLog
    store: dict[str, list[Document]]
    promises: list[Promise]
    owners: dict[str, str]
    shuffled: frozenset[str] = frozenset()
    gaps_seen: list[str] = field(default_factory=list)  # by whoever read the feed meanwhile


def read_log(path: Path) -> ProviderLog:
    """The provider's journal: JSON lines, written before the answers that depend on them."""
    lines = [orjson.loads(line) for line in path.read_bytes().splitlines()]
    acknowledged = [(place, line) for place, line in enumerate(lines) if line["kind"] == "acknowledged"]
    heard: dict[str, int] = {}
    reported: dict[str, set[str]] = defaultdict(set)
    for place, line in acknowledged:
        heard.setdefault(line["wamid"], place)
        reported[line["wamid"]].add(line["status"])
    said = [_said(place, line, heard) for place, line in enumerate(lines) if line["kind"] == "heard"]
    accepted = [_accepted(place, line) for place, line in enumerate(lines) if line["kind"] == "accepted"]
    return ProviderLog(said, accepted, {one.wamid: reported[one.wamid] for one in accepted})


def _said(place: int, line: Document, heard: dict[str, int]) -> Said:
    message = line["value"]["messages"][0]
    return Said(
        message["id"], line["number"], line["customer"]["key"], message["text"]["body"], place,
        heard.get(message["id"]),
    )  # fmt: skip


def _accepted(place: int, line: Document) -> Accepted:
    attached = orjson.loads(line["opaque"] or "{}").get("m", "")
    return Accepted(line["wamid"], line["number"], line["content"]["body"], attached, place, line["at"])


def read_store(url: str, database: str) -> dict[str, list[Document]]:
    """Every collection of the house, as a majority has it."""
    options: CodecOptions[Document] = CodecOptions(tz_aware=True)
    with pymongo.MongoClient[Document](url) as client:
        db = client.get_database(database, codec_options=options, read_concern=ReadConcern("majority"))
        names = [name for name in db.list_collection_names() if not name.startswith("system.")]
        return {name: list(db[name].find({}, _FIELDS.get(name))) for name in names}


def by(documents: Iterable[Document], *fields: str) -> dict[Any, list[Document]]:
    """Grouped by a field, or by a tuple of several."""
    grouped: dict[Any, list[Document]] = defaultdict(list)
    for document in documents:
        key = tuple(document.get(name) for name in fields)
        grouped[key if len(fields) > 1 else key[0]].append(document)
    return grouped


def pairs(ordered: list[Any]) -> Iterator[tuple[Any, Any]]:
    """Each with each that comes after it."""
    for place, first in enumerate(ordered):
        for second in ordered[place + 1 :]:
            yield first, second
