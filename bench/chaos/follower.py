"""Someone who reads every feed along, as it grows: whoever sees an event must see all before it, at that moment."""

import asyncio
import contextlib
from typing import Any

import pymongo
from pymongo.errors import PyMongoError
from pymongo.read_concern import ReadConcern

from bench.chaos.evidence import Document

_LOOK_SECONDS = 0.4
_PATIENCE_MS = 2_000


class Follower:
    """`gaps`: one line for each hole that was visible, even for a moment."""

    def __init__(self, url: str, database: str, tenants: list[str]) -> None:
        self._client = pymongo.MongoClient[Document](url, serverSelectionTimeoutMS=_PATIENCE_MS)
        self._events = self._client[database].get_collection("events", read_concern=ReadConcern("majority"))
        self._cursors = dict.fromkeys(tenants, 0)
        self._following = True
        self.gaps: list[str] = []

    async def follow(self) -> None:
        """Until `stop`. A store that is away is asked again."""
        while self._following:
            with contextlib.suppress(PyMongoError):
                await asyncio.to_thread(self.look)
            await asyncio.sleep(_LOOK_SECONDS)

    def look(self) -> None:
        for tenant, cursor in self._cursors.items():
            where: dict[str, Any] = {"tenant_id": tenant, "seq": {"$gt": cursor}}
            for event in self._events.find(where, {"seq": 1}).sort("seq", 1):
                if event["seq"] != self._cursors[tenant] + 1:
                    self.gaps.append(f"feed {tenant}: {event['seq']} was seen after {self._cursors[tenant]}")
                self._cursors[tenant] = event["seq"]

    def stop(self) -> None:
        self._following = False

    def close(self) -> None:
        self._client.close()
