"""A transaction that MongoDB ends on its own runs again."""

from typing import Any

import pytest

from tenants.db import Database, Document
from tenants.ids import new_id

VIP: Document = {"_id": "vip", "name": "VIP", "name_key": "vip", "number": 1}


@pytest.mark.parametrize("when", ["before its commit", "in its middle"])
async def test_an_abort_of_the_stores_own_is_run_again(database: Database, when: str) -> None:
    """As mongod does to a process that was stopped for longer than a transaction may last."""
    db, runs = database.scoped(new_id()), 0

    async def end_it() -> None:
        session: Any = db._session
        await database._client.admin.command("killSessions", [{"id": session.session_id["id"]}])

    async def work() -> None:
        nonlocal runs
        runs += 1
        if when == "in its middle" and runs == 1:
            await db.tags.one({})
            await end_it()
        await db.tags.insert(VIP)
        if when == "before its commit" and runs == 1:
            await end_it()

    await db.transaction(work)
    assert runs == 2
    assert await db.tags.one({"_id": "vip"})
