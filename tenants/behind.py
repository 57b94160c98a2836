"""Who has not read on in his tenant's feed, over all tenants: how many, and since when. Numbers, and nothing of what is in it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from tenants.indexes import hint

_PLACES_AT_ONCE = 500
Place = tuple[str, int]  # a tenant's id, and a `seq` of its feed


async def missed(database: Any, noun: str, where: Mapping[str, Any]) -> list[datetime]:
    """Of each reader (a document with a `cursor`) that has an event before it: when that was."""
    readers = database[noun].find(dict(where), ["tenant_id", "cursor"], **hint(noun, where))
    places = [(reader["tenant_id"], reader["cursor"] + 1) async for reader in readers]
    moments = await _moments(database, list(set(places)))
    return [moments[place] for place in places if place in moments]


async def _moments(database: Any, places: Sequence[Place]) -> dict[Place, datetime]:
    """Of those places where there is an event already."""
    found: dict[Place, datetime] = {}
    for begin in range(0, len(places), _PLACES_AT_ONCE):
        each = [{"tenant_id": tenant, "seq": seq} for tenant, seq in places[begin : begin + _PLACES_AT_ONCE]]
        events = database["events"].find({"$or": each}, ["tenant_id", "seq", "at"])
        found |= {(event["tenant_id"], event["seq"]): event["at"] async for event in events}
    return found
