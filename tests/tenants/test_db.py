"""The wall: whatever is asked through a scope stays within its tenant."""

import asyncio
from typing import Any

import pytest

from tenants.db import Database, Duplicate, ScopedCollection, ScopedDatabase
from tenants.indexes import REGISTRY, SCOPED
from tests.wall.crossings import ESCAPES, MOVES, OURS, READS, THEIRS, WRITES, Read, Write


@pytest.fixture(autouse=True)
async def rows(ours: ScopedDatabase, theirs: ScopedDatabase) -> None:
    await ours.tags.insert(OURS)
    await theirs.tags.insert(THEIRS)


@pytest.mark.parametrize("read", READS)
async def test_no_read_shows_the_neighbour(ours: ScopedDatabase, read: Read) -> None:
    assert await read.ask(ours.tags) == read.answer


@pytest.mark.parametrize("write", WRITES)
async def test_no_write_reaches_the_neighbour(
    ours: ScopedDatabase, theirs: ScopedDatabase, write: Write
) -> None:
    await write.ask(ours.tags)
    assert await ours.tags.all(sort=[("_id", 1)]) == write.left
    assert await theirs.tags.all() == [THEIRS]


@pytest.mark.parametrize("pipeline", ESCAPES)
async def test_a_pipeline_cannot_reach_past_the_wall(ours: ScopedDatabase, pipeline: Any) -> None:
    with pytest.raises(ValueError, match="past the tenant"):
        await ours.tags.aggregate(pipeline)


@pytest.mark.parametrize("update", MOVES)
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
    assert set(REGISTRY) == {"tenants", "addresses", "beats"}


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
