"""Every scoped operation of the store: with its tenant taken out, something of the neighbour's shows or goes."""

import ast
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest

import tenants.db
import tenants.wall
from server.settings import Settings
from tenants.db import Database, ScopedDatabase
from tenants.numbers import Numbers
from tests.wall import faults
from tests.wall.crossings import OUR_TENANT, OURS, READS, REFUSED, THEIR_TENANT, THEIRS, WRITES, refuses
from tests.wall.faults import Fault

SCOPING = (faults.unscoped_calls, faults.dropped_tenants, faults.one_tenant_for_all, faults.missing_refusals)
REFUSING = (faults.missing_refusals, faults.missing_parts)
# Reviewed by name: they find tenants, count over all of them, or are about no document at all.
UNSCOPED = frozenset({
    "Database.__init__", "Database.tenants_with", "Database.total_everywhere",
    "Database.backlog_everywhere", "Database.drop", "ScopedCollection.lightly",
})  # fmt: skip
# What they raise is about a store that is down or a key that is taken.
ABOUT_NO_TENANT = ("ScopedDatabase.transaction", "_duplicates", "_check_heard")
DB, WALL = (Path(str(module.__file__)).read_text() for module in (tenants.db, tenants.wall))


def test_every_call_of_the_driver_has_something_to_take_out() -> None:
    assert faults.unwatched(DB, *SCOPING, exempt=UNSCOPED) == set()


class Broken(NamedTuple):
    fault: Fault
    store: ModuleType  # tenants.db, or as good as


def broken_stores() -> Iterator[Broken]:
    for fault in faults.faults_in(DB, *SCOPING):
        if fault.place in ABOUT_NO_TENANT:
            continue
        yield Broken(fault, _module(fault.tree))
    for fault in faults.faults_in(WALL, *REFUSING):
        wall, store = _module(fault.tree), _module(ast.parse(DB))
        vars(store).update({name: vars(wall)[name] for name in ("checked_update", "checked_pipeline")})
        yield Broken(fault, store)


def _module(tree: ast.Module) -> ModuleType:
    module = ModuleType("tenants.broken")
    exec(compile(tree, "tenants/broken.py", "exec"), vars(module))  # noqa: S102 — our own source, with a fault
    return module


@pytest.fixture
async def database(settings: Settings) -> AsyncIterator[Database]:
    database = Database(settings.mongo_url, settings.mongo_database)
    await database.ensure_indexes()
    yield database
    database.close()


async def test_every_fault_in_the_wall_is_seen(database: Database) -> None:
    assert await breach(database, tenants.db) is None
    unseen = [
        f"{fault.place}: {fault.what}"
        for fault, store in broken_stores()
        if await breach(database, store) is None
    ]
    assert unseen == []


async def breach(database: Database, store: ModuleType) -> str | None:
    """What first shows that this store's wall has a hole; None for one without."""
    faulty = store.Database.__new__(store.Database)
    vars(faulty).update({**vars(database), "_numbers": Numbers()})
    for look in (_rooms, _files, _numbers, _refusals, _reads, _writes):
        await _furnish(database)
        try:
            await look(faulty)
        except Exception as seen:  # noqa: BLE001 — a store that breaks has shown it too
            return f"{look.__name__}: {seen!r}"
    return None


async def _furnish(database: Database) -> None:
    raw = database._database
    for name in ("tags", "counters", "files.files", "files.chunks"):
        await raw[name].delete_many({})
    await raw.tags.insert_many([dict(OURS), dict(THEIRS)])


def _scopes(faulty: Any) -> tuple[ScopedDatabase, ScopedDatabase]:
    return faulty.scoped(OUR_TENANT), faulty.scoped(THEIR_TENANT)


async def _rooms(faulty: Any) -> None:
    """No scope without a tenant, no way from a scope to the registry, none from the registry to the rooms."""
    ours, _ = _scopes(faulty)
    assert _raises(lambda: faulty.scoped(""), ValueError)
    assert _raises(lambda: ours.tenants, AttributeError)
    assert _raises(lambda: faulty.registry("tags"), LookupError)


def _raises(reach: Callable[[], Any], refusal: type[Exception]) -> bool:
    try:
        reach()
    except refusal:
        return True
    return False


async def _files(faulty: Any) -> None:
    ours, theirs = _scopes(faulty)
    for scope, content in ((ours, b"first"), (ours, b"ours"), (theirs, b"theirs")):
        await scope.files.put("photo", content, mime_type="image/png")
    assert (await ours.files.read("photo"), await theirs.files.read("photo")) == (b"ours", b"theirs")
    kept = await faulty._database["files.files"].find().sort("_id", 1).to_list(None)
    owners = [(file["_id"], file["metadata"]["tenant_id"]) for file in kept]
    assert owners == [(f"{tenant}/photo", tenant) for tenant in (OUR_TENANT, THEIR_TENANT)]
    await ours.files.delete("photo")
    assert await theirs.files.read("photo") == b"theirs"
    assert [file["_id"] async for file in faulty._database["files.files"].find()] == [f"{THEIR_TENANT}/photo"]


async def _numbers(faulty: Any) -> None:
    """Each tenant counts for itself, also where a process keeps a block of numbers."""
    for scope in _scopes(faulty):
        assert [await scope.next_number("contacts") for _ in range(2)] == [1, 2]
    assert [counter["tenant_id"] for counter in await faulty._database.counters.find().to_list(None)] == [
        OUR_TENANT,
        THEIR_TENANT,
    ]


async def _refusals(faulty: Any) -> None:
    ours, _ = _scopes(faulty)
    for number, tried in enumerate(REFUSED):
        assert await refuses(ours, tried), f"{number} is not refused"


async def _reads(faulty: Any) -> None:
    ours, _ = _scopes(faulty)
    for number, read in enumerate(READS):
        assert await read.ask(ours.tags) == read.answer, f"read {number}"


async def _writes(faulty: Any) -> None:
    ours, _ = _scopes(faulty)
    for number, write in enumerate(WRITES):
        await write.ask(ours.tags)
        rows = {row["_id"]: row for row in await faulty._database.tags.find().sort("_id", 1).to_list(None)}
        assert rows.pop("theirs", None) == THEIRS, f"write {number}"
        assert list(rows.values()) == write.left, f"write {number}"
        await faulty._database.tags.delete_many({})
        await faulty._database.tags.insert_many([dict(OURS), dict(THEIRS)])
