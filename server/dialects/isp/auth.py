"""Autenticação (seed 003): in, out, and on."""

from typing import Annotated

from aiohttp import web
from pydantic import Field, StringConstraints

from server.desk import presence
from server.dialects.isp.fields import Email, Name, Password, Slug, StrongPassword
from server.dialects.isp.limits import LOGINS, REGISTRATIONS
from server.dialects.isp.schemas import In, Out
from server.dialects.isp.users import UserBrief, UserOut
from server.runtime import Runtime
from server.web.endpoint import Routes
from server.web.entering import enter, recognise
from tenants import signin, signup
from tenants.access import Identity
from tenants.context import Context
from tenants.credentials import RefreshToken
from tenants.models import Actor, Tenant, TenantKind, User
from tenants.signup import NewTenant
from tenants.users import NewUser

routes = Routes("Autenticação")
_SLUG_HEADER = "X-Tenant-Slug"


class LoginIn(In):
    """`tenant_slug` (or the header `X-Tenant-Slug`) says which account, where the e-mail opens several."""

    email: Email
    password: Password
    tenant_slug: Annotated[str, StringConstraints(max_length=100)] | None = None


class RegisterIn(In):
    """`empresa`: the company's name; `tenant_slug`: its identifier."""

    empresa: Name
    tenant_slug: Slug
    nome: Name
    email: Email
    password: StrongPassword


class RefreshIn(In):
    refresh_token: Annotated[str, StringConstraints(min_length=1, max_length=500)]


class TokenOut(Out):
    """`expires_in`: seconds, of the access token."""

    access_token: Annotated[str, Field(validation_alias="token")]
    token_type: str = Field("bearer")
    expires_in: int
    refresh_token: str
    user: UserBrief


class Said(Out):
    message: str


@routes.post("/api/v1/auth/login", public=True, limit=LOGINS, also=(401, 403, 409))
async def login(runtime: Runtime, request: web.Request, body: LoginIn) -> TokenOut:
    """Entra. 409 `TENANT_REQUIRED`, com `tenants`, se o e-mail e a senha abrem mais de uma conta."""
    slug = (body.tenant_slug or request.headers.get(_SLUG_HEADER) or "").strip().lower()
    tenant, user = await recognise(request, email=body.email, password=body.password, slug=slug)
    return await _begin(runtime, request, tenant, user)


@routes.post("/api/v1/auth/register", public=True, status=201, limit=REGISTRATIONS, also=(409,))
async def register(runtime: Runtime, request: web.Request, body: RegisterIn) -> TokenOut:
    """Cria a conta de um provedor e o seu primeiro usuário, administrador."""
    tenant, admin = await signup.sign_up(
        runtime.database,
        runtime.keys,
        tenant=NewTenant(slug=body.tenant_slug, name=body.empresa, kind=TenantKind.ISP),
        admin=NewUser(email=body.email, name=body.nome, password=body.password),
        at=runtime.clock(),
    )
    return await _begin(runtime, request, tenant, admin)


@routes.post("/api/v1/auth/refresh", public=True, also=(401, 403))
async def refresh(runtime: Runtime, body: RefreshIn) -> TokenOut:
    """Troca o `refresh_token` por um novo par. Usado duas vezes, encerra a sessão."""
    token = RefreshToken.parse(body.refresh_token)
    async with runtime.enter(await signin.tenant_of(runtime.database, token)) as ctx:
        return _signed_in(runtime, await signin.renew(ctx, token))


@routes.post("/api/v1/auth/logout")
async def logout(ctx: Context, identity: Identity) -> Said:
    """Encerra a sessão do token."""
    await signin.end(ctx, identity.claims.sid)
    await presence.leave(ctx)
    return Said(message="Sessão encerrada.")


@routes.get("/api/v1/auth/me")
async def me(identity: Identity) -> UserOut:
    """Quem está autenticado."""
    return UserOut.of(identity.user)


async def _begin(runtime: Runtime, request: web.Request, tenant: Tenant, user: User) -> TokenOut:
    async with enter(request, tenant, Actor.of(user)) as ctx:
        return _signed_in(runtime, await signin.begin(ctx, user))


def _signed_in(runtime: Runtime, signed_in: signin.SignedIn) -> TokenOut:
    lifetime = runtime.keys.tokens.lifetime
    return TokenOut.model_validate({**signed_in._asdict(), "expires_in": lifetime.total_seconds()})
