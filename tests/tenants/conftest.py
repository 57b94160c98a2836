"""A bare database with its indexes, and two tenants' scopes of it."""

from collections.abc import AsyncIterator

import pytest

from server.settings import Settings
from tenants.db import Database, ScopedDatabase


@pytest.fixture
async def database(settings: Settings) -> AsyncIterator[Database]:
    database = Database(settings.mongo_url, settings.mongo_database)
    await database.ensure_indexes()
    yield database
    database.close()


@pytest.fixture
def ours(database: Database) -> ScopedDatabase:
    return database.scoped("tenant-a")


@pytest.fixture
def theirs(database: Database) -> ScopedDatabase:
    return database.scoped("tenant-b")
