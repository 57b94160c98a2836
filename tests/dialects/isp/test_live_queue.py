"""`queue_update` on the socket: the line as each may see it, told once however much moves."""

import asyncio
import time
from typing import Any

import pytest

from server.realtime import digesting
from server.realtime.realtime import REALTIME
from tenants import feed
from tests.conftest import Session
from tests.dialects.isp.writing import customer_writes, ok, place
from tests.realtime.conftest import PATIENCE, numbered
from tests.realtime.plain import Dial, Plain, dial

__all__ = ["dial"]
Json = dict[str, Any]


@pytest.fixture
def quick_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.realtime.digesting.DIGEST_AFTER", 0.2)


async def line_of(line: Plain, *conversation_ids: str) -> Json:
    """The update that shows these, in this order."""
    async with asyncio.timeout(PATIENCE):
        while True:
            for update in line.all("queue_update")[-1:]:
                if [row["conversation_id"] for row in update["queue"]] == list(conversation_ids):
                    return update
            await asyncio.sleep(0.02)


async def is_told_all(session: Session, line: Plain) -> None:
    """Everything that has happened was heard on the floors, and no update waits or is being read."""
    assert session.client.app
    floors = session.client.app[REALTIME]._floors[session.tenant["id"]]
    await numbered(session)
    newest = await feed.tail(session.db)
    async with asyncio.timeout(PATIENCE):
        while any(floor.cursor < newest for floor in floors) or is_showing():
            await asyncio.sleep(0.02)
    await line.settles()


def is_showing() -> bool:
    return any("Digesting._show_soon" in repr(task.get_coro()) for task in asyncio.all_tasks())


@pytest.mark.usefixtures("quick_digest")
async def test_the_line_is_told_live(dial: Dial, hotel: Session) -> None:
    line = await dial(hotel)
    await line.settles()
    first, second, third = [await place(hotel, phone=f"551199999000{i}") for i in range(3)]
    update = await line_of(line, first, second, third)
    assert update.keys() == {"type", "total_in_queue", "avg_wait_time_minutes", "queue"}
    assert update["total_in_queue"] == 3
    assert update["queue"][0] | {"waiting_since": ""} == {
        "position": 1, "conversation_id": first, "customer_phone": "+5511999990000", "customer_name": "João Silva",
        "waiting_since": "", "estimated_wait_minutes": None, "priority": "medium",
    }  # fmt: skip
    await ok(await hotel.patch(f"/api/conversations/{third}", {"priority": "URGENT"}))
    await line_of(line, third, first, second)
    await ok(await hotel.post(f"/api/conversations/{first}/claim"))
    await ok(await hotel.post(f"/api/conversations/{second}/close"))
    assert (await line_of(line, third))["queue"][0]["position"] == 1
    await is_told_all(hotel, line)
    told = len(line.all("queue_update"))
    await customer_writes(hotel, "ainda aqui", phone="5511999990002")
    await is_told_all(hotel, line)
    assert len(line.all("queue_update")) == told


async def test_however_much_moves_it_is_told_once(dial: Dial, hotel: Session) -> None:
    assert digesting.DIGEST_AFTER == 1.0
    id = await place(hotel)
    line = await dial(hotel)
    await line.settles()
    path, began = f"/api/conversations/{id}", time.monotonic()
    for _ in range(3):
        for priority in ("LOW", "HIGH", "URGENT"):
            await ok(await hotel.patch(path, {"priority": priority}))
    await line.hears("queue_update")
    await is_told_all(hotel, line)
    assert 1 <= len(line.all("queue_update")) <= 1 + (time.monotonic() - began) / digesting.DIGEST_AFTER
    assert line.all("queue_update")[-1]["queue"][0]["priority"] == "urgent"


@pytest.mark.usefixtures("quick_digest")
async def test_the_line_shows_nobody_what_he_may_not_see(dial: Dial, hotel: Session, rival: Session) -> None:
    """But says how many there are, and who has which place."""
    maria, stranger = await hotel.colleague(), await dial(rival)
    team = await ok(await hotel.post("/api/teams", {"name": "Fibra"}))
    await ok(await hotel.patch("/api/tenant", {"settings": {"agentVisibility": "OWN"}}))
    mine, hers = await dial(hotel), await dial(maria)
    await hers.settles()
    first, second = await place(hotel), await place(hotel, phone="5511999990001")
    await ok(await hotel.post(f"/api/conversations/{first}/transfer", {"teamId": team["id"]}))
    await line_of(mine, first, second)
    update = await line_of(hers, second)
    assert (update["total_in_queue"], update["queue"][0]["position"]) == (2, 2)
    await stranger.settles()
    assert not stranger.all("queue_update")
