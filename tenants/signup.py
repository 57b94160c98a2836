"""How a tenant comes to be."""

import re
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from tenants import registry, users
from tenants.credentials import check_password_rule, hash_password
from tenants.db import Database
from tenants.ids import new_id
from tenants.keys import Keys
from tenants.models import Role, Tenant, TenantKind, User
from tenants.registry import SlugTaken
from tenants.users import NewUser

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{1,38}[a-z0-9])")
# Words that are, or may become, a part of our addresses or pass for us.
_RESERVED = """
    about account accounts admin administrador ajuda api app assets auth balcao billing blog cdn channels console conta
    contato contas demo docs email events evolution ftp health help help-desk hooks imap index internal login logout mail
    media meta metrics null oauth painel ping public ready redoc register root schema security settings simulator
    smtp socket socket-io sistema static status suporte support system tenant tenants test undefined webhook webhooks
    whatsapp www
"""


class NewTenant(BaseModel):
    """`slug` as `check_slug` lets it pass."""

    model_config = ConfigDict(frozen=True)

    slug: str
    name: str
    kind: TenantKind = TenantKind.OTHER


def check_slug(slug: str) -> str:
    """Raises ValueError, in Portuguese, for a malformed or reserved slug (native-api.md, Auth)."""
    if not _SLUG.fullmatch(slug):
        raise ValueError("Use de 3 a 40 letras minúsculas, números e hífens, sem hífen no começo nem no fim.")
    if slug in _RESERVED.split():
        raise ValueError("Este identificador é reservado; escolha outro.")
    return slug


async def sign_up(
    database: Database, keys: Keys, *, tenant: NewTenant, admin: NewUser, at: datetime
) -> tuple[Tenant, User]:
    """The tenant and its first user, or nothing. Raises SlugTaken.

    The tenant's own document comes last and makes the rest true: what a crash leaves behind belongs to an id that
    nobody can reach, and the slug stays free.
    """
    check_password_rule(admin.password)
    if await registry.tenant_by_slug(database, tenant.slug):
        raise SlugTaken
    password_hash = await hash_password(admin.password, rounds=keys.password_rounds)
    founded = Tenant(_id=new_id(), created_at=at, **tenant.model_dump())
    try:
        user = await _first_user(database, founded, admin, password_hash)
        await registry.insert_tenant(database, founded.model_dump(by_alias=True))
    except SlugTaken:
        await _undo(database, founded.id)
        raise
    return founded, user


async def _first_user(database: Database, tenant: Tenant, admin: NewUser, password_hash: str) -> User:
    await users.claim_email(database, admin.email, tenant.id)
    first = admin.model_copy(update={"role": Role.ADMIN})
    return await users.store(
        database.scoped(tenant.id), first, password_hash=password_hash, at=tenant.created_at
    )


async def _undo(database: Database, tenant_id: str) -> None:
    db = database.scoped(tenant_id)
    await db.users.delete_all({})
    await db.counters.delete_all({})
    await registry.forget_tenant(database, tenant_id)
