"""Signing up, in and out (seed 004, Autenticação)."""

from typing import Annotated, Self

from aiohttp import web
from pydantic import Field, StringConstraints

from server.desk import presence
from server.dialects.native.fields import Email, Name, NewPassword, Password, Slug
from server.dialects.native.schemas import In, Out
from server.dialects.native.tenant import TenantOut
from server.runtime import Runtime
from server.web import rate_limit
from server.web.client_ip import client_ip
from server.web.dialect import bearer
from server.web.endpoint import Routes
from server.web.entering import enter, recognise
from server.web.rate_limit import LOGINS, REGISTRATIONS
from server.web.wire import check_text
from tenants import signin, signup, users
from tenants.access import Identity
from tenants.context import Context
from tenants.credentials import RefreshToken
from tenants.models import Actor, Role, TenantKind, User, UserStatus
from tenants.permissions import ROLE_PERMISSIONS, Permission
from tenants.signup import NewTenant
from tenants.users import NewUser

routes = Routes("Autenticação")
Token = Annotated[str, StringConstraints(min_length=1, max_length=500)]


class RegisterIn(In):
    tenantName: Name
    tenantSlug: Slug
    userName: Name
    email: Email
    password: NewPassword
    kind: TenantKind = TenantKind.OTHER


class LoginIn(In):
    """`tenantSlug` (or the header `X-Tenant-Slug`) says which account, where the e-mail opens several."""

    email: Email
    password: Password
    tenantSlug: Annotated[str, StringConstraints(max_length=100)] | None = None


class RefreshIn(In):
    refreshToken: Token


class LogoutIn(In):
    refreshToken: Token | None = None


class ChangePasswordIn(In):
    oldPassword: Password
    newPassword: NewPassword


class SignedInUser(Out):
    id: str
    email: str
    name: str
    role: Role
    status: UserStatus
    avatarUrl: str | None
    tenantId: str
    permissions: list[Permission]

    @classmethod
    def signed_in(cls, user: User, tenant_id: str) -> Self:
        permissions = sorted(ROLE_PERMISSIONS[user.role])
        return cls.of({**user.model_dump(), "tenant_id": tenant_id, "permissions": permissions})


class SignedInTenant(Out):
    id: str
    slug: str
    name: str


class SignedInOut(Out):
    """`accessToken` is `token` under the name that other clients read."""

    user: SignedInUser
    token: str
    accessToken: Annotated[str, Field(validation_alias="token")]
    refreshToken: str
    tenant: SignedInTenant


class MeOut(SignedInUser):
    """The user twice: flat, and under `user` as login shows it."""

    user: SignedInUser
    tenant: TenantOut


@routes.post("/auth/register", public=True, status=201, limit=REGISTRATIONS, also=(409,))
async def register(runtime: Runtime, request: web.Request, body: RegisterIn) -> SignedInOut:
    """Cria a conta de uma empresa e o seu primeiro usuário, administrador."""
    tenant, admin = await signup.sign_up(
        runtime.database,
        runtime.keys,
        tenant=NewTenant(slug=body.tenantSlug, name=body.tenantName, kind=body.kind),
        admin=NewUser(email=body.email, name=body.userName, password=body.password),
        at=runtime.clock(),
    )
    async with enter(request, tenant, Actor.of(admin)) as ctx:
        return _signed_in(await signin.begin(ctx, admin))


@routes.post("/auth/login", public=True, throttled=True, also=(401, 403, 409))
async def login(runtime: Runtime, request: web.Request, body: LoginIn) -> SignedInOut:
    """Entra. 409 `TENANT_REQUIRED`, com `tenants`, se o e-mail e a senha abrem mais de uma conta."""
    named = body.tenantSlug or request.headers.get("X-Tenant-Slug") or ""
    slug = check_text(named, "X-Tenant-Slug").strip().lower()
    who = (_ip(runtime, request), body.email, slug)
    await rate_limit.take(runtime, LOGINS, *who)
    tenant, user = await recognise(request, email=body.email, password=body.password, slug=slug)
    if slug:
        # Unnamed, the tries before went to other tenants too: an account of one's own must not buy new ones there.
        await rate_limit.forgive(runtime, LOGINS, *who)
    async with enter(request, tenant, Actor.of(user)) as ctx:
        return _signed_in(await signin.begin(ctx, user))


@routes.post("/auth/refresh", public=True, also=(401,))
async def refresh(runtime: Runtime, body: RefreshIn) -> SignedInOut:
    """Troca o `refreshToken` por um novo par. Usado duas vezes, encerra a sessão."""
    token = RefreshToken.parse(body.refreshToken)
    async with runtime.enter(await signin.tenant_of(runtime.database, token)) as ctx:
        return _signed_in(await signin.renew(ctx, token))


@routes.post("/auth/logout", public=True, status=204, also=(401,))
async def logout(runtime: Runtime, request: web.Request, body: LogoutIn) -> None:
    """Encerra a sessão do `refreshToken`, ou a do cabeçalho `Authorization`."""
    if body.refreshToken:
        token = RefreshToken.parse(body.refreshToken)
        async with enter(request, await signin.tenant_of(runtime.database, token)) as ctx:
            await signin.end_by_refresh(ctx, token)
            await presence.leave(ctx)
    else:
        identity = await runtime.access.identify(bearer(request))
        async with enter(request, identity.tenant, Actor.of(identity.user)) as ctx:
            await signin.end(ctx, identity.claims.sid)
            await presence.leave(ctx)


@routes.get("/auth/me")
async def me(identity: Identity) -> MeOut:
    """Quem está autenticado, e em que conta."""
    user = SignedInUser.signed_in(identity.user, identity.tenant.id)
    return MeOut(**user.model_dump(), user=user, tenant=TenantOut.of(identity.tenant))


@routes.post("/auth/change-password", status=204, throttled=True)
async def change_password(
    ctx: Context, identity: Identity, runtime: Runtime, request: web.Request, body: ChangePasswordIn
) -> None:
    """Troca a própria senha e encerra as outras sessões."""
    who = (_ip(runtime, request), identity.user.id)
    await rate_limit.take(runtime, LOGINS, *who)
    await users.change_own_password(
        ctx, session_id=identity.claims.sid, old=body.oldPassword, new=body.newPassword
    )
    await rate_limit.forgive(runtime, LOGINS, *who)


def _ip(runtime: Runtime, request: web.Request) -> str:
    return client_ip(request, runtime.settings.trusted_proxies)


def _signed_in(signed_in: signin.SignedIn) -> SignedInOut:
    return SignedInOut(
        user=SignedInUser.signed_in(signed_in.user, signed_in.tenant.id),
        token=signed_in.token,
        accessToken=signed_in.token,
        refreshToken=signed_in.refresh_token,
        tenant=SignedInTenant.of(signed_in.tenant),
    )
