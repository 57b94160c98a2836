"""Agents at their desks: several hotels, each answer sent with its key, again and elsewhere until it is answered."""

import asyncio
import itertools
import random
import time
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from bench.chaos.evidence import Promise

_PATIENCE = aiohttp.ClientTimeout(total=4)
_GIVE_UP_SECONDS = 90.0
_PAGE = 100


class Unanswered(Exception):
    """Not a fault that a client can ride out: nobody answers any more, or what it asks is refused."""


class Desk:
    """Asks one web process, then the other."""

    def __init__(self, urls: list[str], http: aiohttp.ClientSession) -> None:
        self._urls, self._http = urls, http
        self.retries = 0

    async def ask(self, method: str, path: str, *, near: int = 0, **more: Any) -> Any:
        """The JSON of the first answer that is not a 5xx; `near` is the process asked first."""
        deadline = time.monotonic() + _GIVE_UP_SECONDS
        turn = near
        while True:
            url = self._urls[turn % len(self._urls)] + path
            try:
                return await self._ask_once(method, url, **more)
            except (aiohttp.ClientError, TimeoutError) as silence:
                if time.monotonic() > deadline:
                    raise Unanswered(f"{method} {path}: {silence!r}") from silence
            turn += 1
            self.retries += 1
            await asyncio.sleep(0.2)

    async def _ask_once(self, method: str, url: str, **more: Any) -> Any:
        async with self._http.request(method, url, timeout=_PATIENCE, **more) as answer:
            if answer.status >= 500:
                raise aiohttp.ClientError(f"{answer.status} {await answer.text()}")
            if answer.status >= 300:
                raise Unanswered(f"{method} {url}: {answer.status} {await answer.text()}")
            return await answer.json()


@dataclass(slots=True)
class Hotel:
    """A tenant with its numbers. `near`: the web process that it was made by, and that its webhooks go to."""

    desk: Desk
    near: int
    tenant_id: str
    headers: dict[str, str]
    numbers: list[str] = field(default_factory=list)
    conversations: list[str] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)

    @classmethod
    async def found(cls, desk: Desk, place: int, numbers: int) -> "Hotel":
        slug = f"hotel-{place + 1}"
        admin = {
            "tenantName": f"Hotel {place + 1}", "tenantSlug": slug, "userName": "Ana", "email": f"ana@{slug}.com",
            "password": "uma-senha-do-caos",
        }  # fmt: skip
        made = await desk.ask("POST", "/auth/register", near=place, json=admin)
        headers = {"Authorization": f"Bearer {made['token']}", "X-Tenant-Slug": slug}
        hotel = cls(desk, place, made["tenant"]["id"], headers)
        for turn in range(numbers):
            body = {"name": f"Recepção {turn + 1}"}
            channel = await hotel._ask("POST", "/api/channels/sandbox", json=body)
            hotel.numbers.append(channel["phoneNumberId"])
        return hotel

    async def meet(self, customers: int) -> None:
        """Wait until so many have a conversation."""
        async with asyncio.timeout(_GIVE_UP_SECONDS):
            while len(self.conversations) < customers:
                await asyncio.sleep(0.1)
                self.conversations = await self._list()

    async def _list(self) -> list[str]:
        found: list[str] = []
        for page in itertools.count(1):
            path = f"/api/conversations?limit={_PAGE}&page={page}"
            rows = (await self._ask("GET", path))["data"]
            found += [row["id"] for row in rows]
            if len(rows) < _PAGE:
                return found
        return found

    async def answer(self, messages: int, seconds: float, chance: random.Random) -> None:
        """So many in each conversation, over so many seconds; one after the other within a conversation."""
        talks = [self._talk(place, messages, seconds, chance) for place in self.conversations]
        await asyncio.gather(*talks)

    async def _talk(self, conversation: str, messages: int, seconds: float, chance: random.Random) -> None:
        began = time.monotonic()
        for turn in range(messages):
            due = began + seconds * (turn + chance.random()) / messages
            await asyncio.sleep(max(due - time.monotonic(), 0))
            await self._send(conversation, f"{conversation}-{turn + 1}")

    async def _send(self, conversation: str, key: str) -> None:
        body = {"conversationId": conversation, "type": "TEXT", "content": key, "clientMessageId": key}
        sent = await self._ask("POST", "/api/messages", json=body)
        self.promises.append(Promise(self.tenant_id, conversation, sent["id"], key))

    async def _ask(self, method: str, path: str, **more: Any) -> Any:
        return await self.desk.ask(method, path, near=self.near, headers=self.headers, **more)
