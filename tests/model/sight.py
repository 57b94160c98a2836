"""What is in the database, at one look."""

import asyncio
from typing import Any, NamedTuple, Self

from server.desk.messages.models import Direction
from tenants.db import ScopedDatabase

Document = dict[str, Any]


class Sight(NamedTuple):
    """Of one tenant."""

    inbox: list[Document]
    messages: list[Document]
    conversations: list[Document]
    reports: list[Document]
    events: list[Document]
    quarantine: list[Document]

    @classmethod
    async def of(cls, db: ScopedDatabase) -> Self:
        return cls(
            *await asyncio.gather(
                db.webhook_inbox.all(),
                db.messages.all(sort=[("conversation_id", 1), ("seq", 1)]),
                db.conversations.all(sort=[("_id", 1)]),
                db.status_events.all(),
                db.events.all({}, sort=[("seq", 1)], fields=["seq", "kind"]),
                db.quarantine.all(),
            )
        )

    @classmethod
    def nothing(cls) -> Self:
        return cls([], [], [], [], [], [])

    @property
    def inbound(self) -> list[Document]:
        return [message for message in self.messages if message["direction"] == Direction.INBOUND]

    @property
    def outbound(self) -> list[Document]:
        return [message for message in self.messages if message["direction"] == Direction.OUTBOUND]

    def digests(self, *states: str) -> set[str]:
        return {row["digest"] for row in self.inbox if row["state"] in states}
