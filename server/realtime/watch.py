"""Looks after the open sockets: tokens run out, people lose access, and every client is told where the feed stands."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence

import structlog

from server.desk.conversations import queries
from server.realtime.connection import Connection
from server.realtime.floor import Floor
from server.runtime import Runtime
from tenants import feed, registry
from tenants.access import Identity
from tenants.credentials import Claims
from tenants.db import STORE_DOWN
from tenants.models import Tenant, TenantStatus, User
from tenants.problems import Unauthenticated

log = structlog.get_logger()

# Access that was taken away ends within 5 seconds, and every client knows within 15 where the feed stands, however
# late the loop and the store are: hence the distance.
TOKENS_EVERY = 1.0
ACCESS_EVERY = 3.0
TAIL_EVERY = 12.0
GRACE = 30.0

Chore = Callable[[], Awaitable[None]]


class Watch:
    def __init__(self, runtime: Runtime, floors: Mapping[str, Sequence[Floor]]) -> None:
        self._runtime = runtime
        self._floors = floors

    async def run(self) -> None:
        """Until cancelled."""
        await asyncio.gather(
            _every(lambda: TOKENS_EVERY, self._check_tokens),
            _every(lambda: ACCESS_EVERY, lambda: self.check_access(self._floors)),
            _every(lambda: TAIL_EVERY, self._tell_tails),
        )

    async def _check_tokens(self) -> None:
        now = time.time()
        for connection in [c for tenant_id in self._floors for c in self._everyone_of(tenant_id)]:
            if connection.expired_at is None:
                if now >= connection.identity.claims.exp:
                    connection.expired_at = now
                    notice = connection.floor.vocabulary.expired(int(GRACE))
                    connection.emit(notice.name, notice.payload)
            elif now - connection.expired_at >= GRACE:
                await connection.dismiss(Unauthenticated())

    def _everyone_of(self, tenant_id: str) -> list[Connection]:
        return [c for floor in self._floors.get(tenant_id, []) for c in floor.connections.values()]

    async def check_access(self, tenant_ids: Iterable[str]) -> None:
        """Look again at who these tenants' sockets belong to: two reads a tenant, however many sockets it has."""
        wanted = list(tenant_ids)
        found = await registry.tenants_by_id(self._runtime.database, wanted)
        tenants = {tenant.id: tenant for tenant in found}
        for tenant_id in wanted:
            if connections := self._everyone_of(tenant_id):
                async with _alone(tenant_id):
                    await self._check(tenant_id, tenants.get(tenant_id), connections)

    async def _check(self, tenant_id: str, tenant: Tenant | None, connections: list[Connection]) -> None:
        # With the claims as they are now: a token that is renewed meanwhile is looked at the next time.
        looked_at = [(c, c.identity.claims) for c in connections]
        users, live = await self._look_up(tenant_id, connections)
        for connection, claims in looked_at:
            user = users.get(claims.sub)
            if connection.identity.claims != claims:
                continue
            if tenant and user and claims.sid in live and _admits(tenant, user, claims):
                await self._recognise(connection, Identity(tenant, user, claims))
            else:
                await connection.dismiss(Unauthenticated())

    async def _look_up(
        self, tenant_id: str, connections: list[Connection]
    ) -> tuple[dict[str, User], set[str]]:
        """The users of these sockets, by id, and which of their sessions are not revoked."""
        db = self._runtime.database.scoped(tenant_id)
        users = await db.users.by_ids([c.user_id for c in connections])
        sids = list({c.identity.claims.sid for c in connections})
        sessions = await db.sessions.all({"_id": {"$in": sids}, "revoked_at": None}, fields=["_id"])
        return {id: User.of(found) for id, found in users.items()}, {session["_id"] for session in sessions}

    async def _recognise(self, connection: Connection, identity: Identity) -> None:
        before = connection.identity
        if (before.tenant, before.user) == (identity.tenant, identity.user):
            return
        connection.identify(identity)
        if connection.restricted and connection.conversations:
            async with self._runtime.enter(identity.tenant, connection.actor) as ctx:
                visible = await queries.visible_ids(ctx, list(connection.conversations))
            for conversation_id in connection.conversations - visible:
                connection.leave(conversation_id)

    async def _tell_tails(self) -> None:
        for tenant_id in list(self._floors):
            async with _alone(tenant_id):
                bounds = await feed_bounds(self._runtime, tenant_id)
                for floor in self._floors.get(tenant_id, []):
                    floor.tell_tail(*bounds)


async def _every(seconds: Callable[[], float], chore: Chore) -> None:
    """A store that is down leaves everyone connected: nobody lost his access by it."""
    while True:
        await asyncio.sleep(seconds())
        try:
            await chore()
        except STORE_DOWN as down:
            log.warning("live.watch_delayed", cause=str(down)[:200])
        except Exception:
            log.exception("live.watch_failed")


@contextlib.asynccontextmanager
async def _alone(tenant_id: str) -> AsyncIterator[None]:
    """What is wrong with one tenant's documents must not keep the others from being looked after."""
    try:
        yield
    except STORE_DOWN:
        raise
    except Exception:
        log.exception("live.watch_failed", tenant=tenant_id)


def _admits(tenant: Tenant, user: User, claims: Claims) -> bool:
    return tenant.status is not TenantStatus.SUSPENDED and user.active and user.session_version == claims.ver


async def feed_bounds(runtime: Runtime, tenant_id: str) -> tuple[int, int]:
    """The newest event there is and the oldest still kept, read from the store."""
    db = runtime.database.scoped(tenant_id)
    newest, oldest = await feed.tail(db), await feed.oldest(db)
    return newest, oldest
