"""From the fault to the admin's screen: a real clock asks, and the feed tells."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator

import pytest

from server.processes import spawn, stop
from server.settings import Settings
from tests.conftest import Client
from tests.detector.conftest import Watched
from tests.realtime.conftest import Ear
from tests.workers import environment


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"alarm_every": 0.5, "provider_check_every": 1.0})


@pytest.fixture
async def clock(settings: Settings, client: Client) -> AsyncIterator[None]:
    process = await spawn([sys.executable, "-m", "workers", "clock"], env=environment(settings), stdout=None)
    yield
    await stop(process, within=10)


@pytest.fixture
async def admin(client: Client, watched: Watched) -> AsyncIterator[Ear]:
    ear = Ear()
    await ear.opens(str(client.make_url("/")), auth={"token": watched.session.token})
    yield ear
    await ear.client.disconnect()


async def _hears(ear: Ear, kind: str) -> dict[str, str]:
    while True:
        for note in ear.all("notification"):
            if note["type"] == kind:
                return dict(note)
        await asyncio.sleep(0.05)


async def test_a_revoked_token_is_on_the_screen_within_a_minute(
    watched: Watched, admin: Ear, clock: None
) -> None:
    watched.number.expire_token()
    began = time.monotonic()
    async with asyncio.timeout(60):
        raised = await _hears(admin, "alarm.raised")
        assert (raised["severity"], raised["channelId"]) == ("critical", watched.channel["id"])
        assert raised["message"]
        assert raised["alarmId"] in {alarm["id"] for alarm in (await watched.alarms()).values()}
        watched.number.number.account.token_valid = True
        cleared = await _hears(admin, "alarm.cleared")
    assert cleared["alarmId"] == raised["alarmId"]
    assert await watched.alarms() == {}
    assert time.monotonic() - began < 60
