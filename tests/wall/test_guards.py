"""Every verb with a permission: whoever lacks it is refused before anything is touched, and would not be without its guard."""

import contextlib
import importlib
import inspect
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest

from tenants.context import Context
from tenants.models import Actor, Role, Tenant
from tenants.permissions import ROLE_PERMISSIONS, Permission
from tenants.problems import Forbidden
from tests.asks import WIRES
from tests.asks.wire import World, rows
from tests.conftest import Session
from tests.factories import a_world
from tests.wall import faults
from tests.wall.asking import put
from tests.wall.faults import Fault
from tests.wall.looking import everything

ROOT = Path(__file__).parent.parent.parent
NOW = datetime(2026, 1, 1, tzinfo=UTC)


class Guarded(NamedTuple):
    module: str
    fault: Fault  # what: the verb's name

    def __str__(self) -> str:
        return f"{self.module}.{self.fault.what}"

    @property
    def verb(self) -> Callable[..., Any]:
        found: Callable[..., Any] = getattr(importlib.import_module(self.module), self.fault.what)
        return found

    @property
    def unguarded(self) -> Callable[..., Any]:
        """Of the module's source without the guard."""
        module = ModuleType(self.module)
        exec(compile(self.fault.tree, self.module, "exec"), vars(module))  # noqa: S102 — our own source
        found: Callable[..., Any] = vars(module)[self.fault.what]
        return found


def guarded_verbs() -> Iterator[Guarded]:
    for package in ("server", "tenants", "workers"):
        for path in sorted((ROOT / package).rglob("*.py")):
            source = path.read_text()
            if "requires(" in source:
                module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
                for fault in faults.faults_in(source, faults.missing_guards(source)):
                    yield Guarded(module, fault)


GUARDED = list(guarded_verbs())


class _Untouchable:
    def __getattr__(self, name: str) -> Any:
        raise LookupError(name)


def a_context() -> Context:
    tenant = Tenant(id="t", slug="t", name="t", created_at=NOW)
    nothing: Any = _Untouchable()
    return Context(tenant, Actor(id="u", role=Role.AGENT), nothing, nothing, lambda: NOW)


async def is_refused(verb: Callable[..., Any]) -> bool:
    """Whether the verb refuses before it does anything; what it would have been given does not matter then."""
    _, *taken = inspect.signature(verb).parameters.values()
    positional = [None for p in taken if p.kind is p.POSITIONAL_OR_KEYWORD and p.default is p.empty]
    named = {p.name: None for p in taken if p.kind is p.KEYWORD_ONLY and p.default is p.empty}
    try:
        await verb(a_context(), *positional, **named)
    except Forbidden:
        return True
    except Exception:  # noqa: BLE001 — it went on, however far it came
        return False
    return False


def test_each_permission_guards_something_or_narrows_what_is_seen() -> None:
    assert len(GUARDED) > 50
    # The one decides which conversations are seen, the other which users may be touched.
    narrowing = {Permission.CONVERSATIONS_READ_ALL, Permission.USERS_EDIT}
    assert {permission_of(guarded.verb) for guarded in GUARDED} == set(Permission) - narrowing


def permission_of(verb: Callable[..., Any]) -> Permission:
    return Permission(inspect.getclosurevars(verb).nonlocals["permission"])


# Their first step is a verb that asks for the same: without their own guard they refuse as well.
LED_BY_ANOTHER = {
    "server.desk.messages.queries.slice",
    "server.desk.messages.queries.numbers",
    "server.channels.connecting.connect",
}
# The way to them, or on from them, leads past another guard for the same: at the front door one of the two is enough.
ONE_OF_TWO = LED_BY_ANOTHER | {
    "server.desk.messages.queries.timeline",
    "server.desk.contacts.queries.by_phone",
    "server.desk.channels.types",
    "server.desk.integrations.change",
    "server.desk.assistant.handover.escalate",
    "server.desk.messages.reaching.send_to",
    "server.desk.dashboard.metrics",
    "server.desk.ratings.average",
    "server.desk.views.remove",  # a shared one asks for CATALOG_EDIT too
    *(
        f"server.{room}.{verb}"
        for room in ("channels.connecting", "desk.channels")
        for verb in ("connect", "change", "remove")
    ),
}


@pytest.mark.filterwarnings("ignore:coroutine .* was never awaited:RuntimeWarning")
@pytest.mark.parametrize("guarded", GUARDED, ids=str)
async def test_the_guard_stands(guarded: Guarded, monkeypatch: pytest.MonkeyPatch) -> None:
    lacking = permission_of(guarded.verb)
    monkeypatch.setitem(ROLE_PERMISSIONS, Role.AGENT, frozenset(Permission) - {lacking})
    assert await is_refused(guarded.verb)
    assert await is_refused(guarded.unguarded) is (str(guarded) in LED_BY_ANOTHER)


async def test_each_guard_would_be_missed_at_the_front_door(
    hotel: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, agent, unmissed = await a_world(hotel), await hotel.colleague("AGENT"), set()
    for guarded in GUARDED:
        lacking = permission_of(guarded.verb)
        monkeypatch.setitem(ROLE_PERMISSIONS, Role.AGENT, frozenset(Permission) - {lacking})
        with off_duty(guarded.verb):
            if not await is_missed(agent, lacking, world):
                unmissed.add(str(guarded))
    assert unmissed ^ ONE_OF_TWO == set()


async def is_missed(agent: Session, lacking: Permission, world: World) -> bool:
    """Whether something is answered, or left behind, that asks for this permission."""
    before = await everything(agent.runtime)
    for row in rows(*WIRES.values()):
        if lacking in row.needed and (await put(agent, row, other=world, own=world)).status != 403:
            return True
    return before != await everything(agent.runtime)


@contextlib.contextmanager
def off_duty(verb: Callable[..., Any]) -> Iterator[None]:
    """The guard lets everyone pass, for all who have imported the verb."""

    def guard(permission: Permission, verb: Callable[..., Any]) -> Callable[..., Any]:
        async def passing(ctx: Context, /, *args: Any, **kwargs: Any) -> Any:
            assert permission
            return await verb(ctx, *args, **kwargs)

        return passing

    on_duty, verb.__code__ = verb.__code__, guard(Permission.TENANT_EDIT, verb).__code__
    try:
        yield
    finally:
        verb.__code__ = on_duty
