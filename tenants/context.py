"""One context for web, workers and sockets: whose data, who acts, and what was said and asked for meanwhile."""

import functools
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Concatenate, NamedTuple, ParamSpec, TypeVar

from tenants import audit
from tenants import events as event_log
from tenants.db import ScopedDatabase
from tenants.events import Event
from tenants.models import Actor, Tenant
from tenants.permissions import ROLE_PERMISSIONS, Permission

if TYPE_CHECKING:
    from tenants.keys import Keys

P = ParamSpec("P")
T = TypeVar("T")


class Kick(NamedTuple):
    """A bell to ring: a job's name, and the ids of the lane to look at. Losing or repeating one is harmless."""

    job: str
    ids: tuple[str, ...] = ()


@dataclass(slots=True)
class Context:
    """Minted only by `Runtime.enter`. It belongs to one task."""

    tenant: Tenant
    actor: Actor
    db: ScopedDatabase
    keys: "Keys"
    clock: Callable[[], datetime]
    request_id: str | None = None
    ip: str | None = None
    said: list[Event] = field(default_factory=list)
    asked: dict[Kick, None] = field(default_factory=dict)
    fed: bool = False
    recorded: list[dict[str, Any]] = field(default_factory=list)

    def can(self, permission: Permission) -> bool:
        return self.actor.role is None or permission in ROLE_PERMISSIONS[self.actor.role]

    def now(self) -> datetime:
        return self.clock()

    def publish(self, event: Event) -> None:
        """Say what happened. A durable event is stored with the change itself, so it needs an `@atomic` verb."""
        if event.durable and not self.db.in_transaction:
            raise RuntimeError(f"{event.kind} was published outside a transaction")
        self.said.append(event)

    def record(
        self, action: audit.Action, target: audit.Target, told: Sequence[audit.Change] | None = None
    ) -> None:
        """Say who did this, for the audit log. It is stored with the change itself, so it needs an `@atomic` verb.

        Where changes could be told and there are none, nothing was done.
        """
        if not self.db.in_transaction:
            raise RuntimeError(f"{action} was recorded outside a transaction")
        if told == []:
            return
        self.recorded.append(
            audit.as_document(
                action,
                target,
                told or (),
                actor=self.actor,
                at=self.now(),
                ip=self.ip,
                request_id=self.request_id,
            )
        )

    def enqueue(self, job: str, *ids: str) -> None:
        """Ring a bell when the scope closes cleanly."""
        self.asked[Kick(job, (self.tenant.id, *ids))] = None

    async def atomically(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Run `work` and store what it says in one transaction; inside another it just runs."""
        if self.db.in_transaction:
            return await work()
        said, asked = list(self.said), dict(self.asked)

        async def attempt() -> T:
            self.said, self.asked, self.recorded = list(said), dict(asked), []
            result = await work()
            await self._store(self.said[len(said) :])
            return result

        try:
            return await self.db.transaction(attempt)
        except BaseException:
            self.said, self.asked = said, asked
            raise

    async def _store(self, said: list[Event]) -> None:
        at = self.now()
        documents = [
            event_log.as_document(event, actor=self.actor, at=at, request_id=self.request_id)
            for event in said
            if event.durable
        ]
        if documents:
            await self.db.events.insert_all(documents)
            self.fed = True
        await self.db.audit.insert_all(self.recorded)


Verb = Callable[Concatenate[Context, P], Coroutine[Any, Any, T]]


def atomic(verb: Verb[P, T]) -> Verb[P, T]:
    """Put on a verb that writes: all of it and its events, or nothing. It may run again on a write conflict."""

    @functools.wraps(verb)
    async def atomic_verb(ctx: Context, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await ctx.atomically(lambda: verb(ctx, *args, **kwargs))

    return atomic_verb
