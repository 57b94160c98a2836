"""What a hostile request costs the web process: time in which nobody else is served, and memory that stays."""

import time
from collections.abc import AsyncIterator
from typing import NamedTuple

import aiohttp
import psutil
import pytest

from server.redaction import redact
from server.settings import Settings
from tests.conftest import PASSWORD, free_port
from tests.hostile.effort import EFFORT, LONG, tried
from tests.hostile.heavy import Heavy, requests
from tests.house import House

# Of the thread that serves everyone, by the processor's own clock: however busy the machine is.
MOST_SECONDS = 0.5
MOST_BYTES = 250 * 1024 * 1024
MOST_GROWTH_BYTES = 40 * 1024 * 1024


class Target(NamedTuple):
    process: psutil.Process
    http: aiohttp.ClientSession
    slug: str

    def seconds(self) -> float:
        """Spent by the main thread so far."""
        [main] = [thread for thread in self.process.threads() if thread.id == self.process.pid]
        return float(main.user_time + main.system_time)

    async def answer(self, heavy: Heavy) -> int:
        async with self.http.request(
            heavy.method, heavy.path, data=heavy.body, headers=heavy.headers
        ) as answer:
            await answer.read()
            return answer.status


@pytest.fixture
async def target(settings: Settings) -> AsyncIterator[Target]:
    """A web process of its own, and somebody who is signed in there."""
    house = House(settings.model_copy(update={"port": free_port()}))
    await house.start("web")
    try:
        register = {
            "tenantName": "H",
            "tenantSlug": "hotel-caro",
            "userName": "A",
            "email": "a@b.com",
            "password": PASSWORD,
        }
        async with aiohttp.ClientSession(house.url) as http:
            session = await (await http.post("/auth/register", json=register)).json()
        slug = session["tenant"]["slug"]
        headers = {"Authorization": f"Bearer {session['token']}", "X-Tenant-Slug": slug}
        async with aiohttp.ClientSession(house.url, headers=headers) as http:
            yield Target(psutil.Process(house._processes["web"].pid), http, slug)
    finally:
        await house.kill("web")


async def test_one_request_holds_up_nobody_and_many_leave_nothing_behind(target: Target) -> None:
    number = "106540352242922"
    channel = {
        "name": "x",
        "phoneNumberId": number,
        "wabaId": "1",
        "accessToken": "x",
        "appSecret": "x",
        "verifyToken": "x",
    }
    async with target.http.post("/api/channels", json=channel) as answer:
        assert answer.status == 201
    dearest = await expense_of_each(target, number)
    first = target.process.memory_info().rss
    peak = first
    for _ in range(EFFORT.rounds):
        await expense_of_each(target, number)
        peak = max(peak, target.process.memory_info().rss)
    assert peak < MOST_BYTES
    assert peak - first < MOST_GROWTH_BYTES
    print(
        f"dearest: {dearest[0]:.2f} s ({dearest[1]}); memory: {first >> 20} MB, later at most {peak >> 20} MB"
    )


async def expense_of_each(target: Target, number: str) -> tuple[float, str]:
    """The dearest."""
    costs = []
    for heavy in requests(target.slug, number, each=1 if LONG else 3):
        before = target.seconds()
        status = await target.answer(heavy)
        spent = target.seconds() - before
        assert status < 500, (heavy.what, heavy.path, status)
        assert spent < MOST_SECONDS, (heavy.what, heavy.path, spent)
        costs.append((spent, f"{heavy.what} at {heavy.path[:40]}"))
        tried["heavy requests"] += 1
    return max(costs)


@pytest.mark.parametrize(
    "text", ["x", "token", "a-", "eyJ-", "://", "a:", "bearer ", "token ", '"token":', "EAA", "é", " "]
)
def test_a_long_text_is_not_read_over_and_over_before_it_is_logged(text: str) -> None:
    began = time.thread_time()
    redact({"path": text * (8000 // len(text)), "cause": f"://{text * 4000}@"})
    assert time.thread_time() - began < 0.2
