"""Who is there: told by the sockets of every kind and every process, and distribution hears of it."""

import asyncio
import itertools
from datetime import timedelta
from typing import Any

import pytest
from aiohttp.test_utils import TestServer

from server.desk import presence
from server.jobs import Job
from server.realtime import attendance
from server.realtime.realtime import REALTIME
from tenants.context import Kick
from tests.conftest import Session, sign_in
from tests.realtime.conftest import PATIENCE, Connect, Ear, customer_writes
from tests.realtime.plain import Dial, dial

__all__ = ["dial"]
Json = dict[str, Any]


async def seen_by(session: Session) -> dict[str, str]:
    answer = await session.get("/api/presence")
    return {row["userId"]: row["presence"] for row in (await answer.json())["data"]}


async def is_seen(session: Session, user: Session, state: str | None) -> None:
    async with asyncio.timeout(PATIENCE):
        while (await seen_by(session)).get(user.user["id"]) != state:
            await asyncio.sleep(0.02)


def told(ear: Ear, user: Session) -> list[str]:
    """Two processes may say the same: what is repeated is no news."""
    said = [said["presence"] for said in ear.all("presence:changed") if said["userId"] == user.user["id"]]
    return [state for state, _ in itertools.groupby(said)]


async def is_told(ear: Ear, user: Session, *states: str) -> None:
    """These changes of this person, and no others."""
    async with asyncio.timeout(PATIENCE):
        while told(ear, user) != list(states):
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("kind", ["Socket.IO", "plain"])
async def test_a_socket_makes_someone_present_and_its_end_absent(
    connect: Connect, dial: Dial, hotel: Session, kind: str
) -> None:
    maria, ear = await hotel.colleague(), await connect(hotel)
    assert maria.user["id"] not in await seen_by(hotel)
    one = await dial(maria) if kind == "plain" else await connect(maria)
    await is_seen(hotel, maria, "ONLINE")
    await is_told(ear, maria, "ONLINE")
    await (one.client.disconnect() if isinstance(one, Ear) else one.hangs_up())
    await is_seen(hotel, maria, None)
    await is_told(ear, maria, "ONLINE", "OFFLINE")


async def test_only_the_last_socket_counts(connect: Connect, dial: Dial, hotel: Session) -> None:
    """Of whichever kind."""
    maria, ear = await hotel.colleague(), await connect(hotel)
    one, two = await connect(maria), await dial(maria)
    await is_told(ear, maria, "ONLINE")
    await one.client.disconnect()
    await two.settles()
    await asyncio.sleep(0.2)
    assert (await seen_by(hotel))[maria.user["id"]] == "ONLINE"
    await two.hangs_up()
    await is_told(ear, maria, "ONLINE", "OFFLINE")


async def test_another_tenant_hears_nothing_of_it(connect: Connect, hotel: Session, rival: Session) -> None:
    ear, mine = await connect(rival), await connect(hotel)
    maria = await hotel.colleague()
    await connect(maria)
    await is_told(mine, maria, "ONLINE")
    await ear.settles()
    assert {said["userId"] for said in ear.all("presence:changed")} <= {rival.user["id"]}


async def test_what_he_says_of_himself_is_shown_live_and_kept(connect: Connect, hotel: Session) -> None:
    maria, ear = await hotel.colleague(), await connect(hotel)
    first = await connect(maria)
    await is_told(ear, maria, "ONLINE")
    assert (await maria.post("/api/presence", {"away": True})).status == 200
    await is_told(ear, maria, "ONLINE", "AWAY")
    await first.client.disconnect()
    await is_told(ear, maria, "ONLINE", "AWAY", "OFFLINE")
    await connect(maria)
    await is_told(ear, maria, "ONLINE", "AWAY", "OFFLINE", "AWAY")


