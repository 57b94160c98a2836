"""The desk without its doors: a runtime on real stores, a tenant, and a connected number."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

import pytest

from server.runtime import Runtime
from server.settings import Settings
from tenants import models, registry
from tenants.context import Context
from tenants.db import ScopedDatabase
from tenants.ids import new_id
from tenants.models import HOUSE, Actor, Tenant

CHANNEL = "channel-1"


@dataclass
class House:
    runtime: Runtime
    tenant: Tenant

    def enter(self, actor: Actor = HOUSE) -> AbstractAsyncContextManager[Context]:
        return self.runtime.enter(self.tenant, actor)

    @property
    def db(self) -> ScopedDatabase:
        return self.runtime.database.scoped(self.tenant.id)


@pytest.fixture
async def house(settings: Settings) -> AsyncIterator[House]:
    runtime = await Runtime.open(settings)
    await runtime.database.ensure_indexes()
    tenant = Tenant(id=new_id(), slug="hotel", name="Hotel", created_at=models.now())
    await registry.insert_tenant(runtime.database, {**tenant.model_dump(exclude={"id"}), "_id": tenant.id})
    yield House(runtime, tenant)
    await runtime.close()
