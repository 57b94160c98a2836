"""Passwords, access tokens and sessions with rotating refresh tokens."""

import asyncio
import functools
import hashlib
import hmac
import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import bcrypt
import jwt
from pydantic import BaseModel, Field

from tenants.context import Context
from tenants.db import ScopedDatabase
from tenants.ids import new_id
from tenants.models import Tenant, User
from tenants.problems import Invalid, Unauthenticated

# bcrypt keeps a core busy for a third of a second: a small pool of its own, so that logins cannot starve the rest.
_hashing = ThreadPoolExecutor(max_workers=2, thread_name_prefix="bcrypt")
MAX_PASSWORD_BYTES = 72
MIN_PASSWORD_CHARACTERS = 8
_AUDIENCE = "balcao"


class TokenReused(Unauthenticated):
    """A refresh token came a second time: one of the two who have it is a thief."""


class TokenExpired(Unauthenticated):
    message = "Sessão expirada; entre de novo."


def check_password_rule(password: str, *, field: str = "password") -> None:
    """Raises Invalid for what bcrypt would cut off (72 bytes) and for what is too short."""
    if len(password) < MIN_PASSWORD_CHARACTERS:
        raise Invalid.field(field, f"A senha precisa de ao menos {MIN_PASSWORD_CHARACTERS} caracteres.")
    if len(password.encode()) > MAX_PASSWORD_BYTES:
        raise Invalid.field(field, f"A senha pode ter no máximo {MAX_PASSWORD_BYTES} bytes.")
    if "\0" in password:
        raise Invalid.field(field, "A senha contém um caractere inválido.")


async def hash_password(password: str, *, rounds: int) -> str:
    make = functools.partial(bcrypt.hashpw, password.encode(), bcrypt.gensalt(rounds))
    return (await asyncio.get_running_loop().run_in_executor(_hashing, make)).decode()


async def password_matches(password: str, hashed: str | None, *, rounds: int) -> bool:
    """An unknown user costs as much time as a known one, and so does a password that nobody can have."""
    if not hashed or len(password.encode()) > MAX_PASSWORD_BYTES or "\0" in password:
        await hash_password("nobody", rounds=rounds)
        return False
    check = functools.partial(bcrypt.checkpw, password.encode(), hashed.encode())
    return await asyncio.get_running_loop().run_in_executor(_hashing, check)


class Claims(BaseModel):
    """What an access token says: user, tenant, session, and the version of the user's permissions it was made for."""

    sub: str
    tid: str = Field(min_length=1)
    slug: str
    sid: str
    ver: int
    exp: int


class Tokens:
    """Signs and reads access tokens (JWT, HS256)."""

    def __init__(self, secret: str, *, lifetime: timedelta) -> None:
        self._secret = secret
        self.lifetime = lifetime

    def issue(self, user: User, tenant: Tenant, *, session_id: str, at: datetime) -> str:
        claims: dict[str, Any] = {
            "sub": user.id, "tid": tenant.id, "slug": tenant.slug, "sid": session_id, "ver": user.session_version,
            "aud": _AUDIENCE, "typ": "access", "iat": at, "exp": at + self.lifetime, "jti": new_id(),
        }  # fmt: skip
        return jwt.encode(claims, self._secret, algorithm="HS256")

    def read(self, token: str) -> Claims:
        """Raises TokenExpired or Unauthenticated."""
        try:
            claims = jwt.decode(
                token,
                self._secret,
                algorithms=["HS256"],
                audience=_AUDIENCE,
                options={"require": ["exp", "sub", "aud"]},
            )
            if claims.get("typ") != "access":
                raise Unauthenticated
            return Claims.model_validate(claims)
        except jwt.ExpiredSignatureError as expired:
            raise TokenExpired from expired
        except (jwt.InvalidTokenError, ValueError) as invalid:
            raise Unauthenticated from invalid


class Grant(NamedTuple):
    session_id: str
    refresh_token: str


async def open_session(ctx: Context, user: User, *, lifetime: timedelta) -> Grant:
    """A session is a family of refresh tokens, of which only the newest is good."""
    session_id, secret = new_id(), secrets.token_urlsafe(32)
    await ctx.db.sessions.insert(
        {
            "_id": session_id,
            "user_id": user.id,
            "token_hash": _digest(secret),
            "created_at": ctx.now(),
            "expires_at": ctx.now() + lifetime,
            "revoked_at": None,
        }
    )
    return Grant(session_id, _refresh_token(ctx, session_id, secret))


async def rotate_session(
    ctx: Context, session_id: str, secret: str, *, lifetime: timedelta
) -> tuple[str, Grant]:
    """Exchange a refresh token for the next one; returns the user's id and the grant.

    A token that was used before is a stolen one: the whole family is revoked. Raises TokenReused or Unauthenticated.
    """
    fresh, now = secrets.token_urlsafe(32), ctx.now()
    rotated = await ctx.db.sessions.change(
        {"_id": session_id, "token_hash": _digest(secret), "revoked_at": None, "expires_at": {"$gt": now}},
        {
            "$set": {"token_hash": _digest(fresh), "expires_at": now + lifetime},
            "$push": {"used": {"$each": [_digest(secret)], "$slice": -20}},
        },
    )
    if rotated:
        return rotated["user_id"], Grant(session_id, _refresh_token(ctx, session_id, fresh))
    if await ctx.db.sessions.update(
        {"_id": session_id, "used": _digest(secret)}, {"$set": {"revoked_at": now}}
    ):
        raise TokenReused
    raise Unauthenticated


async def revoke_session(ctx: Context, session_id: str) -> None:
    await ctx.db.sessions.update({"_id": session_id}, {"$set": {"revoked_at": ctx.now()}})


async def revoke_sessions_of(ctx: Context, user_id: str, *, but: str | None = None) -> None:
    """All of the user's sessions, `but` one."""
    live = {"user_id": user_id, "_id": {"$ne": but}, "revoked_at": None}
    await ctx.db.sessions.update_all(live, {"$set": {"revoked_at": ctx.now()}})


async def session_is_live(db: ScopedDatabase, session_id: str) -> bool:
    return await db.sessions.exists({"_id": session_id, "revoked_at": None})


def _refresh_token(ctx: Context, session_id: str, secret: str) -> str:
    return f"{ctx.tenant.id}.{session_id}.{secret}"


class RefreshToken(NamedTuple):
    tenant_id: str
    session_id: str
    secret: str

    @classmethod
    def parse(cls, token: str) -> "RefreshToken":
        parts = token.split(".")
        if len(parts) != 3 or not all(parts):
            raise Unauthenticated
        return cls(*parts)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def same(one: str, other: str) -> bool:
    """Compare secrets in constant time, whatever characters they hold."""
    return hmac.compare_digest(one.encode(errors="surrogatepass"), other.encode(errors="surrogatepass"))
