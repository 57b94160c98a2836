"""What a role may do. Permissions sit on verbs, so that REST, sockets, jobs and every dialect share them."""

import functools
from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from tenants.models import Role
from tenants.problems import Forbidden

if TYPE_CHECKING:
    from tenants.context import Context, Verb

P = ParamSpec("P")
T = TypeVar("T")


class Permission(StrEnum):
    CONVERSATIONS_READ = "conversations.read"
    CONVERSATIONS_WORK = "conversations.work"  # answer, claim, transfer, close, tag
    CONVERSATIONS_READ_ALL = "conversations.read_all"  # whatever the tenant's visibility setting says
    CONTACTS_READ = "contacts.read"
    CONTACTS_EDIT = "contacts.edit"
    CONTACTS_DELETE = "contacts.delete"
    CATALOG_READ = "catalog.read"  # tags, teams, canned responses, templates, colleagues
    CATALOG_EDIT = "catalog.edit"
    REPORTS_READ = "reports.read"
    AGENTS_EDIT = "agents.edit"  # the people who answer or only read (`MANAGED`)
    USERS_EDIT = "users.edit"  # with AGENTS_EDIT: everyone
    CHANNELS_READ = "channels.read"
    CHANNELS_EDIT = "channels.edit"
    TENANT_EDIT = "tenant.edit"
    ALARMS_READ = "alarms.read"
    AUDIT_READ = "audit.read"


_VIEWER = frozenset({Permission.CONVERSATIONS_READ, Permission.CONTACTS_READ, Permission.CATALOG_READ})
_AGENT = _VIEWER | {Permission.CONVERSATIONS_WORK, Permission.CONTACTS_EDIT, Permission.CHANNELS_READ}
_SUPERVISOR = _AGENT | {
    Permission.CONVERSATIONS_READ_ALL,
    Permission.CONTACTS_DELETE,
    Permission.CATALOG_EDIT,
    Permission.REPORTS_READ,
    Permission.AGENTS_EDIT,
}
ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.VIEWER: _VIEWER,
    Role.AGENT: _AGENT,
    Role.SUPERVISOR: _SUPERVISOR,
    Role.ADMIN: frozenset(Permission),
}
# Whom AGENTS_EDIT is about, and the highest that it may make of anyone.
MANAGED = (Role.AGENT, Role.VIEWER)


def roles_with(permission: Permission) -> list[Role]:
    return [role for role, held in ROLE_PERMISSIONS.items() if permission in held]


def requires(permission: Permission) -> Callable[["Verb[P, T]"], "Verb[P, T]"]:
    """Put on a verb: raises Forbidden unless the context's actor has the permission."""

    def guard(verb: "Verb[P, T]") -> "Verb[P, T]":
        @functools.wraps(verb)
        async def guarded(ctx: "Context", /, *args: P.args, **kwargs: P.kwargs) -> T:
            if not ctx.can(permission):
                raise Forbidden
            return await verb(ctx, *args, **kwargs)

        return guarded

    return guard
