"""The account itself."""

from typing import Annotated

from pydantic import AfterValidator, StrictBool, StringConstraints

from server.desk import tenant
from server.dialects.native.fields import Id, Name
from server.dialects.native.schemas import In, Moment, Out
from server.runtime import Runtime
from server.web.endpoint import Routes
from tenants.context import Context
from tenants.models import TenantKind, TenantStatus, Visibility
from tenants.settings import AutomaticReplies, BusinessHours, Minutes, RoutingSettings

routes = Routes("Conta")


def _time_zone(name: str) -> str:
    if name not in tenant.time_zones():
        raise ValueError("Fuso horário desconhecido; use um nome como America/Sao_Paulo.")
    return name


class AssistantIn(In):
    answersCustomers: StrictBool = False
    name: Annotated[str, StringConstraints(min_length=1, max_length=60)] = "Assistente"
    instructions: Annotated[str, StringConstraints(max_length=8000)] = ""


class BrandingIn(In):
    color: Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")] | None = None
    logoMediaId: Id | None = None


class SettingsIn(In):
    """`closeIdleAfter`: minutes. What is sent replaces what was there, each setting as a whole."""

    agentVisibility: Visibility = Visibility.ALL
    hours: BusinessHours | None = None
    routing: RoutingSettings = RoutingSettings()
    replies: AutomaticReplies = AutomaticReplies()
    claimOnAnswer: StrictBool = True
    closeIdleAfter: Minutes | None = None
    assistant: AssistantIn = AssistantIn()
    branding: BrandingIn = BrandingIn()


class TenantPatch(In):
    name: Name = ""
    kind: TenantKind = TenantKind.OTHER
    locale: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")] = ""
    timeZone: Annotated[str, StringConstraints(max_length=64), AfterValidator(_time_zone)] = ""
    settings: SettingsIn = SettingsIn()


class AssistantOut(Out):
    answersCustomers: bool
    name: str
    instructions: str


class BrandingOut(Out):
    color: str | None
    logoMediaId: str | None


class SettingsOut(Out):
    """`agentVisibility`: an agent sees every conversation (ALL), or the unassigned, his own and his teams' (OWN)."""

    agentVisibility: Visibility
    hours: BusinessHours | None
    routing: RoutingSettings
    replies: AutomaticReplies
    claimOnAnswer: bool
    closeIdleAfter: int | None
    assistant: AssistantOut
    branding: BrandingOut


class TenantOut(Out):
    id: str
    slug: str
    name: str
    kind: TenantKind
    locale: str
    timeZone: str
    status: TenantStatus
    settings: SettingsOut
    createdAt: Moment


@routes.get("/api/tenant")
async def get_tenant(ctx: Context, runtime: Runtime) -> TenantOut:
    """A conta e os seus ajustes."""
    return TenantOut.of(await tenant.current(ctx, runtime.database))


@routes.patch("/api/tenant")
async def change_tenant(ctx: Context, runtime: Runtime, body: TenantPatch) -> TenantOut:
    """Muda o que for enviado; dos ajustes também, só o que for enviado."""
    return TenantOut.of(await tenant.change(ctx, runtime.database, **body.for_desk()))
