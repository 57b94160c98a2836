"""The wall: whatever is asked through a scope stays within its tenant."""

import asyncio
from typing import Any

import pytest

from tenants.db import Database, Duplicate, ScopedCollection, ScopedDatabase, Update
from tenants.indexes import REGISTRY, SCOPED


@pytest.fixture(autouse=True)
async def rows(ours: ScopedDatabase, theirs: ScopedDatabase) -> None:
    await ours.tags.insert({"_id": "ours", "name": "Reserva", "name_key": "reserva", "number": 1})
    await theirs.tags.insert({"_id": "theirs", "name": "Segredo", "name_key": "segredo", "number": 1})


READS: list[Any] = [
    lambda tags: tags.one({}),
    lambda tags: tags.one({"tenant_id": "tenant-b"}),
    lambda tags: tags.by_id("theirs"),
    lambda tags: tags.all({"name": "Segredo"}),
    lambda tags: tags.all({"$or": [{"tenant_id": "tenant-b"}, {"_id": "theirs"}]}),
    lambda tags: tags.by_ids(["theirs"]),
    lambda tags: tags.count({"_id": "theirs"}),
    lambda tags: tags.exists({"_id": "theirs"}),
    lambda tags: tags.distinct("name"),
    lambda tags: tags.aggregate([{"$match": {"tenant_id": "tenant-b"}}]),
    lambda tags: tags.aggregate([{"$project": {"name": 1}}]),
]


@pytest.mark.parametrize("read", READS)
async def test_no_read_shows_the_neighbour(ours: ScopedDatabase, read: Any) -> None:
    assert "Segredo" not in repr(await read(ours.tags))
    assert "theirs" not in repr(await read(ours.tags))


WRITES: list[Any] = [
    lambda tags: tags.update({"_id": "theirs"}, {"$set": {"name": "x"}}),
    lambda tags: tags.update_all({}, {"$set": {"seen": 1}}),
    lambda tags: tags.change({"_id": "theirs"}, {"$set": {"name": "x"}}),
    lambda tags: tags.bulk([Update({"_id": "theirs"}, {"$set": {"name": "x"}})]),
    lambda tags: tags.delete({"_id": "theirs"}),
    lambda tags: tags.delete_all({}),
    lambda tags: tags.insert({"_id": "n", "name": "n", "name_key": "n", "tenant_id": "tenant-b"}),
    lambda tags: tags.insert_all([{"_id": "n", "name": "n", "name_key": "n", "tenant_id": "tenant-b"}]),
    lambda tags: tags.insert_new([{"_id": "n", "name": "n", "name_key": "n", "tenant_id": "tenant-b"}]),
    lambda tags: tags.bulk([], inserts=[{"_id": "n", "name_key": "n", "tenant_id": "tenant-b"}]),
]


@pytest.mark.parametrize("write", WRITES)
async def test_no_write_reaches_the_neighbour(
    ours: ScopedDatabase, theirs: ScopedDatabase, write: Any
) -> None:
    before = await theirs.tags.all()
    await write(ours.tags)
    assert await theirs.tags.all() == before


@pytest.mark.parametrize("stage", ["$lookup", "$graphLookup", "$unionWith", "$out", "$merge"])
async def test_a_pipeline_cannot_reach_past_the_wall(ours: ScopedDatabase, stage: str) -> None:
    with pytest.raises(ValueError, match="past the tenant"):
        await ours.tags.aggregate([{stage: {}}])


@pytest.mark.parametrize(
    "update", [{"$set": {"tenant_id": "tenant-b"}}, [{"$set": {"tenant_id": "tenant-b"}}]]
)
async def test_a_document_cannot_change_sides(ours: ScopedDatabase, update: Any) -> None:
    with pytest.raises(ValueError, match="cannot be changed"):
        await ours.tags.update({"_id": "ours"}, update)


def test_a_scope_needs_a_tenant(database: Database) -> None:
    with pytest.raises(ValueError, match="needs a tenant"):
        database.scoped("")


def test_an_unknown_noun_cannot_be_reached(ours: ScopedDatabase) -> None:
    with pytest.raises(AttributeError):
        _ = ours.sqlite_master
    with pytest.raises(AttributeError):
        _ = ours.tenants


def test_every_index_begins_with_the_tenant() -> None:
    for noun, indexes in SCOPED.items():
        for index in indexes:
            assert index.keys[0] == ("tenant_id", 1), noun
    assert set(REGISTRY) == {"tenants", "addresses"}


async def test_the_indexes_are_really_there(database: Database, ours: ScopedDatabase) -> None:
    await database.ensure_indexes()
    for noun, wanted in SCOPED.items():
        collection: ScopedCollection = getattr(ours, noun)
        made = await collection._collection.index_information()
        keys = [list(index["key"]) for index in made.values()]
        for index in wanted:
            assert [tuple(pair) for pair in index.keys] in [[tuple(p) for p in key] for key in keys], noun


async def test_files_cannot_be_read_across(ours: ScopedDatabase, theirs: ScopedDatabase) -> None:
    await theirs.files.put("photo", b"private", mime_type="image/png")
    with pytest.raises(LookupError):
        await ours.files.read("photo")
    await ours.files.delete("photo")
    assert await theirs.files.read("photo") == b"private"


async def test_a_duplicate_names_its_fields(ours: ScopedDatabase, theirs: ScopedDatabase) -> None:
    with pytest.raises(Duplicate) as taken:
        await ours.tags.insert({"_id": "two", "name_key": "reserva"})
    assert taken.value.fields == ["name_key"]
    await theirs.tags.insert({"_id": "three", "name_key": "reserva"})


async def test_insert_new_takes_what_is_new(ours: ScopedDatabase) -> None:
    rows = [{"_id": "a", "name_key": "a"}, {"_id": "ours", "name_key": "b"}, {"_id": "c", "name_key": "c"}]
    assert await ours.tags.insert_new(rows) == 2
    assert await ours.tags.insert_new(rows) == 0


async def test_numbers_are_never_given_twice(database: Database) -> None:
    """Also by scopes that wait for the same block at the same moment."""

    async def take(count: int) -> list[int]:
        return await database.scoped("tenant-a").next_numbers("messages", count)

    taken = await asyncio.gather(*(take(i % 7 + 1) for i in range(120)))
    numbers = [number for block in taken for number in block]
    assert len(set(numbers)) == len(numbers)
    assert min(numbers) > 0


async def test_a_failed_transaction_leaves_nothing(ours: ScopedDatabase) -> None:
    async def half() -> None:
        await ours.tags.insert({"_id": "half", "name_key": "half"})
        raise RuntimeError("stop")

    with pytest.raises(RuntimeError):
        await ours.transaction(half)
    assert await ours.tags.by_id("half") is None
    assert not ours.in_transaction


async def test_an_index_that_changed_is_made_anew(database: Database, ours: ScopedDatabase) -> None:
    tags = ours.tags._collection
    index = next(index for index in SCOPED["tags"] if index.unique and not index.where)
    await tags.drop_index(index.name)
    await tags.create_index(index.keys, name=index.name, unique=False)
    await database.ensure_indexes()
    assert (await tags.index_information())[index.name]["unique"] is True


def test_no_two_indexes_share_a_name() -> None:
    for noun, indexes in {**SCOPED, **REGISTRY}.items():
        names = [index.name for index in indexes]
        assert len(set(names)) == len(names), noun
