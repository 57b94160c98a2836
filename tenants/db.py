"""The only door to MongoDB, and the only importer of Motor and PyMongo.

A `ScopedCollection` cannot be made without a tenant. It ANDs `tenant_id` into every filter, stamps every insert and
refuses the operations that could reach past the wall, so a verb has nothing to remember.
"""

import asyncio
import contextlib
import copy
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple, Self, TypeVar

from bson.codec_options import CodecOptions
from motor import motor_asyncio as motor
from pymongo import InsertOne, ReturnDocument, UpdateOne, errors
from pymongo.read_concern import ReadConcern
from pymongo.write_concern import WriteConcern

from tenants.behind import missed
from tenants.files import ScopedFiles as ScopedFiles
from tenants.indexes import OF_ANYONE, REGISTRY, SCOPED, ensure, hint
from tenants.numbers import Numbers
from tenants.wall import checked_pipeline, checked_update

Document = dict[str, Any]
Filter = Mapping[str, Any]
Sort = list[tuple[str, int]]
T = TypeVar("T")

# The registry's own inserts raise it; everyone else sees `Duplicate`.
DuplicateKey = errors.DuplicateKeyError
AFTER = ReturnDocument.AFTER
# What a store that is down raises; the edges turn it into `Unavailable`.
STORE_DOWN = (errors.ConnectionFailure, errors.WriteConcernError, errors.ExecutionTimeout)

_DUPLICATE_KEY, _ALREADY_INITIALIZED = 11000, 23
_TRANSACTION_SECONDS = 20.0
_SNAPSHOT = ReadConcern("snapshot")
_MAJORITY = WriteConcern("majority", j=True, wtimeout=10_000)


class Duplicate(Exception):
    """A unique index refused the write; `fields` names its keys without the tenant."""

    def __init__(self, fields: Sequence[str]) -> None:
        self.fields = [f for f in fields if f != "tenant_id"]
        super().__init__(", ".join(self.fields))


class Update(NamedTuple):
    """One update of a `bulk`: what `update_one` takes."""

    filter: Filter
    update: Document | list[Document]
    upsert: bool = False


class Backlog(NamedTuple):
    """How many there are, the earliest of their moments, and how many of these are still to come."""

    total: int = 0
    oldest: datetime | None = None
    coming: int = 0


