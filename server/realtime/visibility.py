"""Who may see an event, at the moment it is shown or replayed."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from server.desk.conversations import queries
from server.desk.conversations.models import Placement
from server.desk.events import RESTRICTED, NotificationRaised, read_with
from tenants.context import Context
from tenants.models import Actor, Tenant, User, Visibility
from tenants.permissions import ROLE_PERMISSIONS, Permission

Document = dict[str, Any]
# In the feed it is a change like others; who loses the conversation by it hears of it by this name.
REMOVED = "conversation.removed"
# These are not for everyone, whatever conversations he sees.
PERSONAL = RESTRICTED | {NotificationRaised.kind}


class Sight(NamedTuple):
    """What one user may see of some events. `conversations` None: all of them."""

    actor: Actor
    conversations: set[str] | None = None

    def allows(self, event: Document) -> bool:
        if event["kind"] in PERSONAL and not self._is_for_him(event):
            return False
        if self.conversations is None or not event.get("conversation_id"):
            return True
        return event["conversation_id"] in self.conversations

    def _is_for_him(self, event: Document) -> bool:
        if event["kind"] == NotificationRaised.kind:
            return event["payload"]["user_id"] in (None, self.actor.id)
        needed = read_with(event)
        return needed is None or self.actor.role is None or needed in ROLE_PERMISSIONS[self.actor.role]

    def loses(self, event: Document) -> bool:
        """Whether this event, which he may not see, is what took a conversation out of his sight."""
        before = event["payload"].get("placed_before")
        return before is not None and queries.sees_placed(self.actor, Placement(**before))


def removal(event: Document) -> Document:
    """What is left of an event for whom it takes a conversation away: which one, and nothing of where it went."""
    return {**event, "kind": REMOVED, "payload": {}}


def is_restricted(tenant: Tenant, user: User) -> bool:
    """Whether the user sees some conversations only."""
    sees_all = Permission.CONVERSATIONS_READ_ALL in ROLE_PERMISSIONS[user.role]
    return tenant.settings.agent_visibility is Visibility.OWN and not sees_all


async def sight_of(ctx: Context, events: Sequence[Document]) -> Sight:
    """One question to the desk, and none where there is nothing to ask."""
    ids = {event["conversation_id"] for event in events if event.get("conversation_id")}
    if ctx.tenant.settings.agent_visibility is Visibility.ALL or not ids:
        return Sight(ctx.actor)
    return Sight(ctx.actor, await queries.visible_ids(ctx, list(ids)))
