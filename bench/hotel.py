"""A tenant to measure with: signed up through the kernel, its numbers connected through the desk."""

import itertools
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any

from server.desk import channels
from server.desk.channels import Channel, NewChannel
from server.runtime import Runtime
from tenants import registry, signin, signup, users
from tenants.context import Context
from tenants.credentials import hash_password
from tenants.models import Actor, Role, Tenant, User
from tenants.signup import NewTenant
from tenants.users import NewUser

PASSWORD = "uma-senha-de-bancada"  # noqa: S105
APP_SECRET = "segredo-de-bancada"  # noqa: S105
_serial = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Hotel:
    runtime: Runtime
    tenant: Tenant
    admin: User
    token: str

    @classmethod
    async def found(cls, runtime: Runtime) -> "Hotel":
        slug = f"bancada-{next(_serial)}"
        admin = NewUser(email=f"admin@{slug}.com", name="Admin", password=PASSWORD, role=Role.ADMIN)
        tenant, user = await signup.sign_up(
            runtime.database,
            runtime.keys,
            tenant=NewTenant(slug=slug, name="Hotel de Bancada"),
            admin=admin,
            at=runtime.clock(),
        )
        async with runtime.enter(tenant, Actor.of(user)) as ctx:
            signed_in = await signin.begin(ctx, user)
        return cls(runtime, tenant, user, signed_in.token)

    def enter(self) -> AbstractAsyncContextManager[Context]:
        return self.runtime.enter(self.tenant)

    def enter_as_admin(self) -> AbstractAsyncContextManager[Context]:
        return self.runtime.enter(self.tenant, Actor.of(self.admin))

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", "X-Tenant-Slug": self.tenant.slug}

    @property
    def webhook_path(self) -> str:
        return f"/webhooks/whatsapp/{self.tenant.slug}"

    async def connect(self, **given: Any) -> Channel:
        """A number, without asking its provider anything."""
        serial = f"{next(_serial):06}"
        fallbacks = {
            "name": f"Recepção {serial}", "phone_number_id": f"1{serial}", "waba_id": f"2{serial}",
            "access_token": f"EAAG{serial}", "app_secret": APP_SECRET, "verify_token": f"verify{serial}",
        }  # fmt: skip
        async with self.enter() as ctx:
            channel = await channels.connect(ctx, NewChannel(**(fallbacks | given)))
        key = registry.phone_number_key(channel.phone_number_id)
        await registry.claim_address(self.runtime.database, key, self.tenant.id, channel.id)
        return channel

    async def tokens(self, people: int) -> list[str]:
        """Of so many agents, each signed in."""
        password_hash = await hash_password(PASSWORD, rounds=self.runtime.keys.password_rounds)
        found = []
        async with self.enter() as ctx:
            for _ in range(people):
                serial = next(_serial)
                new = NewUser(
                    email=f"agente{serial}@{self.tenant.slug}.com",
                    name=f"Agente {serial}",
                    password=PASSWORD,
                )
                user = await users.store(ctx.db, new, password_hash=password_hash, at=ctx.now())
                found.append((await signin.begin(ctx, user)).token)
        return found
