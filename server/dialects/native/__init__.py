"""The native API: seed document 004 and `docs/native-api.md`."""

from server.dialects.native import auth, canned_responses, health, tags, teams, tenant, users
from server.dialects.native.dialect import Native
from server.web.endpoint import Route, every

dialect = Native()
routes: list[Route] = every(
    [
        auth.routes,
        tenant.routes,
        users.routes,
        teams.routes,
        tags.routes,
        canned_responses.routes,
        health.routes,
    ]
)
