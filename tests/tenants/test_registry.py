"""The addresses that lead to a tenant: each to its own, and to nobody else's."""

import pytest

from tenants import registry
from tenants.db import Database
from tenants.models import Tenant, now
from tenants.registry import Address, AddressTaken
from tenants.secrets import Vault

OURS, THEIRS = "tenant-a", "tenant-b"


async def test_an_address_leads_to_one_tenant(database: Database) -> None:
    await registry.claim_address(database, "phone_number_id/1000", OURS, "channel-a")
    with pytest.raises(AddressTaken):
        await registry.claim_address(database, "phone_number_id/1000", THEIRS, "channel-b")
    await registry.release_address(database, "phone_number_id/1000", THEIRS)
    assert await registry.find_address(database, "phone_number_id/1000") == Address(OURS, "channel-a")
    await registry.release_address(database, "phone_number_id/1000", OURS)
    assert await registry.find_address(database, "phone_number_id/1000") is None


async def test_one_that_begins_alike_or_fits_a_pattern_is_another(database: Database) -> None:
    for key in ("waba/1000/x", "waba/10001/x", "waba/1.00/x", "email/ana@x.com/x", "email/ana@x.com.br/x"):
        await registry.claim_address(database, key, THEIRS)
    assert await registry.find_each(database, ["waba/100", "waba/1.0", "waba/.*"]) == []
    assert [key for key, _ in await registry.find_each(database, ["waba/1.00"])] == ["waba/1.00/x"]
    assert await registry.find_addresses(database, "email/ana@x.co") == []
    assert await registry.find_addresses(database, "email/ana@x.com") == [Address(THEIRS, None)]
    assert await registry.find_addresses(database, "email/...@x.com") == []


async def test_a_tenant_is_found_by_its_own_id_and_slug(database: Database) -> None:
    for id in (OURS, THEIRS):
        tenant = Tenant(id=id, slug=f"slug-of-{id}", name=id, created_at=now())
        await registry.insert_tenant(database, tenant.model_dump(by_alias=True))
    for id in (OURS, THEIRS):
        found = [
            await registry.tenant_by_id(database, id),
            await registry.tenant_by_slug(database, f"slug-of-{id}"),
            *await registry.tenants_by_id(database, [id]),
        ]
        assert [tenant and tenant.id for tenant in found] == [id] * 3
    assert await registry.tenant_by_id(database, "tenant-c") is None
    assert await registry.tenant_by_slug(database, "slug-of") is None
    assert await registry.tenants_by_id(database, ["tenant-c"]) == []


async def test_an_unfinished_sign_up_takes_only_its_own_along(database: Database) -> None:
    for tenant in (OURS, THEIRS):
        await registry.insert_tenant(database, {"_id": tenant, "slug": tenant})
        await registry.claim_address(database, f"email/ana@x.com/{tenant}", tenant)
    await registry.forget_tenant(database, OURS)
    assert await registry.every_tenant(database) == [THEIRS]
    assert await registry.find_addresses(database, "email/ana@x.com") == [Address(THEIRS, None)]


def test_what_is_sealed_for_one_tenant_does_not_open_for_another() -> None:
    vault = Vault(["MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="])
    sealed = vault.seal(OURS, "EAAG")
    assert vault.open(OURS, sealed) == "EAAG"
    with pytest.raises(ValueError, match="another tenant"):
        vault.open(THEIRS, sealed)
