"""A new key in front of SECRETS_KEY: what the older ones have sealed is sealed anew, so that they can go."""

from dataclasses import dataclass, field

from tenants import registry
from tenants.db import Database, ScopedCollection, ScopedDatabase
from tenants.secrets import SEALED, Place, Vault


@dataclass
class Rotation:
    """What has become of the sealed values. `unopened` names those that no key opens: `tenant noun/id field.name`."""

    resealed: int = 0
    current: int = 0
    unopened: list[str] = field(default_factory=list)


async def rotate(database: Database, vault: Vault) -> Rotation:
    """Every sealed value of every tenant. May be stopped anywhere and run again, beside everyone's work."""
    rotation = Rotation()
    for tenant_id in await registry.every_tenant(database):
        for place in SEALED:
            await _rotate(database.scoped(tenant_id), place, vault, rotation)
    return rotation


async def _rotate(db: ScopedDatabase, place: Place, vault: Vault, rotation: Rotation) -> None:
    documents: ScopedCollection = getattr(db, place.noun)
    for document in await documents.all(fields=[place.field]):
        for name in document.get(place.field) or {}:
            where = f"{db.tenant_id} {place.noun}/{document['_id']} {place.field}.{name}"
            try:
                if await _reseal(db.tenant_id, documents, document["_id"], f"{place.field}.{name}", vault):
                    rotation.resealed += 1
                else:
                    rotation.current += 1
            except ValueError:
                rotation.unopened.append(where)


async def _reseal(tenant_id: str, documents: ScopedCollection, id: str, path: str, vault: Vault) -> bool:
    """False when there is nothing to do (any more). Only the very value that was read is replaced: an admin who gives a
    new one meanwhile is not undone, and his is looked at instead. Raises ValueError.
    """
    while (sealed := await _value(documents, id, path)) and not vault.is_current(sealed):
        fresh = vault.reseal(tenant_id, sealed)
        if await documents.update({"_id": id, path: sealed}, {"$set": {path: fresh}}):
            return True
    return False


async def _value(documents: ScopedCollection, id: str, path: str) -> str | None:
    found = await documents.one({"_id": id}, fields=[path])
    outer, name = path.split(".")
    return ((found or {}).get(outer) or {}).get(name)
