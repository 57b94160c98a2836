"""SECRETS_KEY gets a new first key: everything is sealed with it, and the old key can go."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pymongo
import pytest
from cryptography.fernet import Fernet

from server.settings import Settings
from tenants import models, registry
from tenants.db import Database, ScopedDatabase
from tenants.ids import new_id
from tenants.rotation import rotate
from tenants.secrets import SEALED, Vault
from tests.workers import environment

ROOT = Path(__file__).parents[2]
OLD, NEW = (Fernet.generate_key().decode() for _ in range(2))
PLAIN = {"access_token": "EAAGtoken", "app_secret": "abc", "verify_token": "çedilha:😀"}


async def a_channel(db: ScopedDatabase, vault: Vault, **more: Any) -> str:
    id = new_id()
    secrets = {name: vault.seal(db.tenant_id, plain) for name, plain in PLAIN.items()}
    await db.channels.insert({"_id": id, "deleted": False, "address": id, "secrets": secrets, **more})
    return id


async def opened(db: ScopedDatabase, id: str, vault: Vault) -> dict[str, str]:
    found = await db.channels.by_id(id)
    assert found
    return {name: vault.open(db.tenant_id, sealed) for name, sealed in found["secrets"].items()}


@pytest.fixture
async def hotels(database: Database) -> list[ScopedDatabase]:
    for slug in ("hotel", "pousada"):
        tenant = {"_id": new_id(), "slug": slug, "name": slug, "created_at": models.now()}
        await registry.insert_tenant(database, tenant)
    return [database.scoped(id) for id in await registry.every_tenant(database)]


def run(settings: Settings, keys: str) -> subprocess.CompletedProcess[str]:
    env = environment(settings) | {"SECRETS_KEY": keys}
    command = [sys.executable, "-m", "server", "rotate-secrets"]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=60)


async def test_afterwards_the_old_key_can_go(hotels: list[ScopedDatabase], settings: Settings) -> None:
    channels = [(db, await a_channel(db, Vault([OLD]))) for db in hotels for _ in range(2)]
    removed = await a_channel(hotels[0], Vault([OLD]), secrets={})
    ran = run(settings, f"{NEW},{OLD}")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "Lacrados de novo com a primeira chave: 12\n" in ran.stdout
    assert "já podem sair" in ran.stdout
    for db, id in channels:
        assert await opened(db, id, Vault([NEW])) == PLAIN
    assert await opened(hotels[0], removed, Vault([NEW])) == {}


async def test_it_goes_on_where_it_was_stopped(
    hotels: list[ScopedDatabase], database: Database, settings: Settings
) -> None:
    await a_channel(hotels[0], Vault([NEW, OLD]))
    await a_channel(hotels[0], Vault([OLD]))
    rotation = await rotate(database, Vault([NEW, OLD]))
    assert (rotation.resealed, rotation.current, rotation.unopened) == (3, 3, [])
    again = await rotate(database, Vault([NEW, OLD]))
    assert (again.resealed, again.current, again.unopened) == (0, 6, [])


async def test_what_does_not_open_is_named_and_nothing_else_suffers(
    hotels: list[ScopedDatabase], settings: Settings
) -> None:
    ours, theirs = hotels
    lost = await a_channel(ours, Vault([Fernet.generate_key().decode()]))
    good = await a_channel(theirs, Vault([OLD]))
    stolen = Vault([OLD]).seal(ours.tenant_id, "EAAG")
    await theirs.channels.update({"_id": good}, {"$set": {"secrets.access_token": stolen}})
    before = await ours.channels.by_id(lost)
    ran = run(settings, f"{NEW},{OLD}")
    assert ran.returncode == 1
    assert "Não abrem com nenhuma chave de SECRETS_KEY: 4\n" in ran.stdout
    assert f"{ours.tenant_id} channels/{lost} secrets.verify_token" in ran.stdout
    assert f"{theirs.tenant_id} channels/{good} secrets.access_token" in ran.stdout
    assert "já podem sair" not in ran.stdout
    assert await ours.channels.by_id(lost) == before
    kept = await theirs.channels.by_id(good)
    assert kept
    assert Vault([NEW]).open(theirs.tenant_id, kept["secrets"]["app_secret"]) == "abc"
    assert kept["secrets"]["access_token"] == stolen


async def test_an_admins_new_token_is_not_undone(
    hotels: list[ScopedDatabase], database: Database, settings: Settings
) -> None:
    """He changes it between our reading and our writing, through a process that still seals with the old key."""
    db = hotels[0]
    channel = await a_channel(db, Vault([OLD]))

    class Hurried(Vault):
        def reseal(self, tenant_id: str, sealed: str) -> str:
            if self.open(tenant_id, sealed) == "EAAGtoken":
                given = Vault([OLD]).seal(tenant_id, "EAAGnewer")
                with pymongo.MongoClient[dict[str, Any]](settings.mongo_url) as client:
                    change = {"$set": {"secrets.access_token": given}}
                    client[settings.mongo_database].channels.update_one({"_id": channel}, change)
            return super().reseal(tenant_id, sealed)

    rotation = await rotate(database, Hurried([NEW, OLD]))
    assert (rotation.resealed, rotation.unopened) == (3, [])
    assert await opened(db, channel, Vault([NEW])) == {**PLAIN, "access_token": "EAAGnewer"}


async def test_every_place_is_looked_into(hotels: list[ScopedDatabase], database: Database) -> None:
    for place in SEALED:
        sealed = Vault([OLD]).seal(hotels[0].tenant_id, "segredo")
        fields = {"address": place.noun, "kind": "SGP", place.field: {"key": sealed}}
        await getattr(hotels[0], place.noun).insert({"_id": new_id(), "deleted": False, **fields})
    rotation = await rotate(database, Vault([NEW, OLD]))
    assert (rotation.resealed, rotation.unopened) == (len(SEALED), [])


def test_who_seals_is_known() -> None:
    """A new place that seals belongs into `SEALED`; only then into this list."""
    sealers = {
        str(path.relative_to(ROOT))
        for package in ("server", "tenants", "workers")
        for path in (ROOT / package).rglob("*.py")
        if re.search(r"\.seal\(", path.read_text())
    }
    assert sealers == {f"server/desk/{noun}.py" for noun in ("channels", "integrations", "subscriptions")}
    assert [f"{place.noun}.{place.field}" for place in SEALED] == [
        "channels.secrets",
        "integrations.secrets",
        "subscriptions.secrets",
    ]


def test_a_store_that_is_down_is_told_without_its_password(settings: Settings) -> None:
    down = settings.model_copy(update={"mongo_url": "mongodb://balcao:tell-nobody@127.0.0.1:9/"})
    ran = run(down, NEW)
    assert ran.returncode == 1
    assert "rode de novo" in ran.stdout
    assert "tell-nobody" not in ran.stdout + ran.stderr
