"""Per-tenant integers of a noun, for people to read and older APIs to use as ids."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tenants.db import ScopedDatabase

_BLOCK = {"messages": 200, "conversations": 20, "contacts": 20, "media": 20}


class Numbers:
    """Blocks that this process has reserved and not used up: numbers grow, but may have gaps. One a database."""

    def __init__(self) -> None:
        self._reserved: dict[tuple[str, str], list[int]] = {}

    async def take(self, db: "ScopedDatabase", noun: str, count: int) -> list[int]:
        """`db` must be in no transaction: a counter inside one would make every writer wait for the other."""
        reserved = self._reserved.setdefault((db.tenant_id, noun), [])
        while len(reserved) < count:
            block = max(_BLOCK.get(noun, 1), count)
            counter = await db.counters.change({"noun": noun}, {"$inc": {"value": block}}, upsert=True)
            assert counter  # an upsert always finds one
            reserved.extend(range(counter["value"] - block + 1, counter["value"] + 1))
        # In place: whoever waited for a block meanwhile looks at the same list.
        taken = reserved[:count]
        del reserved[:count]
        return taken