class Database:
    """One client to one MongoDB database: majority writes, journaled; majority reads."""

    def __init__(self, url: str, name: str) -> None:
        self._client: motor.AsyncIOMotorClient[Document] = motor.AsyncIOMotorClient(
            url, tz_aware=True, serverSelectionTimeoutMS=3000, connectTimeoutMS=3000, maxPoolSize=64,
            appname="balcao", uuidRepresentation="standard",
        )  # fmt: skip
        self._database = self._client.get_database(
            name,
            codec_options=CodecOptions(tz_aware=True, tzinfo=UTC),
            write_concern=WriteConcern("majority", j=True, wtimeout=10_000),
            read_concern=ReadConcern("majority"),
        )
        self._files = motor.AsyncIOMotorGridFSBucket(self._database, "files")
        self._numbers = Numbers()

    def scoped(self, tenant_id: str) -> "ScopedDatabase":
        return ScopedDatabase(self, tenant_id)

    def registry(self, noun: str) -> "motor.AsyncIOMotorCollection[Document]":
        """Unscoped, for `tenants/registry.py` alone."""
        if noun not in REGISTRY:
            raise LookupError(noun)
        return self._database[noun]

    async def tenants_with(self, noun: str, where: Filter) -> list[str]:
        """The tenants that have such a document. `where` must be what one of the noun's partial indexes is about."""
        each: list[Document] = [{"$match": where}, {"$group": {"_id": "$tenant_id"}}]
        return [found["_id"] async for found in self._database[noun].aggregate(each, **hint(noun, where))]

    async def total_everywhere(self, noun: str, where: Filter, *, of: str | None = None) -> int:
        """How many there are, or the sum of a field, over all tenants: a number and nothing else."""
        summed: Document = {"$group": {"_id": None, "total": {"$sum": f"${of}" if of else 1}}}
        rows = self._database[noun].aggregate([{"$match": dict(where)}, summed], **hint(noun, where))
        return sum([row["total"] async for row in rows])

    async def backlog_everywhere(self, noun: str, where: Filter, *, moment: str, now: datetime) -> Backlog:
        """Over all tenants. `where` must be what one of the noun's partial indexes is about."""
        coming = {"$cond": [{"$gt": [f"${moment}", now]}, 1, 0]}
        summed = {"total": {"$sum": 1}, "oldest": {"$min": f"${moment}"}, "coming": {"$sum": coming}}
        stages: list[Document] = [{"$match": {**OF_ANYONE, **where}}, {"$group": {"_id": None, **summed}}]
        rows = self._database[noun].aggregate(stages, **hint(noun, where))
        found = [row async for row in rows]
        return Backlog(found[0]["total"], found[0]["oldest"], found[0]["coming"]) if found else Backlog()

    async def behind_everywhere(self, noun: str, where: Filter) -> Backlog:
        """Over all tenants, of what follows its feed by a `cursor`. `where` as above."""
        moments = await missed(self._database, noun, where)
        return Backlog(len(moments), min(moments, default=None))

    async def ping(self) -> None:
        await self._client.admin.command("ping")

    async def version(self) -> str:
        return str((await self._client.admin.command("buildInfo"))["version"])

    async def ensure_indexes(self) -> None:
        """Create what is missing and replace what has changed; a second call changes nothing."""
        wanted = {**SCOPED, **REGISTRY}
        await asyncio.gather(*(ensure(self._database[noun], indexes) for noun, indexes in wanted.items()))

    async def drop(self) -> None:
        await self._client.drop_database(self._database.name)

    def close(self) -> None:
        self._client.close()


