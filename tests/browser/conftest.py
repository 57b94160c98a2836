"""What every test in a browser stands on: the house with the simulator for WhatsApp, and its address."""

from collections.abc import AsyncIterator

import pytest

from server.channels.simulator import Simulator
from server.settings import Settings
from tests.conftest import Client
from tests.workers import running


@pytest.fixture
def settings(settings: Settings, simulator: Simulator) -> Settings:
    return settings.model_copy(update={"graph_api_url": simulator.url, "simulator_url": simulator.url})


@pytest.fixture
async def workers(settings: Settings, client: Client) -> AsyncIterator[None]:
    async with running(settings):
        yield


@pytest.fixture
def url(client: Client) -> str:
    return str(client.make_url("/"))
