"""What a tenant has connected beside its channels: language models, and its own records of its customers.

Their keys are sealed here and leave again only to whom they open the door of.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any, TypedDict, Unpack

from pydantic import BaseModel, ConfigDict, Field

from server.desk.channels import hint
from server.desk.events import CatalogChanged
from tenants.audit import Action, Change, Target, differences
from tenants.context import Context, atomic
from tenants.db import Duplicate
from tenants.ids import new_id
from tenants.models import Document
from tenants.permissions import Permission, requires
from tenants.problems import Conflict, Invalid, NotFound

_EDITING = requires(Permission.TENANT_EDIT)
_TOLD = ("kind", "enabled", "key", "url", "model", "app", "ticket_type")


class IntegrationKind(StrEnum):
    GEMINI = "GEMINI"
    OPENAI_COMPATIBLE = "OPENAI_COMPATIBLE"
    SGP = "SGP"


# What each cannot do without. Gemini's address is the operator's to choose (GEMINI_API_URL).
_NEEDED = {
    IntegrationKind.GEMINI: ("key",),
    IntegrationKind.OPENAI_COMPATIBLE: ("key", "url", "model"),
    IntegrationKind.SGP: ("key", "url", "app"),
}


class Integration(Document):
    """One of a kind a tenant. `secrets` are sealed; `hints` show their last four characters.

    `model`: of a language model. `app` and `ticket_type` (ocorrenciatipo): of SGP, each provider's own.
    """

    kind: IntegrationKind
    enabled: bool = True
    url: str | None = None
    model: str | None = None
    app: str | None = None
    ticket_type: int | None = None
    secrets: dict[str, str] = {}
    hints: dict[str, str] = {}
    created_at: datetime
    updated_at: datetime


class NewIntegration(BaseModel):
    """With its key in plain text."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    kind: IntegrationKind
    key: str = Field(repr=False)
    url: str | None = None
    model: str | None = None
    app: str | None = None
    ticket_type: int | None = None


class IntegrationChanges(TypedDict, total=False):
    """The key in plain text."""

    enabled: bool
    key: str
    url: str
    model: str | None
    app: str
    ticket_type: int | None


class IntegrationNotFound(NotFound):
    message = "Integração não encontrada."


class IntegrationExists(Conflict):
    message = "Já há uma integração deste tipo; altere-a."


@_EDITING
async def every(ctx: Context) -> list[Integration]:
    return [Integration.of(found) for found in await ctx.db.integrations.all(sort=[("kind", 1)])]


@_EDITING
async def by_id(ctx: Context, id: str) -> Integration:
    found = await ctx.db.integrations.by_id(id)
    if found is None:
        raise IntegrationNotFound
    return Integration.of(found)


async def enabled(ctx: Context) -> dict[IntegrationKind, Integration]:
    """For the house itself, whoever acts."""
    found = [Integration.of(row) for row in await ctx.db.integrations.all({"enabled": True})]
    return {integration.kind: integration for integration in found}


def reveal(ctx: Context, integration: Integration) -> str:
    """Its key. Raises ValueError when it was sealed with a key that is gone."""
    return ctx.keys.vault.open(ctx.tenant.id, integration.secrets["key"])


@_EDITING
async def connect(ctx: Context, new: NewIntegration) -> Integration:
    """Raises IntegrationExists, Invalid."""
    _check(new.kind, new.model_dump())
    try:
        return await _insert(ctx, new)
    except Duplicate as taken:
        raise IntegrationExists from taken


def _check(kind: IntegrationKind, fields: dict[str, Any]) -> None:
    for name in _NEEDED[kind]:
        if not fields.get(name):
            raise Invalid.field(name, "Obrigatório para este tipo de integração.")
    if kind is IntegrationKind.GEMINI and fields.get("url"):
        raise Invalid.field("url", "O endereço do Gemini é configurado no servidor.")


@atomic
async def _insert(ctx: Context, new: NewIntegration) -> Integration:
    now, fields = ctx.now(), new.model_dump(exclude={"key"})
    made = await ctx.db.integrations.insert(
        {
            **fields,
            "_id": new_id(),
            "enabled": True,
            "secrets": {"key": ctx.keys.vault.seal(ctx.tenant.id, new.key)},
            "hints": {"key": hint(new.key)},
            "created_at": now,
            "updated_at": now,
        }
    )
    integration = _announce(ctx, Integration.of(made))
    ctx.record(Action.INTEGRATION_CONNECTED, _target(integration), _differences(None, integration))
    return integration


@_EDITING
@atomic
async def change(ctx: Context, id: str, **changes: Unpack[IntegrationChanges]) -> Integration:
    """Raises IntegrationNotFound, Invalid. A key never goes to a new address: it has to be given again with it."""
    before = await by_id(ctx, id)
    _check(before.kind, {**before.model_dump(), "key": True, **changes})
    if changes.get("url", before.url) != before.url and "key" not in changes:
        raise Invalid.field("key", "Informe a chave de novo ao mudar o endereço.")
    update: dict[str, Any] = {name: value for name, value in changes.items() if name != "key"}
    if "key" in changes:
        sealed = ctx.keys.vault.seal(ctx.tenant.id, changes["key"])
        update |= {"secrets.key": sealed, "hints.key": hint(changes["key"])}
    after = await ctx.db.integrations.change({"_id": id}, {"$set": {**update, "updated_at": ctx.now()}})
    if after is None:
        raise IntegrationNotFound
    integration = _announce(ctx, Integration.of(after))
    ctx.record(Action.INTEGRATION_CHANGED, _target(integration), _differences(before, integration))
    return integration


@_EDITING
@atomic
async def remove(ctx: Context, id: str) -> None:
    found = await ctx.db.integrations.by_id(id)
    if found is None:
        raise IntegrationNotFound
    await ctx.db.integrations.delete({"_id": id})
    ctx.record(Action.INTEGRATION_REMOVED, _target(Integration.of(found)))
    ctx.publish(CatalogChanged(noun="integrations", id=id))


def _target(integration: Integration) -> Target:
    return Target("integrations", integration.id, integration.kind)


def _differences(before: Integration | None, after: Integration) -> list[Change]:
    """Of the key its hint."""
    old = {**before.model_dump(), **before.hints} if before else {}
    return differences(old, {**after.model_dump(), **after.hints}, _TOLD)


def _announce(ctx: Context, integration: Integration) -> Integration:
    ctx.publish(CatalogChanged(noun="integrations", id=integration.id))
    return integration
