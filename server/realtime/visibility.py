"""Who may see an event, at the moment it is shown or replayed."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from server.desk.conversations import queries
from server.desk.events import NotificationRaised
from tenants.context import Context
from tenants.models import Tenant, User, Visibility
from tenants.permissions import ROLE_PERMISSIONS, Permission

Document = dict[str, Any]


class Sight(NamedTuple):
    """What one user may see of some events. `conversations` None: all of them."""

    user_id: str | None
    conversations: set[str] | None = None

    def allows(self, event: Document) -> bool:
        if event["kind"] == NotificationRaised.kind:
            return event["payload"]["user_id"] in (None, self.user_id)
        if self.conversations is None or not event.get("conversation_id"):
            return True
        return event["conversation_id"] in self.conversations


def is_restricted(tenant: Tenant, user: User) -> bool:
    """Whether the user sees some conversations only."""
    sees_all = Permission.CONVERSATIONS_READ_ALL in ROLE_PERMISSIONS[user.role]
    return tenant.settings.agent_visibility is Visibility.OWN and not sees_all


async def sight_of(ctx: Context, events: Sequence[Document]) -> Sight:
    """One question to the desk, and none where there is nothing to ask."""
    ids = {event["conversation_id"] for event in events if event.get("conversation_id")}
    if ctx.tenant.settings.agent_visibility is Visibility.ALL or not ids:
        return Sight(ctx.actor.id)
    return Sight(ctx.actor.id, await queries.visible_ids(ctx, list(ids)))
