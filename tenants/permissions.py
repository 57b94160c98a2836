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
    USERS_EDIT = "users.edit"
    CHANNELS_READ = "channels.read"
    CHANNELS_EDIT = "channels.edit"
    TENANT_EDIT = "tenant.edit"
    ALARMS_READ = "alarms.read"


_AGENT = frozenset(
    {
        Permission.CONVERSATIONS_READ,
        Permission.CONVERSATIONS_WORK,
        Permission.CONTACTS_READ,
        Permission.CONTACTS_EDIT,
        Permission.CATALOG_READ,
        Permission.CHANNELS_READ,
    }
)
_SUPERVISOR = _AGENT | {
    Permission.CONVERSATIONS_READ_ALL,
    Permission.CONTACTS_DELETE,
    Permission.CATALOG_EDIT,
    Permission.REPORTS_READ,
}
ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.AGENT: _AGENT,
    Role.SUPERVISOR: _SUPERVISOR,
    Role.ADMIN: frozenset(Permission),
}


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
