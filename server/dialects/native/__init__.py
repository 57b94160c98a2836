"""The native API: seed document 004 and `docs/native-api.md`."""

from server.dialects.native import (
    alarms,
    analysis,
    api_keys,
    audit,
    auth,
    canned_responses,
    channels,
    contacts,
    conversations,
    dashboard,
    dead_letters,
    docs,
    events,
    health,
    integrations,
    media,
    messages,
    presence,
    reports,
    subscriptions,
    tags,
    teams,
    templates,
    tenant,
    users,
    views,
    webhooks,
)
from server.dialects.native.dialect import Native
from server.dialects.native.sockets import vocabulary as vocabulary
from server.web.endpoint import Route, every

dialect = Native()
routes: list[Route] = every(
    [
        auth.routes,
        conversations.routes,
        messages.routes,
        contacts.routes,
        reports.routes,
        analysis.routes,
        dashboard.routes,
        media.routes,
        channels.routes,
        alarms.routes,
        integrations.routes,
        audit.routes,
        api_keys.routes,
        subscriptions.routes,
        dead_letters.routes,
        templates.routes,
        webhooks.routes,
        tenant.routes,
        users.routes,
        teams.routes,
        tags.routes,
        canned_responses.routes,
        events.routes,
        presence.routes,
        views.routes,
        health.routes,
    ]
)
routes += docs.describing(routes)
