"""The only unscoped reads: how a tenant is found. Reviewed by name.

`addresses` is a set of keys `kind/value` (or `kind/value/tenant` where several tenants may share the value), each
leading to one tenant: e-mails, phone number ids, WABA ids, hashes of verify tokens.
"""

import hashlib
import re
from collections.abc import Sequence
from typing import NamedTuple

from tenants.db import AFTER, Database, Document, DuplicateKey, ScopedDatabase
from tenants.models import Tenant
from tenants.problems import Conflict

_DAY_MS = 24 * 60 * 60 * 1000
_BEAT_AGE_MS = {"$subtract": ["$$NOW", "$at"]}


class SlugTaken(Conflict):
    code = "CONFLICT"
    message = "Este identificador já está em uso."


class AddressTaken(Exception):
    """It leads to another tenant already."""


class Address(NamedTuple):
    tenant_id: str
    channel_id: str | None


async def tenant_by_id(database: Database, id: str) -> Tenant | None:
    found = await database.registry("tenants").find_one({"_id": id})
    return Tenant.of(found) if found else None


async def tenant_within(database: Database, db: ScopedDatabase) -> Tenant | None:
    """The scope's own, as the transaction that is open there sees it."""
    found = await database.registry("tenants").find_one({"_id": db.tenant_id}, session=db.session)
    return Tenant.of(found) if found else None


async def tenant_by_slug(database: Database, slug: str) -> Tenant | None:
    found = await database.registry("tenants").find_one({"slug": slug})
    return Tenant.of(found) if found else None


async def tenants_by_id(database: Database, ids: Sequence[str]) -> list[Tenant]:
    return [Tenant.of(t) async for t in database.registry("tenants").find({"_id": {"$in": list(ids)}})]


async def every_tenant(database: Database) -> list[str]:
    return [t["_id"] async for t in database.registry("tenants").find({}, projection=["_id"])]


async def insert_tenant(database: Database, tenant: Document) -> None:
    try:
        await database.registry("tenants").insert_one(tenant)
    except DuplicateKey as taken:
        raise SlugTaken from taken


async def update_tenant(
    database: Database, id: str, changes: Document, *, within: ScopedDatabase | None = None
) -> Tenant | None:
    """The tenant as it is after. `within`: in the transaction that is open there."""
    found = await database.registry("tenants").find_one_and_update(
        {"_id": id}, {"$set": changes}, return_document=AFTER, session=within.session if within else None
    )
    return Tenant.of(found) if found else None


async def tenants_closing_the_idle(database: Database) -> list[str]:
    """Those that have said after how many minutes."""
    wanted = {"settings.close_idle_after": {"$gt": 0}}
    return [row["_id"] async for row in database.registry("tenants").find(wanted, projection=["_id"])]


async def forget_tenant(database: Database, id: str) -> None:
    """Undo a sign-up that did not finish."""
    await database.registry("addresses").delete_many({"tenant_id": id})
    await database.registry("tenants").delete_one({"_id": id})


async def claim_address(
    database: Database,
    key: str,
    tenant_id: str,
    channel_id: str | None = None,
    *,
    within: ScopedDatabase | None = None,
) -> None:
    """Make `key` lead to this tenant, whatever it led to within the tenant; raises AddressTaken if it is another's."""
    try:
        await database.registry("addresses").update_one(
            {"_id": key, "tenant_id": tenant_id},
            {"$set": {"channel_id": channel_id}},
            upsert=True,
            session=within.session if within else None,
        )
    except DuplicateKey as taken:
        raise AddressTaken from taken


async def release_address(
    database: Database, key: str, tenant_id: str, *, within: ScopedDatabase | None = None
) -> None:
    await database.registry("addresses").delete_one(
        {"_id": key, "tenant_id": tenant_id}, session=within.session if within else None
    )


async def find_address(database: Database, key: str) -> Address | None:
    found = await database.registry("addresses").find_one({"_id": key})
    return Address(found["tenant_id"], found.get("channel_id")) if found else None


async def find_addresses(database: Database, prefix: str) -> list[Address]:
    """All that share a value: keys that begin with `kind/value/`."""
    cursor = database.registry("addresses").find({"_id": {"$regex": f"^{re.escape(prefix)}/"}})
    return [Address(a["tenant_id"], a.get("channel_id")) async for a in cursor]


async def find_each(database: Database, keys: Sequence[str]) -> list[tuple[str, Address]]:
    """All that equal one of `keys` or share it with others (`key/tenant`)."""
    shared = [re.compile(f"^{re.escape(key)}/") for key in keys]
    cursor = database.registry("addresses").find({"_id": {"$in": [*keys, *shared]}})
    return [(a["_id"], Address(a["tenant_id"], a.get("channel_id"))) async for a in cursor]


async def mark_alive(database: Database, process: str, *, role: str) -> None:
    """By the store's clock, which all processes share."""
    alive = {"$set": {"role": role, "at": "$$NOW"}}
    await database.registry("beats").update_one({"_id": process}, [alive], upsert=True)


async def silences(database: Database) -> dict[str, float]:
    """By role: seconds since any process of it last gave a sign of life."""
    each = database.registry("beats").aggregate([{"$group": {"_id": "$role", "age": {"$min": _BEAT_AGE_MS}}}])
    return {beat["_id"]: beat["age"] / 1000 async for beat in each}


async def forget_the_silent(database: Database) -> None:
    """Processes that have not given a sign of life for a day."""
    await database.registry("beats").delete_many({"$expr": {"$gt": [_BEAT_AGE_MS, _DAY_MS]}})


def email_key(email: str) -> str:
    return f"email/{email.lower()}"


def phone_number_key(phone_number_id: str) -> str:
    return f"phone_number_id/{phone_number_id}"


def waba_key(waba_id: str) -> str:
    return f"waba/{waba_id}"


def verify_token_key(token: str) -> str:
    """A hash: the registry keeps no secret."""
    return f"verify/{hashlib.sha256(token.encode()).hexdigest()}"
