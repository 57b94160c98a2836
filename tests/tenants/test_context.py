"""A verb's change and its events are one: both or neither."""

import asyncio
from typing import ClassVar

import pytest

from tenants.context import Context, atomic
from tenants.db import Database
from tenants.events import Event
from tenants.keys import Keys
from tenants.models import HOUSE, Actor, Role, Tenant, now
from tenants.permissions import Permission, requires
from tenants.problems import Forbidden


class Happened(Event):
    kind: ClassVar[str] = "tested"


def context(database: Database, keys: Keys, actor: Actor = HOUSE) -> Context:
    tenant = Tenant(id="t", slug="t", name="t", created_at=now())
    return Context(tenant, actor, database.scoped("t"), keys, now)


@pytest.fixture
def keys() -> Keys:
    return Keys.__new__(Keys)  # nothing here proves or seals anything


async def test_an_event_is_stored_with_its_change(database: Database, keys: Keys) -> None:
    @atomic
    async def add(ctx: Context) -> None:
        await ctx.db.tags.insert({"_id": "a", "name_key": "a"})
        ctx.publish(Happened())
        ctx.enqueue("job", "x")

    ctx = context(database, keys)
    await add(ctx)
    assert await ctx.db.events.count({"kind": "tested", "pending": True}) == 1
    assert [kick.ids for kick in ctx.asked] == [("t", "x")]


async def test_a_failed_verb_says_and_asks_nothing(database: Database, keys: Keys) -> None:
    @atomic
    async def fail(ctx: Context) -> None:
        await ctx.db.tags.insert({"_id": "a", "name_key": "a"})
        ctx.publish(Happened())
        ctx.enqueue("job")
        raise LookupError

    ctx = context(database, keys)
    with pytest.raises(LookupError):
        await fail(ctx)
    assert await ctx.db.tags.count({}) == await ctx.db.events.count({}) == 0
    assert (ctx.said, ctx.asked) == ([], {})


async def test_a_verb_that_is_run_again_says_it_once(database: Database, keys: Keys) -> None:
    """Two writers of one document: MongoDB makes one of them start again."""

    @atomic
    async def add_one(ctx: Context) -> None:
        await ctx.db.tags.change({"_id": "n"}, {"$inc": {"uses": 1}})
        await asyncio.sleep(0.01)
        ctx.publish(Happened())

    await context(database, keys).db.tags.insert({"_id": "n", "name_key": "n", "uses": 0})
    await asyncio.gather(*(add_one(context(database, keys)) for _ in range(8)))
    db = context(database, keys).db
    counted = await db.tags.by_id("n")
    assert counted
    assert counted["uses"] == await db.events.count({}) == 8


async def test_a_durable_event_needs_a_transaction(database: Database, keys: Keys) -> None:
    with pytest.raises(RuntimeError, match="outside a transaction"):
        context(database, keys).publish(Happened())


async def test_a_permission_sits_on_the_verb(database: Database, keys: Keys) -> None:
    @requires(Permission.CHANNELS_EDIT)
    async def connect(ctx: Context) -> str:
        return "connected"

    assert await connect(context(database, keys)) == "connected"
    assert await connect(context(database, keys, Actor(id="u", role=Role.ADMIN))) == "connected"
    with pytest.raises(Forbidden):
        await connect(context(database, keys, Actor(id="u", role=Role.AGENT)))