async def test_signing_out_ends_presence_with_the_last_socket(connect: Connect, hotel: Session) -> None:
    """Whatever he has just done; another session's socket keeps him here until it closes too."""
    maria, ear = await hotel.colleague(), await connect(hotel)
    elsewhere = await sign_in(maria.client, maria.runtime, maria.user["email"], maria.slug)
    conversation_id = (await customer_writes(hotel))["conversation_id"]
    first, second = await connect(maria), await connect(elsewhere)
    await is_told(ear, maria, "ONLINE")
    assert (await maria.post(f"/api/conversations/{conversation_id}/claim")).status == 200
    assert (await maria.post("/auth/logout")).status == 204
    await first.is_ended()
    assert (await seen_by(hotel))[maria.user["id"]] == "ONLINE"
    assert (await elsewhere.post("/auth/logout")).status == 204
    await second.is_ended()
    await is_told(ear, maria, "ONLINE", "OFFLINE")
    await is_seen(hotel, maria, None)


async def test_who_is_connected_to_another_process_stays(
    connect: Connect, dial: Dial, hotel: Session, second: TestServer
) -> None:
    """The process that he left says that he is gone; the one that has him takes it back at once."""
    maria, ear = await hotel.colleague(), await connect(hotel)
    here = await connect(maria)
    there = await dial(maria, at=str(second.make_url("")).rstrip("/"))
    await is_told(ear, maria, "ONLINE")
    async with asyncio.timeout(PATIENCE):
        while hotel.tenant["id"] not in second.app[REALTIME]._attendance._told:
            await asyncio.sleep(0.02)
    await here.client.disconnect()
    await is_told(ear, maria, "ONLINE", "OFFLINE", "ONLINE")
    assert (await seen_by(hotel))[maria.user["id"]] == "ONLINE"
    await there.hangs_up()
    await is_told(ear, maria, "ONLINE", "OFFLINE", "ONLINE", "OFFLINE")
    await is_seen(hotel, maria, None)


def test_a_beat_comes_in_time() -> None:
    """Two of them may be lost before someone who is connected passes for gone."""
    assert timedelta(seconds=3 * attendance.BEAT_EVERY) <= presence.SOCKET_LASTS


@pytest.fixture
def quick_beat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.realtime.attendance.BEAT_EVERY", 0.1)


@pytest.mark.usefixtures("quick_beat")
async def test_a_beat_brings_back_who_was_forgotten_and_tells_of_who_died(
    connect: Connect, hotel: Session
) -> None:
    maria, jose, ear = await hotel.colleague(), await hotel.colleague(), await connect(hotel)
    await connect(maria)
    await is_told(ear, maria, "ONLINE")
    # A process that was killed had José: nobody will say that he is gone.
    await presence.seen(hotel.db, [jose.user["id"]], lasts=timedelta(minutes=1))
    await presence.gone(hotel.db, [maria.user["id"]])
    await is_told(ear, jose, "ONLINE")
    await is_seen(hotel, maria, "ONLINE")
    # His minute is over.
    await presence.gone(hotel.db, [jose.user["id"]])
    await is_told(ear, jose, "ONLINE", "OFFLINE")


@pytest.mark.parametrize("distribution", ["MANUAL", "LEAST_BUSY"])
async def test_who_comes_online_is_given_what_waits(
    dial: Dial, connect: Connect, hotel: Session, distribution: str
) -> None:
    maria = await hotel.colleague()
    decided = {"settings": {"routing": {"distribution": distribution}}}
    assert (await hotel.patch("/api/tenant", decided)).status == 200
    await customer_writes(hotel)
    ear = await connect(hotel)
    await is_told(ear, hotel, "ONLINE")
    kicked: list[Kick] = []
    hotel.runtime.jobs.kick = kicked.append  # type: ignore[method-assign, assignment]  # the queue's end of the wire
    line = await dial(maria)
    await is_told(ear, maria, "ONLINE")
    rung = Kick(Job.DISTRIBUTE, (hotel.tenant["id"],))
    assert kicked == ([] if distribution == "MANUAL" else [rung])
    await line.hangs_up()
    await is_told(ear, maria, "ONLINE", "OFFLINE")
    assert kicked == ([] if distribution == "MANUAL" else [rung])
