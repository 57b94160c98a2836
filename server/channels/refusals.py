"""Webhooks refused for their signature, counted by number: a channel with the wrong app secret is silent otherwise."""

import asyncio
import contextlib
import re
from collections import Counter
from itertools import islice
from typing import Any

from server.runtime import Runtime
from tenants.db import STORE_DOWN

# Anyone may send such webhooks, with any number in them: little of it is read, less is kept, and only what is connected.
_NUMBER = re.compile(rb'"phone_number_id"\s*:\s*"(\d{1,32})"')
_MOST_IN_A_BODY = 5
_MOST_AT_ONCE = 100
_GATHER_SECONDS = 1.0


class Refusals:
    """One per web process."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._counted: Counter[tuple[str, str]] = Counter()
        self._storing: asyncio.Task[None] | None = None

    def note(self, tenant_id: str, raw: bytes) -> None:
        for found in islice(_NUMBER.finditer(raw), _MOST_IN_A_BODY):
            key = (tenant_id, found[1].decode())
            if key in self._counted or len(self._counted) < _MOST_AT_ONCE:
                self._counted[key] += 1
        if self._counted and (self._storing is None or self._storing.done()):
            self._storing = asyncio.get_running_loop().create_task(self._store())

    async def _store(self) -> None:
        await asyncio.sleep(_GATHER_SECONDS)
        counted, self._counted = self._counted, Counter()
        for (tenant_id, number), count in counted.items():
            now = self._runtime.clock()
            news: dict[str, Any] = {
                "$inc": {"refused.n": count},
                "$min": {"refused.since": now},
                "$set": {"refused.at": now},
            }
            # Lost with the store: whoever is refused tries again.
            with contextlib.suppress(*STORE_DOWN):
                db = self._runtime.database.scoped(tenant_id)
                await db.channels.update({"address": number, "deleted": False}, news)