class ScopedDatabase:
    """One tenant's collections as attributes (`db.messages`), its files, numbers and transactions.

    It belongs to one task: while a transaction is open every call goes through it.
    """

    files: "ScopedFiles"

    def __init__(self, database: Database, tenant_id: str) -> None:
        if not tenant_id:
            raise ValueError("a scope needs a tenant")
        self._owner = database
        self._session: motor.AsyncIOMotorClientSession | None = None
        self.tenant_id = tenant_id
        self.files = ScopedFiles(database._files, tenant_id)

    def __getattr__(self, noun: str) -> "ScopedCollection":
        if noun not in SCOPED:
            raise AttributeError(f"no collection named {noun}")
        return ScopedCollection(self, noun)

    @property
    def session(self) -> "motor.AsyncIOMotorClientSession | None":
        """For `tenants/registry.py` alone."""
        return self._session

    @property
    def in_transaction(self) -> bool:
        return self._session is not None and bool(self._session.in_transaction)

    @contextlib.asynccontextmanager
    async def causally(self) -> AsyncIterator["motor.AsyncIOMotorClientSession"]:
        """Each read sees at least what the one before it saw, also when another member became primary between them."""
        async with await self._owner._client.start_session(causal_consistency=True) as session:
            self._session = session
            try:
                yield session
            finally:
                self._session = None

    async def transaction(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Run `work` in one transaction, again from its start when MongoDB asks for it (a write conflict, an abort).

        Not Motor's `with_transaction`: it commits on leaving its `async with`, outside of its own loop, so that what
        happens to the commit (a process that was stopped for longer than a transaction may last) is never tried again.
        """
        until = time.monotonic() + _TRANSACTION_SECONDS
        async with self.causally() as session:
            while True:
                try:
                    async with session.start_transaction(_SNAPSHOT, _MAJORITY):
                        return await work()
                except errors.PyMongoError as failed:
                    if not failed.has_error_label("TransientTransactionError"):
                        raise
                    if time.monotonic() > until:
                        raise errors.AutoReconnect(f"no transaction came through: {failed}") from failed

    async def next_number(self, noun: str) -> int:
        """The next per-tenant integer of a noun. Blocks are reserved, so numbers grow but may have gaps."""
        return (await self.next_numbers(noun, 1))[0]

    async def next_numbers(self, noun: str, count: int) -> list[int]:
        return await self._owner._numbers.take(self._owner.scoped(self.tenant_id), noun, count)


class ScopedCollection:
    """One noun of one tenant."""

    def __init__(self, db: ScopedDatabase, noun: str) -> None:
        self._collection: motor.AsyncIOMotorCollection[Document] = db._owner._database[noun]
        self._tenant_id = db.tenant_id
        self._session = db._session

    @property
    def lightly(self) -> Self:
        """For book-keeping whose loss costs only a repetition: nothing waits for a majority or the journal."""
        light = copy.copy(self)
        light._collection = self._collection.with_options(
            write_concern=WriteConcern(1), read_concern=ReadConcern("local")
        )
        return light

    def _within(self, filter: Filter | None) -> Document:
        return {**(filter or {}), "tenant_id": self._tenant_id}

    def _stamped(self, document: Document) -> Document:
        return {**document, "tenant_id": self._tenant_id}

    async def one(
        self, filter: Filter, *, sort: Sort | None = None, fields: Sequence[str] | None = None
    ) -> Document | None:
        return await self._collection.find_one(
            self._within(filter), projection=fields, sort=sort, session=self._session
        )

    async def by_id(self, id: str) -> Document | None:
        return await self.one({"_id": id})

    async def all(
        self,
        filter: Filter | None = None,
        *,
        sort: Sort | None = None,
        limit: int = 0,
        skip: int = 0,
        fields: Sequence[str] | None = None,
    ) -> list[Document]:
        cursor = self._collection.find(
            self._within(filter), projection=fields, sort=sort, limit=limit, skip=skip, session=self._session
        )
        return await cursor.to_list(None)

    async def by_ids(self, ids: Sequence[str]) -> dict[str, Document]:
        """What of these ids exists here, by id: the look-up that stands in for `$lookup`."""
        if not ids:
            return {}
        return {found["_id"]: found for found in await self.all({"_id": {"$in": list(set(ids))}})}

    async def count(self, filter: Filter, *, limit: int | None = None) -> int:
        bound = {"limit": limit} if limit else {}
        return await self._collection.count_documents(self._within(filter), session=self._session, **bound)

    async def exists(self, filter: Filter) -> bool:
        return await self.one(filter, fields=["_id"]) is not None

    async def insert(self, document: Document) -> Document:
        stamped = self._stamped(document)
        with _duplicates():
            await self._collection.insert_one(stamped, session=self._session)
        return stamped

    async def insert_all(self, documents: Sequence[Document]) -> None:
        if documents:
            with _duplicates():
                await self._collection.insert_many(
                    [self._stamped(d) for d in documents], session=self._session
                )

    async def insert_new(self, documents: Sequence[Document]) -> int:
        """Insert what is not there yet; a unique key that is taken means "already have it". Returns how many were new.

        Not inside a transaction: there a duplicate would abort the rest.
        """
        try:
            result = await self._collection.insert_many([self._stamped(d) for d in documents], ordered=False)
        except errors.BulkWriteError as refused:
            details = dict(refused.details or {})
            if any(e["code"] != _DUPLICATE_KEY for e in details["writeErrors"]):
                raise
            _check_heard(refused)
            return int(details["nInserted"])
        return len(result.inserted_ids)

    async def update(
        self, filter: Filter, update: Document | list[Document], *, upsert: bool = False
    ) -> bool:
        """Change one document; False when none matched."""
        with _duplicates():
            result = await self._collection.update_one(
                self._within(filter), checked_update(update), upsert=upsert, session=self._session
            )
        return bool(result.matched_count or result.upserted_id is not None)

    async def update_all(self, filter: Filter, update: Document | list[Document]) -> int:
        result = await self._collection.update_many(
            self._within(filter), checked_update(update), session=self._session
        )
        return int(result.modified_count)

    async def change(
        self,
        filter: Filter,
        update: Document | list[Document],
        *,
        upsert: bool = False,
        before: bool = False,
        sort: Sort | None = None,
    ) -> Document | None:
        """Change one document and return it as it is after (or `before`); None when none matched."""
        with _duplicates():
            return await self._collection.find_one_and_update(
                self._within(filter),
                checked_update(update),
                upsert=upsert,
                sort=sort,
                session=self._session,
                return_document=ReturnDocument.BEFORE if before else ReturnDocument.AFTER,
            )

    async def bulk(
        self, updates: Sequence[Update], *, inserts: Sequence[Document] = (), ordered: bool = True
    ) -> None:
        """Inserts, then updates, in one round trip."""
        operations: list[Any] = [InsertOne(self._stamped(d)) for d in inserts]
        operations += [
            UpdateOne(self._within(u.filter), checked_update(u.update), upsert=u.upsert) for u in updates
        ]
        if operations:
            with _duplicates():
                await self._collection.bulk_write(operations, ordered=ordered, session=self._session)

    async def delete(self, filter: Filter) -> bool:
        result = await self._collection.delete_one(self._within(filter), session=self._session)
        return bool(result.deleted_count)

    async def delete_all(self, filter: Filter) -> int:
        result = await self._collection.delete_many(self._within(filter), session=self._session)
        return int(result.deleted_count)

    async def distinct(self, field: str, filter: Filter | None = None) -> list[Any]:
        return await self._collection.distinct(field, self._within(filter), session=self._session)

    async def aggregate(self, pipeline: Sequence[Document]) -> list[Document]:
        scoped = [{"$match": {"tenant_id": self._tenant_id}}, *checked_pipeline(pipeline)]
        return await self._collection.aggregate(scoped, session=self._session).to_list(None)


@contextlib.contextmanager
def _duplicates() -> Iterator[None]:
    try:
        yield
    except errors.DuplicateKeyError as error:
        raise Duplicate(list((error.details or {}).get("keyPattern", {}))) from error
    except errors.BulkWriteError as error:
        refused = [e for e in (error.details or {}).get("writeErrors", []) if e["code"] == _DUPLICATE_KEY]
        if refused:
            raise Duplicate(list(refused[0].get("keyPattern", {}))) from error
        _check_heard(error)
        raise


def _check_heard(bulk: errors.BulkWriteError) -> None:
    """Of several writes MongoDB reports a majority that did not answer (it is just closing) in an error of its own kind."""
    unheard = (bulk.details or {}).get("writeConcernErrors")
    if unheard:
        raise errors.WriteConcernError(str(unheard[0]["errmsg"]), unheard[0]["code"]) from bulk


async def initiate_replica_set(host_port: str) -> None:
    """Make a lone mongod the primary of a one-node replica set; returns when it is. Idempotent."""
    client: motor.AsyncIOMotorClient[Document] = motor.AsyncIOMotorClient(
        f"mongodb://{host_port}/?directConnection=true"
    )
    settings = {"electionTimeoutMillis": 500, "heartbeatIntervalMillis": 500}
    alone = {"_id": "rs0", "members": [{"_id": 0, "host": host_port}], "settings": settings}
    try:
        async with asyncio.timeout(20):
            try:
                await client.admin.command("replSetInitiate", alone)
            except errors.OperationFailure as refused:
                if refused.code != _ALREADY_INITIALIZED:
                    raise
            while not (await client.admin.command("hello")).get("isWritablePrimary"):
                await asyncio.sleep(0.02)
    finally:
        client.close()
