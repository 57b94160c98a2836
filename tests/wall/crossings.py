"""What is tried through one tenant's scope while a neighbour's rows lie beside its own, and what must come of it."""

from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from tenants.db import ScopedCollection, ScopedDatabase, Update

Json = dict[str, Any]
Tried = Callable[[ScopedCollection], Awaitable[Any]]

OUR_TENANT, THEIR_TENANT = "tenant-a", "tenant-b"
OURS: Json = {
    "_id": "ours", "tenant_id": OUR_TENANT, "name": "Reserva", "name_key": "reserva", "number": 1,
}  # fmt: skip
THEIRS: Json = {
    "_id": "theirs", "tenant_id": THEIR_TENANT, "name": "Segredo", "name_key": "segredo", "number": 2,
}  # fmt: skip
_NEW: Json = {"_id": "new", "name": "Nova", "name_key": "nova", "tenant_id": THEIR_TENANT}
_NEW_AS_OURS = {**_NEW, "tenant_id": OUR_TENANT}
_SPOILT = {"$set": {"name": "estragado"}}


class Read(NamedTuple):
    ask: Tried
    answer: Any


READS: list[Read] = [
    Read(lambda tags: tags.one({}), OURS),
    Read(lambda tags: tags.one({"tenant_id": THEIR_TENANT}), OURS),
    Read(lambda tags: tags.one({"_id": "theirs"}), None),
    Read(lambda tags: tags.by_id("theirs"), None),
    Read(lambda tags: tags.by_id("ours"), OURS),
    Read(lambda tags: tags.all(), [OURS]),
    Read(lambda tags: tags.lightly.all(), [OURS]),
    Read(lambda tags: tags.all({"name": "Segredo"}), []),
    Read(lambda tags: tags.all({"$or": [{"tenant_id": THEIR_TENANT}, {"_id": "theirs"}]}), []),
    Read(lambda tags: tags.by_ids(["theirs", "ours"]), {"ours": OURS}),
    Read(lambda tags: tags.count({}), 1),
    Read(lambda tags: tags.count({"_id": "theirs"}), 0),
    Read(lambda tags: tags.exists({"_id": "theirs"}), answer=False),
    Read(lambda tags: tags.exists({"_id": "ours"}), answer=True),
    Read(lambda tags: tags.distinct("name"), ["Reserva"]),
    Read(lambda tags: tags.distinct("name", {"_id": "theirs"}), []),
    Read(lambda tags: tags.aggregate([{"$match": {"tenant_id": THEIR_TENANT}}]), []),
    Read(lambda tags: tags.aggregate([{"$project": {"name": 1}}]), [{"_id": "ours", "name": "Reserva"}]),
]


class Write(NamedTuple):
    """`left`: our rows afterwards, by id; theirs must be as they were."""

    ask: Tried
    left: list[Json]


WRITES: list[Write] = [
    Write(lambda tags: tags.update({"_id": "theirs"}, _SPOILT), [OURS]),
    Write(lambda tags: tags.update({"_id": "ours"}, {"$set": {"seen": 1}}), [{**OURS, "seen": 1}]),
    Write(lambda tags: tags.update_all({}, {"$set": {"seen": 1}}), [{**OURS, "seen": 1}]),
    Write(lambda tags: tags.change({"_id": "theirs"}, _SPOILT), [OURS]),
    Write(lambda tags: tags.change({"_id": "ours"}, {"$set": {"seen": 1}}), [{**OURS, "seen": 1}]),
    Write(lambda tags: tags.bulk([Update({"_id": "theirs"}, _SPOILT)]), [OURS]),
    Write(lambda tags: tags.bulk([Update({"_id": "ours"}, {"$set": {"x": 1}})]), [{**OURS, "x": 1}]),
    Write(lambda tags: tags.bulk([], inserts=[_NEW]), [_NEW_AS_OURS, OURS]),
    Write(lambda tags: tags.delete({"_id": "theirs"}), [OURS]),
    Write(lambda tags: tags.delete({"_id": "ours"}), []),
    Write(lambda tags: tags.delete_all({}), []),
    Write(lambda tags: tags.insert(_NEW), [_NEW_AS_OURS, OURS]),
    Write(lambda tags: tags.insert_all([_NEW]), [_NEW_AS_OURS, OURS]),
    Write(lambda tags: tags.insert_new([_NEW]), [_NEW_AS_OURS, OURS]),
    Write(
        lambda tags: tags.update({"name_key": "segredo"}, {"$set": {"_id": "second"}}, upsert=True),
        [OURS, {"_id": "second", "tenant_id": OUR_TENANT, "name_key": "segredo"}],
    ),
]

MOVES: list[Any] = [
    {"$set": {"tenant_id": THEIR_TENANT}},
    {"$set": {"tenant_id.part": THEIR_TENANT}},
    {"$setOnInsert": {"tenant_id": THEIR_TENANT}},
    {"$unset": {"tenant_id": ""}},
    {"$rename": {"name": "tenant_id"}},
    {"$rename": {"tenant_id": "name"}},
    [{"$set": {"tenant_id": THEIR_TENANT}}],
    [{"$addFields": {"seen": 1}}, {"$addFields": {"tenant_id": THEIR_TENANT}}],
    [{"$unset": "tenant_id"}],
    [{"$unset": ["name", "tenant_id"]}],
    [{"$project": {"name": 1}}],
    [{"$replaceWith": {"tenant_id": THEIR_TENANT}}],
    [{"$replaceWith": "$name"}],
    [{"$replaceRoot": {"newRoot": {"$mergeObjects": ["$$ROOT", {"tenant_id": THEIR_TENANT}]}}}],
]
_LEADING_AWAY = ["$lookup", "$graphLookup", "$unionWith", "$out", "$merge", "$collStats", "$indexStats"]
ESCAPES: list[list[Json]] = [
    *([{stage: {}}] for stage in _LEADING_AWAY),
    [{"$match": {}}, {"$unionWith": "tags"}],
    [{"$facet": {"all": [{"$unionWith": {"coll": "tags", "pipeline": []}}]}}],
    [{"$facet": {"all": [{"$match": {}}, {"$lookup": {"from": "tags", "pipeline": [], "as": "x"}}]}}],
]
# What must be refused, whatever is in the store.
REFUSED: list[Tried] = [
    *(lambda tags, move=move: tags.update({"_id": "ours"}, move) for move in MOVES),
    *(lambda tags, pipeline=pipeline: tags.aggregate(pipeline) for pipeline in ESCAPES),
    lambda tags: tags.update_all({}, MOVES[0]),
    lambda tags: tags.change({}, MOVES[0]),
    lambda tags: tags.bulk([Update({}, MOVES[0])]),
]


async def refuses(scope: ScopedDatabase, tried: Tried) -> bool:
    try:
        await tried(scope.tags)
    except ValueError:
        return True
    return False
