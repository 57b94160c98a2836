"""The simulator in its own process: its numbers, each with a temper of its own, and what it does wrong on demand."""

from collections import Counter
from typing import Any

import aiohttp

from bench.chaos.size import Clocks

# Of every send, so many in a hundred.
_ANSWERS = {
    "http_500": 2.0, "http_429": 1.0, "accepted_late": 2.5, "accepted_reset": 2.5, "accepted_500": 2.0, "status_first": 2.0,
    "reset": 1.0, "late": 1.0, "error": 0.5,
}  # fmt: skip
# Of every webhook.
_WEBHOOKS = {"duplicate": 1.5, "delay": 0.5, "drop_status": 0.5}
_UNDELIVERABLE = 131026
_MANY_CUSTOMERS = aiohttp.ClientTimeout(total=None)


class Provider:
    """`shuffled`: the numbers whose webhooks leave their customer's order."""

    def __init__(self, url: str, http: aiohttp.ClientSession, clocks: Clocks) -> None:
        self._url, self._http, self._clocks = url, http, clocks
        self.shuffled: set[str] = set()

    async def misbehave(self, numbers: list[str]) -> None:
        """From now on. The numbers take turns in their tempers: reading, shuffling, batching, slow to report."""
        tempers = (self._reads, self._shuffles, self._batches, self._is_slow)
        for turn, number in enumerate(numbers):
            await tempers[turn % len(tempers)](number)
        await self._configure_answers()
        for kind, percent in _WEBHOOKS.items():
            await self._add(kind, percent)

    async def _configure_answers(self) -> None:
        late = self._clocks.timeout + 0.5
        more: dict[str, dict[str, float]] = {
            "late": {"seconds": late},
            "accepted_late": {"seconds": late},
            "error": {"code": _UNDELIVERABLE},
        }
        for kind, percent in _ANSWERS.items():
            await self._add(kind, percent, **more.get(kind, {}))

    async def _reads(self, number: str) -> None:
        await self._change(number, autoRead=True)

    async def _shuffles(self, number: str) -> None:
        self.shuffled.add(number)
        await self._add("shuffle", 40, phoneNumberId=number, seconds=1.0)

    async def _batches(self, number: str) -> None:
        await self._add("batch", 100, phoneNumberId=number, size=20, seconds=0.2)

    async def _is_slow(self, number: str) -> None:
        """Its statuses come when all patience has ended: a lost answer is shown as unconfirmed first."""
        await self._change(number, sentAfter=self._clocks.patience * 1.5)

    async def behave(self) -> None:
        async with self._http.delete(f"{self._url}/simulator/faults") as answer:
            answer.raise_for_status()

    async def fired(self) -> Counter[str]:
        """How often each kind happened. `batch` stands: it is not counted by the provider."""
        async with self._http.get(f"{self._url}/simulator/faults") as answer:
            standing = (await answer.json())["data"]
        return Counter({fault["kind"]: fault["fired"] for fault in standing if fault["fired"]})

    async def customers_write(
        self, number: str, *, customers: int, messages: int, text: str, seconds: float
    ) -> None:
        """In turns, over so many seconds. `{n}` in the text counts, `{customer}` names."""
        rate = messages / seconds if seconds else None
        body = {"customers": customers, "messages": messages, "text": text, "perSecond": rate}
        path = f"{self._url}/simulator/numbers/{number}/burst"
        async with self._http.post(path, json=body, timeout=_MANY_CUSTOMERS) as answer:
            answer.raise_for_status()

    async def settled(self, timeout: float) -> bool:
        """True when all that it has to tell was answered 200."""
        patience = aiohttp.ClientTimeout(total=timeout + 10)
        path = f"{self._url}/simulator/settled"
        async with self._http.post(path, json={"timeout": timeout}, timeout=patience) as answer:
            return bool((await answer.json())["settled"])

    async def _add(self, kind: str, percent: float, **more: Any) -> None:
        body = {"kind": kind, "probability": percent / 100, **more}
        async with self._http.post(f"{self._url}/simulator/faults", json=body) as answer:
            answer.raise_for_status()

    async def _change(self, number: str, **settings: Any) -> None:
        path = f"{self._url}/simulator/numbers/{number}"
        async with self._http.patch(path, json={"settings": settings}) as answer:
            answer.raise_for_status()
