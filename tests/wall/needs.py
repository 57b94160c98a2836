"""What each route and socket event asks of a role: the verb's permission. None: whoever is signed in may."""

from server.web.endpoint import Route
from tenants.models import Role
from tenants.permissions import ROLE_PERMISSIONS, Permission

_ROUTES: dict[Permission | None, str] = {
    None: """
        GET /auth/me, POST /auth/change-password, GET /api/tenant
    """,
    Permission.CONVERSATIONS_READ: """
        GET /api/conversations, GET /api/conversations/stats, GET /api/conversations/{id},
        GET /api/conversations/{conversationId}/stats, GET /api/conversations/{conversationId}/messages,
        GET /api/messages/search, GET /api/messages/{id}, GET /api/messages/{id}/timeline, GET /api/media/{id},
        GET /api/events
    """,
    Permission.CONVERSATIONS_WORK: """
        POST /api/conversations, PATCH /api/conversations/{id}, POST /api/conversations/{id}/assign,
        POST /api/conversations/{id}/claim, POST /api/conversations/{id}/transfer, POST /api/conversations/{id}/close,
        POST /api/conversations/{id}/reopen, POST /api/conversations/{id}/notes, POST /api/conversations/{id}/read,
        POST /api/conversations/{id}/messages, POST /api/messages, POST /api/messages/template,
        POST /api/messages/buttons, POST /api/messages/list, POST /api/messages/{id}/read,
        POST /api/messages/{id}/retry, POST /api/messages/{id}/discard, POST /api/media, POST /api/media/upload
    """,
    Permission.CONTACTS_READ: """
        GET /api/contacts, GET /api/contacts/stats, GET /api/contacts/phone/{number}, GET /api/contacts/{id}
    """,
    Permission.CONTACTS_EDIT: "POST /api/contacts, PATCH /api/contacts/{id}",
    Permission.CONTACTS_DELETE: "DELETE /api/contacts/{id}, POST /api/contacts/{id}/merge",
    Permission.CATALOG_READ: """
        GET /api/templates, GET /api/users, GET /api/users/{id}, GET /api/teams, GET /api/teams/{id}, GET /api/tags,
        GET /api/canned-responses, GET /api/canned-responses/{id}
    """,
    Permission.CATALOG_EDIT: """
        POST /api/templates/sync, POST /api/teams, PATCH /api/teams/{id}, DELETE /api/teams/{id}, POST /api/tags,
        PATCH /api/tags/{id}, DELETE /api/tags/{id}, POST /api/canned-responses, PATCH /api/canned-responses/{id},
        DELETE /api/canned-responses/{id}
    """,
    Permission.REPORTS_READ: "GET /api/reports/overview, GET /api/reports/attendants, GET /api/reports/hourly",
    # Whom it may touch is more than a route can say: tests/dialects/native/test_users.py.
    Permission.AGENTS_EDIT: "POST /api/users, PATCH /api/users/{id}, DELETE /api/users/{id}",
    Permission.CHANNELS_READ: "GET /api/channels, GET /api/channels/{id}",
    Permission.CHANNELS_EDIT: """
        POST /api/channels, POST /api/channels/sandbox, PATCH /api/channels/{id}, DELETE /api/channels/{id},
        POST /api/channels/{id}/check
    """,
    Permission.TENANT_EDIT: """
        PATCH /api/tenant, GET /api/integrations, POST /api/integrations, GET /api/integrations/{id},
        PATCH /api/integrations/{id}, DELETE /api/integrations/{id}, POST /api/integrations/{id}/check
    """,
    Permission.ALARMS_READ: "GET /api/alarms",
}
NEEDS: dict[str, Permission | None] = {
    route.strip(): permission for permission, routes in _ROUTES.items() for route in routes.split(",")
}
# Those that are about no permission do nothing that a colleague could not see him do.
EVENT_NEEDS: dict[str, Permission | None] = {
    "conversation:join": None,
    "conversation:leave": None,
    "conversation:typing": Permission.CONVERSATIONS_WORK,
    "user:typing": Permission.CONVERSATIONS_WORK,
    "messages:mark-read": Permission.CONVERSATIONS_WORK,
    "ping": None,
    "join-tenant": None,
    "auth:refresh": None,
    "sync": Permission.CONVERSATIONS_READ,
}


def name_of(route: Route) -> str:
    return f"{route.method} {route.path}"


def may(role: Role, needed: Permission | None) -> bool:
    return needed is None or needed in ROLE_PERMISSIONS[role]
